"""New and changed records find their person: only the people they touch are looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from sqlalchemy import Connection

from regulars.match.live import tables
from regulars.match.live.cards import Card
from regulars.match.live.known import Known
from regulars.match.live.neighbourhood import Found, Neighbourhood, Pair, paired
from regulars.match.people import identity
from regulars.match.people.cluster import LARGEST, LEAST, Evidence, Links, Numbers, components, group
from regulars.match.people.evidence import KeptModel
from regulars.match.weight.scorer import Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what records are joined."""

    model: KeptModel
    review: float  #: probability, 0..1, from which a pair is put up for review

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


def take_in(connection: Connection, known: Known, changed: Sequence[int]) -> None:
    """Make cards of what records say now; those that are nobody or gone are forgotten."""
    cards = tables.cards(connection, known.maker, known.is_worn, changed)
    for record in changed:
        if record in cards:
            known.learn(cards[record])
        else:
            known.forget(record)


def rejoin(
    connection: Connection, known: Known, changed: Sequence[int], rules: Rules, now_us: int
) -> Rejoined:
    """Say who the changed records are, and write it. Their cards are taken in already."""
    here = Neighbourhood(known)
    cards = [card for record in changed if (card := known.card(record))]
    near = {card["record"]: here.near(card, rules.review) for card in cards}
    joined = {card["record"]: _joined(here, card, near[card["record"]], rules.threshold) for card in cards}
    ties = {paired(record, other) for record, links in joined.items() for other in links}
    ties |= {paired(card["record"], other) for card in cards for other in here.sharing(card)}
    before = tables.fellows(connection, {*changed, *_ends_of(ties)})
    again = [record for record in changed if record in before]
    named = [pair for pair in tables.said_same(connection, again) if pair[0] in known and pair[1] in known]
    if not ties.issuperset(named):  # somebody joined them by hand
        ties |= set(named)
        before = tables.fellows(connection, {*changed, *_ends_of(ties)})
    records = sorted(record for record in {*before, *_ends_of(ties), *changed} if record in known)
    said = tables.said(connection, records) if len(records) > 1 else tables.Said({}, set())
    circles = _circles(records, before, ties) if len(cards) > 1 else [records]
    reasons = _reasons(here, joined, circles, rules) | {
        pair: Found(kind="human", rule=who, strength=3e12 + n) for pair, (who, n) in said.same.items()
    }
    label, used = _grouped(here, connection, records, reasons, said.different)
    gone = [record for record in before if record not in known]
    person = identity.settle(connection, records, label, gone, now_us)
    fresh = [_link(here, pair, reasons[pair], rules) for pair in used if not near.keys().isdisjoint(pair)]
    asked = _questions(here, connection, near, person, said.different, rules)
    if again or any(person[record] != of for record, of in before.items() if record in person):
        tables.drop_questions(connection, person, again)
    tables.ask(connection, asked)
    written = tables.write_links(connection, fresh, again, now_us)
    return Rejoined(person=person, links=written, questions=len(asked))


def _ends_of(pairs: Iterable[Pair]) -> set[int]:
    return {record for pair in pairs for record in pair}


def _joined(
    here: Neighbourhood, card: Card, near: Mapping[int, Weighed], threshold: float
) -> dict[int, Found]:
    """Whom a card is joined to, of all that are known."""
    return here.by_model(card, near, threshold) | here.exact(card)


def _reasons(
    here: Neighbourhood, joined: Mapping[int, Mapping[int, Found]], circles: Iterable[list[int]], rules: Rules
) -> dict[Pair, Found]:
    """Every link inside some circles: those of the changed records, and those of the others with each other."""
    reasons = {
        paired(record, other): link for record, links in joined.items() for other, link in links.items()
    }
    for circle in circles:
        others = [record for record in circle if record not in joined]
        for n, record in enumerate(others[:-1]):
            later = others[n + 1 :]
            card = here.card(record)
            near = here.likely(card, later, rules.review)
            links = here.by_model(card, near, rules.threshold) | here.exact(card, later)
            reasons |= {paired(record, other): link for other, link in links.items()}
    return reasons


def _circles(records: Sequence[int], before: Mapping[int, int], ties: Iterable[Pair]) -> list[list[int]]:
    """The records apart by whom they may have to do with: tied to each other, or one person so far."""
    place = {record: n for n, record in enumerate(records)}
    first: dict[int, int] = {}
    same = [(record, first.setdefault(before[record], record)) for record in records if record in before]
    ends = np.array([(place[a], place[b]) for a, b in (*same, *ties)], np.int64).reshape(-1, 2)
    circles: dict[int, list[int]] = {}
    for record, circle in zip(
        records, components(len(records), ends[:, 0], ends[:, 1]).tolist(), strict=True
    ):
        circles.setdefault(circle, []).append(record)
    return list(circles.values())


def _grouped(
    here: Neighbourhood,
    connection: Connection,
    records: Sequence[int],
    reasons: Mapping[Pair, Found],
    told_apart: Collection[Pair],
) -> tuple[Numbers, list[Pair]]:
    """The group of each record, and which links hold."""
    if not reasons:
        return np.arange(len(records), dtype=np.int64), []
    if len(records) <= LARGEST and not told_apart and _agree(here, records, reasons):
        return np.zeros(len(records), np.int64), list(reasons)
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
    groups = group(len(order), links, apart, lambda label: _evidence(here, order, label, reasons))
    label = groups.label[[place[record] for record in records]]
    return label, [pair for pair, used in zip(pairs, groups.used.tolist(), strict=True) if used]


def _agree(here: Neighbourhood, records: Sequence[int], reasons: Mapping[Pair, Found]) -> bool:
    """Whether all of some records are linked, and every pair of them speaks for one person: so they are one group."""
    linked = set(records[:1])
    while more := {record for pair in reasons if not linked.isdisjoint(pair) for record in pair} - linked:
        linked |= more
    if len(linked) < len(records):
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
    return Evidence(
        a=np.array([a for a, _b, _bits in said], np.int64),
        b=np.array([b for _a, b, _bits in said], np.int64),
        bits=np.array([bits for _a, _b, bits in said], np.float64),
    )


def _link(here: Neighbourhood, pair: Pair, found: Found, rules: Rules) -> tables.Link:
    said = found.weighed
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
    near: Mapping[int, Mapping[int, Weighed]],
    person: Mapping[int, int],
    different: Collection[Pair],
    rules: Rules,
) -> list[tables.Question]:
    """What a human should look at, of the changed records: `review_pairs` of `pairs.sql`."""
    doubtful = {
        paired(record, other): said for record, others in near.items() for other, said in others.items()
    }
    refused = {paired(record, other) for record in near for other in here.sharing(here.card(record))}
    pairs = [pair for pair in {*doubtful, *refused} if pair not in different]
    others = {record for pair in pairs for record in pair} - person.keys()
    persons = dict(person) | (tables.fellows(connection, others) if others else {})
    likeliest: dict[Pair, tables.Question] = {}
    for pair in sorted(pairs):
        a, b = persons.get(pair[0]), persons.get(pair[1])
        if a is None or b is None or a == b:
            continue
        said = doubtful.get(pair)
        asked = tables.Question(
            *pair,
            weight=said.weight if said else 0.0,
            probability=said.probability if said else 0.5,
            fields=here.bits_by_field(pair) if said else "{}",
            reason=here.doubt(pair, said, rules.threshold),
        )
        before = likeliest.setdefault(paired(a, b), asked)
        if asked.probability > before.probability:
            likeliest[paired(a, b)] = asked
    return list(likeliest.values())
