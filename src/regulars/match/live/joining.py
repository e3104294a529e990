"""New and changed records find their person: only the people they touch are looked at again."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import Connection

from regulars.match.arrays import Pair
from regulars.match.live import tables
from regulars.match.live.cards import Card
from regulars.match.live.groups import grouped
from regulars.match.live.known import Known
from regulars.match.live.neighbourhood import Found, Neighbourhood, paired
from regulars.match.people import households, identity
from regulars.match.people.evidence import TOO_MANY, KeptModel
from regulars.match.people.few import each_once, together
from regulars.match.people.parts import A_WORD, LEAST
from regulars.match.records import LARGEST_PERSON, is_named
from regulars.match.weight.scorer import PairWeight
from regulars.model.person import person_id
from regulars.store import ledgers
from regulars.store.ledgers import BY_ITSELF


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what records are joined."""

    model: KeptModel
    review: float  #: probability, 0..1, from which a pair is put up for review
    clustering: str  #: one of the `CLUSTERINGS`

    @property
    def threshold(self) -> float:
        """Probability, 0..1, from which two records are joined."""
        return self.model.model.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoined:
    """What came of some records."""

    person: Mapping[int, int]  #: by record: of these, and of all others that were looked at with them
    links: int  #: how many reasons were written
    questions: int  #: how many pairs a human is asked about

    def __add__(self, other: Rejoined) -> Rejoined:
        """Both together."""
        return Rejoined(
            person={**self.person, **other.person},
            links=self.links + other.links,
            questions=self.questions + other.questions,
        )


def take_in(connection: Connection, known: Known, some: Sequence[int]) -> set[int]:
    """Make cards of what records say now; those that are nobody or gone are forgotten. Returns whose card is new."""
    told = tables.told(connection, some)
    new = set()
    for record in some:
        if record not in told:
            if record in known:
                new.add(record)
            known.forget(record)
        elif known.learn(_card(known, record, told[record])):
            new.add(record)
    worn = [
        record for record in told if known.wears_out(record)
    ]  # what the first had, the last may have worn out
    for record in worn:
        known.learn(_card(known, record, told[record]))
    return new | set(worn)


def _card(known: Known, record: int, told: tables.Version) -> Card:
    naming = [each for each in told.identifiers if not known.is_worn(each[0], each[1])]
    return known.maker.make(record, told.source, told.said, naming)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What a changed record has to do with others."""

    record: int
    near: Mapping[int, PairWeight]  #: who may be the same person, by record
    joined: Mapping[int, Found]  #: to whom it is joined
    sharing: Set[int]  #: who shares an identifier with it

    @property
    def tied(self) -> set[int]:
        """Whom it is to be looked at together with."""
        return {*self.joined, *self.sharing}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stake:
    """What is at stake when people are taken apart and grouped anew."""

    changed: Sequence[int]  #: the records for which it is done
    looks: Mapping[int, _Look]  #: of those that have a card
    ties: Set[Pair]  #: whom they are tied to
    people: Mapping[int, int]  #: who all of them are, with all records of these people, and perhaps others

    @property
    def before(self) -> dict[int, int]:
        """The person that each record was, of the people who are at stake."""
        ends = (record for pair in self.ties for record in pair)
        persons = {self.people.get(record) for record in (*self.changed, *ends)}
        return {record: person for record, person in self.people.items() if person in persons}


def rejoin(
    connection: Connection, known: Known, changed: Sequence[int], rules: Rules, now_us: int
) -> Rejoined:
    """Say who the changed records are, and write it. Their cards are taken in already."""
    here = Neighbourhood(known)
    looks = {card["record"]: _look(here, card, rules) for record in changed if (card := known.card(record))}
    said = tables.said_of(connection, changed)
    same = {pair for pair in said.same if pair[0] in known and pair[1] in known}
    ends = {record for pair in same for record in pair}
    tied = {other for look in looks.values() for other in look.tied}
    before = tables.persons_with(connection, {*changed, *ends, *tied})
    known_before = {*before, *(record for pair in (*said.same, *said.different) for record in pair)}
    new = [look for look in looks.values() if look.record not in known_before]
    placed = _simply_placed(here, new, before)
    done = _place(
        connection, here, [look for look in new if look.record in placed], placed, before, rules, now_us
    )
    rest = [record for record in changed if record in known_before]
    rest += [look.record for look in new if look.record not in placed]
    if not rest:
        return done
    others = {record: look for record, look in looks.items() if record not in placed}
    ties = {paired(look.record, other) for look in others.values() for other in look.tied}
    stake = _Stake(changed=rest, looks=others, ties=ties | same, people={**before, **done.person})
    return done + _regroup(connection, here, stake, rules, now_us)


def _place(
    connection: Connection,
    here: Neighbourhood,
    looks: Sequence[_Look],
    placed: Mapping[int, int],
    before: Mapping[int, int],
    rules: Rules,
    now_us: int,
) -> Rejoined:
    """Write down who some new records are, and why, and what a human should look at."""
    person = identity.place(connection, placed, now_us)
    links = [(look.record, other, link) for look in looks for other, link in look.joined.items()]
    written = tables.write_links(connection, [_link(here, *link, rules) for link in links], (), now_us)
    asked = _questions(here, connection, looks, {**before, **person}, (), {}, rules)
    if asked:
        tables.ask(connection, asked, ())
    return Rejoined(person=person, links=written, questions=len(asked))


def _look(here: Neighbourhood, card: Card, rules: Rules) -> _Look:
    near = here.near(card, rules.review)
    joined = here.by_model(card, near, rules.threshold) | here.exact(card)
    return _Look(record=card["record"], near=near, joined=joined, sharing=here.sharing(card))


def _simply_placed(here: Neighbourhood, new: Sequence[_Look], before: Mapping[int, int]) -> dict[int, int]:
    """The person of each new record where nobody else is at stake; one of them a person, at most."""
    placed: dict[int, int] = {}
    for look in new:
        person = _simply(here, look, before, placed.values())
        if person is not None:
            placed[look.record] = person
    return placed


def _simply(
    here: Neighbourhood, look: _Look, before: Mapping[int, int], taken: Collection[int]
) -> int | None:
    """The person of a new record where nobody else is at stake: 0, a new one, when nothing ties it to anybody; or the
    only one it is tied to, all of whose records agree with it. None when more has to be looked at."""
    if not look.tied:
        return 0
    persons = {before.get(other) for other in look.tied}
    (person, *more) = persons
    if more or person is None or person in taken or not look.joined:
        return None
    members = [record for record, of in before.items() if of == person]
    if len(members) >= LARGEST_PERSON or not all(record in here.known for record in members):
        return None
    if here.several([look.record, *members]):
        return None
    links = {paired(look.record, other): link for other, link in look.joined.items()}
    said = (here.bits(look.record, other, links) for other in members) if len(members) > 1 else ()
    return person if all(bits is None or bits >= LEAST for bits in said) else None


def _regroup(
    connection: Connection, here: Neighbourhood, stake: _Stake, rules: Rules, now_us: int
) -> Rejoined:
    """Take the people whom some changed records are tied to apart, and group their records anew."""
    known, looks, before = here.known, stake.looks, stake.before
    if strange := [record for record in before if record not in known]:
        take_in(connection, known, strange)  # others may have placed them
    ends = {record for pair in stake.ties for record in pair}
    records = sorted(record for record in {*before, *ends, *stake.changed} if record in known)
    said = tables.said(connection, records)
    reasons = _reasons(here, looks, before, _circles(records, before, stake.ties), rules) | {
        pair: Found(kind="human", rule=who, strength=A_WORD + n) for pair, (who, n) in said.same.items()
    }
    label, held, lost = grouped(here, connection, records, reasons, said.different, rules.clustering)
    gone = before.keys() - set(records)
    new = None if gone else _only_new(before, records, label)
    if new is None:
        named = [is_named(here.card(record)) for record in records]
        person = identity.settle(connection, records, label, named, gone, now_us)
        _note(connection, before, person, now_us)
        if ceased := set(before.values()) - set(person.values()):
            households.leave(connection, ceased, now_us)
        if returned := {person[record] for record in before if record in person} - set(before.values()):
            households.come_back(connection, returned, now_us)
    else:
        person = before | identity.place(connection, new, now_us)
    tables.drop_questions(connection, [record for record in stake.changed if record in before])
    asked = _questions(here, connection, looks.values(), person, said.different, lost, rules)
    tables.ask(connection, asked, set(person.values()) if new is None else ())
    fresh = [_link(here, *pair, reasons[pair], rules) for pair in held if not looks.keys().isdisjoint(pair)]
    written = tables.write_links(connection, fresh, stake.changed, now_us)
    return Rejoined(person=person, links=written, questions=len(asked))


def _only_new(
    before: Mapping[int, int], records: Sequence[int], label: Sequence[int]
) -> dict[int, int] | None:
    """The person of each new record, 0 for a new one, where all that some groups say is who these are; None where
    anybody else is at stake.

    >>> _only_new({1: 10, 2: 10, 3: 11}, [1, 2, 3, 8, 9], [0, 0, 1, 1, 2])
    {8: 11, 9: 0}
    >>> _only_new({1: 10, 2: 10}, [1, 2, 9], [0, 1, 1])
    """
    group = dict(zip(records, label, strict=True))
    person = {group[record]: one for record, one in before.items()}
    new = [record for record in records if record not in before]
    nobody_s = [group[record] for record in new if group[record] not in person]
    as_before = all(person[group[record]] == one for record, one in before.items())
    if not as_before or len(person) > len(set(person.values())) or len(nobody_s) > len(set(nobody_s)):
        return None
    return {record: person.get(group[record], 0) for record in new}


def _note(connection: Connection, before: Mapping[int, int], person: Mapping[int, int], now_us: int) -> None:
    """Write down in the audit log which records are somebody else now, from whom to whom."""
    went: dict[Pair, list[int]] = {}
    for record, was in before.items():
        if record in person and person[record] != was:
            went.setdefault((was, person[record]), []).append(record)
    for (was, now), some in sorted(went.items()):
        subject, detail = " ".join(map(str, sorted(some))), f"{person_id(was)} {person_id(now)}"
        ledgers.note(connection, at_us=now_us, who=BY_ITSELF, action="placed", subject=subject, detail=detail)


def _reasons(
    here: Neighbourhood,
    looks: Mapping[int, _Look],
    before: Container[int],
    circles: Iterable[list[int]],
    rules: Rules,
) -> dict[Pair, Found]:
    """Every link inside some circles: those of the changed records, and those of the others with each other. A changed
    record that was somebody `before` is one of these others too: to its own it is compared, whoever is nearer."""
    reasons = {
        paired(record, other): link for record, look in looks.items() for other, link in look.joined.items()
    }
    for circle in circles:
        others = [record for record in circle if record not in looks or record in before]
        for n, record in enumerate(others[:-1]):
            later = others[n + 1 :]
            card = here.card(record)
            near = here.likely(card, later, rules.review)
            if record in looks:
                near |= looks[record].near
            links = here.by_model(card, near, rules.threshold) | here.exact(card, later)
            reasons |= {paired(record, other): link for other, link in links.items()}
    return reasons


def _circles(records: Sequence[int], before: Mapping[int, int], ties: Iterable[Pair]) -> list[list[int]]:
    """The records apart by whom they may have to do with: tied to each other, or one person so far."""
    first: dict[int, int] = {}
    same = ((record, first.setdefault(before[record], record)) for record in records if record in before)
    return [sorted(circle) for circle in each_once(together(records, (*same, *ties)))]


def _link(here: Neighbourhood, one: int, other: int, found: Found, rules: Rules) -> tables.NewLink:
    pair, said = paired(one, other), found.weighed
    return tables.NewLink(
        *pair,
        kind=found.kind,
        rule=found.rule,
        weight=said.weight if said else None,
        probability=said.probability if said else None,
        fields=here.bits_by_field(pair) if said else None,
        model_version=rules.model.version if said else None,
    )


def _questions(
    here: Neighbourhood,
    connection: Connection,
    looks: Iterable[_Look],
    person: Mapping[int, int],
    different: Collection[Pair],
    lost: Mapping[Pair, str],
    rules: Rules,
) -> dict[Pair, tables.Question]:
    """What a human should look at, of the changed records, by the people it is about: `review_pairs` of `pairs.sql`.
    `lost` says why links did not hold."""
    doubtful = {paired(look.record, other): said for look in looks for other, said in look.near.items()}
    sharing = {paired(look.record, other) for look in looks for other in look.sharing}
    dropped = {
        pair for pair, why in lost.items() if (pair in sharing or why != TOO_MANY) and here.is_exact(pair)
    }
    pairs = [pair for pair in {*doubtful, *sharing, *dropped} if pair not in different]
    others = {record for pair in pairs for record in pair} - person.keys()
    persons = dict(person) | (tables.persons_with(connection, others) if others else {})
    likeliest: dict[Pair, tables.Question] = {}
    for pair in sorted(pairs):
        a, b = persons.get(pair[0]), persons.get(pair[1])
        if a is None or b is None or a == b:
            continue
        said, told = here.weigh(*pair), pair in dropped or lost.get(pair) == TOO_MANY
        doubt = lost[pair] if told else here.doubt(pair, doubtful.get(pair), rules.threshold, lost)
        if (
            rules.model.model.learnt
            and pair not in dropped
            and not here.worth_asking(pair, said, rules.review)
        ):
            continue
        asked = tables.Question(
            *pair,
            weight=said.weight,
            probability=said.probability,
            fields=here.bits_by_field(pair),
            reason=doubt,
        )
        before = likeliest.setdefault(paired(a, b), asked)
        if asked.probability > before.probability:
            likeliest[paired(a, b)] = asked
    return tables.one_each(likeliest, {persons.get(look.record) for look in looks})
