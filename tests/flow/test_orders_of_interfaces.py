"""Orders as web shops' interfaces give them (one object with its lines), and the times that machines write."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from small_files import Write

from regulars.shop import Shop

pytestmark = pytest.mark.slow  # a shop for each test

SHOPIFY = {
    "id": 5500001,
    "name": "#1001",
    "created_at": "2024-05-02T10:00:00-04:00",
    "financial_status": "paid",
    "currency": "CAD",
    "subtotal_price": "90.90",
    "total_discounts": "10.00",
    "total_tax": "12.00",
    "total_price": "107.90",
    "email": "ann@example.com",
    "customer": {"id": 77, "email": "ann@example.com", "first_name": "Ann", "last_name": "Lee"},
    "line_items": [
        {"id": 1, "sku": "T", "title": "Tea", "quantity": 1, "price": "62.95", "total_discount": "0.00"},
        {"id": 2, "sku": "C", "title": "Cup", "quantity": 1, "price": "37.95", "total_discount": "0.00"},
    ],
}
WOO = {
    "id": 9,
    "number": "1001",
    "status": "processing",
    "currency": "CAD",
    "date_created": "2024-05-02T10:00:00",
    "shipping_total": "5.00",
    "customer_id": 0,
    "billing": {"first_name": "Bob", "last_name": "Li", "email": "bob@example.com"},
    "line_items": [
        {"id": 1, "name": "Tea", "sku": "T", "quantity": 2, "total": "18.00", "total_tax": "2.70"},
        {"id": 2, "name": "Cup", "sku": "C", "quantity": 1, "total": "9.00", "total_tax": "1.35"},
    ],
}


def test_an_order_with_its_lines_in_a_list_is_a_row_a_line(shop: Shop, write: Write) -> None:
    other = SHOPIFY | {"name": "#1002", "line_items": SHOPIFY["line_items"][:1], "subtotal_price": "62.95",
                       "total_discounts": "0.00", "total_price": "74.95"}  # fmt: skip
    lines = [json.dumps(SHOPIFY), "not an order", json.dumps(other)]
    [loaded] = shop.load([write("orders.jsonl", *lines)])
    assert (loaded.export, loaded.rows_in, loaded.accepted, loaded.rejected) == (
        "Shopify orders (API)",
        4,
        3,
        1,
    )
    rows = shop.table("orders").to_pylist()
    assert [(row["order_id"], row["product_id"], row["paid"]) for row in rows] == [
        ("1001", "T", 56.71), ("1001", "C", 34.19), ("1002", "T", 62.95),
    ]  # fmt: skip
    [again] = shop.load([write("again.jsonl", *reversed(lines))])
    assert (again.accepted, again.duplicates) == (0, 3)


def test_a_reject_of_json_lines_names_its_line_of_the_file(shop: Shop, write: Write) -> None:
    def order(number: str, price: object) -> dict[str, object]:
        items = [{"sku": "A", "qty": 1, "price": 10.5}, {"sku": "B", "qty": 2, "price": price}]
        return {"order_id": number, "ordered_at": "2024-03-02T10:00:00Z", "items": items, "total": 16.5}

    no_lines = order("j2", 3) | {"items": [], "total": 100}
    lines = [json.dumps(order("j1", 3)), json.dumps(no_lines), "[1,2]", json.dumps(order("j3", "ten"))]
    file = write("orders.jsonl", *lines)
    [loaded] = shop.load([file])
    assert (loaded.rows_in, loaded.accepted, loaded.rejected) == (6, 3, 3)
    assert "each line of an order counts as a row: 4 lines of the file make 6 rows" in loaded.notes
    assert {(row["line"], row["column"], row["reason"]) for row in shop.rejects()} == {
        (
            2,
            "items.price",
            "the order has no lines: nothing says what was sold, and its total is no line's amount",
        ),
        (3, None, "this line is not a JSON object"),
        (4, "items.price", "'ten' in 'items.price' is not a number"),
    }
    assert "items" not in loaded.mapping.columns
    [again] = shop.load([file])
    assert (again.accepted, again.rejected, again.duplicates) == (0, 3, 3)


def test_both_bad_lines_of_one_order_wait(shop: Shop, write: Write) -> None:
    bad = [{"sku": name, "qty": 1, "price": "ten"} for name in ("A", "B")]
    good = [{"sku": name, "qty": 1, "price": 5} for name in ("A", "B")]
    orders = [{"order_id": f"j{n}", "ordered_at": "2024-03-02T10:00:00Z", "items": good} for n in range(4)]
    file = write("orders.jsonl", *map(json.dumps, [*orders, orders[0] | {"order_id": "j9", "items": bad}]))
    shop.load([file])
    assert [row["line"] for row in shop.rejects()] == [5, 5]
    [again] = shop.load([file])
    assert (again.accepted, again.rejected, again.duplicates) == (0, 2, 8)


def test_an_order_of_woocommerce_s_interface_adds_up(shop: Shop, write: Write) -> None:
    [loaded] = shop.load([write("orders.jsonl", json.dumps(WOO))])
    assert loaded.export == "WooCommerce orders (API)"
    rows = shop.table("orders").to_pylist()
    assert [(row["paid"], row["tax"], row["shipping"]) for row in rows] == [
        (18.00, 2.70, 5.00),
        (9.00, 1.35, 0),
    ]
    shop.build("2024-06-01")
    assert [one["email"] for one in shop.table("people").to_pylist()] == ["bob@example.com"]


@pytest.mark.parametrize(
    "written",
    [
        "02-May-2024 10:22 AM EDT",
        "1714659720",
        "1714659720000",
        "2024-05-02 16:22:00 CEST",
        "2024-05-02T14:22:00Z",
    ],
)
def test_times_as_machines_write_them_are_one_instant(shop: Shop, write: Write, written: str) -> None:
    rows = [f"{n},{written},C1,Tea,1,5.00" for n in range(3)]
    shop.load([write("till.csv", "Order ID,Order Date,Customer ID,Product,Qty,Price", *rows)])
    sold = {str(row["sold_at"]) for row in shop.table("orders").to_pylist()}
    assert {datetime.fromisoformat(one.replace("Z", "+00:00")).timestamp() for one in sold} == {1714659720}


def test_a_box_ticked_at_the_checkout_is_a_yes_of_the_buyer(shop: Shop, write: Write) -> None:
    orders = [
        SHOPIFY | {"buyer_accepts_marketing": True},
        SHOPIFY | {"name": "#1002", "buyer_accepts_marketing": False},
    ]
    shop.load([write("orders.jsonl", *map(json.dumps, orders))])
    assert [(one["state"], one["basis"]) for one in shop.table("consents").to_pylist()] == [
        ("granted", "asserted")
    ]
