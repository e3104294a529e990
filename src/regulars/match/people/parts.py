"""The parts of doubtful groups while they are joined anew, and what their cards say for and against one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from regulars.match.people.claims import EMAIL, NUMBER, PHONE, Claims, Numbers

Floats = NDArray[np.float64]
#: Two parts are one when they say so with so many bits: twice as likely as not.
LEAST = 1.0

#: What became of a link. It holds; or it went, since the group is too large, or it joins a card to either of two, or
#: people parted those it would join, or each of these has other means to be reached, or their pairs speak against it.
HOLDS, TOO_LARGE, EITHER, TOLD_APART, TWO_OF_EACH, AGAINST = range(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What every pair inside some groups says: cards `a` < `b`, and the bits for their being one person."""

    a: Numbers
    b: Numbers
    bits: Floats  #: below 0 against; minus infinity when they cannot be one person
    claims: Claims = field(default_factory=Claims)
    #: What each field of some pairs, by their place here, says against each other reading: `ByField.said`.
    by_field: Callable[[Numbers], Floats] | None = None

    def fields(self, places: Numbers) -> Floats:
        """The same; where nothing is known of the fields, what the pairs say is all there is."""
        return self.by_field(places) if self.by_field else self.bits[places, None, None]


@dataclass(slots=True)
class _Part:
    """Cards that are one person so far."""

    cards: list[int]
    claims: dict[int, set[int]]  #: by kind
    by_hand: bool = False  #: a human joined some of them, and nothing but a human keeps others away

    def apart(self, other: _Part) -> set[int]:
        """The kinds of claims in which both say something and not the same, where they have nothing of their own in
        common."""
        kinds = self.claims.keys() & other.claims.keys()
        differ = {kind for kind in kinds if self.claims[kind].isdisjoint(other.claims[kind])}
        return differ if kinds - differ <= {PHONE} else set()


class Parts:
    """The parts of doubtful groups, each card by itself at first."""

    def __init__(self, said: Evidence, doubtful: NDArray[np.bool_], told_apart: set[tuple[int, int]]) -> None:
        """`doubtful` are the pairs of `said` that are in such groups; people told those of `told_apart` apart."""
        places = np.flatnonzero(doubtful)
        pairs = [*zip(said.a[places].tolist(), said.b[places].tolist(), strict=True)]
        self._place = {pair: place for place, pair in enumerate(pairs)}
        bits = said.bits[places]
        self._bits: list[float] = bits.tolist()
        self._never = {pair for pair, said_so in zip(pairs, self._bits, strict=True) if said_so == -inf}
        fields = said.fields(places)
        self._known = ~np.isnan(fields[:, :, 0])
        self._fields = np.where(self._known[:, :, None], fields, 0.0)
        self._told_apart = told_apart
        self._claims: dict[int, dict[int, set[int]]] = {}
        claims = said.claims
        for card, kind, value in zip(
            claims.card.tolist(), claims.kind.tolist(), claims.value.tolist(), strict=True
        ):
            self._claims.setdefault(card, {}).setdefault(kind, set()).add(value)
        self._parts: dict[int, _Part] = {}

    def differ(self, one: int, other: int) -> bool:
        """Whether the parts of two cards have another mailbox or another telephone each."""
        here, there = self._part(one), self._part(other)
        return here is not there and not here.apart(there).isdisjoint((EMAIL, PHONE))

    def join(self, one: int, other: int, *, human: bool) -> int:
        """Make one part of those of two cards, unless something forbids it; returns the fate of their link."""
        here, there = self._part(one), self._part(other)
        if here is there:
            return HOLDS
        by_hand = human or here.by_hand or there.by_hand
        across = [(min(a, b), max(a, b)) for a in here.cards for b in there.cards]
        if not self._told_apart.isdisjoint(across):
            return TOLD_APART
        if not by_hand and not self._agree(across):
            return AGAINST
        if not by_hand and _are_two(here, there):
            return TWO_OF_EACH
        small, large = sorted((here, there), key=lambda part: len(part.cards))
        large.cards += small.cards
        large.by_hand = by_hand
        for kind, values in small.claims.items():
            large.claims[kind] = large.claims.get(kind, set()) | values
        self._parts |= dict.fromkeys(small.cards, large)
        return HOLDS

    def _part(self, card: int) -> _Part:
        part = self._parts.get(card)
        if part is None:
            part = self._parts[card] = _Part([card], dict(self._claims.get(card, {})))
        return part

    def _agree(self, across: list[tuple[int, int]]) -> bool:
        """Whether two parts speak for one person, each field for itself: a field says what the pairs that can be
        compared in it say on average. So cards that tell little do not thin out what others tell."""
        if not self._never.isdisjoint(across):
            return False
        places = [self._place[pair] for pair in across if pair in self._place]
        if len(places) < 2:
            return not places or self._bits[places[0]] >= LEAST
        known = self._known[places].sum(axis=0)
        fields = self._fields[places].sum(axis=0) / np.maximum(known, 1)[:, None]
        return bool(fields.sum(axis=0).min() >= LEAST)


def _are_two(here: _Part, there: _Part) -> bool:
    """Whether each has another mailbox and another telephone or number, and they have nothing of their own in
    common."""
    differ = here.apart(there)
    return EMAIL in differ and (PHONE in differ or max(differ) >= NUMBER)
