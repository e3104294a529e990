"""Joining and parting by hand: which records are meant, what was undone, and who is who now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from regulars.errors import Interrupted, Invalid
from regulars.figures import day_of
from regulars.flow import Ground
from regulars.flow.chain.build import match_all
from regulars.flow.people.find import find_one, hit, record_number, records_of
from regulars.flow.people.lock import refresh_card
from regulars.flow.turn import takes_turn
from regulars.match import Explanation, MatchReport, explain, merge, resolve, tell_apart, unmerge
from regulars.match.explain import as_explained, why_linked
from regulars.match.explain.alike import most_alike
from regulars.match.explain.chain import holding
from regulars.match.people.evidence import last_model
from regulars.match.people.few import each_once, together
from regulars.match.people.identity import members_with
from regulars.match.records import names
from regulars.match.review.asking import seen_in_review
from regulars.match.review.verdicts import DIFFERENT, NAMED, Seen, Verdict, said_same, unheard
from regulars.match.weight.model import Model
from regulars.model.person import person_id, person_number
from regulars.profile.writes import remove_cards
from regulars.store import Store
from regulars.store.rows import fetch_where_in
from regulars.store.tables import identity, review_pairs
from regulars.words import _, shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A link between two records (SOURCE:KEY) that no longer holds, and what it said."""

    record_a: str
    record_b: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """One person, as they stand now."""

    person: int
    name: str
    records: tuple[str, ...]  #: SOURCE:KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What somebody said about who is who, and what came of it."""

    report: MatchReport
    undone: tuple[Undone, ...]
    persons: tuple[Someone, ...]  #: everybody whom it was about
    already: int | None = None  #: of a join: the person that both were before it
    withdrawn: tuple[Verdict, ...] = ()  #: what people had said to the contrary, which counts no more


@takes_turn
def join(ground: Ground, key_a: str, key_b: str, who: str) -> Joined:
    """Say that two keys are one person; of two who are one already it is kept, too."""
    one, other = _pair(ground, key_a, key_b)
    with ground.store.read() as connection:
        already = _one_person(connection, one, other)
    return replace(_decided(ground, one, other, who, merge), already=already)


def _one_person(connection: Connection, one: int, other: int) -> int | None:
    """The person that two records are now; None where they are two."""
    whose = select(identity.c.person).where(
        identity.c.record.in_((one, other)), identity.c.until_us.is_(None)
    )
    persons = list(connection.execute(whose).scalars())
    return persons[0] if len(persons) == 2 and persons[0] == persons[1] else None


@takes_turn
def part(ground: Ground, keys: Sequence[str], who: str, *, every: bool = False) -> Joined:
    """Say that some records of a person are somebody else than its others.

    Where that takes back a join by hand, whoever was one person with them before goes with them. Where it takes back
    several, and their other records would fall apart too, it is refused, unless `every` one of those joins is meant.
    """
    apart = sorted({record for key in keys for record in _of_key(ground, key)})
    with ground.store.read() as connection:
        about = sorted(members_with(connection, apart))
        is_said = _is_said(connection, apart, about)
    if is_said:
        return settled(ground, about, ())
    with ground.store.read() as connection:
        holding = _holding(ground, connection, about)
        apart = _with_their_own(apart, holding)
        cut = [link for link in holding if (link[0] in apart) != (link[1] in apart)] or holding
        named = names(connection, about)
    by_hand = [link for link in cut if link[2] == "human"]
    rest = set(about) - set(apart)
    if not every and len(by_hand) > 1 and _pieces(rest, holding) > 1:
        _ask(by_hand, rest, named)
    undone = [
        Undone(record_a=named[a], record_b=named[b], why=why_linked(kind, rule)) for a, b, kind, rule in cut
    ]
    held = [link[:2] for link in holding if link[2] != "human"]
    unmerge(ground.store, apart, who, ground.now_us(), held=held)
    return settled(ground, about, undone)


def _is_said(connection: Connection, apart: Collection[int], about: Collection[int]) -> bool:
    """Whether it was said before that some records are not one person with others, and was interrupted then."""
    said = [one for one in unheard(connection, DIFFERENT) if {one.record_a, one.record_b} <= {*about}]
    return {*apart} <= {record for one in said for record in (one.record_a, one.record_b)}


@takes_turn
def keep_apart(ground: Ground, key_a: str, key_b: str, who: str) -> Joined:
    """Say that two keys are two people, and stay so."""
    return _decided(ground, *_pair(ground, key_a, key_b), who, tell_apart)


def _decided(
    ground: Ground,
    one: int,
    other: int,
    who: str,
    say: Callable[[Store, int, int, str, int, Seen], list[Verdict]],
) -> Joined:
    """Keep what somebody says of two records, and make it so."""
    with ground.store.read() as connection:
        about = sorted(members_with(connection, (one, other)))
    withdrawn = say(ground.store, one, other, who, ground.now_us(), _seen(ground, one, other))
    return replace(settled(ground, about, ()), withdrawn=tuple(withdrawn))


def explained(ground: Ground, key_a: str, key_b: str) -> Explanation:
    """Why two keys are one person, or why not; of two that mean one, since when, and what links their records."""
    one, other = _own(ground, key_a), _own(ground, key_b)
    if key_a == key_b or {*one}.isdisjoint(other) or len({*one, *other}) == 1:
        return explain(ground.store, ground.engine, ground.settings, *_pair(ground, key_a, key_b))
    with ground.store.read() as connection:
        some, others = (_meant(connection, key, {*one, *other}) for key in (key_a, key_b))
        a, b = _linked(ground, connection, some - others or some, others - some or others)
        now = identity.c.record.in_((a, b)) & identity.c.until_us.is_(None)
        stands = connection.execute(select(identity.c.person, identity.c.since_us).where(now)).all()
    said = explain(ground.store, ground.engine, ground.settings, a, b)
    sentence = _(
        "'{one}' and '{other}' are one person, {person}, since {day}.",
        one=shortened(key_a), other=shortened(key_b), person=person_id(stands[0].person),
        day=day_of(max(row.since_us for row in stands), ground.settings.shop.time_zone),
    )  # fmt: skip
    return replace(said, sentence=sentence, notes=(said.sentence, *said.notes))


def _meant(connection: Connection, key: str, whole: set[int]) -> set[int]:
    """Of the records of one person, those that a key means: one, those that had its id before a join, or all."""
    record, number = _record(connection, key), person_number(key)
    if record is not None:
        return {record}
    return (set() if number is None else _joined_to_another(connection, number)) or whole


def _linked(ground: Ground, connection: Connection, some: set[int], others: set[int]) -> tuple[int, int]:
    """A record of some and another of others: the two of the strongest link between them."""
    for link in holding(connection, some | others, ground.settings.match):
        for a, b in ((link.record_a, link.record_b), (link.record_b, link.record_a)):
            if a in some and b in others:
                return a, b
    return min(some), min(others - {min(some)})


def match_model(ground: Ground) -> Model | None:
    """What records are compared by, and what agreement is worth; None before the first match."""
    kept = last_model(ground.store)
    return kept.model if kept else None


def _seen(ground: Ground, one: int, other: int) -> Seen:
    """What a pair looks like that somebody names; it may be one that waits for review."""
    if one == other:
        return NAMED
    waits = seen_in_review(ground.store, one, other)
    if waits is not None:
        return waits
    said = explain(ground.store, ground.engine, ground.settings, one, other)
    return as_explained(ground.store, ground.settings.match, said)


#: record_a, record_b, kind and rule of a link.
_Link = tuple[int, int, str, str]


def _of_key(ground: Ground, key: str) -> list[int]:
    """The records that are meant by a key of an unmerge: one, or those that were a person before a merge."""
    with ground.store.read() as connection:
        record = _record(connection, key)
        if record is not None:
            return [record]
        number = person_number(key)
        before = set() if number is None else _joined_to_another(connection, number)
        if before:
            return sorted(before)
    person = find_one(ground, key)
    with ground.store.read() as connection:
        own = records_of(connection, person)
        named = names(connection, own)
    if len(own) > 1:
        raise Invalid(
            _(
                "{person} is {count} records: {records}",
                person=person_id(person),
                count=len(own),
                records=", ".join(shortened(named[record]) for record in own),
            ),
            _("name those of them that are somebody else"),
        )
    return own


def _joined_to_another(connection: Connection, number: int) -> set[int]:
    """The records that had a person's id before that person was joined to another; none when it stands for itself."""
    now = resolve(connection, number)
    if now in (None, number):
        return set()
    was = select(identity.c.record).where(identity.c.person == number)
    return set(connection.execute(was).scalars()) & set(records_of(connection, now))


def _own(ground: Ground, key: str) -> list[int]:
    """The records that a key of a record, or of a person, means."""
    with ground.store.read() as connection:
        record = _record(connection, key)
    if record is not None:
        return [record]
    person = find_one(ground, key)
    with ground.store.read() as connection:
        return records_of(connection, person)


def _pair(ground: Ground, key_a: str, key_b: str) -> tuple[int, int]:
    """The records that two keys mean: of two people, those that are most alike."""
    one, other = _own(ground, key_a), _own(ground, key_b)
    if ":" in key_a and ":" in key_b:
        return one[0], other[0]
    with ground.store.read() as connection:
        if key_a == key_b:
            raise Invalid(_("'{key}' was named twice", key=shortened(key_a)), _("name two different people"))
        if set(one) & set(other):
            named = names(connection, {*one, *other})
            raise Invalid(
                _(
                    "'{one}' and '{other}' are one person already",
                    one=shortened(key_a),
                    other=shortened(key_b),
                ),
                _("its records are {records}", records=", ".join(map(shortened, named.values()))),
            )
        return _waiting(connection, one, other) or _most_alike(ground, connection, one, other)


def _record(connection: Connection, key: str) -> int | None:
    """The record that a key names by its source; None when it is written as something else."""
    return record_number(connection, key) if ":" in key else None


def _waiting(connection: Connection, some: Sequence[int], others: Sequence[int]) -> tuple[int, int] | None:
    """Of two people's records the pair that waits for review, the likeliest first; None when none waits."""
    pair = review_pairs.c
    both = {*some, *others}
    waiting = connection.execute(
        select(pair.record_a, pair.record_b)
        .where(pair.record_a.in_(both), pair.record_b.in_(both))
        .order_by(pair.probability.desc(), pair.record_a, pair.record_b)
    ).all()
    for a, b in waiting:
        if (a in some) != (b in some):
            return (a, b) if a in some else (b, a)
    return None


def _most_alike(
    ground: Ground, connection: Connection, some: Sequence[int], others: Sequence[int]
) -> tuple[int, int]:
    """Of two people's records the likeliest pair."""
    if len(some) == len(others) == 1:
        return some[0], others[0]
    with ground.engine.session() as session:
        return most_alike(connection, session, ground.settings.match, match_model(ground), some, others)


def _holding(ground: Ground, connection: Connection, among: Collection[int]) -> list[_Link]:
    """What holds these records together: what people said, then what they share; one link a pair and kind."""
    said = [(one.record_a, one.record_b, "human", one.who) for one in said_same(connection, among)]
    shared = [
        (link.record_a, link.record_b, link.kind, link.rule)
        for link in reversed(holding(connection, among, ground.settings.match))
        if link.kind != "human"
    ]
    return list({link[:3]: link for link in (*said, *sorted(shared, key=lambda link: link[2]))}.values())


def _pieces(among: Collection[int], holding: Iterable[_Link]) -> int:
    """Into how many people some records fall when nothing but the links between them holds."""
    ties = [link[:2] for link in holding if {*link[:2]} <= {*among}]
    return len(each_once(together(among, ties)))


def _with_their_own(apart: Collection[int], holding: Sequence[_Link]) -> list[int]:
    """Some records, and whoever is one person with them without the joins by hand that parting them takes back; but
    where something else holds what these joined, the records alone."""
    by_hand = [link for link in holding if link[2] == "human" and (link[0] in apart) != (link[1] in apart)]
    if not by_hand:
        return sorted(apart)
    own, others = set(apart), [link for link in holding if link not in by_hand]
    while more := {end for link in others if not own.isdisjoint(link[:2]) for end in link[:2]} - own:
        own |= more
    return sorted(apart if any(link[0] in own and link[1] in own for link in by_hand) else own)


def _ask(by_hand: Sequence[_Link], rest: Collection[int], named: dict[int, str]) -> None:
    """Say which joins by hand are at stake, and how to take back one or all."""
    others = {
        a if a in rest else b: f"{shortened(named[a])} – {shortened(named[b])} ({why_linked('human', who)})"
        for a, b, _kind, who in by_hand
    }
    raise Invalid(
        _(
            "{count} joins by hand hold these records: {joins}",
            count=len(others),
            joins=", ".join(others.values()),
        ),
        _(
            "take one back with {commands}; or all of them with --all",
            commands=_(" or ").join(f"`regulars unmerge {named[record]}`" for record in others),
        ),
    )


def settled(ground: Ground, about: Sequence[int], undone: Sequence[Undone]) -> Joined:
    """Match anew; then who these records are now, with their cards made anew. When `Interrupted` the word is kept."""
    try:
        report = match_all(ground)
    except KeyboardInterrupt:
        raise Interrupted(
            _("interrupted; what you said is kept, and the next `regulars match` makes it so")
        ) from None
    with ground.store.read() as connection:
        found = fetch_where_in(
            connection,
            select(identity.c.record, identity.c.person).where(identity.c.until_us.is_(None)),
            [identity.c.record],
            about,
        )
    persons = sorted(set(found["person"].to_pylist()))
    for person in persons:
        refresh_card(ground, person)
    with ground.store.write() as connection:
        remove_cards(connection, _gone(connection, about, persons))
    with ground.store.read() as connection:
        now = tuple(someone(connection, person) for person in persons)
    return Joined(report=report, undone=tuple(undone), persons=now)


def someone(connection: Connection, person: int) -> Someone:
    """One person, as they stand now."""
    own = tuple(names(connection, records_of(connection, person)).values())
    return Someone(person=person, name=hit(connection, person).name, records=own)


def _gone(connection: Connection, about: Sequence[int], persons: Collection[int]) -> list[int]:
    """Whom these records were and nobody is any more."""
    was = select(identity.c.person).where(identity.c.record.in_(about), identity.c.until_us.is_not(None))
    return [
        person
        for person in set(connection.execute(was).scalars()) - set(persons)
        if not records_of(connection, person)
    ]
