"""People of whom nothing is left: since when, and why."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from regulars.errors import NotFound
from regulars.figures import day_of
from regulars.model.person import person_id
from regulars.store.tables import audit, identity, records
from regulars.words import _


def has_records(connection: Connection, person: int) -> bool:
    """Whether any record that a load brought is a person now, though no match ran since an undo took some away."""
    now = (identity.c.person == person) & identity.c.until_us.is_(None)
    theirs = select(records.c.record).join(identity, identity.c.record == records.c.record).where(now)
    return connection.execute(theirs.limit(1)).first() is not None


def nobody_left(connection: Connection, person: int, time_zone: str) -> NotFound:
    """That a person is no longer there: its id was issued, and its last record is gone, or went to somebody else."""
    spans = select(identity.c.record, identity.c.until_us).where(identity.c.person == person)
    found = connection.execute(spans).all()
    ends = [row.until_us for row in found if row.until_us is not None]
    waiting = len(ends) < len(found)  # an undo took records away, and no match ran since
    at_us = _last_undo(connection) if waiting else max(ends, default=None)
    name = person_id(person)
    if at_us is None:
        return NotFound(_("{person} is nobody any more", person=name), _look_elsewhere())
    return NotFound(
        _(
            "{person} is nobody any more, since {day}: {why}",
            person=name,
            day=day_of(at_us, time_zone),
            why=why_gone(connection, {row.record for row in found}, at_us),
        ),
        _("`regulars show {person} --on DAY` says who it was on a day before", person=name),
    )


def why_gone(connection: Connection, some: Collection[int], at_us: int) -> str:
    """Why some records were gone at an instant: erased, or their import was undone."""
    known = select(audit.c.who, audit.c.subject).where(audit.c.action == "erase", audit.c.at_us <= at_us)
    for row in connection.execute(known):
        if set(map(str, some)) <= set(row.subject.split(" ")):
            return _("erased by {who}", who=row.who)
    return _("their import was undone")


def _last_undo(connection: Connection) -> int | None:
    return connection.execute(select(func.max(audit.c.at_us)).where(audit.c.action == "undo")).scalar()


def _look_elsewhere() -> str:
    return _("an e-mail, a phone or a name finds who is there")
