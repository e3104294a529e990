"""Who was this on a day: the dated identity log, and what has happened since.

The log says what the shop took for true on an evening, not what was found out later about that time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, or_, select

from regulars.errors import Invalid
from regulars.flow import Ground
from regulars.flow.chain.build import day_of
from regulars.flow.people.find import find, records_of
from regulars.flow.people.gone import why_gone
from regulars.flow.people.joining import Someone, someone
from regulars.match.explain import why_linked
from regulars.match.records import names
from regulars.match.review.verdicts import DIFFERENT, SAME
from regulars.model.clock import day_date, evening_us
from regulars.model.person import person_number
from regulars.store.rows import fetch_where_in
from regulars.store.tables import former_records, identity, links, persons, records, verdicts
from regulars.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Records that became somebody else after the day that is asked of."""

    at_us: int
    records: tuple[str, ...]  #: SOURCE:KEY
    before: int | None  #: the person they were; None: they were not known
    after: int | None  #: the person they are since; None: they are gone
    why: str  #: in the language of this process; '' when it needs no reason: they are new, and alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A person as they stood on an evening."""

    person: int
    records: tuple[str, ...]  #: SOURCE:KEY
    since: tuple[Change, ...]  #: what became of these records, and of the person, the oldest first
    now: tuple[Someone, ...]  #: who these records are today


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Who a key meant on the evening of a shop day."""

    key: str
    day: int
    persons: tuple[Stood, ...]
    first_us: (
        int | None
    )  #: where it was nobody: when it was first known after that evening; None: it never was


class _Span(NamedTuple):
    """A row of `identity`."""

    record: int
    since_us: int
    until_us: int | None
    person: int

    def holds(self, at_us: int) -> bool:
        """Whether it was so just before an instant."""
        return self.since_us < at_us and (self.until_us is None or self.until_us >= at_us)


def who_was(ground: Ground, key: str, day: int) -> Past:
    """Who a key (a record, a person id, or any other key of `show`) meant on the evening of a shop day."""
    if day > day_of(ground, ground.now_us()):
        raise Invalid(
            _("{day} is still to come", day=day_date(day).isoformat()), _("ask about a day that has been")
        )
    at_us = evening_us(day, ground.settings.shop.time_zone)
    with ground.store.read() as connection:
        asked = _by_record(connection, key) or _by_id(connection, key, at_us)
    asked = asked or [record for hit in find(ground, key) for record in _own(ground, hit.person)]
    with ground.store.read() as connection:
        spans = _spans(connection, identity.c.record, asked)
        then = sorted({span.person for span in spans if span.holds(at_us)})
        later = [span.since_us for span in spans if span.since_us >= at_us]
        return Past(
            key=key,
            day=day,
            persons=tuple(_stood(connection, person, at_us) for person in then),
            first_us=None if then else min(later, default=None),
        )


def _own(ground: Ground, person: int) -> list[int]:
    with ground.store.read() as connection:
        return records_of(connection, person)


def _by_record(connection: Connection, key: str) -> list[int]:
    """The record of SOURCE:KEY, be it one whose import was undone."""
    source, _colon, source_key = key.partition(":")
    for table in (records, former_records):
        this = (table.c.source == source) & (table.c.source_key == source_key)
        found = connection.execute(select(table.c.record).where(this)).scalar()
        if found is not None:
            return [int(found)]
    return []


def _by_id(connection: Connection, key: str, at_us: int) -> list[int]:
    """The records that had a person's id on the evening; where none had, those that ever did."""
    number = person_number(key)
    known = connection.execute(select(persons.c.person).where(persons.c.person == number)).first()
    spans = _spans(connection, identity.c.person, [number]) if number and known else []
    return sorted({span.record for span in spans if span.holds(at_us)} or {span.record for span in spans})


def _spans(connection: Connection, column: object, wanted: Iterable[int]) -> list[_Span]:
    statement = select(*(identity.c[name] for name in _Span._fields))
    found = fetch_where_in(connection, statement, [column], sorted(set(wanted))).to_pylist()
    return sorted(_Span(**row) for row in found)


def _stood(connection: Connection, person: int, at_us: int) -> Stood:
    own = [span.record for span in _spans(connection, identity.c.person, [person]) if span.holds(at_us)]
    spans = _spans(connection, identity.c.record, own)
    came = [span for span in _spans(connection, identity.c.person, [person]) if span.since_us >= at_us]
    others = {span.record for span in came} - set(own)
    moves = _moves([*spans, *_spans(connection, identity.c.record, others)], at_us)
    about = [move for move in moves if set(move.records) & set(own) or person in (move.before, move.after)]
    now = sorted({span.person for span in spans if span.until_us is None})
    return Stood(
        person=person,
        records=_named(connection, own),
        since=tuple(_change(connection, move) for move in about),
        now=tuple(someone(connection, one) for one in now),
    )


class _Move(NamedTuple):
    """Records that went from one person to another at one instant."""

    at_us: int
    before: int | None
    after: int | None
    records: tuple[int, ...]


def _moves(spans: Iterable[_Span], at_us: int) -> list[_Move]:
    """What changed from an instant on; of a record that was away for a while, that it left and that it came."""
    of_record: dict[int, list[_Span]] = {}
    for span in sorted(set(spans)):
        of_record.setdefault(span.record, []).append(span)
    found: dict[tuple[int, int | None, int | None], list[int]] = {}
    for record, its in of_record.items():
        ended: _Span | None = None
        for span in its:
            follows = ended is not None and ended.until_us == span.since_us
            before = ended.person if ended is not None and follows else None
            found.setdefault((span.since_us, before, span.person), []).append(record)
            if ended is not None and ended.until_us is not None and not follows:
                found.setdefault((ended.until_us, ended.person, None), []).append(record)
            ended = span
        if ended is not None and ended.until_us is not None:
            found.setdefault((ended.until_us, ended.person, None), []).append(record)
    moves = [_Move(*when, tuple(moved)) for when, moved in found.items() if when[0] >= at_us]
    return sorted(moves, key=lambda move: (move.at_us, move.records))


def _change(connection: Connection, move: _Move) -> Change:
    return Change(
        at_us=move.at_us,
        records=_named(connection, move.records),
        before=move.before,
        after=move.after,
        why=_why(connection, move),
    )


def _why(connection: Connection, move: _Move) -> str:
    """Who said so, or which rule: of those they came to, else of those they left."""
    if move.after is None:
        return why_gone(connection, move.records, move.at_us)
    beside = {
        span.record
        for span in _spans(connection, identity.c.person, [move.after])
        if span.holds(move.at_us + 1) and span.record not in move.records
    }
    said = _said(connection, move, beside, SAME)
    if said:
        return why_linked("human", said)
    linked = _linked(connection, move, beside)
    if linked is not None:
        return why_linked(*linked)
    if move.before is None:
        return ""
    left = {span.record for span in _spans(connection, identity.c.person, [move.before])} - set(move.records)
    who = _said(connection, move, left, DIFFERENT)
    return _("parted by {who}", who=who) if who else _("what is known of them joins them no longer")


def _said(connection: Connection, move: _Move, beside: Collection[int], verdict: str) -> str | None:
    """Who said last, before a move, that its records and others are one, or are different."""
    said = verdicts.c
    told = select(verdicts).where(
        said.verdict == verdict,
        said.at_us <= move.at_us,
        or_(said.withdrawn_us.is_(None), said.withdrawn_us > move.at_us),
    )
    found = _across(connection, told, verdicts, move.records, beside)
    return str(max(found, key=lambda row: (row["at_us"], row["verdict_id"]))["who"]) if found else None


def _linked(connection: Connection, move: _Move, beside: Collection[int]) -> tuple[str, str] | None:
    """The kind and the rule of the link that joined the records of a move to others: the newest by then."""
    by_itself = select(links).where(links.c.kind != "human", links.c.at_us <= move.at_us)
    found = _across(connection, by_itself, links, move.records, beside)
    if not found:
        return None
    newest = max(found, key=lambda row: (row["at_us"], row["kind"] == "exact", -row["link_id"]))
    return str(newest["kind"]), str(newest["rule"])


def _across(
    connection: Connection, statement: Select[Any], table: Table, some: Sequence[int], others: Collection[int]
) -> list[dict[str, Any]]:
    """The rows of a table of pairs that have one end here and one end there."""
    found = [
        row
        for one in ("record_a", "record_b")
        for row in fetch_where_in(connection, statement, [table.c[one]], list(some)).to_pylist()
    ]
    return [row for row in found if row["record_a"] in others or row["record_b"] in others]


def _named(connection: Connection, some: Collection[int]) -> tuple[str, ...]:
    """SOURCE:KEY of records, those of undone imports too; of an erased one nobody knows it."""
    known = names(connection, some)
    former = former_records.c
    gone = fetch_where_in(connection, select(former_records), [former.record], sorted(set(some) - set(known)))
    known |= {row["record"]: f"{row['source']}:{row['source_key']}" for row in gone.to_pylist()}
    return tuple(known.get(record, _("an erased record")) for record in sorted(set(some)))
