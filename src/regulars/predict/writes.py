"""The only writer of `models`; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from regulars.model.report import ModelReport, report_of
from regulars.store.tables import models


def write_reports(connection: Connection, as_of: int, reports: Sequence[ModelReport]) -> None:
    """Replace what the models of an evening say of themselves."""
    connection.execute(delete(models).where(models.c.as_of == as_of))
    rows = [{"as_of": as_of, "model": one.name, "report": one.as_json()} for one in reports]
    if rows:
        connection.execute(insert(models), rows)


def earlier_report(connection: Connection, name: str, as_of: int) -> ModelReport | None:
    """What a model said of itself on the newest evening before one; None when it never did."""
    c = models.c
    kept = select(c.report).where(c.model == name, c.as_of < as_of).order_by(c.as_of.desc()).limit(1)
    found = connection.execute(kept).scalar()
    return None if found is None else report_of(found)


def read_reports(connection: Connection, as_of: int | None = None) -> list[ModelReport]:
    """What the models of an evening say, by name; of the newest evening when none is named."""
    if as_of is None:
        as_of = connection.execute(select(func.max(models.c.as_of))).scalar()
    kept = select(models.c.report).where(models.c.as_of == as_of).order_by(models.c.model)
    return [report_of(row.report) for row in connection.execute(kept)]
