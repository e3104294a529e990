"""The seasons of a shop: how much more is bought in December than in March.

What customers bought again in each month is set against what the model expects of them, so that a growing shop is not
taken for a season. A month says little by itself: it is drawn towards no season at all, as if so many orders more had
come as expected. A shop younger than two years cannot tell a season from a trend: it has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from regulars.model.clock import EPOCH
from regulars.predict.timing.btyd.histories import DAYS_A_WEEK, Floats, Histories, Ints
from regulars.predict.timing.orders import OrderDays

NEEDED_DAYS = 730
#: How far ahead is looked, in days.
FAR = 731
_LENT_ORDERS = 100.0
_Expected = Callable[[Histories, float], Floats]


@dataclass(frozen=True, slots=True)
class Season:
    """How the days ahead weigh, when an ordinary day weighs 1."""

    months: Mapping[int, float]  #: 1..12 -> factor; empty where the shop is too young to know
    ahead: Floats  #: weeks of an ordinary season in the next 0, 1, … `FAR` days


def season(days: OrderDays, as_of: int, expected: _Expected) -> Season:
    """The season of a shop as known on an evening, by its own model of ordinary times."""
    if not len(days.day) or as_of - days.first + 1 < NEEDED_DAYS:
        return Season({}, np.arange(FAR + 1) / DAYS_A_WEEK)
    factors = _factors(days, as_of, expected)
    weights = factors[months_of(np.arange(as_of + 1, as_of + 1 + FAR)) - 1]
    ahead = np.concatenate([[0.0], np.cumsum(weights)]) / DAYS_A_WEEK
    return Season({month: float(factors[month - 1]) for month in range(1, 13)}, ahead)


def months_of(days: Ints) -> Ints:
    """The month, 1..12, of each day."""
    dates = np.datetime64(EPOCH) + days.astype("timedelta64[D]")
    return np.asarray(dates.astype("datetime64[M]").astype(np.int64) % 12 + 1)


def _factors(days: OrderDays, as_of: int, expected: _Expected) -> Floats:
    """A factor for each month, of the whole years that are known; on average 1."""
    years = (as_of - days.first + 1) // 365
    since = as_of - years * 365
    seen = days.day <= as_of
    person, day = days.person[seen], days.day[seen]
    again = np.zeros(len(person), dtype=bool)
    again[1:] = person[1:] == person[:-1]
    came = np.bincount(months_of(day[again & (day > since)]), minlength=13)[1:]
    span = as_of - days.first + 1
    started = np.bincount(day[~again] - days.first, minlength=span)
    grown = _growth(span, expected)
    expected_a_day = np.convolve(started, np.diff(grown, prepend=0.0))[:span]
    of_days = np.arange(days.first, as_of + 1)
    counted = of_days > since
    hoped = np.bincount(months_of(of_days[counted]), weights=expected_a_day[counted], minlength=13)[1:]
    ratio = came.sum() / max(float(hoped.sum()), 1e-9)
    factors = (came + _LENT_ORDERS) / (hoped * ratio + _LENT_ORDERS)
    days_of = np.bincount(months_of(of_days[counted]), minlength=13)[1:]
    return np.asarray(factors * days_of.sum() / (factors @ days_of))


def _growth(span: int, expected: _Expected) -> Floats:
    """Repeat orders to be expected of a new customer in their first 0, 1, … days."""
    nobody_yet = Histories(*(np.array([number]) for number in (0.0, 0.0, 0.0, 1.0)))
    at = np.unique(np.concatenate([np.arange(0, min(span, 91)), np.linspace(0, span, 80)]).astype(np.int64))
    found = [float(expected(nobody_yet, number / DAYS_A_WEEK)[0]) if number else 0.0 for number in at]
    return np.interp(np.arange(span), at, found)
