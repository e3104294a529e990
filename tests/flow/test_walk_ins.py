"""Who walks in and gives no name is no customer: such orders count for the shop and for nobody."""

from __future__ import annotations

import pytest
from small_files import Write

from regulars.shop import Shop

HEADER = "Sale No,Date,Customer ID,Customer Name,Email,Product,Qty,Price"
NOBODY = [
    ("1", "Walk-in Customer"), ("1", "Walk In"), ("-1", ""), ("0", ""), ("", "Guest"), ("C9", "Cash customer"),
    ("2", "Client comptoir"), ("7", "Client de passage"), ("", "Anonyme"), ("3", "Unknown"), ("", "Inconnu"),
    ("", "N/A"), ("5", "Test Test"), ("Guest", ""), ("Walk-in", ""),
]  # fmt: skip


def test_orders_of_nobody_in_particular_make_no_customer(shop: Shop, write: Write) -> None:
    rows = [f"{n},2024-05-02,{key},{name},,Tea,1,5.00" for n, (key, name) in enumerate(NOBODY)]
    rows.append("99,2024-05-02,1,Ann Lee,,Tea,1,5.00")
    [loaded] = shop.load([write("till.csv", HEADER, *rows)])
    assert (loaded.rows_in, loaded.accepted) == (len(rows), len(rows))
    assert any(note.startswith(f"{len(NOBODY)} lines are of nobody") for note in loaded.notes)
    shop.build("2024-06-01")
    assert [row["full_name"] for row in shop.table("people").to_pylist()] == ["Ann Lee"]
    orders = shop.table("orders").to_pylist()
    assert sum(row["paid"] for row in orders) == 5.00 * len(rows)
    assert [row["order_id"] for row in orders if row["person_id"]] == ["99"]


def test_a_guest_who_leaves_an_address_is_somebody(shop: Shop, write: Write) -> None:
    shop.load([write("web.csv", HEADER, "1,2024-05-02,0,Guest,ann@example.com,Tea,1,5.00")])
    shop.build("2024-06-01")
    [person] = shop.table("people").to_pylist()
    assert (person["email"], person["full_name"]) == ("ann@example.com", None)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Bob Guest", "Jean Comptoir", "Marie Client", "Ana Anonyme"])
def test_a_name_that_only_holds_such_a_word_is_a_name(shop: Shop, write: Write, name: str) -> None:
    shop.load([write("till.csv", HEADER, f"1,2024-05-02,C1,{name},,Tea,1,5.00")])
    shop.build("2024-06-01")
    assert [row["full_name"] for row in shop.table("people").to_pylist()] == [name]


@pytest.mark.slow
def test_the_till_s_own_account_in_the_customer_list_is_nobody(shop: Shop, write: Write) -> None:
    sales = (
        "Sale No,Date,Customer ID,Product,Qty,Price",
        *(f"{n},2024-05-02,{n % 3},Tea,1,5.00" for n in range(9)),
    )
    shop.load([write("sales.csv", *sales)], source="pos")
    shop.build("2024-06-01")
    assert len(shop.table("people")) == 2
    shop.load([write("clients.csv", "Customer ID,Name,Phone", "1,Walk-In,", "2,Ann Lee,")], source="pos")
    shop.build("2024-06-01")
    assert [row["full_name"] for row in shop.table("people").to_pylist()] == ["Ann Lee"]
    assert len(shop.table("orders")) == 9


def test_nobody_costs_nothing_though_they_cannot_be_written_to(shop: Shop, write: Write) -> None:
    people = ("1,Walk-in,Customer,", "2,,,", "3,Mia,Tran,", "4,Ann,Lee,ann@example.ca", "5,NULL,NULL,")
    shop.load([write("people.csv", "Customer ID,First Name,Last Name,Email", *people)], source="crm")
    [lost] = [one for one in shop.quality().problems if one.name == "unreachable_customers"]
    assert (lost.count, lost.examples) == (1, ("Mia Tran",))
