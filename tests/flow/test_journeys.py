"""How somebody came: the first touch, and what happened before each order."""

from __future__ import annotations

import pytest
from small_files import Write

from regulars.shop import Shop

pytestmark = pytest.mark.slow

ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,Channel"
EVENTS = "event,timestamp,customer id,channel,campaign,utm_source"


def test_touches_lead_to_orders_and_a_mail_that_is_only_sent_is_none(shop: Shop, write: Write) -> None:
    shop.load(
        [
            write(
                "events.csv", EVENTS,
                "Email Delivered,2024-03-01 09:00:00,C1,email,spring,",
                "Page Viewed,2024-03-02 10:00:00,C1,web,spring,google",
                "Product Viewed,2024-03-04 10:00:00,C1,app,,",
                "Email Opened,2024-03-05 10:00:00,C1,email,,",
                "Product Viewed,2024-03-20 10:00:00,C1,web,,",
                "Page Viewed,2024-04-20 10:00:00,C1,web,,",
                "Page Viewed,2024-04-01 10:00:00,C3,app,,",
            )
        ],
        source="shop", kind="events",
    )  # fmt: skip
    shop.load(
        [
            write(
                "orders.csv", ORDERS,
                "1,2024-03-05 12:00,C1,MUG,1,5.00,store", "2,2024-04-20 12:00,C1,MUG,1,5.00,web",
                "3,2024-04-20 12:00,C2,MUG,1,5.00,store",
            )
        ],
        source="shop",
    )  # fmt: skip
    shop.build("2024-05-01")
    rows = {row["person_id"]: row for row in shop.table("indicators").to_pylist()}
    names = (
        "first_touch_channel", "first_touch_campaign", "days_from_first_touch_to_first_order",
        "touches_before_first_order",
    )  # fmt: skip
    ways = {
        key: tuple(rows[f"P{shop.find(f'shop:{key}')[0].person}"][name] for name in names)
        for key in ("C1", "C2", "C3")
    }
    assert ways == {
        "C1": ("web", "spring", 3, 2),
        "C2": ("store", None, 0, 0),
        "C3": ("app", None, None, None),
    }
    page = shop.show(shop.find("shop:C1")[0].person)
    assert page.journey is not None
    assert page.journey.utm == {"utm_source": "google"}
    before = {
        moment.title: len(page.touches_before(moment)) for moment in page.timeline if moment.what == "order"
    }
    assert before == {"1": 2, "2": 2}


def test_a_sale_of_which_only_the_day_is_known_comes_after_what_was_done_that_day(
    shop: Shop, write: Write
) -> None:
    shop.load(
        [write("events.csv", EVENTS, "Page Viewed,2024-03-05 18:00:00,C1,web,,")],
        source="shop",
        kind="events",
    )
    shop.load([write("orders.csv", ORDERS, "1,2024-03-05,C1,MUG,1,5.00,store")], source="shop")
    shop.build("2024-05-01")
    page = shop.show(shop.find("shop:C1")[0].person)
    assert page.journey is not None
    assert (page.journey.days_to_first_order, page.journey.touches_before_first_order) == (0, 1)
    (order,) = (moment for moment in page.timeline if moment.what == "order")
    assert len(page.touches_before(order)) == 1
