"""A buyer who ticks the box at the checkout has said yes, so the export says; a leave and a no stand above it.

A leave that an order tells is a leave.
"""

from __future__ import annotations

import json

import pytest
from small_files import Write

from regulars.shop import Shop

pytestmark = pytest.mark.slow

HEADER = (
    "Name,Email,Financial Status,Accepts Marketing,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
    "Subtotal,Total"
)
CUSTOMERS = "First Name,Last Name,Email,Accepts Email Marketing,Tags"


def order(name: str, buyer: str, accepts: str) -> list[str]:
    """An order of two lines: the box stands on the first one only, as in the real export."""
    first = f"#{name},{buyer}@example.com,paid,{accepts},2024-05-02 10:00:00 -0400,1,Tea,5.00,10.00,10.00"
    return [first, f"#{name},{buyer}@example.com,,,,1,Cup,5.00,,"]


def consents(shop: Shop) -> dict[str, str]:
    shop.build("2024-06-01")
    return {row["email"].partition("@")[0]: row["consent_email"] for row in shop.table("people").to_pylist()}


def test_a_yes_is_asserted_by_its_import_and_a_no_says_nothing(shop: Shop, write: Write) -> None:
    rows = [*order("1", "ann", "yes"), *order("2", "luc", "no"), *order("3", "eva", "no"), *order("4", "eva", "yes"),
            *order("5", "ann", "yes")]  # fmt: skip
    [loaded] = shop.load([write("orders.csv", HEADER, *rows)])
    assert (loaded.export, loaded.rows_in, loaded.accepted) == ("Shopify orders", 10, 10)
    assert consents(shop) == {"ann": "granted", "luc": "unknown", "eva": "granted"}
    facts = shop.table("consents").to_pylist()
    assert [(one["state"], one["basis"]) for one in facts] == [("granted", "asserted")] * 2
    proofs = [json.loads(one["proof"]) for one in facts]
    assert {(proof["file"], proof["column"], proof["word"]) for proof in proofs} == {
        ("orders.csv", "Accepts Marketing", "yes")
    }
    shop.undo(loaded.import_id or 0)
    assert shop.table("consents").num_rows == 0


@pytest.mark.parametrize("first", ["customers", "orders"])
def test_a_yes_on_an_order_lifts_no_leave_and_counts_beside_a_list_that_says_nothing(
    shop: Shop, write: Write, first: str
) -> None:
    people = (
        "Ann,Roy,ann@example.com,unsubscribed,",
        "Luc,Roy,luc@example.com,no,",
        "Eva,Roy,eva@example.com,,",
    )
    customers = write("customers.csv", CUSTOMERS, *people)
    rows = [row for n, buyer in enumerate(("ann", "luc", "eva")) for row in order(str(n), buyer, "yes")]
    files = {"customers": customers, "orders": write("orders.csv", HEADER, *rows)}
    for name in sorted(files, key=lambda name: name != first):
        shop.load([files[name]], source="shopify")
    assert consents(shop) == {"ann": "withdrawn", "luc": "denied", "eva": "granted"}


@pytest.mark.parametrize(
    ("word", "state", "basis"),
    [
        ("unsubscribed", "withdrawn", "asserted"),
        ("Désabonné", "withdrawn", "asserted"),
        ("bounced", "withdrawn", "bounced"),
        ("spam complaint", "withdrawn", "complaint"),
        ("Do not contact", "denied", "asserted"),
    ],
)
def test_a_leave_on_an_order_is_a_leave_though_another_order_says_yes(
    shop: Shop, write: Write, word: str, state: str, basis: str
) -> None:
    rows = [
        *order("1", "ann", "yes"),
        *order("2", "ann", word),
        *order("3", "ann", "no"),
        *order("4", "luc", "no"),
    ]
    shop.load([write("orders.csv", HEADER, *rows)])
    assert consents(shop) == {"ann": state, "luc": "unknown"}
    facts = {(one["state"], one["basis"]) for one in shop.table("consents").to_pylist()}
    assert facts == {("granted", "asserted"), (state, basis)}


def test_columns_of_orders_that_say_who_left_are_read_as_in_a_list_of_people(
    shop: Shop, write: Write
) -> None:
    rows = (
        "A,2024-05-05,ann@example.com,TEA,12.50,yes,yes,,",
        "B,2024-05-06,luc@example.com,TEA,12.50,yes,no,13/12/2023,",
        "C,2024-05-06,eva@example.com,TEA,12.50,yes,no,,X",
        "D,2024-05-06,zoe@example.com,TEA,12.50,yes,0,,",
        "E,2024-05-06,max@example.com,TEA,12.50,no,,,",
    )
    header = "order,date,email,sku,paid,Newsletter,Unsubscribed,Unsubscribe date,Ne pas appeler"
    [loaded] = shop.load([write("orders.csv", header, *rows)])
    assert (loaded.kind, loaded.accepted) == ("orders", 5)
    assert consents(shop) == {
        "ann": "withdrawn", "luc": "withdrawn", "eva": "granted", "zoe": "granted", "max": "unknown",
    }  # fmt: skip
    said = {json.loads(one["proof"])["column"]: one for one in shop.table("consents").to_pylist()}
    assert (said["Unsubscribe date"]["basis"], said["Unsubscribed"]["basis"]) == ("express", "asserted")
    assert said["Ne pas appeler"]["channel"] in ("phone", "post")


def test_a_mapping_file_says_that_all_buyers_of_a_file_left(shop: Shop, write: Write) -> None:
    file = write("orders.csv", "order,date,email,sku,paid", "A,2024-05-05,ann@example.com,TEA,12.50")
    said = 'kind = "orders"\n[defaults]\nopt_out_email = "yes"\n[columns]\n'
    meant = {"order": "order_id", "date": "ordered_at", "email": "email", "sku": "product_id", "paid": "paid"}
    mapping = write("orders.toml", said + "\n".join(f'"{name}" = "{field}"' for name, field in meant.items()))
    shop.load([file], mapping=mapping)
    assert consents(shop) == {"ann": "withdrawn"}


def test_an_export_that_tells_the_yes_again_outlives_an_undo_of_the_first(shop: Shop, write: Write) -> None:
    [first] = shop.load([write("orders-2024-05.csv", HEADER, *order("1", "ann", "yes"))])
    shop.load([write("orders-2024-06.csv", HEADER, *order("1", "ann", "yes"), *order("2", "luc", "no"))])
    assert shop.table("consents").num_rows == 2
    shop.undo(first.import_id or 0)
    assert shop.table("consents").num_rows == 1
