"""The models of coming back say what their papers print."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bench.smart.real_days import WEEK_39, cdnow_days

from regulars.predict.timing.btyd import gamma_gamma
from regulars.predict.timing.btyd import histories as numbers
from regulars.predict.timing.btyd.bg_nbd import BGNBD
from regulars.predict.timing.btyd.histories import grouped, histories
from regulars.predict.timing.btyd.pareto_nbd import ParetoNBD
from regulars.predict.timing.orders import OrderDays, came, known
from regulars.predict.timing.outlook import MODELS
from regulars.predict.timing.value import repeat_spend

BG = np.array([0.243, 4.414, 0.793, 2.426])
PARETO = np.array([0.553, 10.578, 0.606, 11.669])


def test_a_customer_of_the_paper_is_expected_to_order_as_printed() -> None:
    """Fader, Hardie & Lee (2005): x = 2, t_x = 30.43, T = 38.86 gives 1.226 orders in the next 39 weeks."""
    first = histories([2], [30.43], [38.86])
    assert round(float(BGNBD(BG).expected(first, 39)[0]), 3) == 1.226


def test_a_frequent_customer_is_expected_to_order_as_the_authors_package_prints() -> None:
    """Customer 1516 of CDNOW in the vignette of BTYD: 26 repeat orders, the last in week 30.86 of 31."""
    frequent = histories([26], [30.86], [31.0])
    assert round(float(BGNBD(BG).expected(frequent, 52)[0]), 1) == 25.8
    assert round(float(BGNBD(BG).alive(frequent)[0]), 3) == 0.969
    assert round(float(ParetoNBD(PARETO).expected(frequent, 52)[0]), 1) == 25.5
    assert round(float(ParetoNBD(PARETO).alive(frequent)[0]), 3) == 0.998


def test_all_customers_together_spend_at_an_order_as_printed() -> None:
    """Fader & Hardie (2013): p 6.25, q 3.74, v 15.44 make a mean of p v / (q - 1) dollars."""
    nobody_known = gamma_gamma.GammaGamma(np.array([6.25, 3.74, 15.44])).expected(np.zeros(1), np.zeros(1))
    assert round(float(nobody_known[0]), 2) == 35.22


@pytest.mark.parametrize("name", list(MODELS))
def test_the_gradient_is_how_the_likelihood_changes(name: str) -> None:
    from regulars.predict.timing.btyd import leaving, pareto_nbd

    of = histories([0, 1, 3, 40, 2], [0, 5, 20, 38, 0.5], [39, 30, 39, 38, 2])
    at = np.array([0.5, 5.0, 0.7, 3.0])

    def likelihood(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        if name == "pareto_nbd":
            return pareto_nbd.log_likelihood(of, parameters)
        return leaving.log_likelihood(of, parameters, leaves_at_once=name == "mbg_nbd")

    for place, slope in enumerate(likelihood(at)[1]):
        step = np.eye(4)[place] * 1e-6
        found = (likelihood(at + step)[0] - likelihood(at - step)[0]) / 2e-6
        assert found == pytest.approx(slope, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("name", list(MODELS))
def test_no_order_and_orders_expected_agree_over_a_short_time(name: str) -> None:
    """In a short time nobody orders twice, so what is expected is the chance to order at all."""
    model = MODELS[name][1](np.array([0.7, 6.0, 0.6, 8.0]))
    of = histories([0, 1, 30, 300], [0, 5, 30, 39], [20, 30, 39, 39])
    assert 1 - model.none(of, 0.001) == pytest.approx(model.expected(of, 0.001), rel=1e-2)


def test_a_customer_of_today_is_expected_to_order_as_the_formula_of_the_paper_says() -> None:
    """Fader, Hardie & Lee (2005), equation 9; from no history a number of nodes in time alone is far off."""
    from scipy.special import hyp2f1

    new, weeks = histories([0], [0], [0]), 104.0
    for r, alpha, a, b in ((0.243, 4.414, 0.793, 2.426), (1.4, 1.35, 0.9, 1.5), (0.05, 0.5, 5.0, 3.0)):
        share = (alpha / (alpha + weeks)) ** r * hyp2f1(r, b, a + b - 1, weeks / (alpha + weeks))
        printed = (a + b - 1) / (a - 1) * (1 - share)
        found = BGNBD(np.array([r, alpha, a, b])).expected(new, weeks)[0]
        assert found == pytest.approx(printed, rel=1e-5)


@pytest.mark.parametrize("name", list(MODELS))
def test_histories_at_the_edge_give_chances_and_no_warning(name: str) -> None:
    model = MODELS[name][1](np.array([0.02, 0.1, 0.001, 2000.0]))
    of = histories([0, 0, 1000, 1, 5], [0, 0, 52, 0.14, 300], [0, 500, 52, 500, 300])
    for weeks in (0.1, 13.0, 104.0):
        assert ((model.none(of, weeks) >= 0) & (model.none(of, weeks) <= 1)).all()
        assert np.isfinite(model.expected(of, weeks)).all()


def test_customers_with_one_history_are_one_group() -> None:
    of, where = grouped(np.array([0, 2, 0]), np.array([0, 30, 0]), np.array([50, 60, 50]))
    assert of.count.tolist() == [2.0, 1.0]
    assert (of.age[where] * 7).tolist() == [50.0, 60.0, 50.0]


PRINTED = {
    "bg_nbd": ([0.243, 4.414, 0.793, 2.426], -9582.4),
    "pareto_nbd": ([0.553, 10.578, 0.606, 11.669], -9595.0),
}


@pytest.fixture(scope="module")
def cdnow(data: Path) -> OrderDays:
    return cdnow_days(data)


@pytest.mark.data
@pytest.mark.parametrize("name", list(PRINTED))
def test_cdnow_gives_the_parameters_that_were_printed(name: str, cdnow: OrderDays) -> None:
    printed, likelihood = PRINTED[name]
    fit = MODELS[name][0](known(cdnow, WEEK_39).histories)
    assert [round(value, 3) for value in fit.values] == printed
    assert round(fit.log_likelihood, 1) == likelihood
    assert not fit.corner


@pytest.mark.data
def test_cdnow_gives_the_spend_that_was_printed(cdnow: OrderDays) -> None:
    times, means = repeat_spend(known(cdnow, WEEK_39), 100.0)
    assert len(times) == 946
    assert [round(value, 2) for value in gamma_gamma.fitted(times, means).values] == [6.25, 3.74, 15.44]


@pytest.mark.data
def test_cdnow_s_next_39_weeks_are_foretold_as_well_as_printed(cdnow: OrderDays) -> None:
    buyers = known(cdnow, WEEK_39)
    after = came(cdnow, buyers, 39 * 7).orders
    correlations = []
    for name in PRINTED:
        fitted, model = MODELS[name]
        each = model(fitted(buyers.histories).values).expected(buyers.histories, 39)[buyers.where]
        correlations.append(round(float(np.corrcoef(each, after)[0, 1]), 3))
    assert correlations == [0.626, 0.63]


@pytest.mark.data
def test_cdnow_s_repeat_orders_up_to_week_78_are_four_per_cent_under(cdnow: OrderDays) -> None:
    buyers = known(cdnow, WEEK_39)
    fitted, model = MODELS["bg_nbd"]
    new, by_start = np.unique(buyers.age, return_counts=True)
    nobody_yet = histories([0], [0], [0])
    told = model(fitted(buyers.histories).values)
    tracked = np.array([told.expected(nobody_yet, age / 7 + 39)[0] for age in new])
    came_back = buyers.repeats.sum() + came(cdnow, buyers, 39 * 7).orders.sum()
    assert round(float(by_start @ tracked) / came_back - 1, 2) == -0.04


@pytest.mark.parametrize("model", MODELS)
def test_what_some_of_very_many_say_is_mended_to_what_all_say(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The search from a sample of the histories ends where the search over all of them does."""
    chance = np.random.default_rng(3)
    age = chance.integers(30, 400, 8_000)
    stays = np.minimum(age, chance.exponential(300, len(age)))
    repeats = np.minimum(chance.poisson(chance.gamma(0.7, 1 / 30, len(age)) * stays), age)
    last = np.where(repeats > 0, np.maximum(stays * repeats / (repeats + 1), repeats), 0).astype(np.int64)
    of, where = grouped(repeats.astype(np.int64), last, age)
    assert (of.repeats[where] == repeats).all()
    assert len(of.count) < of.customers
    whole = MODELS[model][0](of)
    monkeypatch.setattr(numbers, "_SOME", 1_000)
    assert numbers.some(of) is not None
    quick = MODELS[model][0](of)
    assert list(quick.parameters.values()) == pytest.approx(list(whole.parameters.values()), rel=1e-4)
    assert quick.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-9)
