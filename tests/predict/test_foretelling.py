"""What may come of the customers of a shop, and when nothing is said of it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.predict.conftest import Foretell, made_up

from regulars.predict.timing.btyd.bg_nbd import BGNBD
from regulars.predict.timing.orders import OrderDays
from regulars.predict.timing.season import season

DAYS = 500


def test_an_empty_shop_is_told_what_is_missing(foretell: Foretell) -> None:
    people, models = foretell([], 100, people=3)
    assert [row["enough_data"] for row in people.values()] == [False] * 3
    assert {row["value_365d"] for row in people.values()} == {None}
    assert sorted(models) == ["bg_nbd", "churn", "gamma_gamma", "mbg_nbd", "next_order", "pareto_nbd"]
    for one in models.values():
        assert not one.speaks
        assert not one.enough_data
        assert "200" in one.why.en
        assert "200" in one.why.fr


def test_fifty_customers_are_too_few_to_foretell_anything(foretell: Foretell) -> None:
    people, models = foretell(made_up(50, DAYS), DAYS)
    assert not any(row["enough_data"] for row in people.values())
    assert not any(one.speaks for one in models.values())
    assert models["bg_nbd"].n == 50


def test_everybody_has_a_row_and_who_never_bought_an_empty_one(foretell: Foretell) -> None:
    people, models = foretell(made_up(600, DAYS), DAYS, people=610)
    assert len(people) == 610
    assert people[605]["enough_data"] is False
    assert people[605]["no_order_90d"] is None
    assert [one.name for one in models.values() if one.speaks and one.name.endswith("nbd")] != []
    for row in (row for row in people.values() if row["enough_data"]):
        assert DAYS < row["next_order_low"] <= row["next_order_day"] <= row["next_order_high"]
        assert 0 <= row["no_order_90d"] <= row["no_order_30d"] <= 1
        assert row["expected_orders_90d"] >= 0
        assert 0 <= row["value_365d_low"] <= row["value_365d_high"]
        assert row["expected_spend_90d"] <= row["value_365d"]


def test_the_same_facts_give_the_same_figures(foretell: Foretell) -> None:
    orders = made_up(400, DAYS)
    assert foretell(orders, DAYS) == foretell(orders, DAYS)


def test_what_comes_later_changes_nothing(foretell: Foretell) -> None:
    orders = made_up(400, DAYS)
    known = [order for order in orders if order[1] <= 350]
    assert foretell(orders, 350) == foretell(known, 350)


def test_the_longer_somebody_is_silent_the_less_is_expected_of_them(foretell: Foretell) -> None:
    often = [(person, day, 5000) for person in (9001, 9002) for day in range(200, 320, 10)]
    orders = [*made_up(600, DAYS), *often, (9002, DAYS - 5, 5000)]
    people, _models = foretell(orders, DAYS)
    assert people[9001]["no_order_90d"] > people[9002]["no_order_90d"] + 0.2
    assert people[9001]["value_365d"] < people[9002]["value_365d"]
    assert people[9001]["next_order_day"] > people[9002]["next_order_day"]


@pytest.mark.parametrize(
    "orders",
    [
        [(1, 90, 100)],
        [(person, 90, 0) for person in range(300)],
        [(person, 10, 500) for person in range(300)],
        [(person, 10 + n, 0) for person in range(300) for n in range(2)],
        [(person, 10 + n * 20, -500) for person in range(300) for n in range(4)],
        [(person, 10 + n, 700) for person in range(300) for n in range(91)],
        [(person, 3 * (person % 3) + 40 * n, 700) for person in range(300) for n in range(3)],
    ],
    ids=[
        "one order",
        "all today",
        "all once",
        "nothing paid",
        "money given back",
        "every day",
        "like clocks",
    ],
)
def test_odd_shops_raise_nothing_and_warn_of_nothing(
    foretell: Foretell, orders: list[tuple[int, int, int]]
) -> None:
    people, models = foretell(orders, 100)
    assert len(people) == len({person for person, _day, _paid in orders})
    assert len(models) == 6
    for one in models.values():
        assert one.as_json()


def test_december_is_known_after_three_years_and_not_after_one() -> None:
    def busy(day: int) -> float:
        return 3.0 if (day % 365) >= 334 else 1.0

    orders = sorted({(person, day) for person, day, _paid in made_up(800, 1095, busy=busy)})
    person, day = (np.array(one, dtype=np.int64) for one in zip(*orders, strict=True))
    days = OrderDays(person, day, np.ones(len(day)), np.zeros(len(day)))
    model = BGNBD(np.array([1.5, 60 / 7, 1.0, 12.0]))
    months = season(days, 1094, model.expected).months
    assert max(months, key=lambda month: months[month]) == 12
    assert 2.0 < months[12] / np.mean([months[month] for month in range(2, 11)]) < 3.5
    assert np.mean([months[month] for month in range(1, 13)]) == pytest.approx(1, abs=0.02)
    assert season(days, 364, model.expected).months == {}
    ahead = season(days, 1094 - 31, model.expected).ahead
    assert ahead[31] > 1.7 * 31 / 7
