"""The baseline: a shop's first figures, frozen at its first build and never changed, and the same figures of today.

Beside the figures of all people stand cohorts: of those who first bought in one month, what share bought again in each
month after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, func, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.clock import day_date
from regulars.store.rows import fetch, insert, schema_of
from regulars.store.tables import baselines

_SQL = statements(Path(__file__).with_suffix(".sql"))
_UNITS = {
    "spend_365d": "cents",
    "spend_per_buyer_365d": "cents",
    "average_basket": "cents",
    "records_per_person": "score",
}
#: How many months of first orders, and how many after each, are told.
COHORTS, MONTHS_AFTER = 13, 12
_COHORT = "cohort:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """The people whose first order was in one month."""

    month: str  #: 2026-01
    buyers: int
    came_again: Mapping[int, float]  #: month after -> share of them who ordered in it; 1 is the next month


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A shop in figures, on one evening."""

    as_of: int
    figures: Mapping[str, tuple[float, str]]  #: figure -> value, unit
    cohorts: tuple[Cohort, ...]  #: the oldest first


def baseline_figures(session: Session, *, as_of: int) -> pa.Table:
    """The figures of a day: as_of, figure, value, unit. Reads the relations `profiles` and `happened`."""
    found = session.rows(_SQL["figures"]).to_pylist()[0]
    rows = [
        (name, float(value), _UNITS.get(name, "share" if name.endswith("_share") else "count"))
        for name, value in found.items()
        if value is not None
    ]
    rows += _retention(session, as_of)
    names, values, units = zip(*rows, strict=True)
    return pa.table(
        {
            "as_of": pa.array([as_of] * len(rows), pa.int64()),
            "figure": pa.array(names, pa.string()),
            "value": pa.array(values, pa.float64()),
            "unit": pa.array(units, pa.string()),
        }
    )


def baseline_of(figures: pa.Table) -> Baseline | None:
    """The figures of one day as they are read; None when there are none."""
    rows = figures.to_pylist()
    if not rows:
        return None
    sizes = {row["figure"].split(":")[1]: row["value"] for row in rows if row["unit"] == "cohort"}
    again: dict[str, dict[int, float]] = {month: {} for month in sizes}
    for row in rows:
        if row["figure"].startswith(_COHORT) and row["unit"] == "share":
            month, after = row["figure"].split(":")[1:]
            again[month][int(after)] = row["value"]
    return Baseline(
        as_of=rows[0]["as_of"],
        figures={
            row["figure"]: (row["value"], row["unit"])
            for row in rows
            if not row["figure"].startswith(_COHORT)
        },
        cohorts=tuple(
            Cohort(month=month, buyers=int(sizes[month]), came_again=dict(sorted(again[month].items())))
            for month in sorted(sizes)
        ),
    )


def _retention(session: Session, as_of: int) -> list[tuple[str, float, str]]:
    """The cohorts: `cohort:2026-01` is how many they are, `cohort:2026-01:3` of them three months after."""
    first = session.rows("select min(day) as day from happened where event = 'Order Completed'")["day"][
        0
    ].as_py()
    if first is None:
        return []
    days = range(first, as_of + 1)
    dates = [day_date(day) for day in days]
    numbers = [date.year * 12 + date.month for date in dates]
    months = [f"{date.year:04}-{date.month:02}" for date in dates]
    calendar = {"day": pa.array(days, pa.int64()), "month": months, "month_no": pa.array(numbers, pa.int64())}
    session.table("calendar", pa.table(calendar))
    after = day_date(as_of) + timedelta(days=1)
    current = after.year * 12 + after.month
    sql = _SQL["retention"].format(since=numbers[-1] - COHORTS + 1, current=current)
    counted: dict[str, dict[int, int]] = {}
    for row in session.rows(sql).to_pylist():
        counted.setdefault(row["cohort"], {})[row["month_after"]] = row["buyers"]
    rows: list[tuple[str, float, str]] = []
    for month, buyers in counted.items():
        began = int(month[:4]) * 12 + int(month[5:])
        rows.append((f"{_COHORT}{month}", float(buyers[0]), "cohort"))
        rows += [
            (f"{_COHORT}{month}:{n}", buyers.get(n, 0) / buyers[0], "share")
            for n in range(1, min(MONTHS_AFTER, current - 1 - began) + 1)
        ]
    return rows


def write_baseline(connection: Connection, figures: pa.Table) -> bool:
    """Freeze the figures, unless a baseline stands already or nobody has bought yet; whether it was written."""
    buyers = next((row["value"] for row in figures.to_pylist() if row["figure"] == "buyers"), 0)
    if not buyers or connection.execute(select(func.count()).select_from(baselines)).scalar():
        return False
    insert(connection, baselines, figures)
    return True


def read_baseline(connection: Connection) -> pa.Table:
    """The frozen figures; no row before the first build."""
    names = schema_of(baselines).names
    return fetch(connection, select(*(baselines.c[name] for name in names)))
