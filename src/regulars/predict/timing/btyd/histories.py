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


def histories(repeats: npt.ArrayLike, last: npt.ArrayLike, age: npt.ArrayLike) -> Histories:
    """One history each, of times in weeks."""
    of = [np.asarray(one, dtype=float) for one in (repeats, last, age)]
    return Histories(of[0], of[1], of[2], np.ones(len(of[0])))


def grouped(repeats: Ints, last: Ints, age: Ints) -> tuple[Histories, Ints]:
    """The different histories of customers, of times in days; and which of them each customer has."""
    longest = int(age.max(initial=0)) + 1
    keys = (repeats * longest + last) * longest + age
    order, where, count = _unique(keys)
    first, second = order // longest, order % longest
    return (
        Histories(
            (first // longest).astype(float), first % longest / DAYS_A_WEEK, second / DAYS_A_WEEK, count
        ),
        where,
    )


def _unique(keys: Ints) -> tuple[Ints, Ints, Floats]:
    found: Any = np.unique(keys, return_inverse=True, return_counts=True)
    return found[0], found[1], found[2].astype(float)
