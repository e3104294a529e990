"""What is foretold of real shops, on evenings whose future is known, is nearer than by plain rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from bench.smart.real_days import cdnow_days, online_retail_days

from regulars.model.clock import day_number
from regulars.predict.timing.sight import sight
from regulars.predict.timing.trial import Trial, trials

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def giftware(data: Path) -> dict[str, Trial]:
    """UCI Online Retail, seen on 10 September 2011 and marked on the 90 days after."""
    days = online_retail_days(data)
    then = sight(days, day_number(date(2011, 9, 10)), 100.0)
    assert then is not None
    return trials(then, days, 100.0)


def test_the_next_order_of_the_same_1016_customers_is_less_than_22_days_off(
    giftware: dict[str, Trial],
) -> None:
    tested = giftware["next_order"].backtest
    assert tested.n == 1016
    assert tested.ours < 20 < tested.naive
    assert tested.beats


def test_eight_next_orders_of_ten_fall_within_the_days_named(giftware: dict[str, Trial]) -> None:
    assert 0.76 <= giftware["next_order"].figures["interval_coverage"] <= 0.84


def test_who_stays_away_is_told_better_than_by_frequency_alone(giftware: dict[str, Trial]) -> None:
    tested = giftware["churn"].backtest
    assert tested.n == 3370
    assert round(tested.naive, 4) == 0.7225
    assert tested.ours >= 0.740
    assert tested.beats
    assert tested.ours > giftware["churn"].figures["auc_of_the_model_of_coming_back"]


@pytest.mark.parametrize("evening", [date(1997, 9, 30), date(1997, 12, 31), date(1998, 3, 31)])
def test_all_of_cdnow_is_foretold_better_than_by_plain_rules_on_any_evening(
    data: Path, evening: date
) -> None:
    days = cdnow_days(data, master=True)
    then = sight(days, day_number(evening), 100.0)
    assert then is not None
    tried = trials(then, days, 100.0)
    for name in ("bg_nbd", "mbg_nbd", "pareto_nbd", "gamma_gamma", "next_order", "churn"):
        assert tried[name].backtest.beats, name
    assert abs(tried[then.outlook.name].figures["total_error"]) < 0.2
    assert tried["churn"].figures["calibration_error"] < 0.03
