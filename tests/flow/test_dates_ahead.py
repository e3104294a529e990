"""A date of change that lies ahead of its load is a slip of somebody's hand, and wins no contest of what is newest."""

from __future__ import annotations

import pytest
from small_files import Write

from regulars.shop import Shop

pytestmark = pytest.mark.slow


def test_what_is_loaded_later_is_newer_than_a_date_that_lies_ahead(shop: Shop, write: Write) -> None:
    crm = write("crm.csv", "id,first name,last name,email,phone,updated at",
                "1,Ann,Roy,ann@example.com,514-282-2020,2027-05-01")  # fmt: skip
    till = write("till.csv", "id,first name,last name,email,phone", "7,Ann,Roy,ann@example.com,514-282-2021")
    shop.load([crm], source="crm")
    shop.load([till], source="till")
    shop.build("2024-06-01")
    assert [card["phone"] for card in shop.table("people").to_pylist()] == ["+15142822021"]
