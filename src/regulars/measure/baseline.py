"""The baseline: a shop's first figures, frozen at its first build and never changed."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, func, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.store.rows import fetch, insert, schema_of
from regulars.store.tables import baselines

_SQL = Path(__file__).with_name("baseline.sql")


def baseline_figures(session: Session, *, as_of: int) -> pa.Table:
    """The figures of a day: figure, value, unit. Reads the relations `profiles` and `lines`."""
    figures = session.rows(statements(_SQL)["figures"]).to_pylist()[0]
    units = {"spend_365d": "cents", "spend_per_buyer_365d": "cents", "average_basket": "cents"}
    names = [name for name, value in figures.items() if value is not None]
    return pa.table(
        {
            "as_of": pa.array([as_of] * len(names), pa.int64()),
            "figure": names,
            "value": pa.array([float(figures[name]) for name in names], pa.float64()),
            "unit": [units.get(name, "share" if name.endswith("_share") else "count") for name in names],
        }
    )


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
