"""What records say and by what they are known, read from the store or the lake into a session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Select, func, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.person import nobody_sql
from regulars.store import rows
from regulars.store.lake import Lake
from regulars.store.tables import NOBODY, identifiers, record_versions, records

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: What is compared of a person.
COMPARED = (
    "name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "full_name", "birth_date", "age",
    "birth_place", "occupation", "gender", "email", "phone", "house_number", "unit", "street", "city", "postcode",
    "loyalty_card", "user_id",
)  # fmt: skip
#: Records read from the store at a time, so that memory stays flat.
_STRIDE = 100_000


def read_records(
    connection: Connection, session: Session, only: Sequence[int] | None = None, lake: Lake | None = None
) -> int:
    """Read every record of the store (or `only` some) into a session; returns how many there are.

    With a lake that is up to date, what the records say is read from it, some ten times faster.
    """
    version = record_versions.c
    people = select(
        version.record, version.fact, version.seen_us, *(version[name] for name in COMPARED)
    ).where(version.superseded_by.is_(None))
    filler = select(version.fact).where(version.changes.like('%_name":["invalid: placeholder"%'))
    held = select(*(identifiers.c[name] for name in ("record", "type", "value", "fact")))
    known = select(records.c.record, records.c.source, records.c.source_key)
    session.table("found_records", _read(connection, known, records.c.record, only))
    if lake:
        session.parquet("mirrored", lake.files(connection, record_versions), lake.schema(record_versions))
        session.view("found_versions", _SQL["from_lake"].format(columns=", ".join(COMPARED)))
    else:
        session.table("found_versions", _read(connection, people, version.record, only))
    session.table("fillers", _read(connection, filler, version.record, only))
    session.table("found_identifiers", _read(connection, held, identifiers.c.record, only))
    session.create("current_versions", _SQL["current_versions"])
    session.create("nobodies", _SQL["nobodies"].format(nobody=nobody_sql("name")))
    session.create("numbered", _SQL["numbered"])
    session.create("held", _SQL["held"])
    session.drop("found_versions", "found_identifiers", "found_records")
    return int(session.rows("select count(*) as n from numbered")["n"][0].as_py())


def _read(
    connection: Connection, statement: Select[Any], record: Any, only: Sequence[int] | None
) -> pa.Table:
    if only is not None:
        return rows.fetch_where_in(connection, statement, [record], list(only))
    return fetch_by_record(connection, statement, record)


def fetch_by_record(connection: Connection, statement: Select[Any], record: Any) -> pa.Table:
    """Run a select for every record (a column of it) but nobody's, some at a time, so that memory stays flat."""
    last = connection.execute(select(func.max(record))).scalar() or 0
    parts = [
        rows.fetch(connection, statement.where(record > low, record <= low + _STRIDE))
        for low in range(NOBODY, last + 1, _STRIDE)
    ]
    return pa.concat_tables(parts)
