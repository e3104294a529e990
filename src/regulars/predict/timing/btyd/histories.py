"""Buyers as models of purchase timing see them: how often they came back, when last, and for how long we know them.

A customer who bought is summed up by three whole numbers of days, as in Fader, Hardie & Lee (2005): `repeats`, the
days with an order after the first one; `last`, the days from the first order to the last; `age`, the days from the
first order to the evening of the shop day. Two orders of one day are one purchase. So many customers share their
three numbers that ten millions of them are some hundred thousand groups: likelihoods are sums over groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
DAYS_A_WEEK = 7.0
#: So many histories tell about where the likeliest parameters are.
_SOME = 100_000


@dataclass(frozen=True, slots=True)
class Histories:
    """Some histories of purchase, each with how many customers have it; arrays of one length. Times are in weeks."""

    repeats: Floats  #: days with an order after the first one
    last: Floats  #: weeks from the first order to the last; 0 of those who bought once
    age: Floats  #: weeks from the first order to the evening of the shop day
    count: Floats  #: customers with this history

    @property
    def customers(self) -> float:
        """How many customers there are."""
        return float(self.count.sum())


def some(of: Histories) -> Histories | None:
    """Every so manieth history, of very many; None when there are few."""
    step = len(of.count) // _SOME
    if step < 2:
        return None
    return Histories(*(np.ascontiguousarray(one[::step]) for one in (of.repeats, of.last, of.age, of.count)))


def histories(repeats: npt.ArrayLike, last: npt.ArrayLike, age: npt.ArrayLike) -> Histories:
    """One history each, of times in weeks."""
    of = [np.asarray(one, dtype=float) for one in (repeats, last, age)]
    return Histories(of[0], of[1], of[2], np.ones(len(of[0])))


def grouped(repeats: Ints, last: Ints, age: Ints) -> tuple[Histories, Ints]:
    """The different histories of customers, of times in days; and which of them each customer has."""
    longest = int(age.max(initial=0)) + 1
    keys = (repeats * longest + last) * longest + age
    order, where, count = _grouped(keys)
    first, second = order // longest, order % longest
    return (
        Histories(
            (first // longest).astype(float), first % longest / DAYS_A_WEEK, second / DAYS_A_WEEK, count
        ),
        where,
    )


def _grouped(keys: Ints) -> tuple[Ints, Ints, Floats]:
    """The different keys in order, which of them each is, and how many are each.

    A key and its place are sorted as one whole number where both fit into it: that takes half of the time.
    """
    bits = max(len(keys) - 1, 0).bit_length()
    if not len(keys) or int(keys.max()) >= 1 << (63 - bits):
        found: Any = np.unique(keys, return_inverse=True, return_counts=True)
        return found[0], found[1], found[2].astype(float)
    both = (keys << bits) | np.arange(len(keys))
    both.sort()
    ordered = both >> bits
    both &= (1 << bits) - 1
    begins = np.append(True, ordered[1:] != ordered[:-1])
    first = np.flatnonzero(begins)
    where = np.empty(len(keys), np.int64)
    where[both] = np.cumsum(begins) - 1
    return ordered[first], where, np.diff(np.append(first, len(keys))).astype(float)
