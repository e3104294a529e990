"""Each quality report on changed data is kept, and the next one says what became better or worse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_files import Clock, NewShop, Write

from regulars.app import open_shop
from regulars.shop import Shop

pytestmark = pytest.mark.slow

PEOPLE = "Customer ID,First Name,Email"


def test_a_report_is_compared_with_the_last_one_and_with_that_of_30_days_ago(
    new_shop: NewShop, write: Write
) -> None:
    clock = Clock()
    shop = open_shop(new_shop().ground.folder, now=clock)

    def report(days: int, *lines: str) -> None:
        clock.now += timedelta(days=days)
        shop.load([write(f"{clock.now:%m%d}.csv", PEOPLE, *lines)], source="crm")
        shop.quality()

    report(0, "1,Ann,ann@example.ca", "2,Bob,none", "3,Luc,", "4,Zoé,")
    assert shop.quality_trends() == []
    report(20, "2,Bob,bob@example.ca", "3,Luc,luc@example.ca")
    report(20, "1,Ann,none", "5,Eve,eve@example.ca")
    shop.quality()
    last, month = shop.quality_trends()
    assert last.changes["crm", "email"] == pytest.approx(-0.15)
    assert month.changes["crm", "email"] == pytest.approx(0.35)
    assert last.changes["crm", "given_name"] == 0
    assert len(shop.quality_history()) == 3
    shop.close()


def test_a_shop_without_people_keeps_nothing(shop: Shop) -> None:
    shop.quality()
    assert shop.quality_history() == []
