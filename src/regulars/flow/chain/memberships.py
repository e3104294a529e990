"""Memberships: what a build changes of who is in which segment is kept in the store."""

from __future__ import annotations

import pyarrow as pa

from regulars.flow import Ground
from regulars.model.clock import day_number, from_us
from regulars.segment import history
from regulars.segment.count import MEMBERS, NOBODY
from regulars.segment.ready import ready_segments
from regulars.segment.writes import undo_memberships, write_memberships

_A_WRITE = 2_000  #: rows; some milliseconds, on a slow disk some tens


def keep_memberships(ground: Ground, day: int) -> None:
    """Write who came into a segment or left it at the build of an evening, in short transactions.

    What is kept only grows forward: a build of an evening before the newest, or still to come, changes nothing of it.
    """
    today = day_number(from_us(ground.now_us(), ground.settings.shop.time_zone).date())
    with ground.store.read() as connection:
        newest = max(history.evenings(connection, today), default=day)
    if not newest <= day <= today:
        return
    with ground.store.read() as connection:
        found = ground.lake.result(connection, "segments")
    with ground.engine.session() as session:
        session.parquet(MEMBERS, [found[0]] if found else [], NOBODY)
        for segment in ready_segments():
            sql = f"select person from {MEMBERS} where segment = $segment order by person"
            now = session.rows(sql, {"segment": segment}).column("person").combine_chunks()
            _keep(ground, segment, day, now)


def _keep(ground: Ground, segment: str, day: int, now: pa.Array) -> None:
    with ground.store.read() as connection:
        change = history.change(connection, segment, day, now)
    for at in range(0, change.written.num_rows, _A_WRITE):
        with ground.store.write() as connection:
            write_memberships(connection, change.written.slice(at, _A_WRITE))
    for at in range(0, len(change.undone), _A_WRITE):
        with ground.store.write() as connection:
            undo_memberships(connection, segment, day, change.undone.slice(at, _A_WRITE))
