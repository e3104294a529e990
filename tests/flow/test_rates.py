"""Money of another currency counts at the rate of its day; without one it is in no sum, and its order still counts."""

from __future__ import annotations

import pytest
from small_files import NewShop, Write

pytestmark = pytest.mark.slow

ORDERS = "order,customer id,date,sku,paid,currency"
RATES = "Currency,Date,Rate"


def test_the_latest_rate_on_or_before_the_day_holds(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    lines = ("A,1,2024-01-05,TEA,10.00,EUR", "B,1,2024-01-20,TEA,10.00,EUR", "C,1,2024-01-21,TEA,1000,JPY",
             "D,1,2024-01-01,TEA,10.00,EUR", "E,1,2024-01-22,TEA,0.05,USD", "F,1,2024-01-22,TEA,4.00,CAD")  # fmt: skip
    shop.load([write("orders.csv", ORDERS, *lines)])
    assert shop.build("2024-01-31").left_out == {"EUR": 3, "JPY": 1, "USD": 1}
    rates = ("EUR,2024-01-02,1.5", "eur,2024-01-20,1.6", "JPY,2024-01-02,0.0091", "USD,2024-01-02,1.3",
             "EUR,2024-01-05,0", "Euro,2024-01-05,2", "EUR,someday,2")  # fmt: skip
    (loaded,) = shop.load([write("rates.csv", RATES, *rates)])
    assert (loaded.kind, loaded.accepted, loaded.rejected) == ("rates", 4, 3)
    shop.plan("2024-01-31")
    built = shop.build("2024-01-31")
    assert (built.left_out, built.converted) == ({"EUR": 1}, {"EUR": 2, "JPY": 1, "USD": 1})
    (row,) = shop.table("indicators").to_pylist()
    assert row["orders_lifetime"] == 6
    assert row["spend_lifetime"] == 15.00 + 16.00 + 9.10 + 0.07 + 4.00


def test_a_rate_told_anew_stands_in_the_place_of_the_old_one_and_can_be_undone(
    new_shop: NewShop, write: Write
) -> None:
    shop = new_shop()
    shop.load([write("orders.csv", ORDERS, "A,1,2024-01-05,TEA,10.00,EUR")])
    shop.load([write("rates.csv", RATES, "EUR,2024-01-02,1.5")], source="bank", kind="rates")
    (second,) = shop.load([write("later.csv", RATES, "EUR,2024-01-02,1.7")], source="bank", kind="rates")
    shop.build("2024-01-31")
    assert shop.table("indicators")["spend_lifetime"].to_pylist() == [17.0]
    assert second.import_id is not None
    shop.undo(second.import_id)
    shop.build("2024-01-31")
    assert shop.table("indicators")["spend_lifetime"].to_pylist() == [15.0]
