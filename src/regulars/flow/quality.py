"""Quality: the report on the data as it stands, as of the newest facts."""

from __future__ import annotations

import json
from collections import Counter

from sqlalchemy import select

from regulars.clean.quality.report import Quality, quality
from regulars.clean.quality.trend import Measured, Trend, history, keep, trends
from regulars.flow import Ground
from regulars.flow.chain.build import default_as_of, refresh_lake
from regulars.flow.facts import lay_out
from regulars.flow.loading.withdrawing import recover
from regulars.flow.turn import takes_turn
from regulars.store import tables
from regulars.store.rows import columns_of, fetch


@takes_turn
def report(ground: Ground) -> Quality:
    """The quality of what is loaded. What it counts is kept, for the trend."""
    recover(ground)
    refresh_lake(ground)
    as_of, _reason = default_as_of(ground)
    with ground.engine.session() as session, ground.store.read() as connection:
        lay_out(session, ground, connection)
        session.table(
            "record_versions",
            fetch(
                connection,
                columns_of(tables.record_versions).where(tables.record_versions.c.superseded_by.is_(None)),
            ),
        )
        for table in (tables.identity, tables.identifiers, tables.consents, tables.rejects, tables.imports):
            session.table(table.name, fetch(connection, columns_of(table)))
        told = quality(session, ground.settings, as_of)
    with ground.store.write() as connection:
        keep(connection, told, ground.now_us())
    return told


def quality_trends(ground: Ground) -> list[Trend]:
    """What changed since the last report and since 30 days ago."""
    return trends(quality_history(ground), ground.now_us())


def quality_history(ground: Ground) -> list[Measured]:
    """What every report counted, the oldest first; those that counted the same as the one before are not kept."""
    with ground.store.read() as connection:
        return history(connection)


def values_changed(ground: Ground) -> Counter[str]:
    """How many values of people's records each rule of cleaning rewrote or refused."""
    versions = tables.record_versions.c
    told = select(versions.changes).where(versions.superseded_by.is_(None), versions.changes.is_not(None))
    made: Counter[str] = Counter()
    with ground.store.read() as connection:
        for changes in connection.execute(told).scalars():
            for rules in json.loads(changes).values():
                made.update(rules)
    return made
