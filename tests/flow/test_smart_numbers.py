"""What the numbers of a customer say when files tell it: machines, consent, costs, orders after a click, habits."""

from __future__ import annotations

from small_files import NewShop, Write

from regulars.shop import Shop

AS_OF = "2024-05-20"
CRM = '[sources.crm]\n[sources.till]\ncustomers = "crm"\n[sources.mail]\ncustomers = "crm"\n'
ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
MESSAGES = "event,timestamp,customer id,campaign"


def built(shop: Shop) -> dict[str, dict[str, object]]:
    """The profile of everybody, by their key."""
    shop.build(AS_OF)
    keys = {row["person_id"]: row["source_key"] for row in shop.table("identity").to_pylist()}
    return {keys[row["person_id"]]: row for row in shop.table("profiles").to_pylist()}


def test_three_clicks_in_one_second_are_a_machine_s(new_shop: NewShop, write: Write) -> None:
    shop = new_shop(CRM)
    machine = ["Email Link Clicked,2024-05-02 10:00:00,C1,spring"] * 2
    lines = [
        *machine,
        "Email Link Clicked,2024-05-02 10:00:00,C1,other",
        "Email Link Clicked,2024-05-03 11:00:00,C2,spring",
    ]
    shop.load([write("mail.csv", MESSAGES, *lines)], source="mail", kind="messages")
    found = built(shop)
    assert (found["C1"]["clicks_90d"], found["C1"]["days_since_last_click"]) == (0, None)
    assert (found["C2"]["clicks_90d"], found["C2"]["preferred_message_channel"]) == (1, "email")


def test_opens_are_counted_of_those_who_agreed_alone(new_shop: NewShop, write: Write) -> None:
    shop = new_shop(CRM)
    people = ["C1,a@example.com,yes", "C2,b@example.com,no"]
    shop.load([write("crm.csv", "id,email,consent email", *people)], source="crm")
    lines = [f"Email Opened,2024-05-02 10:00:00,{who},spring" for who in ("C1", "C2")]
    shop.load([write("mail.csv", MESSAGES, *lines)], source="mail", kind="messages")
    found = built(shop)
    assert (found["C1"]["opens_90d"], found["C1"]["channels_reachable"]) == (1, 1)
    assert (found["C2"]["opens_90d"], found["C2"]["channels_reachable"]) == (None, 0)
    assert found["C1"]["engagement"] == 0, "an open counts in nothing"


def test_an_order_comes_after_a_click_of_its_day_or_the_three_before(new_shop: NewShop, write: Write) -> None:
    shop = new_shop(CRM)
    clicks = [f"Email Link Clicked,2024-05-10 10:00:00,{who},spring" for who in ("C1", "C2", "C3", "C4")]
    shop.load([write("mail.csv", MESSAGES, *clicks)], source="mail", kind="messages")
    ordered = {
        "C1": "2024-05-10 09:59",
        "C2": "2024-05-10 10:01",
        "C3": "2024-05-13 23:59",
        "C4": "2024-05-14 00:00",
    }
    lines = [f"{n},{at},{who},MUG,1,10" for n, (who, at) in enumerate(ordered.items())]
    shop.load([write("till.csv", ORDERS, *lines)], source="till")
    found = built(shop)
    assert [found[who]["orders_after_click_365d"] for who in ordered] == [0, 1, 1, 0]


def test_margin_and_brand_are_known_where_the_articles_are(new_shop: NewShop, write: Write) -> None:
    shop = new_shop(CRM)
    goods = ["MUG,Blue mug,Oak,10.00,4.00,CAD", "POT,Teapot,Elm,30.00,,CAD"]
    header = "product id,product name,brand,price,cost,currency"
    shop.load([write("goods.csv", header, *goods)], source="shop", kind="products")
    shop.load(
        [write("till.csv", ORDERS, "1,2024-05-02 10:00,C1,MUG,2,9", "2,2024-05-03 10:00,C2,POT,1,30")],
        source="till",
    )
    found = built(shop)
    assert (found["C1"]["margin_365d"], found["C1"]["favourite_brand"]) == (10.0, "Oak")
    assert abs(found["C1"]["margin_share"] - 10 / 18) < 1e-9
    assert (found["C2"]["margin_365d"], found["C2"]["margin_share"], found["C2"]["favourite_brand"]) == (
        None,
        None,
        "Elm",
    )


def test_one_evening_order_is_believed_less_than_twelve(new_shop: NewShop, write: Write) -> None:
    shop = new_shop(CRM)
    often = [f"{n},2024-0{1 + n % 4}-1{n % 10} 19:00,C1,MUG,1,10" for n in range(12)]
    rest = [f"{100 + n},2024-05-02 {9 + n % 8:02}:00,R{n},MUG,1,10" for n in range(30)]
    shop.load([write("till.csv", ORDERS, *often, "99,2024-05-02 19:00,C2,MUG,1,10", *rest)], source="till")
    found = built(shop)
    assert found["C1"]["favourite_hour"] == found["C2"]["favourite_hour"] == 19
    assert found["C1"]["favourite_hour_share"] == found["C2"]["favourite_hour_share"] == 1.0
    assert found["C1"]["favourite_hour_confidence"] > 0.75 > 0.5 > found["C2"]["favourite_hour_confidence"]
