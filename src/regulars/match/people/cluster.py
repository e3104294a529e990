"""Links -> groups of records: connected components, kept apart where somebody or something says they must be.

Everything here is in card numbers, which do not depend on the order in which records came; ties are broken by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.match.people.claims import Numbers
from regulars.match.people.parts import EITHER, HOLDS, LEAST, TOO_LARGE, Evidence, Parts

#: A group of more records than this is not joined, unless people say so.
LARGEST = 50
#: A link of such a strength is a number of one's own, or a person's word (`every_link` of `grouping.sql`).
_A_NUMBER = 2e12
#: So many cards are few.
_FEW = 30
#: A card is rather one's than another's when the link to the one is so many bits stronger.
_CLEARLY = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Reasons to join, as columns: cards `a` and `b`, and how strong each is; the weakest give way first."""

    a: Numbers
    b: Numbers
    strength: NDArray[np.float64]
    model: NDArray[np.bool_]  #: found by the model alone
    human: NDArray[np.bool_]  #: somebody said so


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
Clustering = Callable[[int, Links, set[tuple[int, int]], Callable[[Numbers], Evidence]], Groups]


def components(size: int, a: Numbers, b: Numbers) -> Numbers:
    """The smallest card of the connected component of each of `size` cards.

    >>> components(5, np.array([3, 1]), np.array([4, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    if size <= _FEW:
        return _few_components(size, a, b)
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


def _few_components(size: int, a: Numbers, b: Numbers) -> Numbers:
    """The same of few cards, for which arrays are slow."""
    label = list(range(size))
    for one, other in zip(a.tolist(), b.tolist(), strict=True):
        low, high = sorted((label[one], label[other]))
        if low != high:
            label = [low if of == high else of for of in label]
    return np.array(label, np.int64)


def weighed(
    size: int, links: Links, told_apart: set[tuple[int, int]], weigh: Callable[[Numbers], Evidence]
) -> Groups:
    """Group cards by their links.

    `told_apart` are pairs (a < b) that people said are different; `weigh(label)` says what all pairs inside the groups
    so far say of each other. No group is larger than `LARGEST`, unless people made it so. Groups whose every pair
    speaks for one person stay as they are. The others are joined anew, strongest link first, and two parts become one
    only while all their pairs together, field by field, speak for one person: one coincidence does not make one person
    of two families. Nor are two parts one that have another mailbox and another telephone or number each, and share
    only what father and son of one name do. What a human joined is joined.
    """
    fate = np.full(len(links.a), HOLDS, np.int8)
    label = _no_larger(size, links, fate)
    said = weigh(label)
    fate[_either(size, links, fate == HOLDS, said)] = EITHER
    _part(label, links, fate, said, told_apart)
    return Groups(label=_label(size, links, fate) if fate.any() else label, fate=fate)


def chained(
    size: int, links: Links, told_apart: set[tuple[int, int]], weigh: Callable[[Numbers], Evidence]
) -> Groups:
    """Group cards by their links alone, whatever other pairs of a group say: connected components, as other tools have
    them. What people said counts, and no group is larger than `LARGEST`."""
    nothing = np.empty(0, np.int64)
    return weighed(size, links, told_apart, lambda _label: Evidence(a=nothing, b=nothing, bits=np.empty(0)))


#: By name, as `[match] clustering` has it; which is the default is held against every set (`python -m bench match`).
CLUSTERINGS: Mapping[str, Clustering] = {"weighed": weighed, "chained": chained}


def _no_larger(size: int, links: Links, fate: NDArray[np.int8]) -> Numbers:
    """Groups that can be looked at pair by pair. In one that is too large gives way what the model found; if it still
    is, e-mails and telephones, and then numbers: a chain of shared ones runs through people who have nothing to do with
    each other."""
    label = components(size, links.a, links.b)
    for weak in (links.model, links.strength < _A_NUMBER, ~links.human):
        if size <= LARGEST:
            break
        large = np.bincount(label, minlength=size)[label[links.a]] > LARGEST
        if not large.any():
            break
        fate[large & weak] = TOO_LARGE
        label = _label(size, links, fate)
    return label


def _label(size: int, links: Links, fate: NDArray[np.int8]) -> Numbers:
    held = fate == HOLDS
    return components(size, links.a[held], links.b[held])


def _either(size: int, links: Links, used: NDArray[np.bool_], said: Evidence) -> NDArray[np.bool_]:
    """The links of the model that join a card to either of two who are not one person, as strongly to the one as to
    the other: John Smith at the door of John Smith and his father. Whose it is cannot be told."""
    apart = said.bits < 0
    near: dict[int, dict[int, int]] = {}
    dropped = np.zeros(len(links.a), dtype=np.bool_)
    if not apart.any():
        return dropped
    torn = np.zeros(size, np.bool_)
    torn[said.a[apart]] = torn[said.b[apart]] = True
    near_them = np.flatnonzero(used & (torn[links.a] | torn[links.b]))
    near_them = near_them[
        np.argsort(links.strength[near_them], kind="stable")
    ]  # of a pair's links the strongest counts
    for n, one, other in zip(
        *(of.tolist() for of in (near_them, links.a[near_them], links.b[near_them])), strict=True
    ):
        near.setdefault(one, {})[other] = near.setdefault(other, {})[one] = n
    for one, other in zip(said.a[apart].tolist(), said.b[apart].tolist(), strict=True):
        for card in near.get(one, {}).keys() & near.get(other, {}).keys():
            both = [near[card][one], near[card][other]]
            close = abs(links.strength[both[0]] - links.strength[both[1]]) < _CLEARLY
            if close and links.model[both].all():
                dropped[both] = True
    return dropped


def _part(
    label: Numbers, links: Links, fate: NDArray[np.int8], said: Evidence, told_apart: set[tuple[int, int]]
) -> None:
    """Decide the fate of the links that would join parts which do not belong together."""
    doubtful = np.zeros(len(label), np.bool_)  # by label
    doubtful[[label[one] for one, other in told_apart if label[one] == label[other]]] = True
    doubtful[label[said.a[said.bits < LEAST]]] = doubtful[label[said.claims.card]] = True
    if not doubtful.any():
        return
    parts = Parts(said, doubtful[label[said.a]], told_apart)
    at_stake = np.flatnonzero((fate == HOLDS) & doubtful[label[links.a]])
    order = at_stake[np.lexsort((links.b[at_stake], links.a[at_stake], -links.strength[at_stake]))]
    waiting = [
        *zip(
            *(of.tolist() for of in (order, links.a[order], links.b[order], links.human[order])), strict=True
        )
    ]
    # What another mailbox or telephone speaks against waits until the parts are as large as they can be without.
    for last in (False, True):
        later = []
        for n, one, other, human in waiting:
            if last or human or not parts.differ(one, other):
                fate[n] = parts.join(one, other, human=human)
            else:
                later.append((n, one, other, human))
        waiting = later
