"""When somebody's next order comes, and within which days, given how long they have already been silent.

The chance to have come by each day ahead is the model's; nothing before tomorrow is foretold. The day named is the
middle one of those who come within 90 days. The days between are right in eight cases of ten, counted over all, also
those who never come back: with one in ten before and one in ten after, where at least nine in ten come within 90 days;
for the others the end is open, and two in ten come before the beginning. Who is so likely lost that fewer than two in
ten come is named the first of those days, at most 90 days ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regulars.predict.timing.btyd.histories import Floats, Ints
from regulars.predict.timing.orders import Buyers
from regulars.predict.timing.outlook import GRID, Outlook

HORIZON_DAYS = 90
#: The end of days that have none.
OPEN_DAYS = int(GRID[-1])
_INSIDE = 0.8
_CHUNK = 100_000


@dataclass(frozen=True, slots=True)
class NextOrders:
    """Days after the evening that buyers were looked at; arrays in their order."""

    middle: Ints
    low: Ints
    high: Ints  #: `OPEN_DAYS` of those who may well not come


def next_orders(outlook: Outlook, buyers: Buyers) -> NextOrders:
    """When the next order of each buyer comes."""
    by_history = _days(outlook.came_by(buyers))
    return NextOrders(*(one[buyers.where] for one in by_history))


def _days(came_by: Floats) -> tuple[Ints, Ints, Ints]:
    parts = [_some(came_by[at : at + _CHUNK]) for at in range(0, len(came_by), _CHUNK)]
    empty = np.zeros(0, dtype=np.int64)
    parts = [(empty, empty, empty), *parts]
    middle, low, high = (np.concatenate(one) for one in zip(*parts, strict=True))
    return middle, low, high


def _some(came_by: Floats) -> tuple[Ints, Ints, Ints]:
    within = came_by[:, int(np.flatnonzero(GRID == HORIZON_DAYS)[0])]
    open_ended = within < (1 + _INSIDE) / 2
    early = np.where(open_ended, 1 - _INSIDE, (1 - _INSIDE) / 2)
    middle = np.maximum(np.ceil(_reached(came_by, within / 2)), 1)
    low = np.floor(_reached(came_by, early)) + 1
    before = _chance(came_by, low - 1)
    high = np.maximum(np.round(_reached(came_by, np.minimum(before + _INSIDE, 1.0))), low)
    high = np.where(open_ended, OPEN_DAYS, high)
    low = np.minimum(low, HORIZON_DAYS)
    middle, high = np.maximum(middle, low), np.minimum(high, OPEN_DAYS)
    return middle.astype(np.int64), low.astype(np.int64), high.astype(np.int64)


def _reached(came_by: Floats, chance: Floats) -> Floats:
    """The day, with its fraction, on which a chance is reached; the last one of the grid where it is not."""
    after = np.clip((came_by < chance[:, None]).sum(axis=1), 1, len(GRID) - 1)
    rows = np.arange(len(came_by))
    low, high = came_by[rows, after - 1], came_by[rows, after]
    share = np.clip((chance - low) / np.maximum(high - low, 1e-12), 0.0, 1.0)
    return np.asarray(GRID[after - 1] + share * (GRID[after] - GRID[after - 1]))


def _chance(came_by: Floats, day: Floats) -> Floats:
    """The chance to have come by a day."""
    after = np.clip(np.searchsorted(GRID, day, side="left"), 1, len(GRID) - 1)
    rows = np.arange(len(came_by))
    share = (day - GRID[after - 1]) / (GRID[after] - GRID[after - 1])
    return np.asarray(came_by[rows, after - 1] + share * (came_by[rows, after] - came_by[rows, after - 1]))


def naive_days(buyers: Buyers) -> Floats:
    """One usual gap of theirs after the last order; tomorrow, when that is past.

    Of those who came back at least once.
    """
    return np.maximum(np.round(buyers.last / np.maximum(buyers.repeats, 1) - buyers.silent), 1.0)
