"""The parts of doubtful groups while they are joined anew, and what their cards say for and against one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from math import inf
from typing import NamedTuple

from regulars.match.people.claims import EMAIL, NUMBER, PHONE, Own
from regulars.match.weight.by_field import Against

Pair = tuple[int, int]
#: Two parts are one when they say so with so many bits: twice as likely as not.
LEAST = 1.0
#: A card is rather one's than another's when the link to the one is so many bits stronger.
_CLEARLY = 2.0

#: What became of a link. It holds; or it went, since the group is too large, or it joins a card to either of two, or
#: people parted those it would join, or each of these has other means to be reached, or their pairs speak against it.
HOLDS, TOO_LARGE, EITHER, TOLD_APART, TWO_OF_EACH, AGAINST = range(6)


#: How strong a link is, by what made it, before what tells two of one kind apart is added (`every_link` of
#: `grouping.sql`): an e-mail or a telephone that they share, a number of their own, a person's word. The bits of the
#: model are below them all.
A_MAILBOX, A_NUMBER, A_WORD = 1e12, 2e12, 3e12


class Link(NamedTuple):
    """A reason to join two cards: a row of `cluster.Links`."""

    n: int  #: its place there
    a: int
    b: int
    strength: float  #: the weakest give way first; of a link of the model its bits
    model: bool  #: found by the model alone
    human: bool  #: somebody said so


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the pairs inside some groups say, each with its smaller card first."""

    bits: Mapping[
        Pair, float
    ]  #: for their being one person; minus infinity when they cannot be; known of some
    #: What each field of each of some of these pairs says: `ByField.of_pair`.
    fields: Callable[[Sequence[Pair]], Sequence[Sequence[Against | None]]]
    claims: Sequence[Own] = ()


def decide(links: Sequence[Link], said: Said, told_apart: Set[Pair]) -> dict[int, int]:
    """What becomes of each link of some doubtful groups; people told those of `told_apart` apart."""
    in_order = sorted(links, key=lambda link: (-link.strength, link.a, link.b))
    fate = dict.fromkeys(_either(in_order, said), EITHER)
    waiting = [link for link in in_order if link.n not in fate]
    parts = _Parts(said, told_apart)
    # What another mailbox or telephone speaks against waits until the parts are as large as they can be without.
    for last in (False, True):
        later = []
        for link in waiting:
            if last or link.human or not parts.differ(link.a, link.b):
                fate[link.n] = parts.join(link.a, link.b, human=link.human)
            else:
                later.append(link)
        waiting = later
    return fate


def _either(links: Sequence[Link], said: Said) -> set[int]:
    """The links of the model, of some in order, that join a card to either of two who are not one person, as strongly
    to the one as to the other: John Smith at the door of John Smith and his father. Whose it is cannot be told."""
    apart = [pair for pair, bits in said.bits.items() if bits < 0]
    near: dict[int, dict[int, Link]] = {card: {} for pair in apart for card in pair}
    for link in reversed(links):  # of a pair's links the strongest counts
        for here, there in ((link.a, link.b), (link.b, link.a)):
            if here in near:
                near[here][there] = link
    dropped = set()
    for one, other in apart:
        for card in near[one].keys() & near[other].keys():
            both = near[one][card], near[other][card]
            close = abs(both[0].strength - both[1].strength) < _CLEARLY
            if close and both[0].model and both[1].model:
                dropped |= {both[0].n, both[1].n}
    return dropped


@dataclass(eq=False, slots=True)
class _Part:
    """Cards that are one person so far, by what they say."""

    cards: list[int]
    claims: dict[int, set[int]]  #: by kind
    person: list[_Part]  #: itself, and the parts that a human said are one person with it

    def apart(self, other: _Part) -> set[int]:
        """The kinds of claims in which both say something and not the same, where they have nothing of their own in
        common."""
        kinds = self.claims.keys() & other.claims.keys()
        differ = {kind for kind in kinds if self.claims[kind].isdisjoint(other.claims[kind])}
        return differ if kinds - differ <= {PHONE} else set()


class _Parts:
    """The parts of doubtful groups, each card by itself at first."""

    def __init__(self, said: Said, told_apart: Set[Pair]) -> None:
        self._said, self._told_apart = said, told_apart
        self._claims: dict[int, dict[int, set[int]]] = {}
        for card, kind, value in said.claims:
            self._claims.setdefault(card, {}).setdefault(kind, set()).add(value)
        self._parts: dict[int, _Part] = {}

    def differ(self, one: int, other: int) -> bool:
        """Whether the parts of two cards have another mailbox or another telephone each."""
        here, there = self._part(one), self._part(other)
        return here is not there and not here.apart(there).isdisjoint((EMAIL, PHONE))

    def join(self, one: int, other: int, *, human: bool) -> int:
        """Make one person of those of two cards, unless something forbids it; returns the fate of their link.

        A human's word joins two people as they are, whatever they say. Who is linked to one of the two by anything else
        must be like that one.
        """
        here, there = self._part(one), self._part(other)
        if here is there:
            return HOLDS
        apart = here.person is not there.person
        if apart and not self._told_apart.isdisjoint(_across(here.person, there.person)):
            return TOLD_APART
        fate = HOLDS if human else self._fate(here, there)
        if apart and fate != HOLDS:
            return fate
        if apart:
            person = here.person + there.person
            for part in person:
                part.person = person
        if not human and fate == HOLDS:
            self._unite(here, there)
        return HOLDS

    def _fate(self, here: _Part, there: _Part) -> int:
        """What becomes of a link between two parts, by what they say."""
        if not self._agree(_across([here], [there])):
            return AGAINST
        return TWO_OF_EACH if _are_two(here, there) else HOLDS

    def _part(self, card: int) -> _Part:
        part = self._parts.get(card)
        if part is None:
            part = self._parts[card] = _Part([card], dict(self._claims.get(card, {})), [])
            part.person.append(part)
        return part

    def _unite(self, here: _Part, there: _Part) -> None:
        """Make one part of two of one person."""
        small, large = sorted((here, there), key=lambda part: len(part.cards))
        large.cards += small.cards
        for kind, values in small.claims.items():
            large.claims[kind] = large.claims.get(kind, set()) | values
        large.person.remove(small)
        self._parts |= dict.fromkeys(small.cards, large)

    def _agree(self, across: Sequence[Pair]) -> bool:
        """Whether two parts speak for one person, each field for itself: a field says what the pairs that can be
        compared in it say on average. So cards that tell little do not thin out what others tell."""
        bits = {pair: self._said.bits[pair] for pair in across if pair in self._said.bits}
        if len(bits) < 2 or -inf in bits.values():
            return all(said >= LEAST for said in bits.values())
        fields = zip(*self._said.fields([*bits]), strict=True)
        means = [_mean(told) for field in fields if (told := [said for said in field if said])]
        return min(map(sum, zip(*means, strict=True)), default=0.0) >= LEAST


def _across(some: Sequence[_Part], others: Sequence[_Part]) -> list[Pair]:
    """The pairs of the cards of some parts and others, each with its smaller card first."""
    return [
        (min(a, b), max(a, b))
        for one, other in product(some, others)
        for a, b in product(one.cards, other.cards)
    ]


def _mean(told: Sequence[Against]) -> list[float]:
    return [sum(bits) / len(told) for bits in zip(*told, strict=True)]


def _are_two(here: _Part, there: _Part) -> bool:
    """Whether each has another mailbox and another telephone or number, and they have nothing of their own in
    common."""
    differ = here.apart(there)
    return EMAIL in differ and (PHONE in differ or max(differ) >= NUMBER)
