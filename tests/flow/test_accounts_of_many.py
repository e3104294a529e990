"""A walk-in account with thousands of sales is flagged: compared with nobody, written to never."""

from __future__ import annotations

import pytest
from small_files import NewShop, Write

from regulars.model.person import CROWD_FACTS

pytestmark = pytest.mark.slow

PEOPLE = "Customer ID,First Name,Last Name,Email,Accepts Email"
ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"


def test_an_account_of_many_is_compared_with_nobody_and_gets_no_message(
    new_shop: NewShop, write: Write
) -> None:
    shop = new_shop("[plan]\nholdout = 0.0\n")
    people = [f"{n},Ann{n},Roy{n},ann{n}@example.ca,yes" for n in range(1, 7)]
    shop.load([write("crm.csv", PEOPLE, *people, "C0,Ann,Counter,counter@example.ca,yes")], source="shop")
    sales = [f"W{n},2024-05-{1 + n % 28:02},C0,MUG,1,1000.00" for n in range(CROWD_FACTS + 1)]
    own = [f"S{n},2024-05-{20 + n},{n},MUG,1,{n}.00" for n in range(1, 7)]
    shop.load([write("sales.csv", ORDERS, *sales, *own)], source="shop")
    shop.plan("2024-05-31")
    people_alone = [row for row in shop.table("indicators").to_pylist() if row["facts_lifetime"] == 1]
    assert {row["expected_gap_days"] for row in people_alone} == {None}, "a till's daily rhythm is nobody's"
    counter, ann = shop.find("shop:C0")[0].person, shop.find("shop:1")[0].person
    assert (shop.show(counter).account_of_many, shop.show(ann).account_of_many) == (True, False)
    decided = {row["person_id"]: row for row in shop.table("decisions").to_pylist()}
    assert decided[f"P{counter}"]["reason"].startswith("Left out: over 10,000 facts")
    assert sum(row["chosen"] for row in decided.values()) == 6
    names = [problem.name for problem in shop.quality().problems]
    assert "accounts_of_many" in names
