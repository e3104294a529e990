"""Who works in the shop is no customer: a till's column of users names nobody who buys."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from regulars.sources.found import Proposal

Meant = Callable[..., Proposal]

STAFF = [
    "User",
    "Username",
    "Login",
    "Utilisateur",
    "Cashier",
    "Served by",
    "Vendeur",
    "Employee",
    "Caissière",
]


def fields(proposal: Proposal) -> set[str]:
    return {column.field for column in proposal.mapping.columns.values()}


@pytest.mark.parametrize("column", STAFF)
def test_whoever_rang_the_receipt_is_not_its_buyer(meant: Meant, column: str) -> None:
    rows = ("1|2024-05-01|anna|Tea|1|5.00", "2|2024-05-01|anna|Tea|1|5.00", "3|2024-05-02|bob|Cup|1|5.00")
    assert "user_id" not in fields(meant(f"Receipt|Date|{column}|Product|Qty|Total", *rows))


@pytest.mark.parametrize("column", ["Employee e-mail", "Sold by", "Courriel du vendeur", "Cashier", "User"])
def test_an_address_of_the_staff_is_not_the_buyer_s(meant: Meant, column: str) -> None:
    rows = ("1|2024-05-01|anna@shop.ca|Tea|1|5.00", "2|2024-05-01|bob@shop.ca|Tea|1|5.00")
    assert "email" not in fields(meant(f"Receipt|Date|{column}|Product|Qty|Total", *rows))


def test_a_user_id_beside_the_customer_is_the_clerk_s_and_alone_it_is_the_buyer_s(meant: Meant) -> None:
    beside = meant(
        "Receipt|Date|Customer ID|User ID|Total", "1|2024-05-01|C1|7|5.00", "2|2024-05-01|C2|8|5.00"
    )
    alone = meant("Order|Date|User ID|Total", "1|2024-05-01|7|5.00", "2|2024-05-01|8|5.00")
    assert "user_id" not in fields(beside)
    assert "user_id" in fields(alone)


def test_few_users_on_many_receipts_are_clerks(meant: Meant) -> None:
    rows = [f"{n}|2024-05-01|{n % 3}|5.00" for n in range(300)]
    assert "user_id" not in fields(meant("Receipt|Date|User ID|Total", *rows))


def test_a_login_is_an_account_only_where_each_customer_has_an_own_one(meant: Meant) -> None:
    own = meant("First name|Last name|Login", "Ann|Lee|ann1", "Bob|Li|bob2", "Cy|Lo|cy3")
    shared = meant("First name|Last name|Login", "Ann|Lee|vera", "Bob|Li|vera", "Cy|Lo|vera")
    assert "user_id" in fields(own)
    assert "user_id" not in fields(shared)
