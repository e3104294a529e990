"""The trend of quality: what each report counted is kept, and the next one says what became better or worse.

The only place that writes `quality_figures`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.clean.quality.report import Quality
from regulars.model.clock import MICROSECONDS_A_DAY
from regulars.store.rows import insert, schema_of
from regulars.store.tables import quality_figures

MONTH_DAYS = 30
Key = tuple[str, str]  #: source, field
Counts = tuple[int, int, int]  #: rows, filled, valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one report counted."""

    at_us: int
    figures: Mapping[Key, Counts]

    def usable(self, key: Key) -> float | None:
        """Share, 0..1, of a source's records whose field can be used; None when no record filled it."""
        rows, _filled, valid = self.figures.get(key, (0, 0, 0))
        return valid / rows if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What changed since an earlier report."""

    since_us: int
    changes: Mapping[
        Key, float
    ]  #: share of usable records, now less then; a field that was not there is left out


def keep(connection: Connection, report: Quality, at_us: int) -> None:
    """Keep what a report counted, unless the newest one that is kept counted the same."""
    figures = {
        (source.source, one.field): (one.rows, one.filled, one.valid)
        for source in report.sources
        for one in source.fields
    }
    kept = history(connection)
    if not figures or (kept and kept[-1].figures == figures):
        return
    rows = [
        dict(zip(quality_figures.columns.keys(), (at_us, *key, *counts), strict=True))
        for key, counts in figures.items()
    ]
    insert(connection, quality_figures, pa.Table.from_pylist(rows, schema_of(quality_figures)))


def history(connection: Connection) -> list[Measured]:
    """What all reports counted, the oldest first."""
    by_time: dict[int, dict[Key, Counts]] = {}
    for row in connection.execute(select(quality_figures).order_by(quality_figures.c.at_us)):
        by_time.setdefault(row.at_us, {})[row.source, row.field] = (row.rows, row.filled, row.valid)
    return [Measured(at_us=at_us, figures=figures) for at_us, figures in by_time.items()]


def trends(kept: Sequence[Measured], now_us: int) -> list[Trend]:
    """What changed since the report before the newest, and since the one that stood 30 days ago, if it is another."""
    if len(kept) < 2:
        return []
    *earlier, newest = kept
    old = [one for one in earlier if one.at_us <= now_us - MONTH_DAYS * MICROSECONDS_A_DAY]
    chosen = {one.at_us: one for one in (earlier[-1], *old[-1:])}
    return [Trend(since_us=at_us, changes=_changes(one, newest)) for at_us, one in chosen.items()]


def _changes(then: Measured, now: Measured) -> Mapping[Key, float]:
    changes = {}
    for key in now.figures:
        before, after = then.usable(key), now.usable(key)
        if before is not None and after is not None:
            changes[key] = after - before
    return changes
