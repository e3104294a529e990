"""A time is read once, in its zone, and the two odd hours of the year have a rule."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from regulars.clean.row.instants import EXCEL_SERIAL, FRENCH_LONG, instant_sql
from regulars.engine.duckdb import DuckDBEngine


def read(text: str, *formats: str, zone: str = "America/Toronto") -> datetime | None:
    sql = f"select {instant_sql('t', formats, zone)} as us from (select $t as t)"
    with DuckDBEngine(Path("unused")).session() as session:
        us = session.rows(sql, {"t": text}).column("us")[0].as_py()
    return None if us is None else datetime.fromtimestamp(us / 1_000_000, UTC)


@pytest.mark.parametrize(
    ("text", "one", "expected"),
    [
        ("2024-07-01 12:00:00", "%Y-%m-%d %H:%M:%S", "2024-07-01T16:00:00+00:00"),
        (
            "2024-11-03 01:30:00",
            "%Y-%m-%d %H:%M:%S",
            "2024-11-03T05:30:00+00:00",
        ),  # autumn's hour: the first one
        (
            "2024-03-10 02:30:00",
            "%Y-%m-%d %H:%M:%S",
            "2024-03-10T07:30:00+00:00",
        ),  # spring's hour: moved forward
        ("2026-05-01 09:59:00 +0200", "%Y-%m-%d %H:%M:%S %z", "2026-05-01T07:59:00+00:00"),
        ("2025-03-01T10:00:00Z", "%Y-%m-%dT%H:%M:%S%z", "2025-03-01T10:00:00+00:00"),
        ("2025-03-01T10:00:00Z", "%Y-%m-%dT%H:%M:%SZ", "2025-03-01T10:00:00+00:00"),
        ("3 février 2024", FRENCH_LONG, "2024-02-03T05:00:00+00:00"),
        ("45325.5", EXCEL_SERIAL, "2024-02-03T17:00:00+00:00"),
        ("1 août 2024", FRENCH_LONG, "2024-08-01T04:00:00+00:00"),
    ],
)
def test_an_instant_is_read_in_its_zone(text: str, one: str, expected: str) -> None:
    assert read(text, one) == datetime.fromisoformat(expected)


def test_what_no_format_reads_is_nothing() -> None:
    assert read("31/02/2024", "%d/%m/%Y") is None
    assert read("2024-02-03") is None
