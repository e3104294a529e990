"""Where the shop meets people: counted with those it does not know, in money, and with its silences."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_files import NewShop, Write

from regulars.errors import Refused
from regulars.measure.touchpoints import Touchpoint
from regulars.model.clock import day_date, parse_day
from regulars.shop import Shop

pytestmark = pytest.mark.slow

RECEIPTS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,Store,Channel"
EVENTS = "event,timestamp,customer id,channel,campaign"
CLIENTS = (
    "Customer ID,First Name,Last Name,Email",
    "C1,Zoë,Lafrenière,zoe@example.ca",
    "C2,Marc,Roy,marc@example.ca",
)


def of(shop: Shop, name: str, location: str | None = None) -> Touchpoint:
    (one,) = [one for one in shop.touchpoints().touchpoints if (one.name, one.location) == (name, location)]
    return one


def test_sales_to_nobody_count_and_are_not_known(shop: Shop, write: Write) -> None:
    shop.load([write("clients.csv", *CLIENTS)], source="shop")
    shop.load(
        [
            write(
                "receipts.csv", RECEIPTS,
                "1,2024-05-01 12:00,C1,MUG,1,5.00,Plateau,", "2,2024-05-02 12:00,,MUG,2,5.00,Plateau,",
                "3,2024-05-03 12:00,,MUG,1,7.00,Plateau,", "4,2024-05-03 13:00,C2,MUG,1,20.00,,web",
                "5,2022-05-03 13:00,C2,MUG,1,90.00,,web", "5,2022-05-04 13:00,C2,MUG,-1,90.00,,web",
            )
        ],
        source="shop",
    )  # fmt: skip
    shop.build("2024-05-31")
    till, web = of(shop, "till", "Plateau"), of(shop, "web_orders", "web")
    assert (till.events, till.people, round(till.known_share, 2), till.revenue_365d) == (3, 1, 0.33, 2200)
    assert (web.events, web.people, web.known_share, web.revenue_365d) == (2, 1, 1.0, 2000)
    assert (till.first_day, till.silent_days) == (parse_day("2024-05-01"), 28)
    assert shop.touchpoints().missing == ("site", "email", "sms", "service", "reviews")


def test_an_order_is_touched_by_what_its_buyer_did_within_thirty_days_before_it(
    shop: Shop, write: Write
) -> None:
    shop.load([write("clients.csv", *CLIENTS)], source="shop")
    shop.load(
        [
            write(
                "events.csv", EVENTS,
                "Page Viewed,2024-04-02 10:00,C1,web,", "Page Viewed,2024-04-28 10:00,C1,web,",
                "Email Link Clicked,2024-03-01 10:00,C2,email,spring",
                "Email Delivered,2024-05-01 10:00,C2,email,spring",
                "Ticket Opened,2024-05-01 10:00,C2,phone,", "Page Viewed,2024-05-20 10:00,C9,web,",
            )
        ],
        source="shop", kind="events",
    )  # fmt: skip
    shop.load(
        [
            write(
                "receipts.csv", RECEIPTS, "1,2024-05-01 12:00,C1,MUG,1,5.00,Plateau,",
                "2,2024-05-02 12:00,C2,MUG,2,5.00,Plateau,",
            )
        ],
        source="shop",
    )  # fmt: skip
    shop.build("2024-05-31")
    assert of(shop, "site").revenue_touched_365d == 500  # the two visits before one order count it once
    assert of(shop, "service", "phone").revenue_touched_365d == 1000
    assert (
        of(shop, "email").revenue_touched_365d is None
    )  # the click is too old, and a mail that is sent is no touch
    assert of(shop, "site").people == 1  # C9 is a number, and nothing else is known of them
    assert round(of(shop, "site").known_share, 2) == 0.67


def test_each_location_has_the_orders_that_were_touched_there(shop: Shop, write: Write) -> None:
    shop.load([write("clients.csv", *CLIENTS)], source="shop")
    events = (
        "Ticket Opened,2024-05-01 10:00,C1,phone,", "Ticket Opened,2024-05-01 10:00,C2,phone,",
        "Ticket Opened,2024-05-01 11:00,C2,chat,",
    )  # fmt: skip
    shop.load([write("events.csv", EVENTS, *events)], source="shop", kind="events")
    receipts = ("1,2024-05-01 12:00,C1,MUG,1,5.00,Plateau,", "2,2024-05-02 12:00,C2,MUG,2,5.00,Plateau,")
    shop.load([write("receipts.csv", RECEIPTS, *receipts)], source="shop")
    shop.build("2024-05-31")
    assert of(shop, "service", "phone").revenue_touched_365d == 1500
    assert of(shop, "service", "chat").revenue_touched_365d == 1000  # the order of C2 is told of both


def test_a_silence_longer_than_any_before_is_told_and_a_gap_in_the_middle_too(
    shop: Shop, write: Write
) -> None:
    first = day_date(parse_day("2024-01-01"))
    open_days = [n for n in range(120) if not 60 <= n < 75]  # two weeks without a receipt
    rows = [f"{n},{first + timedelta(days=n)} 12:00,,MUG,1,5.00,Plateau," for n in open_days]
    shop.load([write("receipts.csv", RECEIPTS, *rows)], source="shop")
    shop.load([write("clients.csv", *CLIENTS)], source="shop")
    shop.build("2024-05-10")
    till = of(shop, "till", "Plateau")
    assert (till.gap_days, till.silent, till.silent_days) == (16, False, 11)
    assert till.gap_until == parse_day("2024-03-16")
    shop.build("2024-05-20")
    assert of(shop, "till", "Plateau").silent


def test_journeys_hold_every_touch_once_and_every_order(shop: Shop, write: Write) -> None:
    shop.load(
        [
            write(
                "events.csv", EVENTS,
                "Page Viewed,2024-04-02 10:00,C1,web,spring", "Product Viewed,2024-04-03 10:00,C1,web,",
                "Page Viewed,2024-05-20 10:00,C1,app,", "Email Opened,2024-05-20 10:00,C1,email,",
            )
        ],
        source="shop", kind="events",
    )  # fmt: skip
    shop.load(
        [
            write(
                "receipts.csv", RECEIPTS, "1,2024-04-05 12:00,C1,MUG,1,5.00,Plateau,",
                "2,2024-05-02 12:00,C1,MUG,2,5.00,Plateau,",
            )
        ],
        source="shop",
    )  # fmt: skip
    shop.build("2024-05-31")
    ways = [
        tuple(row[name] for name in ("order_id", "touch", "touches", "event", "campaign", "days_before"))
        for row in shop.table("journeys").to_pylist()
    ]
    assert ways == [
        ("1", 1, 2, "Page Viewed", "spring", 3),
        ("1", 2, 2, "Product Viewed", None, 2),
        ("2", None, 0, None, None, None),
        (None, 1, 1, "Page Viewed", None, None),
    ]


def test_a_channel_is_the_same_place_on_every_page(shop: Shop, write: Write) -> None:
    words = ("caisse", "In store", "POS", "boutique", "web")
    rows = [f"{n},2024-05-01 12:00,,MUG,1,5.00,,{word}" for n, word in enumerate(words)]
    shop.load([write("receipts.csv", RECEIPTS, *rows)], source="shop")
    shop.build("2024-05-31")
    met = {one.location: one.name for one in shop.touchpoints().touchpoints}
    asked = {one.location: one.place for one in shop.to_ask().places}
    assert met == {**dict.fromkeys(words[:-1], "till"), "web": "web_orders"}
    assert asked == {**dict.fromkeys(words[:-1], "till"), "web": "online"}


def test_before_a_build_there_is_a_sentence(new_shop: NewShop) -> None:
    with pytest.raises(Refused, match="nothing has been built yet"):
        new_shop().touchpoints()
