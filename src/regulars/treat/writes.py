"""The only writer of `plans` and `decisions`."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from sqlalchemy import Connection, Select, delete, select

from regulars.store import Store, rows
from regulars.store.tables import decisions, plans

#: What is written or deleted in one transaction: some tens of milliseconds, so that others get their turn.
_ROWS = 2_000


def write_plan(store: Store, day: int, plan: pa.Table, made_us: int) -> None:
    """Put a day's plan in the place of what was decided for that day, in many short transactions.

    `plan` is what `plan.plan` returns: one row a person, all of day `day`. Written twice, it stands once. The day has
    no plan until all of it is written: one that was broken off is never read, and is swept by the next.
    """
    with store.write() as connection:
        _say(connection, day, whole=False, made_us=made_us)
    with store.read() as connection:
        halves = list(connection.execute(select(plans.c.day).where(plans.c.whole.is_(False))).scalars())
    for half in halves:
        _sweep(store, half)
    for batch in plan.to_batches(max_chunksize=_ROWS):
        with store.write() as connection:
            rows.insert(connection, decisions, pa.Table.from_batches([batch]))
    with store.write() as connection:
        connection.execute(delete(plans).where(plans.c.whole.is_(False)))
        _say(connection, day, whole=True, made_us=made_us)


def whole_days() -> Select[tuple[int]]:
    """The days that have a plan."""
    return select(plans.c.day).where(plans.c.whole.is_(True))


def newest_day() -> Select[tuple[int]]:
    """The day of the plan that was made last, be it for a day before another's."""
    return whole_days().order_by(plans.c.made_us.desc(), plans.c.day.desc()).limit(1)


def _say(connection: Connection, day: int, *, whole: bool, made_us: int) -> None:
    line = {"day": day, "whole": whole, "made_us": made_us}
    rows.upsert(connection, plans, pa.Table.from_pylist([line], rows.schema_of(plans)))


def _sweep(store: Store, day: int) -> None:
    """Delete what was decided for a day, from the first person to the last."""
    for last in _steps(store, day):
        with store.write() as connection:
            connection.execute(delete(decisions).where(decisions.c.day == day, decisions.c.person <= last))


def _steps(store: Store, day: int) -> Iterator[int]:
    """The last person of each part of a day's decisions."""
    with store.read() as connection:
        persons = select(decisions.c.person).where(decisions.c.day == day).order_by(decisions.c.person)
        found = list(connection.execute(persons).scalars())
    yield from found[_ROWS - 1 :: _ROWS]
    yield from found[-1:]
