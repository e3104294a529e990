"""Review: the pairs of records that may be one person, for a human to settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, func, select

from regulars.flow import Ground
from regulars.flow.people.find import called, hit, records_of
from regulars.flow.people.joining import Joined, explained, settled
from regulars.flow.people.lock import card_as_one
from regulars.flow.people.show import load_times
from regulars.flow.turn import takes_turn
from regulars.match import disjoin, merge, tell_apart
from regulars.match.explain import Agreement
from regulars.match.explain.reasons import in_words
from regulars.match.records import names
from regulars.match.review.as_said import Word, as_said
from regulars.match.review.asking import sample, seen_in_review, seen_in_sample, would_stand
from regulars.match.review.put_off import are_put_off, put_off
from regulars.match.review.unanswered import unanswered
from regulars.match.review.verdicts import NAMED, Verdict
from regulars.store.tables import (
    identifiers,
    imports,
    people,
    record_versions,
    touched,
)
from regulars.words import _

CHANNELS = ("email", "sms", "phone", "post")
#: What of two people is one field of the one person, in the words of fields.
_TOGETHER = {
    "full_name": ("given_name", "family_name"),
    **{name: (name,) for name in ("birth_date", "email", "phone", "language", "loyalty_card", "user_id")},
    "address": ("house_number", "street", "unit", "city", "postcode"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records (SOURCE:KEY) that may be one person."""

    record_a: str
    record_b: str
    weight: float  #: bits
    probability: float
    reason: str
    asked: str  #: `review`: are they one person? or `sample`: were they joined rightly?
    at_stake: int | None  #: what both people spent in all, in minor units; None before the first build
    numbers: tuple[int, int]  #: of the records
    persons: tuple[int, int]  #: whose they are now
    put_off: bool = False  #: somebody said: later


#: A pair, and whether its two were said to be one person.
Answer = tuple[Pair, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two records of a question, and whose it is."""

    person: int
    name: str
    file: str  #: that the record says what it says by
    line: int  #: of the file
    elsewhere: dict[str, str]  #: e-mail, phone, card or account that another file tells -> that file
    seen_us: int  #: when the record said what it says; where its file told no date, when it was loaded
    dated: bool  #: the file told when
    records: int  #: how many are theirs
    orders: int | None  #: as of the last build; None before the first
    spend: int | None  #: minor units, likewise
    consents: dict[str, str]  #: channel -> state


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A field in which two people differ, and what one person would keep of it."""

    field: str
    value: str
    instead_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A pair, side by side, and what it is, or would be, to call them one person."""

    pair: Pair
    sides: tuple[Side, Side]
    fields: tuple[Agreement, ...]
    stands: int  #: the person id of the one person: the elder, but somebody known before somebody anonymous
    kept: tuple[Kept, ...]
    consents: dict[str, str]  #: channel -> state, of the one person: the stricter


def waiting(ground: Ground, most: int) -> list[Pair]:
    """The pairs that wait. The first are those of which most hangs on the answer: much money, and much doubt; what
    was put off comes after all others."""
    with ground.store.read() as connection:
        later = are_put_off(connection)
        found = [replace(pair, put_off=pair.numbers in later) for pair in _waiting(connection)]
        counted = _counted(ground, connection, (person for pair in found for person in pair.persons))
    pairs = [replace(pair, reason=in_words(pair.reason), at_stake=_spent(pair, counted)) for pair in found]
    usual = sum(pair.at_stake or 0 for pair in pairs) / max(1, len(pairs)) or 1.0

    def urgency(pair: Pair) -> tuple[bool, float, float, tuple[int, int]]:
        """The less, the sooner a pair is asked: much money and much doubt come first, what was put off last."""
        doubt = 1 - abs(2 * pair.probability - 1)
        return pair.put_off, -doubt * (usual + max(0, pair.at_stake or 0)), -pair.probability, pair.numbers

    return sorted(pairs, key=urgency)[:most]


def unmatched(ground: Ground) -> int:
    """How many records came or changed since the last match: of these no pair can wait yet."""
    with ground.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(touched)).scalar_one())


def sampled(ground: Ground, most: int) -> list[Pair]:
    """Pairs that the model joined by itself, drawn at random, for somebody to check: what is right of them is right of
    all. Those checked before are not drawn again, and the same ones are drawn until they are checked."""
    found = sample(ground.store, ground.engine, most).to_pylist()
    with ground.store.read() as connection:
        named = names(connection, {row[side] for row in found for side in ("record_a", "record_b")})
    return [
        Pair(
            record_a=named[row["record_a"]], record_b=named[row["record_b"]], weight=row["weight"],
            probability=row["probability"], reason=_("joined by likeness"), asked="sample", at_stake=None,
            numbers=(row["record_a"], row["record_b"]), persons=(row["person"], row["person"]),
        )
        for row in found
    ]  # fmt: skip


def left(ground: Ground, pairs: Sequence[Pair], last: Answer | None = None) -> list[Pair]:
    """Of some pairs those that nobody settled since the last match, by an answer about them or about others: A is B and
    B is C says that A is C. `last` is an answer that is not kept yet."""
    with ground.store.read() as connection:
        by_now = as_said(connection, _word(last))
    return [pair for pair in pairs if pair.asked == "sample" or not by_now.settles(*pair.persons)]


def question(ground: Ground, pair: Pair, last: Answer | None = None) -> Question:
    """A pair as a human needs it to decide; who is who by what was said since the last match, too. `last` is an answer
    that is not kept yet."""
    said = explained(ground, pair.record_a, pair.record_b)
    with ground.store.read() as connection:
        by_now = as_said(connection, _word(last))
        groups = [tuple(by_now.persons(person)) for person in pair.persons]
        persons = sorted({person for group in groups for person in group})
        counted = _counted(ground, connection, persons)
        cards = {group: _card(ground, connection, group) for group in groups}
        one, other = (
            _side(ground, connection, record, group, counted, cards[group])
            for record, group in zip(pair.numbers, groups, strict=True)
        )
        joined = card_as_one(ground, connection, persons).to_pylist()[0]
    return Question(
        pair=pair,
        sides=(one, other),
        fields=said.fields,
        stands=would_stand(ground.store, ground.engine, ground.settings.match, persons),
        kept=tuple(_kept(joined, *cards.values())) if len(cards) > 1 else (),
        consents={channel: joined[f"consent_{channel}"] for channel in CHANNELS},
    )


@takes_turn
def answer(ground: Ground, pair: Pair, *, same: bool, who: str) -> list[Verdict]:
    """Keep what somebody says of a pair; `conclude` makes it so. Returns the words to the contrary, withdrawn."""
    store, now_us = ground.store, ground.now_us()
    if pair.asked == "sample":
        say = merge if same else disjoin
        return say(store, *pair.numbers, who, now_us, seen_in_sample(store, *pair.numbers))
    say = merge if same else tell_apart
    return say(store, *pair.numbers, who, now_us, seen_in_review(store, *pair.numbers) or NAMED)


@takes_turn
def postpone(ground: Ground, pair: Pair, who: str) -> None:
    """Ask about a pair after all others that wait, until either record tells more. Of a sample nothing is put off."""
    if pair.asked == "review":
        put_off(ground.store, *pair.numbers, who, ground.now_us())


@takes_turn
def conclude(ground: Ground, pairs: Sequence[Pair]) -> Joined:
    """Match anew after these pairs were answered; who their records are now."""
    with ground.store.read() as connection:
        about = {
            record for pair in pairs for person in pair.persons for record in records_of(connection, person)
        }
    return settled(ground, sorted(about), ())


def _spent(pair: Pair, counted: dict[int, tuple[int, int]] | None) -> int | None:
    if counted is None:
        return None
    return sum(counted[person][1] for person in pair.persons if person in counted)


def _waiting(connection: Connection) -> list[Pair]:
    """The pairs that wait; what is at stake, and whether they were put off, is not known yet."""
    found = unanswered(connection)
    named = names(connection, {record for row in found for record in (row.record_a, row.record_b)})
    return [
        Pair(
            record_a=named[row.record_a], record_b=named[row.record_b], weight=row.weight, probability=row.probability,
            reason=row.reason, asked="review", at_stake=None,
            numbers=(row.record_a, row.record_b), persons=(row.person_a, row.person_b),
        )
        for row in found
    ]  # fmt: skip


def _counted(
    ground: Ground, connection: Connection, persons: Iterable[int]
) -> dict[int, tuple[int, int]] | None:
    """The orders and the spend, in minor units, of some people as of the last build; None before the first."""
    found = ground.lake.result(connection, "indicators")
    if found is None:
        return None
    with ground.engine.session() as session:
        session.parquet("indicators", [found[0]], pa.schema([]))
        session.table("asked", pa.table({"person": pa.array(sorted(set(persons)), pa.int64())}))
        rows = session.rows(
            "select person, orders_lifetime, spend_lifetime from indicators semi join asked using (person)"
        )
    return {row["person"]: (row["orders_lifetime"], row["spend_lifetime"]) for row in rows.to_pylist()}


def _word(last: Answer | None) -> Word | None:
    """An answer about a pair that waits, as a word about its records; of a sample it says nothing of other pairs."""
    if last is None or last[0].asked == "sample":
        return None
    return Word(*last[0].numbers, same=last[1])


def _card(ground: Ground, connection: Connection, group: Sequence[int]) -> dict[str, Any]:
    """The golden card of somebody, or of several who were said to be one; before the first build nobody has one."""
    if len(group) > 1:
        return dict(card_as_one(ground, connection, group).to_pylist()[0])
    (person,) = group
    found = connection.execute(select(people).where(people.c.person == person)).mappings().first()
    return dict(found) if found else {}


def _kept(joined: Mapping[str, Any], one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[Kept]:
    for field, parts in _TOGETHER.items():
        kept, *both = (
            " ".join(str(card[part]) for part in parts if card.get(part)) for card in (joined, one, other)
        )
        given_up = [value for value in both if value and value != kept]
        if given_up and kept:
            yield Kept(field=field, value=kept, instead_of=given_up[0])


def _side(
    ground: Ground,
    connection: Connection,
    record: int,
    group: Sequence[int],
    counted: dict[int, tuple[int, int]] | None,
    card: Mapping[str, Any],
) -> Side:
    """A record, and whose it is: of one person, or of several who were said to be one."""
    person = (
        would_stand(ground.store, ground.engine, ground.settings.match, group) if len(group) > 1 else group[0]
    )
    bought = [counted[each] for each in group if each in counted] if counted else []
    version = record_versions.c
    newest = (
        select(record_versions, imports.c.file)
        .join(imports, imports.c.import_id == version.import_id, isouter=True)
        .where(version.record == record, version.superseded_by.is_(None))
    )
    said = connection.execute(newest).one()
    own_name = called(said.given_name, said.family_name, said.full_name)
    told = (
        select(identifiers.c.type, imports.c.file)
        .join(imports, imports.c.import_id == identifiers.c.import_id)
        .where(identifiers.c.record == record, identifiers.c.import_id != said.import_id)
    )
    return Side(
        person=person,
        name=hit(connection, person).name or own_name,  # before the first build nobody has a card
        file=Path(said.file or "").name,
        line=said.line,
        elsewhere={row.type: Path(row.file).name for row in connection.execute(told)},
        seen_us=said.seen_us,
        dated=said.seen_us not in load_times(connection, [record]),
        records=sum(len(records_of(connection, each)) for each in group),
        orders=sum(orders for orders, _spend in bought) if bought else None,
        spend=sum(spend for _orders, spend in bought) if bought else None,
        consents={channel: card.get(f"consent_{channel}", "unknown") for channel in CHANNELS},
    )
