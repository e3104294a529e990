"""Rhythms, seasons and what treatments would do."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.model.clock import day_number
from regulars.town import Town
from regulars.town.buying import seasons
from regulars.town.effects import TREATMENTS

END = day_number(date(2026, 10, 31))


@pytest.fixture(scope="module")
def effects(town: Town) -> pa.Table:
    return pq.read_table(town.truth["effects"])


def test_the_clock_of_rhythms_runs_back_to_the_same_day() -> None:
    clock = seasons(END - 800, END + 100)
    days = np.linspace(END - 790, END + 90, 500)
    assert clock.days(clock.steps(days)) == pytest.approx(days)


def test_december_sells_more_than_february(town: Town) -> None:
    orders = pq.read_table(town.truth["orders"])
    months = np.array(orders["day"]).astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12 + 1
    assert (months == 12).sum() > 1.3 * (months == 2).sum()


def test_who_left_for_good_does_not_come_back(town: Town) -> None:
    people = pq.read_table(town.truth["people"])
    left = np.array(people["left_day"]) >= 0
    assert left.any()
    assert not np.array(people["orders_next_90d"])[left].any()
    assert (np.array(people["next_order_day"])[left] == -1).all()


def test_every_person_has_an_effect_of_every_treatment(town: Town, effects: pa.Table) -> None:
    assert len(effects) == town.customers * len(TREATMENTS)
    assert set(effects["treatment"].to_pylist()) == {
        "welcome",
        "second_purchase",
        "due",
        "win_back",
        "birthday",
    }


def test_without_a_treatment_it_does_not_matter_which(town: Town, effects: pa.Table) -> None:
    without = np.array(effects["orders_90d_without"]).reshape(len(TREATMENTS), town.customers)
    assert (without == without[0]).all()


def test_what_is_expected_without_treatment_is_what_comes(town: Town, effects: pa.Table) -> None:
    expected = np.array(effects["orders_90d_without"])[: town.customers].sum()
    came = np.array(pq.read_table(town.truth["people"])["orders_next_90d"]).sum()
    assert expected == pytest.approx(came, rel=0.1)


def test_a_message_pays_for_some_and_costs_with_others(effects: pa.Table) -> None:
    gain = np.array(effects["margin_90d_with"]) - np.array(effects["margin_90d_without"])
    assert 0.05 < (gain > 0).mean() < 0.9


def test_who_complains_buys_less_when_written_to(town: Town, effects: pa.Table) -> None:
    complains = np.tile(np.array(pq.read_table(town.truth["people"])["complains"]), len(TREATMENTS))
    gain = np.array(effects["orders_30d_with"]) - np.array(effects["orders_30d_without"])
    assert complains.any()
    assert (gain[complains] <= 0).all()
