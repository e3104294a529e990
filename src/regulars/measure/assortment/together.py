"""Articles that stand on one receipt more often than their popularity and the receipts' sizes make them.

On receipts of one size and one quarter articles are taken to meet as if each chose its partners by how many these have
there: what everybody buys, or what stands on long receipts, goes with nothing by that. One customer's habit of both is
one customer: counts are taken down to people before they are tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from regulars.measure.assortment.evidence import (
    FALSE_DISCOVERIES,
    Flags,
    Floats,
    Ints,
    false_discovery,
    lift,
    more_often,
    sameness,
)  # fmt: skip

NEEDED = 500  #: receipts of two articles or more
WIDEST = 60  #: articles on a receipt: more are a stock, not a basket
MOST_RECEIPTS = 300_000
_ARTICLES = 2_000  #: those on most receipts
_LEAST = 10  #: people with both
_CANDIDATES = 3_000
_SIZES = (2, 3, 4, 6, 9, 14, 22, 35)
_QUARTER = 91
_TURNS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Receipts of several articles, a row each, and the articles on them."""

    person: Ints  #: below 0: of nobody known, another number each
    day: Ints
    place: Ints
    persona: Ints
    row: Ints  #: of each article on a receipt, in order
    item: Ints

    def some(self, kept: Flags) -> Receipts:
        """Only these receipts."""
        number = np.cumsum(kept) - 1
        lines = kept[self.row]
        return Receipts(
            person=self.person[kept], day=self.day[kept], place=self.place[kept], persona=self.persona[kept],
            row=number[self.row[lines]], item=self.item[lines],
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Articles bought together, a row a pair: who buys `one`, the rarer, also buys `other`."""

    one: Ints
    other: Ints
    receipts: Ints  #: with both
    people: Ints  #: who bought both on one receipt; a receipt of nobody known is one
    of_one: Ints  #: receipts with `one`
    expected: Floats  #: receipts with both, had they nothing to do with each other
    lift: Floats
    low: Floats
    high: Floats
    chance: Floats


def together(receipts: Receipts, alike: Any = None) -> Pairs:
    """The pairs that are named, the surest first. `alike(one, other)` tells which pairs are variants of one article."""
    table, chosen = _table(receipts)
    seen = sparse.triu(table.T @ table, 1, format="coo")
    strata = _strata(receipts)
    expected = _expected(table, strata)
    one, other, count = seen.row.astype(np.int64), seen.col.astype(np.int64), seen.data.astype(float)
    wanted = _candidates(count, expected[one, other])
    one, other, count, due = one[wanted], other[wanted], count[wanted], expected[one, other][wanted]
    people = _people(table, receipts.person, one, other)
    part = people / np.maximum(count, 1)
    compared = len(chosen) * (len(chosen) - 1) // 2
    chance = false_discovery(more_often(people, due * part), max(compared, 1))
    same = sameness(seen.data.astype(float), expected[seen.row, seen.col])
    middle, low, high = lift(people, due * part, same)
    times = np.asarray(table.sum(axis=0)).ravel().astype(np.int64)
    swapped = times[one] > times[other]
    rare, common = np.where(swapped, other, one), np.where(swapped, one, other)
    named = (chance <= FALSE_DISCOVERIES) & (low > 1) & (people >= _LEAST)
    if alike is not None and len(named):
        named[named] &= ~alike(chosen[rare[named]], chosen[common[named]])
    order = np.lexsort((other, one, -(people - due * part) / np.sqrt(np.maximum(due * part, 0.1))))
    order = order[named[order]]
    return Pairs(
        one=chosen[rare][order], other=chosen[common][order], receipts=count[order].astype(np.int64),
        people=people[order].astype(np.int64), of_one=times[rare][order], expected=due[order],
        lift=middle[order], low=low[order], high=high[order], chance=chance[order],
    )  # fmt: skip


def _table(receipts: Receipts) -> tuple[Any, Ints]:
    """A row a receipt with a 1 for each of its articles that many receipts have; and which articles these are."""
    times = np.bincount(receipts.item)
    chosen = np.lexsort((np.arange(len(times)), -times))[:_ARTICLES]
    chosen = np.sort(chosen[times[chosen] >= _LEAST])
    place = np.full(len(times), -1)
    place[chosen] = np.arange(len(chosen))
    kept = place[receipts.item] >= 0
    ones = np.ones(int(kept.sum()), np.float32)
    shape = (len(receipts.person), len(chosen))
    return sparse.csr_matrix((ones, (receipts.row[kept], place[receipts.item[kept]])), shape=shape), chosen


def _strata(receipts: Receipts) -> Ints:
    size = np.searchsorted(_SIZES, np.bincount(receipts.row, minlength=len(receipts.person)), "right")
    quarter = (receipts.day.max(initial=0) - receipts.day) // _QUARTER
    return np.unique(quarter * 16 + size, return_inverse=True)[1]


def _expected(table: Any, strata: Ints) -> Floats:
    """How many receipts would have each pair, were each article beside as many others of its stratum as it is."""
    count, groups = len(strata), int(strata.max(initial=-1)) + 1
    of = sparse.csr_matrix((np.ones(count), (strata, np.arange(count))), shape=(groups, count))
    beside = np.asarray(table.sum(axis=1)).ravel() - 1
    partners = np.asarray((of @ sparse.diags(beside) @ table).todense(), dtype=float)
    drawn = shares_of_pairs(partners)
    return np.asarray(drawn.T @ drawn)


def shares_of_pairs(partners: Floats) -> Floats:
    """Numbers u of articles, a stratum a row, so that u_i times the u of all others is how many partners i has.

    Quasi-independence: a table of pairs without its diagonal (Goodman 1968, JASA 63:1091-1131), fitted in turns.

    >>> u = shares_of_pairs(np.array([[4.0, 3.0, 3.0]]))
    >>> np.round(u * (u.sum() - u), 1).tolist()
    [[4.0, 3.0, 3.0]]
    """
    u = partners / np.sqrt(np.maximum(partners.sum(axis=1, keepdims=True), 1e-9))
    for _turn in range(_TURNS):
        others = np.maximum(u.sum(axis=1, keepdims=True) - u, 1e-9)
        u = np.sqrt(u * partners / others)
    return np.asarray(u)


def _candidates(count: Floats, due: Floats) -> Ints:
    """The pairs worth trying: often enough, more often than expected, those that stand out most."""
    worth = np.flatnonzero((count >= _LEAST) & (count > due))
    out = (count[worth] - due[worth]) / np.sqrt(np.maximum(due[worth], 0.1))
    return np.sort(worth[np.lexsort((worth, -out))[:_CANDIDATES]])


def _people(table: Any, person: Ints, one: Ints, other: Ints) -> Floats:
    """By how many people each pair was bought."""
    columns = table.tocsc()
    columns.sort_indices()
    start, rows = columns.indptr, columns.indices
    found = np.zeros(len(one))
    for at, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        with_both = np.intersect1d(
            rows[start[a] : start[a + 1]], rows[start[b] : start[b + 1]], assume_unique=True
        )
        found[at] = len(np.unique(person[with_both]))
    return found
