"""Where one person's data comes to rest in the store is declared: erasing asks the declaration where to look."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy
from small_files import Clock, Filled, Write
from sqlalchemy import func, select

import regulars.store.sqlite
from regulars.app import open_shop
from regulars.errors import NotFound, Unavailable
from regulars.flow.people.find import record_number
from regulars.match.learning.training import FEWEST_RECORDS
from regulars.match.review.put_off import put_off
from regulars.shop import Shop
from regulars.store import tables
from regulars.store.sqlite import FILE_NAME

pytestmark = pytest.mark.slow

#: What only one person, or somebody of the shop who dealt with them, has: small letters and digits alone.
MARKS = (
    "quixwinda", "zorblatt", "vombatine", "blortville", "h2x1y9", "5142827391", "krilopax", "zq7781x", "lc9910457",
    "yktex91", "wumble77", "xyphoria", "grubnaxo", "plimvax", "snorvelda", "mistreva", "tramplon", "fluxomel",
)  # fmt: skip
GIVEN = ("Ann", "Luc", "Eva", "Max")
PEOPLE = "Customer ID,First Name,Last Name,Email,Phone,Address,City,Postal Code,Loyalty Card,Accepts Marketing,Note"
SHE = (
    "ZQ7781X,Quixwinda,Zorblatt,quixwinda@zorblatt.ca,514-282-7391,12 rue Vombatine,Blortville,H2X 1Y9,LC9910457,yes,"
    "Krilopax"
)
SHE_AGAIN = "T1,Quixwinda,Zorblad,q.z@example.ca,,12 rue Vombatine,Blortville,H2X 1Y9,,no,"
OTHERS = [
    f"C{n},{GIVEN[n % 4]},Roy{n},c{n}@example.ca,,{n} rue Principale,Laval,H7A 1A1,,yes,"
    for n in range(FEWEST_RECORDS)
]
ORDERS = "Order ID,Date,Customer ID,Email,Product,SKU,Quantity,Price,Coupon,Message"
BOUGHT = "{id},{day},ZQ7781X,quixwinda@zorblatt.ca,Tea,T1,1,12.50,WUMBLE77,Krilopax"
EVENTS = "Event,Timestamp,Customer ID,url"


def _life(shop: Shop, write: Write) -> None:
    """All that can happen to a person happens to one of them."""
    shop.load([write("grubnaxo.csv", PEOPLE, SHE, *OTHERS)], source="crm")
    shop.load([write("till.csv", PEOPLE, SHE_AGAIN, *OTHERS[:60])], source="till")
    days = ("2024-03-01", "2024-04-01", "2024-05-01", "Plimvax")
    bought = [BOUGHT.format(id=f"YKTEX91{n}", day=day) for n, day in enumerate(days)]
    shop.load([write("grubnaxo-orders.csv", ORDERS, *bought)], source="crm", kind="orders")
    seen = "Product Viewed,2024-05-02T10:00:00Z,ZQ7781X,https://shop.example/xyphoria"
    left = "Unsubscribed,2024-05-03T10:00:00Z,C11,"
    shop.load([write("events.csv", EVENTS, seen, left)], source="crm", kind="events")
    shop.load(
        [write("survey.csv", "Customer ID,Question,Answer", "ZQ7781X,Hobby?,Fluxomel")], customers="crm"
    )
    shop.load([write("stores.csv", "Store,City,Manager", "S1,Laval,Snorvelda")], source="crm", kind="stores")
    shop.build("2024-06-01")
    shop.plan("2024-06-01")
    shop.quality()
    shop.lock("crm:ZQ7781X", {"city": "Mistreva"}, who="Snorvelda", why="Tramplon")
    shop.lock("crm:ZQ7781X", {"given_name": "Quixwinda"}, who="Snorvelda", why="")
    shop.unlock("crm:ZQ7781X", ["given_name"], who="Snorvelda")
    put_off(shop.ground.store, 1, 2, "Snorvelda", 1)
    shop.merge("crm:ZQ7781X", "till:T1", "Snorvelda")
    shop.build("2024-06-01")
    shop.plan("2024-06-01")


@pytest.fixture
def lived(filled: Filled) -> Shop:
    return filled(_life)


def found_in(shop: Shop, marks: Iterable[str] = MARKS) -> dict[str, str]:
    """The columns of the store, of any table and type, in which a mark is found; and one text that has it."""
    found: dict[str, str] = {}
    with closing(sqlite3.connect(shop.ground.folder / FILE_NAME)) as store:
        for (table,) in store.execute("select name from sqlite_master where type = 'table'").fetchall():
            rows = store.execute(f'select * from "{table}"')
            names = [column[0] for column in rows.description]
            for name, value in (cell for row in rows for cell in zip(names, row, strict=True)):
                if any(mark in plain(value) for mark in marks):
                    found[f"{table}.{name}"] = str(value)[:200]
    return found


def plain(value: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(value).lower())


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


def test_after_she_is_erased_nothing_of_her_stands_anywhere(lived: Shop) -> None:
    before = sales_of_all(lived)
    lived.erase(["crm:ZQ7781X", "till:T1"], "us")
    assert traces(lived) == {}
    assert sales_of_all(lived) == before
    lived.build("2024-06-01")
    lived.plan("2024-06-01")
    assert traces(lived) == {}


def test_what_others_say_stays_when_she_is_erased(lived: Shop) -> None:
    def others() -> list[dict[str, object]]:
        told = [*lived.table("people").to_pylist(), *lived.table("consents").to_pylist()]
        return [row for row in told if row["person_id"] != f"P{her}"]

    her = lived.find("crm:ZQ7781X")[0].person
    before = others()
    lived.erase(["crm:ZQ7781X", "till:T1"], "us")
    lived.build("2024-06-01")
    assert others() == before


def test_of_a_person_only_what_one_record_said_goes(lived: Shop) -> None:
    left = lived.erase(["crm:ZQ7781X"], "us")
    assert [one.records for one in left.persons] == [("till:T1",)]
    traced = plain(traces(lived))
    assert {mark for mark in HERS if mark in traced} == {"quixwinda", "vombatine", "blortville", "h2x1y9"}
    (card,) = [row for row in lived.table("people").to_pylist() if row["email"] == "q.z@example.ca"]
    assert card["phone"] is None


def test_an_id_that_was_issued_resolves_to_nobody(lived: Shop) -> None:
    ids = [hit.person for hit in lived.find("crm:ZQ7781X")]
    lived.erase(["crm:ZQ7781X", "till:T1"], "us")
    for one in ids:
        with pytest.raises(NotFound, match=f"P{one} is nobody any more"):
            lived.find(f"P{one}")
    with pytest.raises(NotFound):
        lived.find("quixwinda@zorblatt.ca")


def test_a_file_that_names_her_again_does_not_bring_her_back(lived: Shop, write: Write) -> None:
    before = sales_of_all(lived)
    lived.erase(["crm:ZQ7781X", "till:T1"], "us")
    (again,) = lived.load([write("again.csv", PEOPLE, SHE + "!", OTHERS[0])], source="crm")
    assert (again.rows_in, again.accepted, again.duplicates) == (2, 0, 2)
    assert "1 row is of somebody who was erased" in " ".join(again.notes)
    bought = [BOUGHT.format(id=f"YKTEX91{n}", day=day) for n, day in enumerate(("2024-03-01", "2024-04-01"))]
    (sold,) = lived.load([write("orders2.csv", ORDERS, *bought)], source="crm", kind="orders")
    assert (sold.accepted, sold.duplicates) == (0, 2)
    lived.build("2024-06-01")
    assert sales_of_all(lived) == before
    assert traces(lived) == {}


@pytest.mark.parametrize(
    "who",
    ["ZQ7781X,", " ZQ7781X ,", "W1,QuixWinda@zorblatt.ca", "W1,call (514) 282-7391", "W1,514-282-7391"],
)
def test_a_row_of_hers_that_cannot_be_understood_does_not_wait_to_be_mended(
    shop: Shop, write: Write, who: str
) -> None:
    shop.load([write("people.csv", PEOPLE, SHE, *OTHERS[:3])], source="crm")
    shop.erase(["crm:ZQ7781X"], "us")
    rows = [f"{n},2024-05-0{n},C{n},,12.50" for n in range(1, 4)]
    again = write(
        "again.csv", "Order ID,Date,Customer ID,Note,Price", *rows, f"8,soon,{who},12.50", "9,soon,C2,,1"
    )
    (told,) = shop.load([again], source="crm", kind="orders")
    assert (told.rows_in, told.accepted, told.rejected, told.duplicates) == (5, 3, 1, 1)
    assert "1 row is of somebody who was erased" in " ".join(told.notes)
    assert traces(shop) == {}


def test_who_takes_over_her_address_is_not_written_to_and_who_shared_it_keeps_their_word(
    shop: Shop, write: Write
) -> None:
    header = "Customer ID,First Name,Last Name,Email,Accepts Marketing"
    shop.load(
        [
            write(
                "one.csv",
                header,
                "A,Quixwinda,Zorblatt,les@zorblatt.ca,yes",
                "B,Luc,Zorblatt,les@zorblatt.ca,yes",
                "C,Eva,Roy,eva@roy.ca,yes",
            )
        ],
        source="crm",
    )
    shop.build("2024-06-01")
    shop.erase(["crm:A"], "us")
    again = write("two.csv", header, "B,Luc,Zorblat,les@zorblatt.ca,yes", "C,Eva,Roy,les@zorblatt.ca,yes")
    shop.load([again], source="crm")
    shop.build("2024-06-01")
    consent = {row["given_name"]: row["consent_email"] for row in shop.table("profiles").to_pylist()}
    assert consent == {"Luc": "granted", "Eva": "withdrawn"}


def test_an_erasure_has_not_ended_while_another_program_reads_the_log(
    lived: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regulars.store.sqlite, "BUSY_SECONDS", 0.2)
    shop = open_shop(lived.ground.folder, now=Clock())
    with closing(sqlite3.connect(lived.ground.folder / FILE_NAME)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from records").fetchall()
        with pytest.raises(Unavailable, match="another program reads"):
            shop.erase(["crm:ZQ7781X", "till:T1"], "us")
    shop.match()
    assert traces(shop) == {}
    shop.close()


def test_a_new_account_with_her_address_is_not_written_to(lived: Shop, write: Write) -> None:
    lived.erase(["crm:ZQ7781X", "till:T1"], "us")
    lived.load([write("web.csv", PEOPLE, SHE.replace("ZQ7781X", "W1"))], source="web")
    lived.build("2024-06-01")
    (card,) = [row for row in lived.table("profiles").to_pylist() if row["email"] == "quixwinda@zorblatt.ca"]
    assert (card["consent_email"], card["consent_sms"]) == ("withdrawn", "withdrawn")


def test_of_a_file_in_which_she_was_alone_nothing_is_left(shop: Shop, write: Write) -> None:
    shop.load([write("desk.csv", PEOPLE, SHE)], source="crm")
    shop.load(
        [write("sold.csv", ORDERS, BOUGHT.format(id="YKTEX91", day="2024-03-01"))],
        source="crm",
        kind="orders",
    )
    shop.build("2024-06-01")
    shop.erase(["crm:ZQ7781X"], "us")
    assert traces(shop) == {}
    assert shop.build("2024-06-01").people == 0


def test_an_erasure_that_was_interrupted_is_ended_by_the_next_command(lived: Shop) -> None:
    with lived.ground.store.read() as connection:
        numbers = [record_number(connection, name) for name in ("crm:ZQ7781X", "till:T1")]
    for turns in range(1, 400):
        stopped = stop_after(lived, turns)
        try:
            lived.ground.store.erase(numbers, lived.ground.lake, who="us", now_us=lived.ground.now_us())
            break
        except KeyboardInterrupt:
            continue
        finally:
            stopped()
    else:
        pytest.fail("it never ends")
    assert turns > 10
    assert traces(lived) == {}


def stop_after(shop: Shop, turns: int) -> Callable[[], None]:
    """Break off what writes to the store at its n-th turn; returns how to stop doing so."""
    left = turns

    def count(_connection: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt

    sqlalchemy.event.listen(shop.ground.store.database, "commit", count)
    return lambda: sqlalchemy.event.remove(shop.ground.store.database, "commit", count)


#: What is hers: the others are the shop's own.
HERS = tuple(mark for mark in MARKS if mark not in ("grubnaxo", "snorvelda"))


def traces(shop: Shop) -> dict[str, str]:
    """Where a mark of hers stands: in which column of the store, or in the bytes of which file."""
    found = found_in(shop, HERS)
    for file in sorted(shop.ground.folder.rglob("*")):
        if file.is_file():
            said = re.sub(rb"[^a-z0-9]", b"", file.read_bytes().lower())
            named = [mark for mark in HERS if mark.encode() in said]
            if named or (file.suffix == ".parquet" and any(mark in plain(parquet(file)) for mark in HERS)):
                found[str(file.relative_to(shop.ground.folder))] = ", ".join(named)
    return found


def parquet(file: Path) -> str:
    return str(pq.read_table(file, partitioning=None).to_pylist())


def sales_of_all(shop: Shop) -> tuple[int, int]:
    """How many lines were sold, and for how much, whoever bought them."""
    with shop.ground.store.read() as connection:
        line = tables.order_lines.c
        now = select(func.count(), func.sum(line.paid)).where(line.superseded_by.is_(None))
        return tuple(connection.execute(now).one())
