"""Guests who were erased stay so: their keys are made of an address and a name, and a name is written in many ways."""

from __future__ import annotations

import pytest
from small_files import NewShop, Write
from sqlalchemy import select

from regulars.shop import Shop
from regulars.store.suppressions import record_key, suppress
from regulars.store.tables import NOBODY, order_lines, records

PEOPLE = "First Name,Last Name,Email,City"
ORDERS = "Order ID,Date,Email,First Name,Last Name,SKU,Quantity,Paid"
LUC = "email:luc@example.ca/luc-lee"


def _keys(shop: Shop) -> set[str]:
    with shop.ground.store.read() as connection:
        return set(connection.execute(select(records.c.source_key)).scalars())


def _list(shop: Shop, write: Write, *rows: str) -> tuple[int, int]:
    """How many rows of a list are new, and how many are not."""
    (told,) = shop.load([write("list.csv", PEOPLE, *rows)], source="web", kind="people")
    return told.accepted, told.duplicates


@pytest.mark.parametrize("row", ["Ann,Roi", "Anne,Roy", "Ann,Roy", ",", "Chantal,Huot"])
def test_no_spelling_of_a_name_brings_somebody_back(new_shop: NewShop, write: Write, row: str) -> None:
    shop = new_shop()
    luc = "Luc,Lee,luc@example.ca,Laval"
    assert _list(shop, write, "Ann,Roy,ann@example.ca,Laval", luc) == (2, 0)
    shop.match()
    shop.erase(["web:email:ann@example.ca/ann-roy"], "us")

    assert _list(shop, write, f"{row},ANN@example.ca,Laval", luc) == (0, 2)
    assert _keys(shop) == {LUC}


def test_a_buyer_without_a_number_stays_erased(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    before = "1,2024-05-01,ann@example.ca,Ann,Roy,T,1,5.00"
    shop.load([write("orders.csv", ORDERS, before)], source="web", kind="orders")
    shop.match()
    shop.erase(["web:email:ann@example.ca/ann-roy"], "us")

    after = ("1,2024-05-01,ann@example.ca,Anne,Roy,T,1,5.00", "2,2024-05-02,ann@example.ca,Ann,Roi,T,1,5.00")
    shop.load([write("again.csv", ORDERS, *after)], source="web", kind="orders")
    with shop.ground.store.read() as connection:
        buyers = set(connection.execute(select(order_lines.c.record)).scalars())
    assert (buyers, _keys(shop)) == ({NOBODY}, set())


def test_somebody_erased_by_the_address_alone_stays_so(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    with shop.ground.store.write() as connection:
        suppress(connection, "record", [record_key("web", "email:ann@example.ca")], 1)

    assert _list(shop, write, "Ann,Roy,ann@example.ca,Laval", "Luc,Lee,luc@example.ca,Laval") == (1, 1)
    assert _keys(shop) == {LUC}


def test_of_a_couple_on_one_mailbox_the_other_stays(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    ann, luc = "Ann,Roy,roy@example.ca,Laval", "Luc,Roy,roy@example.ca,Laval"
    assert _list(shop, write, ann, luc) == (2, 0)
    shop.match()
    shop.erase(["web:email:roy@example.ca/luc-roy"], "us")

    assert _list(shop, write, ann, luc) == (0, 2)
    assert _keys(shop) == {"email:roy@example.ca/ann-roy"}
    shop.erase(["web:email:roy@example.ca/ann-roy"], "us")
    assert _list(shop, write, "Anne,Roy,roy@example.ca,Laval", "Lucas,Roy,roy@example.ca,Laval") == (0, 2)
    assert _keys(shop) == set()


def test_an_account_that_is_erased_takes_no_other_with_it(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    head = "user_id,First Name,Last Name"
    rows = ("a,Ann,Roy", "a/b,Luc,Lee")
    shop.load([write("users.csv", head, rows[0])], source="web", kind="people")
    shop.match()
    shop.erase(["web:user:a"], "us")
    shop.load([write("again.csv", head, *rows)], source="web", kind="people")
    assert _keys(shop) == {"user:a/b"}
