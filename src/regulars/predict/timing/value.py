"""What customers will spend: orders to be expected, times what each spends at one; and the value of their next year.

Money is in minor units; the Gamma-Gamma model sees units of the currency. As in its paper it is fitted on repeat
purchases alone; what is expected of a customer also minds their first. Returns are taken off by the share of sales
that the shop had to give back. A year's value is discounted to today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regulars.predict.timing.btyd import gamma_gamma
from regulars.predict.timing.btyd.fitting import Fit
from regulars.predict.timing.btyd.histories import Floats
from regulars.predict.timing.orders import Buyers

#: What money a year later is worth less.
DISCOUNT_A_YEAR = 0.10
_QUARTERS = (91, 182, 273, 365)
_TAIL = 0.1


@dataclass(frozen=True, slots=True)
class Value:
    """Minor units of the shop's currency; arrays in the order of the buyers."""

    spend_90d: Floats
    value_365d: Floats  #: discounted
    low: Floats  #: one in ten is worth less
    high: Floats  #: one in ten is worth more


def repeat_spend(buyers: Buyers, unit: float) -> tuple[Floats, Floats]:
    """Repeat purchases and mean spend at them, of those who came back and then paid something."""
    spent = (buyers.paid - buyers.paid_first) / unit
    some = (buyers.repeats > 0) & (spent > 0)
    times = buyers.repeats[some].astype(float)
    return times, spent[some] / times


def mean_spend(buyers: Buyers, fit: Fit | None, unit: float) -> Floats:
    """Minor units to be expected at an order of each; without a model, what all spend on average."""
    orders = buyers.repeats + 1.0
    if fit is None:
        return np.full(len(orders), float(buyers.paid.sum()) / max(float(orders.sum()), 1.0))
    own = np.maximum(buyers.paid, 0.0) / unit / orders
    return gamma_gamma.GammaGamma(fit.values).expected(np.where(own > 0, orders, 0.0), own) * unit


def value(
    buyers: Buyers, orders: Callable[[int], Floats], none: Floats, each: Floats, *, spread: float
) -> Value:
    """What each will spend: orders by days ahead, the chance of none in a year, and minor units at an order.

    Those vary by `spread`, their variance over the square of their mean.
    """
    by_quarter = np.column_stack([orders(days) for days in _QUARTERS])
    steps = np.diff(by_quarter, axis=1, prepend=0.0)
    middles = (np.array([0, *_QUARTERS[:-1]]) + np.array(_QUARTERS)) / 2
    worth = np.asarray(steps @ ((1 + DISCOUNT_A_YEAR) ** (-middles / 365)) * each, dtype=float)
    low, high = _between(worth, by_quarter[:, -1], none, buyers.repeats.astype(float) + 1, spread)
    return Value(orders(90) * each, worth, low, high)


def _between(
    worth: Floats, orders: Floats, none: Floats, seen: Floats, spread: float
) -> tuple[Floats, Floats]:
    """The middle eight tenths of what a year may be worth: nothing with the chance of no order, else a gamma law.

    Given that they come, orders vary as counts whose rate is known from so many seen, and spends from time to time.
    """
    from scipy.special import gammaincinv

    comes = np.clip(1 - none, 1e-9, 1.0)
    coming = np.maximum(orders / comes, 1.0)
    relative = np.maximum((1 + spread) / coming + 1 / seen, 0.02)
    shape = 1 / relative
    bounds = []
    for level in (_TAIL, 1 - _TAIL):
        within = np.clip((level - (1 - comes)) / comes, 0.0, 1.0)
        bounds.append(gammaincinv(shape, within) / shape * worth / comes)
    return np.nan_to_num(bounds[0]), np.nan_to_num(bounds[1])
