"""Where one person's data comes to rest in the store is declared: erasing asks the declaration where to look."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from small_files import Write

from regulars.app import Shop
from regulars.match.learning.training import FEWEST_RECORDS
from regulars.store import tables
from regulars.store.sqlite import FILE_NAME

pytestmark = pytest.mark.slow

#: What only one person, or somebody of the shop who dealt with them, has: small letters and digits alone.
MARKS = (
    "quixwinda", "zorblatt", "vombatine", "blortville", "h2x1y9", "5142827391", "krilopax", "zq7781x", "lc9910457",
    "yktex91", "wumble77", "xyphoria", "grubnaxo", "plimvax", "snorvelda", "mistreva", "tramplon",
)  # fmt: skip
GIVEN = ("Ann", "Luc", "Eva", "Max")
PEOPLE = "Customer ID,First Name,Last Name,Email,Phone,Address,City,Postal Code,Loyalty Card,Accepts Marketing,Note"
SHE = (
    "ZQ7781X,Quixwinda,Zorblatt,quixwinda@zorblatt.ca,514-282-7391,12 rue Vombatine,Blortville,H2X 1Y9,LC9910457,yes,"
    "Krilopax"
)
SHE_AGAIN = "T1,Quixwinda,Zorblat,q.z@example.ca,,12 rue Vombatine,Blortville,H2X 1Y9,,no,"
OTHERS = [
    f"C{n},{GIVEN[n % 4]},Roy{n},c{n}@example.ca,,{n} rue Principale,Laval,H7A 1A1,,yes,"
    for n in range(FEWEST_RECORDS)
]
ORDERS = "Order ID,Date,Customer ID,Email,Product,SKU,Quantity,Price,Coupon,Message"
BOUGHT = "{id},{day},ZQ7781X,quixwinda@zorblatt.ca,Tea,T1,1,12.50,WUMBLE77,Krilopax"
EVENTS = "Event,Timestamp,Customer ID,url"


@pytest.fixture
def lived(shop: Shop, write: Write) -> Shop:
    """A shop in which all that can happen to a person happened to one of them."""
    shop.load([write("grubnaxo.csv", PEOPLE, SHE, *OTHERS)], source="crm")
    shop.load([write("till.csv", PEOPLE, SHE_AGAIN, *OTHERS[:60])], source="till")
    days = ("2024-03-01", "2024-04-01", "2024-05-01", "Plimvax")
    bought = [BOUGHT.format(id=f"YKTEX91{n}", day=day) for n, day in enumerate(days)]
    shop.load([write("grubnaxo-orders.csv", ORDERS, *bought)], source="crm", kind="orders")
    seen = "Product Viewed,2024-05-02T10:00:00Z,ZQ7781X,https://shop.example/xyphoria"
    left = "Unsubscribed,2024-05-03T10:00:00Z,C11,"
    shop.load([write("events.csv", EVENTS, seen, left)], source="crm", kind="events")
    shop.load([write("stores.csv", "Store,City,Manager", "S1,Laval,Snorvelda")], source="crm", kind="stores")
    shop.build("2024-06-01")
    shop.plan("2024-06-01")
    shop.quality()
    shop.lock("crm:ZQ7781X", {"city": "Mistreva"}, who="Snorvelda", why="Tramplon")
    shop.lock("crm:ZQ7781X", {"given_name": "Quixwinda"}, who="Snorvelda", why="")
    shop.unlock("crm:ZQ7781X", ["given_name"], who="Snorvelda")
    shop.merge("crm:ZQ7781X", "till:T1", "Snorvelda")
    shop.build("2024-06-01")
    shop.plan("2024-06-01")
    return shop


def found_in(shop: Shop) -> dict[str, str]:
    """The columns of the store, of any table and type, in which a mark is found; and one text that has it."""
    found: dict[str, str] = {}
    with closing(sqlite3.connect(shop.ground.folder / FILE_NAME)) as store:
        for (table,) in store.execute("select name from sqlite_master where type = 'table'").fetchall():
            rows = store.execute(f'select * from "{table}"')
            names = [column[0] for column in rows.description]
            for name, value in (cell for row in rows for cell in zip(names, row, strict=True)):
                said = re.sub(r"[^a-z0-9]", "", str(value).lower())
                if any(mark in said for mark in MARKS):
                    found[f"{table}.{name}"] = str(value)[:200]
    return found


def declared() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if column.info.get("personal")
    }


def test_all_that_is_known_of_a_person_rests_in_columns_that_say_so(lived: Shop) -> None:
    found = found_in(lived)
    for one in lived.imports():
        lived.undo(one.import_id)
    found |= found_in(lived)
    assert {name: text for name, text in found.items() if name not in declared()} == {}
    passed_by = {name.partition(".")[0] for name in declared()} - {name.partition(".")[0] for name in found}
    assert passed_by == {"decisions"}, "reasons are about somebody and quote nothing; all others are come to"
