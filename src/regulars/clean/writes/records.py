"""Records and orders get numbers: the same key has the same number for ever."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from sqlalchemy import Connection, delete, select

from regulars.model.keys import without_name
from regulars.store.erasure import erased_orders
from regulars.store.ledgers import next_numbers
from regulars.store.rows import fetch_where_in, insert
from regulars.store.suppressions import anything_erased, record_key, suppressed
from regulars.store.tables import NOBODY, former_records, orders, records


def record_numbers(connection: Connection, source: str, keys: Sequence[str | None]) -> list[int]:
    """The record of each source key, made when it is new. One that was there before comes back.

    NOBODY for no key, and for a key that was erased: its source goes on naming it, and it is not to come back.
    """
    wanted = sorted({key for key in keys if key is not None})
    known = _records_of(connection, source, wanted)
    known |= _back_again(connection, source, [key for key in wanted if key not in known])
    known |= dict.fromkeys(_erased(connection, source, [key for key in wanted if key not in known]), NOBODY)
    new = [key for key in wanted if key not in known]
    if new:
        first = next_numbers(connection, "record", len(new))
        made = list(range(first, first + len(new)))
        rows = pa.table({"record": made, "source": [source] * len(new), "source_key": new})
        insert(connection, records, rows)
        known |= dict(zip(new, made, strict=True))
    return [NOBODY if key is None else known[key] for key in keys]


def known_records(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, int]:
    """The records of those keys of a source that are known; none is made."""
    return _records_of(connection, source, keys)


def _erased(connection: Connection, source: str, keys: Sequence[str]) -> list[str]:
    """Which keys of a source are of records that were erased: also those that are made of the same address, or card,
    and another name, when nobody else of the source had it."""
    marks = {key: {record_key(source, key), record_key(source, without_name(key))} for key in keys}
    found = suppressed(connection, "record", sorted(set().union(*marks.values())))
    return [key for key in keys if not marks[key].isdisjoint(found)]


def order_numbers(connection: Connection, spaces: list[str], ids: list[str]) -> list[int]:
    """The number of each order, made when it is new; one that lost its id with its buyer is known by a hash of it."""
    known: dict[tuple[str, str], int] = {}
    for space in sorted(set(spaces)):
        wanted = sorted({id_ for of, id_ in zip(spaces, ids, strict=True) if of == space})
        found = _orders_of(connection, space, wanted)
        known |= {(space, id_): number for id_, number in found.items()}
        known |= _erased_orders(connection, space, [id_ for id_ in wanted if id_ not in found])
        new = [id_ for id_ in wanted if (space, id_) not in known]
        if new:
            first = next_numbers(connection, "order", len(new))
            made = list(range(first, first + len(new)))
            insert(
                connection,
                orders,
                pa.table({"order_no": made, "order_space": [space] * len(new), "order_id": new}),
            )
            known |= {(space, id_): number for id_, number in zip(new, made, strict=True)}
    return [known[pair] for pair in zip(spaces, ids, strict=True)]


def _orders_of(connection: Connection, space: str, ids: Sequence[str]) -> dict[str, int]:
    statement = select(orders.c.order_id, orders.c.order_no).where(orders.c.order_space == space)
    found = fetch_where_in(connection, statement, [orders.c.order_id], ids)
    return dict(zip(*found.to_pydict().values(), strict=True))


def _erased_orders(connection: Connection, space: str, ids: Sequence[str]) -> dict[tuple[str, str], int]:
    hidden = erased_orders(connection, ids) if ids and anything_erased(connection) else []
    numbers = _orders_of(connection, space, hidden)
    pairs = zip(ids, hidden, strict=False)
    return {(space, id_): numbers[name] for id_, name in pairs if name in numbers}


def _records_of(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, int]:
    statement = select(records.c.source_key, records.c.record).where(records.c.source == source)
    found = fetch_where_in(connection, statement, [records.c.source_key], keys)
    return dict(zip(*found.to_pydict().values(), strict=True))


def _back_again(connection: Connection, source: str, keys: Sequence[str]) -> dict[str, int]:
    """Bring former records back under their numbers: what people decided about them still holds."""
    c = former_records.c
    statement = select(c.source_key, c.record).where(c.source == source)
    back = fetch_where_in(connection, statement, [c.source_key], keys)
    if back.num_rows:
        insert(connection, records, back.append_column("source", pa.array([source] * back.num_rows)))
        numbers = back.column("record").to_pylist()
        for at in range(0, len(numbers), 10_000):
            connection.execute(delete(former_records).where(c.record.in_(numbers[at : at + 10_000])))
    return dict(zip(*back.to_pydict().values(), strict=True))
