"""Who was in which segment, from which evening to which: what changes at a build, and what changed since a day.

A membership lasts from the evening of the first build that found the person in the segment to that of the first that
did not any more. Building the same evening again replaces what the earlier build of it said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, or_, select

from regulars.store.rows import fetch, schema_of
from regulars.store.tables import memberships, persons, segment_sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a build changes of the memberships of one segment."""

    written: pa.Table  #: rows of `memberships`: begun, ended, or begun again
    undone: pa.Array  #: people whose membership began the same evening, and is not true after all


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Who came into a segment and who left it between two evenings."""

    before: int  #: members on the first evening
    now: int
    entered: list[int]
    left: list[int]  #: people whose records joined somebody else are not among them


def change(connection: Connection, segment: str, day: int, now: pa.Array) -> Change:
    """What must be written so that from the evening of `day` on the members are the people `now`."""
    kept = memberships.c
    rows = fetch(
        connection,
        select(memberships).where(kept.segment == segment, or_(kept.until.is_(None), kept.until == day)),
    )
    current = rows.filter(pc.is_null(rows.column("until")))
    ended = rows.filter(pc.is_valid(rows.column("until")))
    left = current.filter(_outside(current.column("person"), now))
    began_today = pc.equal(left.column("since"), day)
    entered = now.filter(_outside(now, current.column("person")))
    again = ended.filter(pc.is_in(ended.column("person"), value_set=entered))
    fresh = entered.filter(_outside(entered, ended.column("person")))
    written = [
        _until(left.filter(pc.invert(began_today)), day),
        _until(again, None),
        _since(segment, fresh, day),
    ]
    return Change(
        written=pa.concat_tables(written), undone=left.filter(began_today).column("person").combine_chunks()
    )


def evenings(connection: Connection, until: int) -> list[int]:
    """The evenings up to a day for which sizes were kept, the oldest first."""
    day = segment_sizes.c.as_of
    return list(connection.execute(select(day).distinct().where(day <= until).order_by(day)).scalars())


def first_evening(connection: Connection) -> int:
    """The first evening of which it is kept who was in which segment; 0 before any build."""
    return connection.execute(select(func.min(memberships.c.since))).scalar() or 0


def sizes_over_time(connection: Connection, days: Sequence[int]) -> dict[int, dict[str, int]]:
    """The kept sizes of segments by evening."""
    found: dict[int, dict[str, int]] = {day: {} for day in days}
    for row in connection.execute(select(segment_sizes).where(segment_sizes.c.as_of.in_(days))):
        found[row.as_of][row.segment] = row.members
    return found


def moves(connection: Connection, segments: Sequence[str], since: int) -> Mapping[str, Moves]:
    """Who came into each segment since an evening and is in it now, and who was in it then and is not now."""
    return {segment: _moves(connection, segment, since) for segment in segments}


def _moves(connection: Connection, segment: str, since: int) -> Moves:
    """Of the memberships of one person at most one holds on an evening, so that memberships can be counted."""
    then, now = memberships.alias("then"), memberships.alias("now")
    was = and_(then.c.segment == segment, _held(then, since))
    is_in = and_(now.c.segment == segment, now.c.until.is_(None))
    same = then.c.person == now.c.person
    entered = select(now.c.person).where(is_in, now.c.since > since, ~exists().where(was, same))
    left = (
        select(then.c.person)
        .outerjoin(persons, persons.c.person == then.c.person)
        .where(was, then.c.until.is_not(None), ~exists().where(is_in, same), persons.c.merged_into.is_(None))
    )
    return Moves(
        before=connection.execute(select(func.count()).select_from(then).where(was)).scalar_one(),
        now=connection.execute(select(func.count()).select_from(now).where(is_in)).scalar_one(),
        entered=list(connection.execute(entered.order_by(now.c.person)).scalars()),
        left=list(connection.execute(left.order_by(then.c.person)).scalars()),
    )


def _held(membership: FromClause, day: int) -> ColumnElement[bool]:
    """Whether a membership held on an evening."""
    kept = membership.c
    return and_(kept.since <= day, or_(kept.until.is_(None), kept.until > day))


def _outside(people: pa.Array, others: pa.Array) -> pa.Array:
    return pc.invert(pc.is_in(people, value_set=others))


def _until(rows: pa.Table, day: int | None) -> pa.Table:
    place = rows.column_names.index("until")
    return rows.set_column(place, "until", pa.array([day] * rows.num_rows, pa.int64()))


def _since(segment: str, people: pa.Array, day: int) -> pa.Table:
    count = len(people)
    columns = {
        "segment": pa.array([segment] * count, pa.string()),
        "person": people,
        "since": pa.array([day] * count, pa.int64()),
        "until": pa.nulls(count, pa.int64()),
    }
    return pa.table(columns, schema_of(memberships))
