"""Who leaves by an event has left; money of another currency is in no sum, and its order still counts."""

from pathlib import Path

import pytest

from regulars.app import init_shop, open_shop
from regulars.errors import Invalid, NotFound
from regulars.settings import settings_from

pytestmark = pytest.mark.slow

PEOPLE = "id,first name,last name,email,consent_email\n"
PEOPLE += "1,Anne,Roy,anne@example.com,yes\n2,Luc,Côté,luc@example.com,yes\n"
LEAVES = "email,timestamp,event\nanne@example.com,2026-01-05 10:00:00,{event}\n"


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ("Unsubscribed", "withdrawn"),
        ("Email Marked as Spam", "withdrawn"),
        ("Email Bounced", "denied"),
        ("Email Link Clicked", "granted"),
    ],
)
@pytest.mark.parametrize("first", ["people", "events"])
def test_an_event_of_leaving_outlives_a_plain_yes(tmp_path: Path, event: str, state: str, first: str) -> None:
    shop = init_shop(tmp_path / "shop")
    files = {"people": PEOPLE, "events": LEAVES.format(event=event)}
    for name in sorted(files, key=lambda name: name != first):
        (tmp_path / f"{name}.csv").write_text(files[name], "utf-8")
        loaded = shop.load([tmp_path / f"{name}.csv"], source="news", kind=name)
    shop.build("2026-01-31")
    said = {row["email"]: row["consent_email"] for row in shop.table("people").to_pylist()}
    assert said == {"anne@example.com": state, "luc@example.com": "granted"}
    if first == "people":
        shop.undo(loaded[0].import_id or 0)
        shop.build("2026-01-31")
        assert {row["consent_email"] for row in shop.table("people").to_pylist()} == {"granted"}


def test_an_order_in_another_currency_counts_and_its_money_does_not(tmp_path: Path) -> None:
    shop = init_shop(tmp_path / "shop")
    orders = "order,customer id,date,sku,paid,currency\n"
    orders += "A,1,2026-01-05,TEA,12.50,CAD\nB,1,2026-01-06,MUG,9.00,EUR\nC,2,2026-01-06,MUG,9.00,EUR\n"
    (tmp_path / "orders.csv").write_text(orders, "utf-8")
    shop.load([tmp_path / "orders.csv"])
    assert shop.build("2026-01-31").left_out == {"EUR": 2}
    found = {row["orders_lifetime"]: row for row in shop.table("indicators").to_pylist()}
    assert {
        number: (row["spend_lifetime"], row["average_basket"], row["stage"]) for number, row in found.items()
    } == {
        2: (12.5, 12.5, "lapsed"),
        1: (0.0, None, "lapsed"),
    }


def test_a_currency_that_is_none_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="CADD"):
        settings_from({"shop": {"currency": "CADD"}}, "settings.toml")
    with pytest.raises(Invalid):
        init_shop(tmp_path / "shop", currency="C' or 1=1 --")
    assert not (tmp_path / "shop").exists()


def test_a_barcode_in_the_quantity_is_one_reject(tmp_path: Path) -> None:
    shop = init_shop(tmp_path / "shop")
    (tmp_path / "till.csv").write_text(
        "order,date,email,sku,qty,price\n1,2026-01-01,a@x.com,X,4006381333931,12.99\n2,2026-01-02,a@x.com,X,1,12.99\n"
    )
    loaded = shop.load([tmp_path / "till.csv"])[0]
    assert (loaded.accepted, loaded.rejected) == (1, 1)
    assert "4006381333931" in str(shop.rejects()[0]["reason"])


def test_a_store_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    shop = init_shop(tmp_path / "shop")
    shop.close()
    (tmp_path / "shop" / "shop.db").unlink()
    with pytest.raises(NotFound):
        open_shop(tmp_path / "shop")
