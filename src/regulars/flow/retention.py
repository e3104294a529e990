"""Retention: rows as they were found, and rejects, go when the days that the shop keeps them have passed.

They go in small writes, so that others get their turn. Days count from the day a file was loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Table, select

from regulars.clean.writes.retention import AS_FOUND, Key, empty_as_found, rows_as_found
from regulars.flow import Ground
from regulars.flow.turn import takes_turn
from regulars.store import ledgers
from regulars.store.tables import imports

_DAY_US = 86_400_000_000
_ROWS_A_WRITE = 1_000
#: Until when loaded files have been emptied of their rows as found: these are not looked through every night.
_EMPTIED = "emptied_until_us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was kept as found for long enough, and is gone."""

    rows: int  #: rows whose cells as found were emptied; what was read from them stays
    rejects: int
    dropped: int = 0  #: rows from which columns went that the shop drops


@takes_turn
def forget_old(ground: Ground) -> Forgotten:
    """Empty rows as found and drop rejects that are older than the shop keeps them."""
    kept = ground.settings.retention
    return Forgotten(
        rows=_empty_rows(ground, kept.raw_days) if kept.raw_days else 0,
        rejects=_drop_rejects(ground, kept.rejects_days) if kept.rejects_days else 0,
    )


def _empty_rows(ground: Ground, days: int) -> int:
    until_us = _days_ago(ground, days)
    with ground.store.read() as connection:
        since_us = int(ledgers.recall(connection, _EMPTIED) or 0)
    if not _any_loaded(ground, since_us, until_us):
        return 0
    emptied = sum(_empty_table(ground, table, (since_us, until_us)) for table in AS_FOUND)
    with ground.store.write() as connection:
        ledgers.remember(connection, _EMPTIED, str(until_us))
    return emptied


def _empty_table(ground: Ground, table: Table, begun: tuple[int, int]) -> int:
    emptied, after = 0, Key()
    while True:
        with ground.store.read() as connection:
            keys = rows_as_found(connection, table, begun, after=after, most=_ROWS_A_WRITE)
        if not keys:
            return emptied
        with ground.store.write() as connection:
            empty_as_found(connection, table, keys)
        emptied, after = emptied + len(keys), keys[-1]


def _drop_rejects(ground: Ground, days: int) -> int:
    until_us, dropped = _days_ago(ground, days), 0
    while True:
        with ground.store.write() as connection:
            some = ledgers.forget_old_rejects(connection, until_us, _ROWS_A_WRITE)
        if not some:
            return dropped
        dropped += some


def _days_ago(ground: Ground, days: int) -> int:
    return max(0, ground.now_us() - days * _DAY_US)


def _any_loaded(ground: Ground, since_us: int, until_us: int) -> bool:
    """Was an import begun in a span of time, its end left out?"""
    begun = imports.c.started_us
    statement = select(imports.c.import_id).where(begun >= since_us, begun < until_us).limit(1)
    with ground.store.read() as connection:
        return connection.execute(statement).scalar() is not None
