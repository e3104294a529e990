"""The quarters of a town: a large one is built one quarter after the other, so that its size costs time, not memory.

A quarter has its families, its chance and its part of every file. The shop, its articles and the numbers it gives
out are the town's. A town of one quarter is what it was before there were quarters, to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

QUARTER = 20_000  #: customers at most; other ones make another town of the same seed
_PARTS = (
    "goods",
    "people",
    "visits",
    "orders",
    "lines",
    "records",
    "noise",
    "keys",
    "contacts",
    "web",
    "till",
    "events",
    "effects",
)
Chance = Mapping[str, np.random.Generator]  #: one stream of random numbers for each part, by its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A part of the town."""

    customers: int
    seed: int
    number: int  #: from 0

    def chance(self) -> Chance:
        """The quarter's random numbers, from their beginning."""
        return {
            part: np.random.default_rng([self.seed, number, self.number])
            for number, part in enumerate(_PARTS)
        }


def quarters(customers: int, seed: int, largest: int = QUARTER) -> tuple[Quarter, ...]:
    """As few quarters as will do, all of about one size."""
    count = -(-customers // largest)
    ends = [customers * number // count for number in range(count + 1)]
    return tuple(
        Quarter(customers=ends[number + 1] - ends[number], seed=seed, number=number)
        for number in range(count)
    )
