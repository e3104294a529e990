"""New and changed records find their person: only the people they touch are looked at again."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sqlalchemy import Connection

from regulars.match.live import tables
from regulars.match.live.cards import Card
from regulars.match.live.known import Known
from regulars.match.live.neighbourhood import Found, Neighbourhood, Pair, paired
from regulars.match.people import households, identity
from regulars.match.people.claims import NUMBER, Claim, Numbers, columns
from regulars.match.people.cluster import CLUSTERINGS, LARGEST, Links
from regulars.match.people.evidence import REASONS, KeptModel
from regulars.match.people.parts import HOLDS, LEAST, Evidence, Floats
from regulars.match.weight.scorer import Weighed
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


def _card(known: Known, record: int, told: tables.Told) -> Card:
    naming = [each for each in told.identifiers if not known.is_worn(each[0], each[1])]
    return known.maker.make(record, told.source, told.said, naming)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What a changed record has to do with others."""

    record: int
    near: Mapping[int, Weighed]  #: who may be the same person, by record
    joined: Mapping[int, Found]  #: to whom it is joined
    sharing: Set[int]  #: who shares an identifier with it

    @property
    def tied(self) -> set[int]:
        """Whom it is to be looked at together with."""
        return {*self.joined, *self.sharing}


def rejoin(
    connection: Connection, known: Known, changed: Sequence[int], rules: Rules, now_us: int
) -> Rejoined:
    """Say who the changed records are, and write it. Their cards are taken in already."""
    here = Neighbourhood(known)
    looks = [_look(here, card, rules) for record in changed if (card := known.card(record))]
    before = tables.fellows(connection, {*changed, *(other for look in looks for other in look.tied)})
    spoken_of = tables.spoken_of(connection, changed)
    placed: dict[int, int] = {}
    rest = [record for record in changed if record in before or record in spoken_of]
    for look in looks:
        if look.record not in before and look.record not in spoken_of:
            person = _simply(here, look, before, placed.values())
            if person is None:
                rest.append(look.record)
            else:
                placed[look.record] = person
    mine = identity.place(connection, placed, now_us)
    simple = [look for look in looks if look.record in mine]
    links = [(look.record, other, link) for look in simple for other, link in look.joined.items()]
    written = tables.write_links(connection, [_link(here, *link, rules) for link in links], (), now_us)
    asked = _questions(here, connection, simple, before | mine, (), {}, rules)
    if asked:
        tables.ask(connection, asked, ())
    done = Rejoined(person=mine, links=written, questions=len(asked))
    if rest:
        others = [look for look in looks if look.record not in mine]
        return done + _regroup(connection, here, others, rest, rules, now_us)
    return done


def _look(here: Neighbourhood, card: Card, rules: Rules) -> _Look:
    near = here.near(card, rules.review)
    joined = here.by_model(card, near, rules.threshold) | here.exact(card)
    return _Look(record=card["record"], near=near, joined=joined, sharing=here.sharing(card))


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
    fellows = [record for record, of in before.items() if of == person]
    if len(fellows) >= LARGEST or not all(record in here.known for record in fellows):
        return None
    if here.several([look.record, *fellows]):
        return None
    links = {paired(look.record, other): link for other, link in look.joined.items()}
    said = (here.bits(look.record, other, links) for other in fellows) if len(fellows) > 1 else ()
    return person if all(bits is None or bits >= LEAST for bits in said) else None


def _regroup(
    connection: Connection,
    here: Neighbourhood,
    looks: Sequence[_Look],
    changed: Sequence[int],
    rules: Rules,
    now_us: int,
) -> Rejoined:
    """Take the people whom some changed records are tied to apart, and group their records anew."""
    known = here.known
    ties = {paired(look.record, other) for look in looks for other in look.tied}
    ties |= {pair for pair in tables.said_same(connection, changed) if pair[0] in known and pair[1] in known}
    before = tables.fellows(connection, {*changed, *(record for pair in ties for record in pair)})
    take_in(
        connection, known, [record for record in before if record not in known]
    )  # others may have placed them
    ends = {record for pair in ties for record in pair}
    records = sorted(record for record in {*before, *ends, *changed} if record in known)
    said = tables.said(connection, records)
    changed_looks = {look.record: look for look in looks}
    reasons = _reasons(here, changed_looks, before, _circles(records, before, ties), rules) | {
        pair: Found(kind="human", rule=who, strength=3e12 + n) for pair, (who, n) in said.same.items()
    }
    label, held, lost = _grouped(here, connection, records, reasons, said.different, rules)
    gone = [record for record in before if record not in known]
    named = [_is_named(here.card(record)) for record in records]
    person = identity.settle(connection, records, label, named, gone, now_us)
    _note(connection, before, person, now_us)
    if ceased := set(before.values()) - set(person.values()):
        households.leave(connection, ceased, now_us)
    tables.drop_questions(connection, person, [record for record in changed if record in before])
    asked = _questions(here, connection, looks, person, said.different, lost, rules)
    tables.ask(connection, asked, set(person.values()))
    fresh = [
        _link(here, *pair, reasons[pair], rules) for pair in held if not changed_looks.keys().isdisjoint(pair)
    ]
    written = tables.write_links(connection, fresh, changed, now_us)
    return Rejoined(person=person, links=written, questions=len(asked))


def _is_named(card: Card) -> bool:
    """Whether a card tells who it is of: `named` of `match/run.sql`."""
    return any(card[column] is not None for column in ("given", "family", "email", "phone"))


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
    circle = {record: [record] for record in records}
    first: dict[int, int] = {}
    same = ((record, first.setdefault(before[record], record)) for record in records if record in before)
    for one, other in (*same, *ties):
        here, there = circle[one], circle[other]
        if here is not there:
            here += there
            circle |= dict.fromkeys(there, here)
    return [sorted(each) for each in {id(each): each for each in circle.values()}.values()]


def _grouped(
    here: Neighbourhood,
    connection: Connection,
    records: Sequence[int],
    reasons: Mapping[Pair, Found],
    told_apart: Collection[Pair],
    rules: Rules,
) -> tuple[Numbers, list[Pair], dict[Pair, str]]:
    """The group of each record, which links hold, and why the others do not."""
    if not reasons:
        return np.arange(len(records), dtype=np.int64), [], {}
    if len(records) <= LARGEST and not told_apart and _agree(here, records, reasons):
        return np.zeros(len(records), np.int64), list(reasons), {}
    order = tables.in_order(connection, records)  # as cards are numbered in a full run
    place = {record: n for n, record in enumerate(order)}
    pairs = sorted(reasons, key=lambda pair: _ends(place, pair))
    ends = np.array([_ends(place, pair) for pair in pairs], np.int64)
    links = Links(
        a=ends[:, 0],
        b=ends[:, 1],
        strength=np.array([reasons[pair].strength for pair in pairs]),
        model=np.array([reasons[pair].kind == "model" for pair in pairs]),
        human=np.array([reasons[pair].kind == "human" for pair in pairs]),
    )
    apart = {_ends(place, pair) for pair in told_apart}
    group = CLUSTERINGS[rules.clustering]
    groups = group(len(order), links, apart, lambda label: _evidence(here, order, label, reasons))
    label = groups.label[[place[record] for record in records]]
    fates = dict(zip(pairs, groups.fate.tolist(), strict=True))
    held = [pair for pair, fate in fates.items() if fate == HOLDS]
    return label, held, {pair: REASONS[fate] for pair, fate in fates.items() if fate != HOLDS}


def _agree(here: Neighbourhood, records: Sequence[int], reasons: Mapping[Pair, Found]) -> bool:
    """Whether all of some records are linked, and every pair of them speaks for one person: so they are one group."""
    linked = set(records[:1])
    while more := {record for pair in reasons if not linked.isdisjoint(pair) for record in pair} - linked:
        linked |= more
    if len(linked) < len(records) or here.several(records):
        return False
    pairs = combinations(records, 2) if len(records) > 2 else ()
    return all((bits := here.bits(a, b, reasons)) is None or bits >= LEAST for a, b in pairs)


def _ends(place: Mapping[int, int], pair: Pair) -> Pair:
    return paired(place[pair[0]], place[pair[1]])


def _evidence(
    here: Neighbourhood, order: Sequence[int], label: Numbers, reasons: Mapping[Pair, Found]
) -> Evidence:
    """What the pairs inside the groups say of each other; of groups of two, and of those too large, nothing."""
    members: dict[int, list[int]] = {}
    for n, of in enumerate(label.tolist()):
        members.setdefault(of, []).append(n)
    said = [
        (a, b, bits)
        for inside in members.values()
        if 3 <= len(inside) <= LARGEST
        for a, b in combinations(inside, 2)
        if (bits := here.bits(order[a], order[b], reasons)) is not None
    ]
    pairs = [paired(order[a], order[b]) for a, b, _bits in said]

    def by_field(places: Numbers) -> Floats:
        return here.by_field([pairs[place] for place in places.tolist()], reasons)

    return Evidence(
        by_field=by_field,
        a=np.array([a for a, _b, _bits in said], np.int64),
        b=np.array([b for _a, b, _bits in said], np.int64),
        bits=np.array([bits for _a, _b, bits in said], np.float64),
        claims=columns(_claims(here, order, members.values())),
    )


def _claims(here: Neighbourhood, order: Sequence[int], groups: Iterable[list[int]]) -> Iterator[Claim]:
    """What the cards of groups call their own: `claims` of `grouping.sql`."""
    kinds: dict[str, int] = {}
    for n, inside in enumerate(groups):
        if 2 <= len(inside) <= LARGEST and here.several([order[card] for card in inside]):
            for card in inside:
                for kind, type_, value in sorted(here.claims(order[card])):
                    number = kinds.setdefault(type_, NUMBER + len(kinds)) if kind == NUMBER else kind
                    yield Claim(n, card, number, value)


def _link(here: Neighbourhood, one: int, other: int, found: Found, rules: Rules) -> tables.Link:
    pair, said = paired(one, other), found.weighed
    return tables.Link(
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
    looks: Sequence[_Look],
    person: Mapping[int, int],
    different: Collection[Pair],
    lost: Mapping[Pair, str],
    rules: Rules,
) -> dict[Pair, tables.Question]:
    """What a human should look at, of the changed records, by the people it is about: `review_pairs` of `pairs.sql`.
    `lost` says why links did not hold."""
    doubtful = {paired(look.record, other): said for look in looks for other, said in look.near.items()}
    refused = {paired(look.record, other) for look in looks for other in look.sharing - look.joined.keys()}
    pairs = [pair for pair in {*doubtful, *refused} if pair not in different]
    others = {record for pair in pairs for record in pair} - person.keys()
    persons = dict(person) | (tables.fellows(connection, others) if others else {})
    likeliest: dict[Pair, tables.Question] = {}
    for pair in sorted(pairs):
        a, b = persons.get(pair[0]), persons.get(pair[1])
        if a is None or b is None or a == b:
            continue
        doubt = here.doubt(pair, doubtful.get(pair), rules.threshold, lost)
        said = here.weigh(*pair)
        if rules.model.model.learnt and not here.worth_asking(pair, said, rules.review):
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
    return likeliest
