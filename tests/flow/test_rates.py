"""Money of another currency counts at the rate of its day; without one it is in no sum, and its order still counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_files import NewShop, Write

from regulars.shop import Shop

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


def notes(shop: Shop, file: Path) -> list[str]:
    return [
        note
        for one in shop.load([file])
        for note in one.notes
        if "its money does" in note or "their money" in note
    ]


def test_a_load_says_of_which_currency_no_money_counts_and_what_mends_it(shop: Shop, write: Write) -> None:
    pounds = [f"{order},1,2024-01-05,TEA,10.00,GBP" for order in "AAB"]
    [said] = notes(shop, write("orders.csv", ORDERS, *pounds))
    assert said.startswith("2 orders are in GBP")
    assert 'currency = "GBP"' in said
    assert notes(shop, write("orders.csv", ORDERS, *pounds)) == [], "nothing new came"
    mixed = ("C,1,2024-01-05,TEA,1.00,CAD", "D,1,2024-01-05,TEA,1.00,USD", "E,1,2024-02-05,TEA,1.00,EUR",
             "F,1,2024-01-05,TEA,1.00,EUR")  # fmt: skip
    write("new/rates.csv", RATES, "EUR,2024-02-01,1.5")
    euros, dollars = notes(shop, write("new/more.csv", ORDERS, *mixed).parent)
    assert euros.startswith("1 order is in EUR")
    assert dollars.startswith("1 order is in USD")
    assert "rates" in dollars
    assert "[shop]" not in dollars


def test_a_load_in_the_currency_of_the_shop_says_nothing_of_it(shop: Shop, write: Write) -> None:
    assert notes(shop, write("orders.csv", ORDERS, "A,1,2024-01-05,TEA,10.00,CAD")) == []
