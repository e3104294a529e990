"""Links -> groups of records: connected components, kept apart where somebody or something says they must be.

Everything here is in card numbers, which do not depend on the order in which records came; ties are broken by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
#: A group of more records than this is no longer joined by the model, only by identifiers and by people.
LARGEST = 50


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
    """Which cards are together: the smallest card of its group for each card, and which links were used."""

    label: Numbers
    used: NDArray[np.bool_]


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


def group(
    size: int,
    links: Links,
    told_apart: set[tuple[int, int]],
    vetoed: Callable[[Numbers], set[tuple[int, int]]],
) -> Groups:
    """Group cards by their links.

    `told_apart` are pairs (a < b) that people said are different; `vetoed(label)` finds those that contradict each
    other inside the groups so far. A group that a human joined is not taken apart by a veto.
    """
    label = components(size, links.a, links.b)
    too_large = np.bincount(label, minlength=size)[label[links.a]] > LARGEST
    used = ~(too_large & links.model)
    label = components(size, links.a[used], links.b[used])
    joined_by_hand = set(label[links.a[used & links.human]].tolist())
    apart = {pair for pair in vetoed(label) if label[pair[0]] not in joined_by_hand} | told_apart
    used &= ~_dropped(label, links, used, apart)
    return Groups(label=components(size, links.a[used], links.b[used]), used=used)


def _dropped(
    label: Numbers, links: Links, used: NDArray[np.bool_], apart: set[tuple[int, int]]
) -> NDArray[np.bool_]:
    """The links that must go so that no pair of `apart` is in one group: joined strongest first, a link that would
    bring such a pair together is left out."""
    torn = [pair for pair in apart if label[pair[0]] == label[pair[1]]]
    dropped = np.zeros(len(links.a), dtype=np.bool_)
    if not torn:
        return dropped
    enemies: dict[int, set[int]] = {}
    for here, there in torn:
        enemies.setdefault(here, set()).add(there)
        enemies.setdefault(there, set()).add(here)
    at_stake = np.flatnonzero(used & np.isin(label[links.a], [label[here] for here, _ in torn]))
    order = at_stake[np.lexsort((links.b[at_stake], links.a[at_stake], -links.strength[at_stake]))]
    members: dict[int, set[int]] = {}
    for n in order.tolist():
        one = members.setdefault(int(links.a[n]), {int(links.a[n])})
        other = members.setdefault(int(links.b[n]), {int(links.b[n])})
        if one is other:
            continue
        if any(enemies.get(card, set()) & other for card in one):
            dropped[n] = True
            continue
        small, large = sorted((one, other), key=len)
        large |= small
        for card in small:
            members[card] = large
    return dropped
