"""The baseline: what a shop was at its first build, for ever; beside it the last build, and who came back when."""

from __future__ import annotations

import pytest
from small_files import Write

from regulars.errors import Refused
from regulars.shop import Shop

pytestmark = pytest.mark.slow

ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"


def line(number: int, day: str, who: str) -> str:
    return f"{number},2024-{day} 10:00,{who},MUG,1,10"


def test_cohorts_tell_who_bought_again_in_each_ended_month(shop: Shop, write: Write) -> None:
    lines = [
        line(1, "01-05", "A"), line(2, "01-20", "A"), line(3, "02-11", "A"), line(4, "01-31", "B"),
        line(5, "03-01", "B"), line(6, "02-02", "C"), line(7, "05-02", "A"),
    ]  # fmt: skip
    shop.load([write("till.csv", ORDERS, *lines)], source="till")
    shop.build("2024-05-20")
    then, now = shop.then_and_now()
    assert then == now
    january, february = now.cohorts
    assert (january.month, january.buyers, january.came_again) == ("2024-01", 2, {1: 0.5, 2: 0.5, 3: 0.0})
    assert (february.month, february.buyers, february.came_again) == ("2024-02", 1, {1: 0.0, 2: 0.0})
    shop.build("2024-05-31")
    _, ended = shop.then_and_now()
    assert ended.cohorts[0].came_again == {1: 0.5, 2: 0.5, 3: 0.0, 4: 0.5}


def test_a_baseline_stands_while_the_shop_moves(shop: Shop, write: Write) -> None:
    shop.load([write("one.csv", ORDERS, line(1, "01-05", "A"))], source="till")
    shop.build("2024-02-01")
    shop.load([write("two.csv", ORDERS, line(2, "02-05", "A"), line(3, "02-06", "B"))], source="till")
    shop.build("2024-03-01")
    then, now = shop.then_and_now()
    assert (then.figures["buyers"], now.figures["buyers"]) == ((1.0, "count"), (2.0, "count"))
    assert (then.figures["repeat_buyer_share"][0], now.figures["repeat_buyer_share"][0]) == (0.0, 0.5)
    assert now.figures["records_per_person"] == (1.0, "score")


def test_without_a_buyer_there_is_no_baseline(shop: Shop, write: Write) -> None:
    with pytest.raises(Refused, match="nothing has been built"):
        shop.then_and_now()
    shop.load([write("people.csv", "id,email", "1,a@example.com")], source="crm")
    shop.build("2024-02-01")
    with pytest.raises(Refused, match="nobody is known to have bought"):
        shop.then_and_now()
