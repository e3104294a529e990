"""People of whom nothing is left: since when, and why."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, Text, cast, literal, select

from regulars.errors import NotFound
from regulars.figures import day_of
from regulars.model.person import person_id
from regulars.store.rows import fetch_where_in
from regulars.store.tables import audit, former_records, identity, imports, records, touched
from regulars.words import _


def has_records(connection: Connection, person: int) -> bool:
    """Whether any record that a load brought is a person now, though no match ran since an undo took some away."""
    now = (identity.c.person == person) & identity.c.until_us.is_(None)
    theirs = select(records.c.record).join(identity, identity.c.record == records.c.record).where(now)
    return connection.execute(theirs.limit(1)).first() is not None


def nobody_left(connection: Connection, person: int, time_zone: str) -> NotFound:
    """That a person is no longer there: its id was issued, and its last record is gone, or went to somebody else."""
    name = person_id(person)
    ends = _ends(connection, person)
    dated = [at_us for at_us in ends.values() if at_us is not None]
    if len(dated) < len(ends) or not dated:
        return NotFound(_("{person} is nobody any more", person=name), _look_elsewhere())
    at_us = max(dated)
    day = day_of(at_us, time_zone)
    went = _went_elsewhere(connection, ends, at_us)
    why = why_gone(connection, {record for record, end in ends.items() if end == at_us} - went, at_us)
    return NotFound(
        _("{person} is nobody any more, since {day}: {why}", person=name, day=day, why=why)
        if why
        else _("{person} is nobody any more, since {day}", person=name, day=day),
        _("`regulars show {person} --on DAY` says who it was on a day before", person=name),
    )


def _ends(connection: Connection, person: int) -> dict[int, int | None]:
    """When each record that was ever a person's left it for the last time.

    Of one that an undo took away, and no match looked at since: when the undo touched it; None where nobody knows.
    """
    spans = (
        select(identity.c.record, identity.c.until_us, touched.c.at_us)
        .join(touched, touched.c.record == identity.c.record, isouter=True)
        .where(identity.c.person == person)
        .order_by(identity.c.since_us)
    )
    return {
        row.record: row.at_us if row.until_us is None else row.until_us for row in connection.execute(spans)
    }


def _went_elsewhere(connection: Connection, some: Collection[int], at_us: int) -> set[int]:
    """Those of some records that are somebody else since the instant."""
    later = select(identity.c.record).where(identity.c.since_us == at_us)
    return set(fetch_where_in(connection, later, [identity.c.record], sorted(some))["record"].to_pylist())


def why_gone(connection: Connection, some: Collection[int], at_us: int) -> str:
    """Why some records were gone at an instant: erased, or their import was undone; empty where neither is known."""
    erased = select(audit.c.who, audit.c.subject).where(audit.c.action == "erase", audit.c.at_us <= at_us)
    for row in connection.execute(erased.order_by(audit.c.at_us.desc(), audit.c.entry.desc())):
        if not set(map(str, some)).isdisjoint(row.subject.split(" ")):
            return _("erased by {who}", who=row.who)
    return _("their import was undone") if _undone(connection, some, at_us) else ""


def _undone(connection: Connection, some: Collection[int], at_us: int) -> bool:
    """Whether an import had been undone by an instant that may have brought some records, which are gone or came back
    since: one of their source, or any where they were erased meanwhile and nobody knows it."""
    wanted = sorted(some)
    back = select(identity.c.record).where(identity.c.since_us > at_us)
    came_back = fetch_where_in(connection, back, [identity.c.record], wanted)["record"].to_pylist()
    there, former = (
        fetch_where_in(
            connection, select(table.c.record, table.c.source), [table.c.record], wanted
        ).to_pylist()
        for table in (records, former_records)
    )
    sources = {row["source"] for row in (*there, *former) if row in former or row["record"] in came_back}
    unknown = {*some} - {row["record"] for row in (*there, *former)}
    subjects = select(audit.c.subject).where(audit.c.action == "undo", audit.c.at_us <= at_us)
    undone = select(imports.c.source).where(
        (literal("import ") + cast(imports.c.import_id, Text)).in_(subjects)
    )
    found = set(connection.execute(undone).scalars())
    return bool(found) if unknown else not found.isdisjoint(sources)


def _look_elsewhere() -> str:
    return _("an e-mail, a phone or a name finds who is there")
