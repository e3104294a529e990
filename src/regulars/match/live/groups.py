"""The groups of a few records, by every reason to join them: what `match/grouping.py` does of all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from itertools import combinations

from sqlalchemy import Connection

from regulars.match.arrays import Pair
from regulars.match.live import tables
from regulars.match.live.neighbourhood import Found, Neighbourhood, paired
from regulars.match.people.claims import NUMBER, Claim, numbered
from regulars.match.people.evidence import REASONS
from regulars.match.people.few import CLUSTERINGS, together
from regulars.match.people.parts import LEAST, Link, PairEvidence
from regulars.match.records import LARGEST_PERSON
from regulars.match.weight.worth import BayesFactors


def grouped(
    here: Neighbourhood,
    connection: Connection,
    records: Sequence[int],
    reasons: Mapping[Pair, Found],
    told_apart: Set[Pair],
    clustering: str,
) -> tuple[list[int], list[Pair], dict[Pair, str]]:
    """The group of each record, which links hold, and why the others do not."""
    if not reasons:
        return [*records], [], {}
    if len(records) <= LARGEST_PERSON and not told_apart and _agree(here, records, reasons):
        return [0] * len(records), [*reasons], {}
    order = _in_order(connection, records, reasons.values())
    place = {record: n for n, record in enumerate(order)}
    links = [
        Link(n, *_ends(place, pair), found.strength, found.kind == "model", found.kind == "human")
        for n, (pair, found) in enumerate(reasons.items())
    ]
    apart = {_ends(place, pair) for pair in told_apart}
    group = CLUSTERINGS[clustering]
    groups, lost = group(len(order), links, apart, lambda groups: _said(here, order, groups, reasons))
    label = {order[card]: n for n, cards in enumerate(groups) for card in cards}
    why = {pair: REASONS[lost[n]] for n, pair in enumerate(reasons) if n in lost}
    return [label[record] for record in records], [pair for pair in reasons if pair not in why], why


def _agree(here: Neighbourhood, records: Sequence[int], reasons: Mapping[Pair, Found]) -> bool:
    """Whether all of some records are linked, and every pair of them speaks for one person: so they are one group."""
    if len(together(records, reasons)[records[0]]) < len(records) or here.several(records):
        return False
    pairs = combinations(records, 2) if len(records) > 2 else ()
    return all((bits := here.bits(a, b, reasons)) is None or bits >= LEAST for a, b in pairs)


def _in_order(connection: Connection, records: Sequence[int], links: Collection[Found]) -> Sequence[int]:
    """Some records in the order in which a full run numbers their cards, where that makes a difference: of links that
    are equally strong those of the first cards come first."""
    equally_strong = len({link.strength for link in links}) < len(links)
    return tables.in_order(connection, records) if equally_strong else records


def _ends(place: Mapping[int, int], pair: Pair) -> Pair:
    return paired(place[pair[0]], place[pair[1]])


def _said(
    here: Neighbourhood, order: Sequence[int], groups: Sequence[Sequence[int]], reasons: Mapping[Pair, Found]
) -> PairEvidence:
    """What the pairs inside the groups say of each other; of groups of two, and of those too large, nothing."""
    bits = {
        (a, b): said
        for cards in groups
        if 3 <= len(cards) <= LARGEST_PERSON
        for a, b in combinations(sorted(cards), 2)
        if (said := here.bits(order[a], order[b], reasons)) is not None
    }

    def fields(pairs: Sequence[Pair]) -> list[list[BayesFactors | None]]:
        return [here.by_field(paired(order[a], order[b]), reasons) for a, b in pairs]

    return PairEvidence(bits=bits, fields=fields, claims=numbered(_claims(here, order, groups)))


def _claims(here: Neighbourhood, order: Sequence[int], groups: Sequence[Sequence[int]]) -> Iterator[Claim]:
    """What the cards of groups call their own: `claims` of `grouping.sql`."""
    kinds: dict[str, int] = {}
    for n, cards in enumerate(groups):
        if 2 <= len(cards) <= LARGEST_PERSON and here.several([order[card] for card in cards]):
            for card in cards:
                for kind, type_, value in sorted(here.claims(order[card])):
                    number = kinds.setdefault(type_, NUMBER + len(kinds)) if kind == NUMBER else kind
                    yield Claim(n, card, number, value)
