"""Retention: rows as they were found are emptied when their time has come; what was read from them stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Row, Table, bindparam, select, tuple_, update

from regulars.store.tables import events, imports, order_lines, record_versions

#: The tables that keep cells of a row as they were found, and the column they are in.
AS_FOUND: Mapping[Table, str] = {record_versions: "raw", order_lines: "extra", events: "properties"}
#: The key of a row.
Key = tuple[int, ...]


def rows_as_found(
    connection: Connection, table: Table, begun: tuple[int, int], *, after: Key, most: int
) -> list[Key]:
    """The keys of at most so many rows that have cells as found, in the order of the table.

    Their imports were `begun` from one instant (µs) on and before another.
    `after` is the key that a walk has come to; () to begin.
    """
    key = list(table.primary_key)
    first_us, end_us = begun
    loaded = select(imports.c.import_id).where(
        imports.c.started_us >= first_us, imports.c.started_us < end_us
    )
    due = table.c.import_id.in_(loaded) & table.c[AS_FOUND[table]].is_not(None)
    statement = select(*key).where(due).order_by(*key).limit(most)
    if after:
        statement = statement.where(tuple_(*key) > tuple_(*after))
    return [_key(row) for row in connection.execute(statement)]


def empty_as_found(connection: Connection, table: Table, keys: Sequence[Key]) -> None:
    """Empty the cells as found of these rows."""
    names = [column.name for column in table.primary_key]
    of_one = [table.c[name] == bindparam(f"of_{name}") for name in names]
    values = [{f"of_{name}": value for name, value in zip(names, key, strict=True)} for key in keys]
    connection.execute(update(table).where(*of_one).values({AS_FOUND[table]: None}), values)


def _key(row: Row[tuple[int, ...]]) -> Key:
    return tuple(int(value) for value in row)
