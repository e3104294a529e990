"""What to sell, from files to sentences: what is out of stock, and what is searched for on the site in vain."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from small_files import Clock, Filled, NewShop, Write

from regulars.errors import NotFound, Refused
from regulars.flow.searches import search_of
from regulars.shop import Shop

pytestmark = pytest.mark.slow

CATALOGUE = (
    "Product ID,Product Name,Category,Price,Stock",
    "KET,Kettle,Kitchen,20.00,0",
    "TEA,Tea,Food,5.00,12",
)


def _missed(shop: Shop, write: Write) -> None:
    """Four people bought kettles three times in North, and none is left; six searched for oat milk."""
    orders = [
        f"{person}{n},2024-0{n + 1}-10,C{person},KET,Kettle,1,20.00,CAD,North"
        for person in range(1, 5)
        for n in range(3)
    ]
    header = "Order ID,Order Date,Customer ID,Product ID,Product Name,Quantity,Price,Currency,Store"
    people = ["Customer ID,Email", *(f"C{n},c{n}@example.ca" for n in range(1, 9))]
    searches = [
        {
            "type": "track", "event": "Products Searched", "messageId": f"m{n}", "timestamp": f"2024-05-2{n}T15:00:00Z",
            "context": {"traits": {"email": f"c{n}@example.ca"}}, "properties": {"query": "Oat milk", "results": 0},
        }
        for n in range(1, 7)
    ]  # fmt: skip
    shop.load([write("till/customers.csv", *people)], source="till")
    shop.load([write("till/orders.csv", header, *orders)], source="till")
    shop.load([write("products.csv", *CATALOGUE)])
    shop.load([write("site.jsonl", *(json.dumps(one) for one in searches))])
    shop.build("2024-06-01")


@pytest.fixture
def missed(filled: Filled) -> Shop:
    return filled(_missed)


def test_what_is_out_of_stock_and_what_is_searched_for_in_vain_is_said(missed: Shop) -> None:
    told = missed.assortment()
    assert [(one.how, one.name, one.people) for one in told.found] == [
        ("out_of_stock", "Kettle", 4), ("searched", "oat milk", 6)
    ]  # fmt: skip
    assert told.found[0].worth_a_year == 4 * 3 * 2000
    assert told.found[0].reason.en.endswith("none is in stock: $240.00 in a year.")
    assert told.found[0].reason.en.startswith("4 customers (1 to 10 when luck is allowed for) bought Kettle")
    assert {one.kind: one.enough for one in told.footings} == {
        "wins": False, "loses": False, "together": False, "missing": True
    }  # fmt: skip


def test_stock_is_that_of_the_day_and_where_none_is_known_it_is_said(new_shop: NewShop, write: Write) -> None:
    clock = Clock()
    shop = new_shop(now=clock)
    header = "Order ID,Order Date,Customer ID,Product ID,Product Name,Quantity,Price,Currency"
    orders = [
        f"{person}{n},2024-0{n + 1}-10,C{person},KET,Kettle,1,20.00,CAD"
        for person in range(1, 5)
        for n in range(3)
    ]
    shop.load([write("orders.csv", header, *orders)], source="till")
    shop.load([write("products.csv", CATALOGUE[0], "KET,Kettle,Kitchen,20.00,7", CATALOGUE[2])])
    clock.now += timedelta(days=30)
    shop.load([write("products.csv", *CATALOGUE)])
    shop.load([write("june.csv", header, "99,2024-06-30,C9,TEA,Tea,1,5.00,CAD")], source="till")

    def missing(day: str | None) -> tuple[list[str], str]:
        shop.build(day)
        told = shop.assortment()
        (footing,) = (one for one in told.footings if one.kind == "missing")
        return [one.name for one in told.found], footing.note.en

    assert missing("2024-05-20") == (
        [],
        "Nothing is known to be missed. Stock in the files of articles, searches on the site, reviews and requests"
        " would tell. What was in stock on that day is not known: stock was first told on Jun 1, 2024. A build without"
        " `--as-of` uses the newest.",
    )
    why = next(one.why.en for one in shop.models() if one.name == "next_products")
    assert "What was in stock on that day is not known: stock was first told on Jun 1, 2024." in why
    names, note = missing("2024-06-20")
    assert (names, note.endswith("What is in stock is as it was told up to Jun 1, 2024.")) == ([], True)
    names, note = missing(None)
    assert (names, note.endswith("What is in stock is as it was told up to Jul 1, 2024.")) == (
        ["Kettle"],
        True,
    )


def test_an_odd_search_is_read_as_far_as_it_can_be_and_stops_no_build(shop: Shop, write: Write) -> None:
    odd: list[dict[str, object]] = [
        {"results": "²"}, {"results": "9" * 23}, {"products": "[object Object]"}, {"products": "[{a"},
        {"products": "[" * 9_000}, {"results": "9" * 5_000}, {"results": "٣"},
    ]  # fmt: skip
    searches = [
        {
            "type": "track", "event": "Products Searched", "messageId": f"m{n}", "timestamp": f"2024-05-2{n}T15:00:00Z",
            "userId": f"U{n}", "properties": {"query": "Oat milk", **more},
        }
        for n, more in enumerate(odd)
    ]  # fmt: skip
    shop.load([write("site.jsonl", *(json.dumps(one) for one in searches))])

    assert shop.build("2024-06-01").people == len(odd)
    for one in odd:
        told = {name: str(value) for name, value in one.items()}
        assert search_of(json.dumps({"query": "Oat milk", **told})) == ("oat milk", None)


def test_a_store_is_told_by_itself(missed: Shop) -> None:
    north = missed.assortment(store="north")
    assert (north.scope, north.store, [one.name for one in north.found]) == ("store", "North", ["Kettle"])


def test_the_table_has_its_money_in_dollars(missed: Shop) -> None:
    rows = missed.table("assortment").to_pylist()
    assert {row["worth_a_year"] for row in rows if row["key"] == "KET"} == {240.0}


def test_a_store_or_persona_that_is_none_is_named_with_those_there_are(missed: Shop) -> None:
    with pytest.raises(NotFound) as unknown:
        missed.assortment(store="Nort")
    assert "North" in unknown.value.next_step
    with pytest.raises(NotFound, match="there is no persona 'x'"):
        missed.assortment(persona="x")
    with pytest.raises(NotFound, match="there is no persona 'persona_1'"):
        missed.assortment(store="North", persona="persona_1")


def test_before_the_first_build_nothing_is_told(shop: Shop) -> None:
    with pytest.raises(Refused):
        shop.assortment()
