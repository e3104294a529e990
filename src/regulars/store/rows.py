"""Rows in and out of tables, as Arrow: the same few statements on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
from sqlalchemy import BigInteger, Boolean, Connection, Double, Integer, Select, Table, select, tuple_

#: SQLite takes 32,766 parameters a statement.
_PARAMETERS = 30_000
#: Lists of numbers up to so long are handed over as parameters.
_FEW = 64
#: Rows that stand in memory as Python's own values at a time: these take ten times the room.
_FETCHED = 50_000


def schema_of(table: Table, *, without: Iterable[str] = ()) -> pa.Schema:
    """The Arrow schema of a table."""
    left_out = set(without)
    return pa.schema([(c.name, _arrow_type(c.type)) for c in table.columns if c.name not in left_out])


def fetch(connection: Connection, statement: Select[Any]) -> pa.Table:
    """Run a select and return its rows."""
    names = [column.name for column in statement.selected_columns]
    types = [_arrow_type(column.type) for column in statement.selected_columns]
    cursor = connection.execute(statement).cursor
    parts = []
    while rows := cursor.fetchmany(_FETCHED) if cursor is not None else ():
        arrays = [_array(values, kind) for values, kind in zip(zip(*rows, strict=True), types, strict=True)]
        parts.append(pa.table(arrays, names=names))
    if len(parts) == 1:
        return parts[0]
    schema = pa.schema(list(zip(names, types, strict=True)))
    return pa.concat_tables(parts).combine_chunks() if parts else schema.empty_table()


def insert(connection: Connection, table: Table, rows: pa.Table) -> None:
    """Insert rows, in the order of the table's key. Columns that `rows` lacks become null."""
    _run(connection, table, rows, "")


def put(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    values: Sequence[tuple[object, ...]],
    *,
    again: bool = False,
) -> None:
    """Insert a few rows, quickly; `again`: where the key is taken, the new row stands in its place."""
    if values:
        _run_many(
            connection, _insert(connection, table, names) + (_instead(table, names) if again else ""), values
        )


def read(connection: Connection, statement: str, values: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
    """The rows of a statement that is said in SQL, with question marks for values: for a few of them, quickly."""
    cursor = connection.connection.cursor()
    try:
        if values:
            cursor.execute(_said(connection, statement), values)
        else:
            cursor.execute(statement)
        return cursor.fetchall()
    finally:
        cursor.close()


def read_among(connection: Connection, statement: str, some: Collection[int]) -> Sequence[tuple[Any, ...]]:
    """The rows of a statement about some numbers, which it calls `{some}`.

    Short lists of about the same length are one statement, which the database has read and planned before.
    """
    if not 0 < len(some) <= _FEW:
        return read(connection, statement.replace("{some}", ", ".join(map(str, some)) or "null"))
    size = 1 << (len(some) - 1).bit_length()
    said, times = _among(statement, size)
    values = [*some, *[next(iter(some))] * (size - len(some))]
    return read(connection, said, values * times)


def mend(
    connection: Connection,
    table: Table,
    names: tuple[str, ...],
    by: tuple[str, ...],
    values: Sequence[tuple[object, ...]],
) -> None:
    """Put other values into some columns of a few rows, quickly: for each row the values, then those that it is known
    `by`."""
    if values:
        sets, found = ", ".join(f"{name} = ?" for name in names), " and ".join(f"{name} = ?" for name in by)
        _run_many(connection, f"update {table.name} set {sets} where {found}", values)


def drop(
    connection: Connection, table: Table, by: tuple[str, ...], values: Sequence[tuple[object, ...]]
) -> None:
    """Delete the rows that are known `by` some values, quickly."""
    if values:
        found = " and ".join(f"{name} = ?" for name in by)
        _run_many(connection, f"delete from {table.name} where {found}", values)


def _run_many(connection: Connection, statement: str, values: Sequence[tuple[object, ...]]) -> None:
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(_said(connection, statement), values)
    finally:
        cursor.close()


def upsert(connection: Connection, table: Table, rows: pa.Table) -> None:
    """Insert rows; where the key is taken, the new row stands in its place."""
    _run(connection, table, rows, _instead(table, tuple(rows.column_names)))


def fetch_where_in(
    connection: Connection, statement: Select[Any], columns: Sequence[Any], keys: Sequence[Any]
) -> pa.Table:
    """Run a select for many keys (values, or tuples when there are several columns), some thousands a statement."""
    step = _PARAMETERS // len(columns)
    key = columns[0] if len(columns) == 1 else tuple_(*columns)
    parts = [
        fetch(connection, statement.where(key.in_(keys[at : at + step]))) for at in range(0, len(keys), step)
    ]
    return pa.concat_tables(parts) if parts else fetch(connection, statement.where(key.in_([])))


def columns_of(table: Table, *names: str) -> Select[Any]:
    """A select of some columns of a table, or of all."""
    return select(*(table.columns[name] for name in names)) if names else select(table)


def _run(connection: Connection, table: Table, rows: pa.Table, conflict: str) -> None:
    if not rows.num_rows:
        return
    keys = [column.name for column in table.primary_key if column.name in rows.column_names]
    if keys:
        rows = rows.sort_by([(name, "ascending") for name in keys])
    values = list(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    connection.exec_driver_sql(_insert(connection, table, tuple(rows.column_names)) + conflict, values)


@cache
def _instead(table: Table, names: tuple[str, ...]) -> str:
    keys = [column.name for column in table.primary_key]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
    action = f"do update set {sets}" if sets else "do nothing"
    return f" on conflict ({', '.join(keys)}) {action}"


@cache
def _among(statement: str, size: int) -> tuple[str, int]:
    """A statement about so many numbers, and how many times it names them."""
    return statement.replace("{some}", ", ".join("?" * size)), statement.count("{some}")


@cache
def _insert_into(table: str, names: tuple[str, ...], mark: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"insert into {table} ({columns}) values ({', '.join([mark] * len(names))})"


def _insert(connection: Connection, table: Table, names: tuple[str, ...]) -> str:
    return _insert_into(table.name, names, _mark(connection))


def _mark(connection: Connection) -> str:
    """What stands for a parameter in a statement."""
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def _said(connection: Connection, statement: str) -> str:
    return statement if connection.dialect.paramstyle == "qmark" else statement.replace("?", "%s")


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_boolean(kind):
        values = [None if value is None else bool(value) for value in values]
    return pa.array(values, kind)


def _arrow_type(kind: object) -> pa.DataType:
    match kind:
        case Boolean():
            return pa.bool_()
        case BigInteger() | Integer():
            return pa.int64()
        case Double():
            return pa.float64()
        case _:
            return pa.string()
