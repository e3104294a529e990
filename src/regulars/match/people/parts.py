"""The parts of doubtful groups while they are joined anew, and what their cards say for and against one person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import product
from math import inf
from typing import NamedTuple

from regulars.match.arrays import Pair
from regulars.match.people.claims import EMAIL, NUMBER, PHONE, Own
from regulars.match.weight.worth import BayesFactors

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
class PairEvidence:
    """What the pairs inside some groups say, each with its smaller card first."""

    bits: Mapping[
        Pair, float
    ]  #: for their being one person; minus infinity when they cannot be; known of some
    #: What each field of each of some of these pairs says: `ByField.of_pair`.
    fields: Callable[[Sequence[Pair]], Sequence[Sequence[BayesFactors | None]]]
    claims: Sequence[Own] = ()


def decide(links: Sequence[Link], said: PairEvidence, told_apart: Set[Pair]) -> dict[int, int]:
    """What becomes of each link of some doubtful groups; people told those of `told_apart` apart, and nobody is joined
    to whom they were told apart from.

    A human's word joins two people as they are, and has no part in what else joins: who is linked to a card must be
    like what that card is one with by itself.
    """
    in_order = sorted(links, key=lambda link: (-link.strength, -_bits_between(link, said), link.a, link.b))
    found = [link for link in in_order if not link.human]
    parts = _Parts(said, told_apart)
    fate = {link.n: parts.say(link.a, link.b) for link in in_order if link.human}
    either = _either(found, said, parts)
    waiting = [link for link in found if link.n not in either]
    # What another mailbox or telephone speaks against waits until the parts are as large as they can be without.
    for last in (False, True):
        later = []
        for link in waiting:
            if last or not parts.differ(link.a, link.b):
                fate[link.n] = parts.join(link.a, link.b)
            else:
                later.append(link)
        waiting = later
    for link in found:
        if link.n in either:
            fate[link.n] = parts.join(link.a, link.b) if either[link.n] else EITHER
    return fate


def _bits_between(link: Link, said: PairEvidence) -> float:
    """How like the two of a link are, in bits, by which one of links that are equally strong goes before another: who
    shares a telephone with two is rather hers whose first name is the same than his of whom an initial is known. A
    likeness alone has no more to say. (To a millionth, as engines add up in other orders.)"""
    return 0.0 if link.model else round(said.bits.get((link.a, link.b), 0.0), 6)


def _either(links: Sequence[Link], said: PairEvidence, parts: _Parts) -> dict[int, bool]:
    """The links, of some in order, that join a card to either of two who are not one person, and no more to the one
    than to the other: John Smith at the door of John Smith and his father. Whose it is cannot be told, but where people
    said that the two are one: whether they did, by the number of the link. Nor is it in doubt where people told the
    card and one of the two apart."""
    apart = {pair: bits for pair, bits in said.bits.items() if bits < 0}
    near: dict[int, dict[int, list[Link]]] = {card: {} for pair in apart for card in pair}
    for link in links:
        for here, there in ((link.a, link.b), (link.b, link.a)):
            if here in near and not parts.are_told_apart(here, there):
                near[here].setdefault(there, []).append(link)
    of_one: dict[int, bool] = {}
    for one, other in apart:
        for card in near[one].keys() & near[other].keys():
            mine, others = near[one][card], near[other][card]
            if _are_close(mine[0], others[0], said, apart[one, other]):  # the strongest of each
                for link in (*mine, *others):
                    of_one[link.n] = of_one.get(link.n, True) and parts.are_one(one, other)
    return of_one


def _are_close(one: Link, other: Link, said: PairEvidence, apart: float) -> bool:
    """Whether neither of two links is clearly the stronger one. An identifier that a card shares with either of two
    speaks for both, unless these can never be one person: `apart` is what they say of each other."""
    if one.model and other.model:
        return abs(one.strength - other.strength) < _CLEARLY
    alike = abs(_bits_between(one, said) - _bits_between(other, said))
    return apart == -inf and one.strength == other.strength and alike < _CLEARLY


@dataclass(eq=False, slots=True)
class _Part:
    """Cards that are one by what they say."""

    cards: list[int]
    claims: dict[int, set[int]]  #: by kind

    def apart(self, other: _Part) -> set[int]:
        """The kinds of claims in which both say something and not the same, where they have nothing of their own in
        common."""
        kinds = self.claims.keys() & other.claims.keys()
        differ = {kind for kind in kinds if self.claims[kind].isdisjoint(other.claims[kind])}
        return differ if kinds - differ <= {PHONE} else set()


@dataclass(eq=False, slots=True)
class _Person:
    """Cards that are one person: a part, or several that people said are one."""

    cards: set[int]
    strangers: set[int]  #: the cards that people told apart from some of these


class _Parts:
    """The parts of doubtful groups, and the people they make; each card is by itself at first."""

    def __init__(self, said: PairEvidence, told_apart: Set[Pair]) -> None:
        self._said = said
        self._claims: dict[int, dict[int, set[int]]] = {}
        for card, kind, value in said.claims:
            self._claims.setdefault(card, {}).setdefault(kind, set()).add(value)
        self._strangers: dict[int, set[int]] = {}
        for one, other in told_apart:
            self._strangers.setdefault(one, set()).add(other)
            self._strangers.setdefault(other, set()).add(one)
        self._parts: dict[int, _Part] = {}
        self._persons: dict[int, _Person] = {}

    def are_one(self, one: int, other: int) -> bool:
        """Whether two cards are one person so far."""
        return self._person(one) is self._person(other)

    def are_told_apart(self, one: int, other: int) -> bool:
        """Whether people told some cards of the persons of two cards apart."""
        return not self._person(one).strangers.isdisjoint(self._person(other).cards)

    def differ(self, one: int, other: int) -> bool:
        """Whether the parts of two cards have another mailbox or another telephone each."""
        here, there = self._part(one), self._part(other)
        return here is not there and not here.apart(there).isdisjoint((EMAIL, PHONE))

    def say(self, one: int, other: int) -> int:
        """Make one person of those of two cards, since a human said so; returns the fate of the word."""
        if self.are_told_apart(one, other):
            return TOLD_APART
        self._make_one(one, other)
        return HOLDS

    def join(self, one: int, other: int) -> int:
        """Make one part of those of two cards, and so one person, unless something forbids it; returns the fate of
        their link."""
        here, there = self._part(one), self._part(other)
        if here is there:
            return HOLDS
        if self.are_told_apart(one, other):
            return TOLD_APART
        if not self._agree(here, there):
            return AGAINST
        if _are_two(here, there):
            return TWO_OF_EACH
        self._unite(here, there)
        self._make_one(one, other)
        return HOLDS

    def _part(self, card: int) -> _Part:
        part = self._parts.get(card)
        if part is None:
            part = self._parts[card] = _Part([card], dict(self._claims.get(card, {})))
        return part

    def _person(self, card: int) -> _Person:
        person = self._persons.get(card)
        if person is None:
            person = self._persons[card] = _Person({card}, set(self._strangers.get(card, ())))
        return person

    def _unite(self, here: _Part, there: _Part) -> None:
        """Make one part of two."""
        small, large = sorted((here, there), key=lambda part: len(part.cards))
        large.cards += small.cards
        for kind, values in small.claims.items():
            large.claims[kind] = large.claims.get(kind, set()) | values
        self._parts |= dict.fromkeys(small.cards, large)

    def _make_one(self, one: int, other: int) -> None:
        """Make one person of those of two cards."""
        here, there = self._person(one), self._person(other)
        if here is not there:
            small, large = sorted((here, there), key=lambda person: len(person.cards))
            large.cards |= small.cards
            large.strangers |= small.strangers
            self._persons |= dict.fromkeys(small.cards, large)

    def _agree(self, here: _Part, there: _Part) -> bool:
        """Whether two parts speak for one person, each field for itself: a field says what the pairs that can be
        compared in it say on average. So cards that tell little do not thin out what others tell."""
        across = [(min(a, b), max(a, b)) for a, b in product(here.cards, there.cards)]
        bits = {pair: self._said.bits[pair] for pair in across if pair in self._said.bits}
        if len(bits) < 2 or -inf in bits.values():
            return all(said >= LEAST for said in bits.values())
        fields = zip(*self._said.fields([*bits]), strict=True)
        means = [_mean(told) for field in fields if (told := [said for said in field if said])]
        return min(map(sum, zip(*means, strict=True)), default=0.0) >= LEAST


def _mean(told: Sequence[BayesFactors]) -> list[float]:
    return [sum(bits) / len(told) for bits in zip(*told, strict=True)]


def _are_two(here: _Part, there: _Part) -> bool:
    """Whether each has another mailbox and another telephone or number, and they have nothing of their own in
    common."""
    differ = here.apart(there)
    return EMAIL in differ and (PHONE in differ or max(differ) >= NUMBER)
