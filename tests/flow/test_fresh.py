"""What came since the last build is in the next count: of whom it is told, and who is still nobody."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from small_files import Filled, NewShop, Write

from regulars.flow.chain import fresh
from regulars.shop import Shop

pytestmark = pytest.mark.slow

ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
CLIENTS = (
    "Customer ID,First Name,Last Name,Email",
    "C1,Zoë,Lafrenière,zoe@example.ca",
    "C2,Marc,Roy,marc@example.ca",
)


def _built(shop: Shop, write: Write) -> None:
    shop.load([write("clients.csv", *CLIENTS)], source="crm")
    shop.load([write("one.csv", ORDERS, "1,2024-05-01 12:00,C1,MUG,1,5.00")], source="crm")
    shop.build("2024-05-25")


@pytest.fixture
def built(filled: Filled) -> Shop:
    return filled(_built)


def test_an_order_that_came_after_the_build_is_counted_and_a_new_buyer_waits_for_the_match(
    built: Shop, write: Write
) -> None:
    assert built.fresh() is None
    rows = (
        "2,2024-05-02 12:00,C2,MUG,1,5.00",
        "3,2024-05-03 12:00,C9,MUG,1,5.00",
        "4,2024-05-28 12:00,C1,MUG,1,5.00",
    )
    built.load([write("two.csv", ORDERS, *rows)], source="crm")
    assert (
        built.count("orders_lifetime = 1")[1].members == 2
    )  # Marc too; what is of the 28th is not of that evening
    since = built.fresh()
    assert since is not None
    assert (since.anew, since.unplaced, since.unmatched, since.passed_over) == (2, 1, 3, 0)
    built.match()
    assert (built.count("orders_lifetime = 1")[1].members, built.count("orders_lifetime = 1")[1].of) == (3, 3)
    assert built.count("did('Product Bought', product_id = 'MUG')")[1].members == 3


def test_who_was_joined_since_the_build_is_one_person_in_the_next_count(built: Shop) -> None:
    built.merge("crm:C1", "crm:C2", who="us")
    counted = built.count("has_email = true")[1]
    assert (counted.members, counted.of) == (1, 1)


def test_an_import_that_is_taken_back_is_in_no_count(built: Shop) -> None:
    (orders,) = [one.import_id for one in built.imports() if one.kind == "orders"]
    built.undo(orders)
    assert built.count("orders_lifetime >= 1")[1].members == 0
    built.match()
    assert built.count("orders_lifetime >= 1")[1].members == 0
    assert built.segments()["prospects"] == 2


def test_more_than_can_be_counted_at_once_wait_for_the_build_and_it_is_said(
    built: Shop, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "AT_MOST", 1)
    rows = "2,2024-05-02 12:00,C2,MUG,1,5.00", "3,2024-05-03 12:00,C1,MUG,1,5.00"
    built.load([write("two.csv", ORDERS, *rows)], source="crm")
    assert built.count("orders_lifetime >= 1")[1].members == 1
    since = built.fresh()
    assert since is not None
    assert (since.anew, since.passed_over) == (0, 2)


def test_before_a_build_nothing_is_fresh(new_shop: NewShop) -> None:
    assert new_shop().fresh() is None


def test_what_is_locked_by_hand_is_counted_at_once(built: Shop) -> None:
    built.lock("crm:C1", {"city": "Gaspé"}, who="us")
    assert built.count("city = 'Gaspé'")[1].members == 1
    built.unlock("crm:C1", who="us")
    assert built.count("city = 'Gaspé'")[1].members == 0


def test_whose_last_record_was_taken_back_is_nobody_before_the_next_match_too(built: Shop) -> None:
    (clients,) = [one.import_id for one in built.imports() if one.kind == "people"]
    built.undo(clients)
    live = [built.count(rule)[1] for rule in ("records >= 1", "has_email = true", "orders_lifetime >= 1")]
    built.build("2024-05-25")
    assert live == [
        built.count(rule)[1] for rule in ("records >= 1", "has_email = true", "orders_lifetime >= 1")
    ]


def test_while_another_command_is_at_work_it_is_said_that_what_came_is_not_counted(
    built: Shop, write: Write
) -> None:
    built.load([write("two.csv", ORDERS, "2,2024-05-02 12:00,C2,MUG,1,5.00")], source="crm")
    with contextlib.closing(sqlite3.connect(built.ground.folder / "turn.db", isolation_level=None)) as other:
        other.execute("begin exclusive")
        assert built.count("orders_lifetime >= 1")[1].members == 1
        since = built.fresh()
    assert since is not None
    assert (since.anew, since.passed_over) == (0, 1)
    assert built.count("orders_lifetime >= 1")[1].members == 2


def test_an_account_of_many_people_waits_for_the_build(
    built: Shop, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh, "CROWD_FACTS", 0)
    built.load([write("two.csv", ORDERS, "2,2024-05-02 12:00,C1,MUG,1,5.00")], source="crm")
    assert built.count("orders_lifetime >= 2")[1].members == 0
    since = built.fresh()
    assert since is not None
    assert (since.anew, since.passed_over) == (0, 1)
