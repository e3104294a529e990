"""What is kept of rows as they were found goes when its time has come; what was read from them stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_files import Clock, NewShop, Write
from sqlalchemy import insert, select

from regulars.app import open_shop
from regulars.errors import Invalid
from regulars.flow.retention import Forgotten
from regulars.shop import Shop
from regulars.store.tables import events, imports, order_lines, record_versions, rejects

pytestmark = pytest.mark.slow

PEOPLE = "Customer ID,First Name,Email,Phone,Note"
ORDERS = "Order ID,Date,Customer ID,Product,Quantity,Price,Message"
EVENTS = "Event,Timestamp,Customer ID,Mood"


class Days:
    """A shop on which days pass."""

    def __init__(self, shop: Shop) -> None:
        self.clock = Clock()
        self.shop = open_shop(shop.ground.folder, now=self.clock)

    def pass_by(self, days: int) -> Forgotten:
        self.clock.now += timedelta(days=days)
        return self.shop.build("2024-06-01").forgotten

    def as_found(self) -> list[str]:
        columns = (record_versions.c.raw, order_lines.c.extra, events.c.properties, rejects.c.raw)
        with self.shop.ground.store.read() as connection:
            found = [text for column in columns for text in connection.execute(select(column)).scalars()]
        return [text for text in found if text is not None]


def living(shop: Shop, write: Write) -> Days:
    days = Days(shop)
    people = [
        write(
            "crm.csv",
            PEOPLE,
            "C1,ANN,ann@example.ca,no phone,likes mint",
            "C2,Luc,luc@example.ca,514-282-2020,",
        )
    ]
    days.shop.load(people, source="crm")
    bought = (
        "O1,2024-05-01,C1,Tea,1,5.00,for mum",
        "O2,2024-05-02,C2,Tea,1,5.00,",
        "O3,soon,C2,Tea,1,5.00,hurry",
    )
    days.shop.load([write("orders.csv", ORDERS, *bought)], source="crm", kind="orders")
    seen = "Product Viewed,2024-05-02T10:00:00Z,C1,happy"
    days.shop.load([write("events.csv", EVENTS, seen)], source="crm", kind="events")
    return days


def test_rejects_go_after_a_year_and_rows_as_found_after_two(shop: Shop, write: Write) -> None:
    days = living(shop, write)
    assert days.pass_by(364) == Forgotten(rows=0, rejects=0)
    assert days.pass_by(2) == Forgotten(rows=0, rejects=1)
    kept = len(days.as_found())
    assert kept > 3
    days.shop.load([write("new.csv", PEOPLE, "C3,Eva,eva@example.ca,,late")], source="crm")
    assert days.pass_by(366) == Forgotten(rows=kept, rejects=0)
    (only,) = days.as_found()
    assert "late" in only
    assert days.pass_by(1) == Forgotten(rows=0, rejects=0)


def test_what_was_read_from_the_rows_stays_and_is_known_again(shop: Shop, write: Write) -> None:
    days = living(shop, write)
    days.pass_by(0)
    before = {name: days.shop.table(name).to_pylist() for name in ("profiles", "identity")}
    counts = [(one.rows_in, one.accepted, one.rejected) for one in days.shop.imports()]
    days.pass_by(1_000)
    assert {name: days.shop.table(name).to_pylist() for name in before} == before
    assert [(one.rows_in, one.accepted, one.rejected) for one in days.shop.imports()] == counts
    again = write(
        "again.csv",
        PEOPLE,
        "C1,ANN,ann@example.ca,no phone,likes mint",
        "C4,Max,max@example.ca,514-282-2021,",
    )
    (loaded,) = days.shop.load([again], source="crm")
    assert (loaded.accepted, loaded.duplicates) == (1, 1)
    refused = next(one for one in days.shop.quality().problems if one.name == "refused_phone")
    assert (refused.count, refused.examples) == (1, ())


@pytest.mark.parametrize("days_kept", [0, 10**15])
def test_nought_and_very_many_days_are_for_ever(new_shop: NewShop, write: Write, days_kept: int) -> None:
    days = living(new_shop(f"[retention]\nraw_days = {days_kept}\nrejects_days = {days_kept}"), write)
    kept = days.as_found()
    assert days.pass_by(10_000) == Forgotten(rows=0, rejects=0)
    assert days.as_found() == kept


def test_a_shorter_time_holds_for_what_was_loaded_before(shop: Shop, write: Write) -> None:
    days = living(shop, write)
    days.pass_by(40)
    settings = shop.ground.folder / "settings.toml"
    settings.write_text(
        settings.read_text("utf-8") + "[retention]\nraw_days = 30\nrejects_days = 30\n", "utf-8"
    )
    days.shop = open_shop(shop.ground.folder, now=days.clock)
    assert days.pass_by(0).rejects == 1
    assert days.as_found() == []


def test_days_below_nought_are_no_retention(new_shop: NewShop) -> None:
    with pytest.raises(Invalid, match="too small"):
        new_shop("[retention]\nraw_days = -1")


def test_more_files_than_a_statement_can_name_grow_old_together(shop: Shop, write: Write) -> None:
    days = living(shop, write)
    with days.shop.ground.store.write() as connection:
        one = dict(connection.execute(select(imports)).mappings().first() or {}) | {"import_id": None}
        many = 33_000
        connection.execute(insert(imports), [one] * many)
    assert days.pass_by(800).rows > 0
