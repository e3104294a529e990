"""Columns that a shop does not keep any more: their cells are emptied, as they were found and as they were read."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, bindparam, delete, select, tuple_, update

from regulars.clean.writes.retention import AS_FOUND, Key
from regulars.model.fields import IDENTIFIER_PREFIX
from regulars.store.tables import (
    PERSON_FIELDS,
    events,
    identifiers,
    order_lines,
    products,
    record_versions,
    reference,
    traits,
)

#: The tables that keep rows as they were found, by column.
FOUND: Mapping[Table, str] = {**AS_FOUND, products: "extra", reference: "attributes", traits: "attributes"}
#: What is read of a file into columns that may be empty, without which a fact is still one.
READ: Mapping[Table, tuple[str, ...]] = {
    record_versions: PERSON_FIELDS,
    order_lines: ("product_name", "category", "store", "channel", "payment", "coupon", "status"),
    events: ("product_id", "channel", "campaign", "value", "rating", "said"),
    products: ("product_name", "category", "brand", "unit_price", "unit_cost", "stock"),
}
#: The fields that what somebody said is made of.
_SAID = ("title", "text")
_IDENTIFIERS = ("email", "phone", "loyalty_card", "user_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What is no longer kept of one import."""

    import_id: int
    columns: frozenset[str]  #: as the file wrote them, and as cards of buyers name them
    fields: frozenset[str]  #: those of which no column is left


def rows_with_cells(
    connection: Connection, table: Table, of: Dropped, *, after: Key, most: int
) -> tuple[list[tuple[Key, str]], Key]:
    """Rows as found of which something is to be emptied, with what is left of them; and how far was looked.

    An empty place to go on from: the table is done.
    """
    key, found = list(table.primary_key), table.c[FOUND[table]]
    rows = select(*key, found).where(table.c.import_id == of.import_id, found.is_not(None))
    if after:
        rows = rows.where(tuple_(*key) > tuple_(*after))
    left, last, seen = [], after, 0
    for row in connection.execute(rows.order_by(*key).limit(most)):
        seen, last = seen + 1, tuple(row[:-1])
        cells = without(row[-1], of.columns)
        if cells is not None:
            left.append((last, cells))
    return left, last if seen == most else ()


def without(raw: str, columns: Collection[str]) -> str | None:
    """A row as found, as JSON, without some columns; None when it has none of them.

    >>> without('{"Name": "Ann", "Birth place": "Laval"}', {"Birth place"})
    '{"Name":"Ann"}'
    """
    cells = json.loads(raw)
    if not any(name in cells for name in columns):
        return None
    kept = {name: value for name, value in cells.items() if name not in columns}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def put_cells(connection: Connection, table: Table, rows: Sequence[tuple[Key, str]]) -> None:
    """Put what is left of some rows in their place."""
    names = [column.name for column in table.primary_key]
    of_one = [table.c[name] == bindparam(f"of_{name}") for name in names]
    statement = update(table).where(*of_one).values({FOUND[table]: bindparam("left_of_it")})
    values = [
        {"left_of_it": cells, **{f"of_{name}": value for name, value in zip(names, key, strict=True)}}
        for key, cells in rows
    ]
    if values:
        connection.execute(statement, values)


def empty_read(connection: Connection, of: Dropped) -> bool:
    """Empty what was read of fields that no column is left of; whether anything of people was."""
    for table, names in READ.items():
        gone = [name for name in names if name in of.fields or (name == "said" and set(_SAID) <= of.fields)]
        if gone:
            statement = update(table).where(table.c.import_id == of.import_id)
            connection.execute(statement.values(dict.fromkeys(gone)))
    types = [field for field in of.fields if field in _IDENTIFIERS]
    types += [one.removeprefix(IDENTIFIER_PREFIX) for one in of.fields if one.startswith(IDENTIFIER_PREFIX)]
    told = identifiers.c.import_id == of.import_id
    connection.execute(delete(identifiers).where(told, identifiers.c.type.in_(types)))
    return bool(types) or any(field in PERSON_FIELDS for field in of.fields)
