"""The trial of an earlier evening: what was foretold on it, marked on what came, beside rules anybody could use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from regulars.model.report import Backtest
from regulars.predict.marks import (
    Flags,
    Mark,
    by_tenths,
    calibration_error,
    deviance,
    mean_error,
    rank_correlation,
    ranked,
    root_mean_square,
)
from regulars.predict.timing.btyd.histories import Floats
from regulars.predict.timing.next_order import HORIZON_DAYS, naive_days, next_orders
from regulars.predict.timing.orders import Came, OrderDays, came
from regulars.predict.timing.outlook import naive_orders, outlook
from regulars.predict.timing.sight import Sight
from regulars.words import Text, both


@dataclass(frozen=True, slots=True)
class Trial:
    """How one model did."""

    backtest: Backtest
    figures: Mapping[str, float] = field(default_factory=dict)
    calibration: tuple[tuple[float, float, int], ...] = ()


def trials(then: Sight, days: OrderDays, unit: float) -> dict[str, Trial]:
    """How each model did on the 90 days after the evening; those that could not be marked are left out."""
    after = came(days, then.buyers, HORIZON_DAYS)
    cut = then.buyers.as_of
    made: dict[str, Trial | None] = {name: _orders(then, days, name, after) for name in then.fits}
    made["gamma_gamma"] = _spend(then, after, unit)
    made["next_order"] = _next_order(then, after, cut)
    made["churn"] = _churn(then, after)
    return {name: one for name, one in made.items() if one is not None}


def _orders(then: Sight, days: OrderDays, name: str, after: Came) -> Trial:
    ahead = outlook(name, then.fits[name], days, then.buyers.as_of)
    ours, rule = ahead.expected(then.buyers, HORIZON_DAYS), naive_orders(then.buyers, HORIZON_DAYS)
    total = max(float(after.orders.sum()), 1.0)
    none = ahead.none(then.buyers, HORIZON_DAYS)
    return Trial(
        _backtest(
            "deviance_of_orders_90d",
            deviance(ours, rule, after.orders),
            both("everybody goes on ordering as often as before"),
            then.buyers.as_of,
        ),
        {
            "total_error": float(ours.sum()) / total - 1,
            "total_error_naive": float(rule.sum()) / total - 1,
            "root_mean_squared_error": root_mean_square(ours, after.orders),
            "root_mean_squared_error_naive": root_mean_square(rule, after.orders),
            "rank_correlation": rank_correlation(ours, after.orders),
            "rank_correlation_naive": rank_correlation(rule, after.orders),
        },
        by_tenths(none, after.orders == 0),
    )


def _spend(then: Sight, after: Came, unit: float) -> Trial | None:
    """Marked on those who came: what they paid at an order."""
    of = (after.orders > 0) & (after.paid > 0) & (then.buyers.paid > 0)
    if then.spend_fit is None or of.sum() < 2:
        return None
    paid = after.paid[of] / after.orders[of] / unit
    own = then.buyers.paid[of] / (then.buyers.repeats[of] + 1) / unit
    mark = mean_error(then.a_time[of] / unit, own, paid)
    ours = float(np.sum(then.a_time[of] / unit * after.orders[of]))
    return Trial(
        _backtest(
            "mean_absolute_error_paid_an_order",
            mark,
            both("what they paid on average so far"),
            then.buyers.as_of,
        ),
        {"total_error": ours / float(np.sum(paid * after.orders[of])) - 1},
    )


def _next_order(then: Sight, after: Came, cut: int) -> Trial | None:
    """The day is marked on those who came and had ordered on three days or more; the interval on all with two or
    more.
    """
    ahead = next_orders(then.outlook, then.buyers)
    back = np.isfinite(after.after)
    of, two = back & (then.buyers.repeats >= 2), then.buyers.repeats >= 1
    if of.sum() < 2:
        return None
    inside = np.where(
        back, (after.after >= ahead.low) & (after.after <= ahead.high), ahead.high > HORIZON_DAYS
    )
    mark = mean_error(ahead.middle[of].astype(float), naive_days(then.buyers)[of], after.after[of])
    rule = both("their usual gap after the last order, or tomorrow when that is past")
    return Trial(
        _backtest("mean_absolute_error_days", mark, rule, cut),
        {
            "interval_coverage": float(inside[two].mean()),
            "interval_open_share": float((ahead.high > HORIZON_DAYS)[two].mean()),
        },
    )


def _churn(then: Sight, after: Came) -> Trial | None:
    away: Flags = after.orders == 0
    if then.churn is None or not away.any() or away.all():
        return None
    chance = then.churn.none(then.outlook, then.buyers)
    model: Floats = then.outlook.none(then.buyers, HORIZON_DAYS)
    mark = ranked(chance, -then.buyers.repeats.astype(float), away)
    return Trial(
        _backtest("auc", mark, both("the fewer orders, the likelier to stay away"), then.buyers.as_of),
        {
            "calibration_error": calibration_error(chance, away),
            "foretold_share": float(chance.mean()),
            "came_share": float(away.mean()),
            "auc_of_the_model_of_coming_back": ranked(model, model, away).ours,
        },
        by_tenths(chance, away),
    )


def _backtest(measure: str, mark: Mark, rule: Text, cut: int) -> Backtest:
    return Backtest(
        measure=measure, ours=mark.ours, naive=mark.naive, naive_rule=rule, higher_is_better=measure == "auc",
        n=mark.n, cut=cut, horizon_days=HORIZON_DAYS, gain_low=mark.low, gain_high=mark.high,
    )  # fmt: skip
