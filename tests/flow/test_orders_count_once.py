"""One order that several sources tell counts once, whoever tells it first and however its number is written."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from small_files import NewShop, Write

from properties import tried
from regulars.shop import Shop

HEADER = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
SPELLINGS = ("{}", "#{}", "'{}", " {} ", "# {}")
#: The till is trusted most; the web file and the webhook are equal, and the one heard of last wins.
ONE_SHOP = """
[sources.till]
order_space = "shop"
customers = "crm"
rank = 10
[sources.web]
order_space = "shop"
customers = "crm"
[sources.hook]
order_space = "shop"
customers = "crm"
"""
#: What each source says an order came to: they never quite agree.
PRICES = {"till": 1000, "web": 1100, "hook": 1200}

told = st.lists(
    st.tuples(
        st.sampled_from(sorted(PRICES)),
        st.sets(st.sampled_from([1001, 1002, 1003]), min_size=1),
        st.sampled_from(SPELLINGS),
    ),
    min_size=1,
    max_size=5,
)


def lines(source: str, orders: set[int], spelling: str) -> list[str]:
    """Two lines an order, of a customer who is the same in each source."""
    price = PRICES[source] / 200
    return [
        f"{spelling.format(order)},2024-05-{order - 1000:02},C{order},P{n},1,{price:.2f}"
        for order in sorted(orders)
        for n in (1, 2)
    ]


def winner(files: list[tuple[str, set[int], str]], order: int) -> str:
    """The till if it told of the order; else who was the last to say something new, were it a new spelling."""
    said: dict[str, str] = {}
    last = ""
    for source, orders, spelling in files:
        if order in orders and said.get(source) != spelling:
            said[source], last = spelling, source
    return "till" if "till" in said else last


@pytest.mark.slow
@tried(4)
@given(files=told)
@example(
    files=[("web", {1001}, "#{}"), ("hook", {1001}, "'{}"), ("till", {1001}, "{}"), ("web", {1001}, "{}")]
)
def test_any_mix_of_three_sources_counts_each_order_once(
    new_shop: NewShop, write: Write, files: list[tuple[str, set[int], str]]
) -> None:
    shop = new_shop(ONE_SHOP)
    for number, (source, orders, spelling) in enumerate(files):
        shop.load([write(f"{number}.csv", HEADER, *lines(source, orders, spelling))], source=source)
    shop.build("2024-06-01")
    everybody = {order for _source, orders, _spelling in files for order in orders}
    wins = {order: winner(files, order) for order in everybody}
    counted = {
        row["customer_key"]: (row["source"], row["order_id"]) for row in shop.table("orders").to_pylist()
    }
    assert counted == {f"C{order}": (source, str(order)) for order, source in wins.items()}
    found = shop.table("profiles").to_pylist()
    spends = sorted(round(100 * row["spend_lifetime"]) for row in found if row["orders_lifetime"])
    assert [row["orders_lifetime"] for row in found] == [1] * len(everybody)
    assert spends == sorted(PRICES[source] for source in wins.values())


@pytest.mark.slow
def test_the_accounts_that_lost_stay_as_evidence(new_shop: NewShop, write: Write) -> None:
    shop = new_shop(ONE_SHOP)
    for source in ("web", "hook", "till"):
        shop.load([write(f"{source}.csv", HEADER, *lines(source, {1001}, "#{}"))], source=source)
    shop.build("2024-06-01")
    assert {row["source"] for row in shop.table("orders").to_pylist()} == {"till"}
    with shop.ground.store.read() as connection:
        kept = connection.exec_driver_sql("select source, count(*) from order_lines group by source").all()
    assert sorted(map(tuple, kept)) == [("hook", 2), ("till", 2), ("web", 2)]
    shop.undo(3)
    shop.build("2024-06-01")
    assert {row["source"] for row in shop.table("orders").to_pylist()} == {"hook"}


@pytest.mark.slow
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_same_file_with_numbers_spelt_otherwise_is_the_same_orders(
    shop: Shop, write: Write, spelling: str
) -> None:
    shop.load([write("a.csv", HEADER, *lines("till", {1001, 1002}, "{}"))], source="till")
    shop.load([write("b.csv", HEADER, *lines("till", {1001, 1002}, spelling))], source="till")
    assert len(shop.table("orders")) == 4


def test_sources_that_share_no_numbering_have_orders_of_their_own(shop: Shop, write: Write) -> None:
    for source in ("till", "web"):
        shop.load([write(f"{source}.csv", HEADER, *lines(source, {1001}, "{}"))], source=source)
    assert sorted(row["order_space"] for row in shop.table("orders").to_pylist()) == [
        "till",
        "till",
        "web",
        "web",
    ]
