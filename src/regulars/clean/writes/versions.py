"""Versions of facts: rows get the columns that a table keeps of them, and older versions are marked as replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, Table, update

from regulars.store.rows import schema_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where facts come from: their import, and the sources that it and its customer keys are of."""

    source: str
    customers: str  #: the source whose records the customer keys name
    import_id: int
    now_us: int
    replays: bool = False  #: the rows were rejected once, and are mended now


@dataclass(slots=True, kw_only=True)
class Stored:
    """What became of some rows."""

    accepted: int = 0
    duplicates: int = (
        0  #: already stored, unchanged; or of records that were erased or nobody knows: not stored
    )
    erased: int = 0  #: of these, and of the accepted ones, those of records that were erased
    strangers: int = 0  #: of the duplicates, those that name nobody who is known: nothing of them is stored
    retold: int = 0  #: of the accepted ones, those that the same import told before with other values
    rows: pa.Table | None = None  #: the accepted rows as stored, for the lake
    changed_imports: set[int] = field(default_factory=set)  #: imports with facts that are superseded now


def supersede(
    connection: Connection, table: Table, facts: list[int], near: ColumnElement[bool], import_id: int
) -> None:
    """Mark facts as replaced by an import; `near` leads to them by an index, as fact numbers alone do not."""
    for at in range(0, len(facts), 10_000):
        some = table.c.fact.in_(facts[at : at + 10_000]) & near
        connection.execute(update(table).where(some).values(superseded_by=import_id))


def with_columns(rows: pa.Table, **columns: Sequence[object]) -> pa.Table:
    """The rows with other columns in place of those of the same name."""
    for name, values in columns.items():
        if name in rows.column_names:
            rows = rows.drop_columns([name])
        rows = rows.append_column(name, pa.array(values, pa.string() if name == "source" else pa.int64()))
    return rows


def as_table(rows: pa.Table, table: Table) -> pa.Table:
    """The columns of a table, in its order; what `rows` lacks is null."""
    schema = schema_of(table)
    columns = [
        rows.column(f.name).cast(f.type) if f.name in rows.column_names else pa.nulls(rows.num_rows, f.type)
        for f in schema
    ]
    return pa.table(columns, schema=schema)
