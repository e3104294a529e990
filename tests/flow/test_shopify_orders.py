"""A Shopify export adds up: what the orders came to without tax and shipping is what their lines were paid."""

from __future__ import annotations

from collections import Counter

import pytest
from small_files import NewShop, Write

from regulars.shop import Shop

HEADER = (
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Cancelled at,"
    "Refunded Amount"
)
WHEN = "2024-05-02 10:00:00 -0400"


def order(
    name: str, status: str, money: str, *lines: str, cancelled: str = "", refunded: str = "0.00"
) -> list[str]:
    """An order: `money` is subtotal, shipping, taxes, total, discount; a line quantity, name, price, sku, discount."""
    subtotal, shipping, taxes, total, discount = money.split()
    of_order = f"{status},{WHEN},CAD,{subtotal},{shipping},{taxes},{total},CODE,{discount},{WHEN}"
    first = f"{name},{name[1:]}@example.com,{of_order},{lines[0]},{cancelled},{refunded}"
    return [first, *(f"{name},{name[1:]}@example.com,,,,,,,,,,,{line},," for line in lines[1:])]


def paid(shop: Shop) -> list[float]:
    return [row["paid"] for row in shop.table("orders").to_pylist()]


def test_the_discount_of_an_order_is_shared_over_its_lines_to_the_cent(shop: Shop, write: Write) -> None:
    lines = ("1,Tea,62.95,T,0.00", "1,Cup,37.95,C,0.00", "3,Bag,0.10,B,0.00")
    shop.load([write("o.csv", HEADER, *order("#1", "paid", "91.20 5.00 12.00 108.20 10.00", *lines))])
    rows = shop.table("orders").to_pylist()
    assert [row["paid"] for row in rows] == [56.73, 34.20, 0.27]
    assert round(sum(row["paid"] for row in rows), 2) == 91.20
    assert round(sum(row["discount"] for row in rows), 2) == 10.00
    assert sum(row["tax"] for row in rows) == 12.00
    assert sum(row["shipping"] for row in rows) == 5.00


def test_cents_that_cannot_be_shared_go_to_the_first_of_equal_lines(shop: Shop, write: Write) -> None:
    lines = ["1,Tea,10.00,T,0.00"] * 3
    shop.load([write("o.csv", HEADER, *order("#1", "paid", "29.00 0.00 0.00 29.00 1.00", *lines))])
    assert paid(shop) == [9.66, 9.67, 9.67]


def test_a_discount_that_stands_on_the_lines_too_is_taken_off_once(shop: Shop, write: Write) -> None:
    lines = ("1,Tea,50.00,T,5.00", "1,Cup,50.00,C,5.00")
    shop.load([write("o.csv", HEADER, *order("#1", "paid", "90.00 0.00 0.00 90.00 10.00", *lines))])
    assert paid(shop) == [45.00, 45.00]


def test_a_discount_on_the_shipping_takes_nothing_off_the_goods(shop: Shop, write: Write) -> None:
    free = order("#1", "paid", "100.00 0.00 15.00 115.00 8.00", "1,Tea,60.00,T,0.00", "1,Cup,40.00,C,0.00")
    shop.load([write("o.csv", HEADER, *free)])
    assert paid(shop) == [60.00, 40.00]


def test_tax_inside_the_prices_is_no_money_of_the_shop(shop: Shop, write: Write) -> None:
    lines = ("1,Matcha 100 g,62.95,M1,0.00", "1,Matcha 50 g,37.95,M2,0.00")
    shop.load([write("o.csv", HEADER, *order("#1050", "paid", "100.90 0.00 8.33 100.90 0.00", *lines))])
    assert round(sum(paid(shop)), 2) == 92.57


@pytest.mark.slow
def test_an_amount_given_back_is_a_return_on_the_order_and_no_row_of_the_file(
    shop: Shop, write: Write
) -> None:
    lines = ("1,Tea,100.00,T,0.00", "1,Cup,50.00,C,0.00")
    money = "150.00 0.00 22.50 172.50 0.00"
    [loaded] = shop.load(
        [write("o.csv", HEADER, *order("#1", "partially_refunded", money, *lines, refunded="57.50"))]
    )
    assert (loaded.rows_in, loaded.accepted) == (2, 2)
    back = [row for row in shop.table("orders").to_pylist() if row["is_return"]]
    assert [(row["paid"], row["quantity"], row["product_id"]) for row in back] == [(-50.00, 0, None)]
    shop.build("2024-06-01")
    [person] = shop.table("profiles").to_pylist()
    assert (person["spend_lifetime"], person["orders_lifetime"], person["returns_lifetime"]) == (100.00, 1, 1)
    assert person["return_share"] == pytest.approx(1 / 3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "counts", "returned"),
    [
        ("paid", True, False),
        ("authorized", True, False),
        ("partially_paid", True, False),
        ("pending", False, False),
        ("expired", False, False),
        ("voided", False, True),
        ("refunded", False, True),
    ],
)
def test_only_what_is_paid_or_promised_is_a_sale(
    shop: Shop, write: Write, status: str, counts: bool, returned: bool
) -> None:
    [loaded] = shop.load([write("o.csv", HEADER, *order("#1", status, "20 0 0 20 0", "2,Tea,10.00,T,0.00"))])
    [row] = shop.table("orders").to_pylist()
    assert (row["paid"], row["is_return"]) == (20.00 if counts else 0.00, returned)
    assert any("nobody has paid" in note for note in loaded.notes) == (not counts and not returned)
    shop.build("2024-06-01")
    assert [one["orders_lifetime"] for one in shop.table("profiles").to_pylist()] == [int(counts)]


def test_a_cancelled_order_is_none_whatever_its_payment_says(shop: Shop, write: Write) -> None:
    shop.load(
        [write("o.csv", HEADER, *order("#1", "paid", "20 0 0 20 0", "2,Tea,10.00,T,0.00", cancelled=WHEN))]
    )
    assert paid(shop) == [0.00]


@pytest.mark.slow
def test_a_newer_export_says_what_became_of_an_order(shop: Shop, write: Write) -> None:
    lines = ("1,Tea,60.00,T,0.00", "1,Cup,40.00,C,0.00")
    tellings = [
        (order("#1", "pending", "100 0 0 100 0", *lines), 0),
        (order("#1", "paid", "100 0 0 100 0", *lines), 100),
        (order("#1", "partially_refunded", "100 0 0 100 0", *lines, refunded="30.00"), 70),
        (order("#1", "partially_refunded", "100 0 0 100 0", *lines, refunded="50.00"), 50),
    ]
    for number, (rows, worth) in enumerate(tellings):
        shop.load([write(f"{number}.csv", HEADER, *rows)])
        assert sum(paid(shop)) == worth
        [again] = shop.load([write(f"{number}.csv", HEADER, *rows)])
        assert (again.accepted, again.duplicates) == (0, 2)
        assert sum(paid(shop)) == worth


def test_the_rest_of_an_order_is_discounted_when_a_line_of_it_is_rejected(shop: Shop, write: Write) -> None:
    lines = ("1,Tea,50.00,T,0.00", "1,Cup,#REF!,C,0.00")
    shop.load([write("o.csv", HEADER, *order("#1", "paid", "90 0 0 90 10", *lines))])
    assert paid(shop) == [45.00]


@pytest.mark.slow
def test_an_order_is_not_cut_where_a_chunk_ends(
    new_shop: NewShop, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row for n in range(20) for row in order(f"#{n}", "paid", "27 0 0 27 3", *["1,Tea,10.00,T,0.00"] * 3)
    ]
    monkeypatch.setattr("regulars.flow.loading.load.CHUNK_ROWS", 7)
    shop = new_shop()
    shop.load([write("o.csv", HEADER, *rows)])
    found = shop.table("orders").to_pylist()
    assert Counter(row["order_id"] for row in found) == {str(n): 3 for n in range(20)}
    assert {row["paid"] for row in found} == {9.00}
