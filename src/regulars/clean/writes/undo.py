"""Take back the facts of an import, and bring back those that it had replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from regulars.store.ledgers import touch
from regulars.store.rows import columns_of, fetch, fetch_where_in, insert
from regulars.store.tables import (
    NOBODY,
    consents,
    events,
    former_records,
    identifiers,
    order_lines,
    products,
    record_versions,
    records,
    reference,
    traits,
)

#: Facts with versions, and what all versions of one fact have in common.
VERSIONED: Mapping[Table, tuple[str, ...]] = {
    record_versions: ("record",),
    order_lines: ("order_no", "source", "key_hash", "nth"),
    events: ("source", "key_hash", "nth"),
    products: ("source", "product_id"),
    reference: ("kind", "source", "key"),
    traits: ("record", "source", "topic", "at_us"),
}
_OF_RECORDS: tuple[Table, ...] = (record_versions, order_lines, events, identifiers, consents)


def take_back(connection: Connection, import_id: int, *, now_us: int) -> set[int]:
    """Delete the facts of an import and bring back those it superseded; the imports whose facts changed by that.

    A fact comes back as current, or, when a later import has a newer version of it, as superseded by that one.
    """
    touched = pa.concat_arrays(
        [_records_of(connection, table, table.c.import_id == import_id) for table in _OF_RECORDS]
        + [
            _records_of(connection, table, table.c.superseded_by == import_id)
            for table in VERSIONED
            if table in _OF_RECORDS
        ]
    ).unique()
    revived: set[int] = set()
    for table, same in VERSIONED.items():
        replaced = table.c.superseded_by == import_id
        revived |= set(connection.execute(select(table.c.import_id).distinct().where(replaced)).scalars())
        heir = _next_version(table, same, import_id)
        connection.execute(update(table).where(replaced).values(superseded_by=heir))
        connection.execute(delete(table).where(table.c.import_id == import_id))
    for table in (identifiers, consents):
        connection.execute(delete(table).where(table.c.import_id == import_id))
    _forget_empty_records(connection, touched)
    touch(connection, touched, now_us)
    return revived


def _next_version(table: Table, same: tuple[str, ...], import_id: int) -> Any:
    """The import of the version that follows a fact's own, other than the one taken back; null when there is none.

    A line that the import had left out of its order has no version there: it stays replaced by a later import that has
    in its turn replaced the import's telling of that order.
    """
    newer = table.alias("newer")
    of_one_fact = [newer.c[name] == table.c[name] for name in same]
    version = (
        select(newer.c.import_id)
        .where(*of_one_fact, newer.c.fact > table.c.fact, newer.c.import_id != import_id)
        .order_by(newer.c.fact)
        .limit(1)
        .scalar_subquery()
    )
    if table is not order_lines:
        return version
    gone = table.alias("gone")
    telling = (
        select(func.min(gone.c.superseded_by))
        .where(
            gone.c.order_no == table.c.order_no, gone.c.source == table.c.source, gone.c.import_id == import_id,
            gone.c.superseded_by > import_id,
        )
        .scalar_subquery()
    )  # fmt: skip
    return func.coalesce(version, telling)


def _records_of(connection: Connection, table: Table, where: ColumnElement[bool]) -> pa.Array:
    return fetch(connection, select(table.c.record).distinct().where(where)).column("record").combine_chunks()


def _forget_empty_records(connection: Connection, touched: pa.Array) -> None:
    """Take away the records that no fact hangs on any more; their numbers wait for them."""
    left: set[int] = set(touched.to_pylist()) - {NOBODY}
    for table in _OF_RECORDS:
        statement = select(table.c.record).distinct()
        left -= set(
            fetch_where_in(connection, statement, [table.c.record], sorted(left)).column("record").to_pylist()
        )
    gone = sorted(left)
    numbered = columns_of(records, "source", "source_key", "record")
    insert(connection, former_records, fetch_where_in(connection, numbered, [records.c.record], gone))
    for at in range(0, len(gone), 10_000):
        connection.execute(delete(records).where(records.c.record.in_(gone[at : at + 10_000])))
