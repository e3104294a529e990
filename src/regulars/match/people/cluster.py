"""Links -> groups of records: connected components, kept apart where somebody or something says they must be.

Everything here is in card numbers, which do not depend on the order in which records came; ties are broken by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.match.arrays import Floats, Numbers, Pair
from regulars.match.people.claims import Own
from regulars.match.people.parts import A_NUMBER, HOLDS, LEAST, TOO_LARGE, Link, PairEvidence, decide
from regulars.match.records import LARGEST_PERSON
from regulars.match.weight.by_field import in_rows
from regulars.match.weight.worth import BayesFactors


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Reasons to join, as columns: cards `a` and `b`, and how strong each is; the weakest give way first."""

    a: Numbers
    b: Numbers
    strength: NDArray[np.float64]
    model: NDArray[np.bool_]  #: found by the model alone
    human: NDArray[np.bool_]  #: somebody said so

    def rows(self, places: Numbers) -> list[Link]:
        """The links at some places."""
        columns = (self.a, self.b, self.strength, self.model, self.human)
        found = zip(places.tolist(), *(column[places].tolist() for column in columns), strict=True)
        return [Link(*row) for row in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What every pair inside some groups says: cards `a` < `b`, and the bits for their being one person."""

    a: Numbers
    b: Numbers
    bits: Floats  #: below 0 against; minus infinity when they cannot be one person
    claims: Sequence[Own] = ()
    #: What each field of some pairs, by their place here, says against each other reading: `ByField.said`.
    by_field: Callable[[Numbers], Floats] | None = None

    def inside(self, places: Numbers) -> PairEvidence:
        """What some pairs, by their place here, say. Where nothing is known of fields, the bits are all there is."""
        pairs = [*zip(self.a[places].tolist(), self.b[places].tolist(), strict=True)]
        place = {pair: n for n, pair in enumerate(pairs)}
        said = self.by_field(places) if self.by_field else self.bits[places, None, None]

        def fields(some: Sequence[Pair]) -> list[list[BayesFactors | None]]:
            return in_rows(said[[place[pair] for pair in some]])

        bits = dict(zip(pairs, self.bits[places].tolist(), strict=True))
        return PairEvidence(bits=bits, fields=fields, claims=self.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Which cards are together: the smallest card of its group for each card, and what became of each link."""

    label: Numbers
    fate: NDArray[np.int8]  #: HOLDS, or why it does not

    @property
    def used(self) -> NDArray[np.bool_]:
        """The links that hold."""
        return np.equal(self.fate, HOLDS)


#: How links make groups: the number of cards, their links, the pairs that people told apart (a < b), and what all pairs
#: inside the groups so far, by label, say of each other.
Clustering = Callable[[int, Links, Set[Pair], Callable[[Numbers], Evidence]], Groups]


def components(size: int, a: Numbers, b: Numbers) -> Numbers:
    """The smallest card of the connected component of each of `size` cards.

    >>> components(5, np.array([3, 1]), np.array([4, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    label = np.arange(size, dtype=np.int64)
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        for ends in (a, b):
            np.minimum.at(label, before[ends], low)
            np.minimum.at(label, ends, low)
        while not np.array_equal(label[label], label):
            label = label[label]
        if np.array_equal(label, before):
            return label


def weighed(size: int, links: Links, told_apart: Set[Pair], weigh: Callable[[Numbers], Evidence]) -> Groups:
    """Group cards by their links.

    `told_apart` are pairs (a < b) that people said are different; `weigh(label)` says what all pairs inside the groups
    that are made without anybody's word say of each other. None is larger than `LARGEST_PERSON`. Those whose every
    pair speaks for one person stay as they are. The others are joined anew, strongest link first, and two parts become
    one only while all their pairs together, field by field, speak for one person: one coincidence does not make one
    person of two families. Nor are two parts one that have another mailbox and another telephone or number each, and
    share only what father and son of one name do. What a human joined is joined, and comes apart by no merge.
    """
    fate = np.full(len(links.a), HOLDS, np.int8)
    label = _no_larger(size, links, fate)
    said = weigh(label)
    said_too = _label(size, links, fate) if links.human.any() else label
    doubtful = _doubtful(label, said) | _torn(said_too, told_apart)
    if doubtful.any():
        at_stake = links.rows(np.flatnonzero((fate == HOLDS) & (links.human | doubtful[links.a])))
        decided = decide(at_stake, said.inside(np.flatnonzero(doubtful[said.a])), told_apart)
        fate[[*decided]] = [*decided.values()]
    return Groups(label=_label(size, links, fate) if fate.any() else said_too, fate=fate)


def chained(size: int, links: Links, told_apart: Set[Pair], weigh: Callable[[Numbers], Evidence]) -> Groups:
    """Group cards by their links alone, however unlike others of a group are: connected components, as other tools have
    them. Who cannot be one person is not, what people said counts, and no group is larger than `LARGEST_PERSON`."""

    def never(label: Numbers) -> Evidence:
        said = weigh(label)
        apart = said.bits == -np.inf
        return Evidence(a=said.a[apart], b=said.b[apart], bits=said.bits[apart])

    return weighed(size, links, told_apart, never)


#: By name, as `[match] clustering` has it; another than the default is held against every set by
#: `python -m bench match --data DIR --clustering NAME`. Each has its like in `few`.
CLUSTERINGS: Mapping[str, Clustering] = {"weighed": weighed, "chained": chained}


def _no_larger(size: int, links: Links, fate: NDArray[np.int8]) -> Numbers:
    """Groups without anybody's word, that can be looked at pair by pair. In one that is too large gives way what the
    model found; if it still is, e-mails and telephones, and then numbers: a chain of shared ones runs through people
    who have nothing to do with each other."""
    own = ~links.human
    label = components(size, links.a[own], links.b[own])
    for weak in (links.model, links.strength < A_NUMBER, own):
        if size <= LARGEST_PERSON:
            break
        large = np.bincount(label, minlength=size)[label[links.a]] > LARGEST_PERSON
        if not (large & own).any():
            break
        fate[large & weak & own] = TOO_LARGE
        label = _label(size, links, fate, own)
    return label


def _label(size: int, links: Links, fate: NDArray[np.int8], of: NDArray[np.bool_] | bool = True) -> Numbers:
    """The groups by the links that hold, or by some of them."""
    held = (fate == HOLDS) & of
    return components(size, links.a[held], links.b[held])


def _doubtful(label: Numbers, said: Evidence) -> NDArray[np.bool_]:
    """The cards of the groups in which something speaks against one person."""
    doubtful = np.zeros(len(label), np.bool_)  # by label
    doubtful[label[said.a[said.bits < LEAST]]] = True
    doubtful[[label[own.card] for own in said.claims]] = True
    return doubtful[label]


def _torn(label: Numbers, told_apart: Set[Pair]) -> NDArray[np.bool_]:
    """The cards of the groups in which people told two apart."""
    apart = np.zeros(len(label), np.bool_)  # by label
    apart[[label[one] for one, other in told_apart if label[one] == label[other]]] = True
    return apart[label]
