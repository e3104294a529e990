"""Value and timing: who orders again, when, how often, and what that is worth; each beside what a plain rule would
say.

Customers are summed up by when they ordered. Three models of coming back are fitted and compared; the likeliest one
speaks, where it came closer than "they go on as before" on the 90 days before the shop day, which it had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from regulars.engine import Session
from regulars.model.money import minor_digits
from regulars.model.report import ModelReport
from regulars.predict.timing import churn
from regulars.predict.timing.btyd.histories import Floats
from regulars.predict.timing.next_order import HORIZON_DAYS, naive_days, next_orders
from regulars.predict.timing.orders import SQL, Buyers, known, order_days
from regulars.predict.timing.outlook import naive_orders
from regulars.predict.timing.reports import reports, trusted
from regulars.predict.timing.sight import Sight, sight
from regulars.predict.timing.trial import Trial, trials
from regulars.predict.timing.value import value

_MONTH_DAYS = 30
_PLACES = 6
_SCHEMA = pa.schema(
    [
        ("person", pa.int64()), ("enough_data", pa.bool_()), ("next_order_day", pa.int64()),
        ("next_order_low", pa.int64()), ("next_order_high", pa.int64()), ("no_order_30d", pa.float64()),
        ("no_order_90d", pa.float64()), ("expected_orders_90d", pa.float64()), ("expected_spend_90d", pa.int64()),
        ("value_365d", pa.int64()), ("value_365d_low", pa.int64()), ("value_365d_high", pa.int64()),
    ]
)  # fmt: skip


def predict(session: Session, as_of: int, currency: str) -> Sequence[ModelReport]:
    """Make the relation `predictions`, a row a person, and say how much each model knows."""
    with threadpool_limits(1):  # many small sums: threads would only wait for each other
        return _predict(session, as_of, currency)


def _predict(session: Session, as_of: int, currency: str) -> Sequence[ModelReport]:
    days, unit = order_days(session), float(10 ** minor_digits(currency))
    now = sight(days, as_of, unit)
    then = sight(days, as_of - HORIZON_DAYS, unit) if now else None
    tried = trials(then, days, unit) if then else {}
    foretold = _SCHEMA.empty_table()
    if now is not None:
        chance_30d = churn.learnt(days, as_of, now.outlook, _MONTH_DAYS)
        foretold = _foretold(now, tried, chance_30d, _kept(session), unit)
    session.table("foretold", foretold)
    session.create("predictions", SQL["predictions"].format(as_of=as_of))
    return reports(as_of, now, now.buyers if now else known(days, as_of), days.first, tried)


def _kept(session: Session) -> float:
    """The share of sales that was not given back for returns, 0..1."""
    paid, back = (float(one[0].as_py()) for one in session.rows(SQL["kept"]).columns)
    return min(max((paid + back) / paid, 0.0), 1.0) if paid > 0 else 1.0


def _foretold(
    now: Sight, tried: Mapping[str, Trial], month: churn.Churn | None, kept: float, unit: float
) -> pa.Table:
    buyers = now.buyers
    by_model = trusted(now.outlook.name, tried)
    a_time = now.a_time
    if not trusted("gamma_gamma", tried):
        a_time = np.maximum(buyers.paid, 0.0) / (buyers.repeats + 1)
    spread = 1 / now.spend_fit.parameters["p"] if now.spend_fit else 1.0

    def orders(horizon: int) -> Floats:
        """Orders expected of each buyer within so many days, by the model where it is trusted."""
        return now.outlook.expected(buyers, horizon) if by_model else naive_orders(buyers, horizon)

    worth = value(buyers, orders, now.outlook.none(buyers, 365), a_time * kept, spread=spread)
    ahead = next_orders(now.outlook, buyers)
    middle = ahead.middle
    if not trusted("next_order", tried):
        middle = np.where(buyers.repeats > 0, naive_days(buyers), middle).astype(np.int64)
        middle = np.clip(middle, ahead.low, ahead.high)
    none_30d, none_90d = _none(now, month, trusted("churn", tried))
    columns = {
        "person": buyers.person, "enough_data": np.ones(len(middle), dtype=bool),
        "next_order_day": buyers.as_of + middle,
        "next_order_low": buyers.as_of + ahead.low,
        "next_order_high": buyers.as_of + ahead.high,
        "no_order_30d": np.round(none_30d, _PLACES), "no_order_90d": np.round(none_90d, _PLACES),
        "expected_orders_90d": np.round(orders(HORIZON_DAYS), _PLACES),
        "expected_spend_90d": np.rint(worth.spend_90d), "value_365d": np.rint(worth.value_365d),
        "value_365d_low": np.rint(worth.low), "value_365d_high": np.rint(worth.high),
    }  # fmt: skip
    arrays = [pa.array(columns[one.name]).cast(one.type) for one in _SCHEMA]
    return pa.table(arrays, schema=_SCHEMA)


def _none(now: Sight, month: churn.Churn | None, learnt: bool) -> tuple[Floats, Floats]:
    """The chance of no order in 30 and in 90 days; the longer one is never the larger."""
    buyers: Buyers = now.buyers
    by_model = [now.outlook.none(buyers, days) for days in (_MONTH_DAYS, HORIZON_DAYS)]
    none_90d = now.churn.none(now.outlook, buyers) if now.churn and learnt else by_model[1]
    none_30d = month.none(now.outlook, buyers) if month and learnt else by_model[0]
    return np.maximum(none_30d, none_90d), none_90d
