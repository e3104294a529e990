"""A column that the shop drops is kept nowhere: not of files to come, nor of those that were loaded."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_files import Clock, NewShop, Write
from sqlalchemy import select

from regulars.app import open_shop
from regulars.errors import Invalid
from regulars.shop import Shop
from regulars.store.tables import consents, order_lines, record_versions, records, rejects

PEOPLE = (
    "Customer ID,First Name,Last Name,Phone,Lieu de naissance",
    "C1,Ann,Roy,514-282-2021,Chicoutimi",
    "C2,Luc,Lee,514-282-2022,Kamouraska",
)
ORDERS = (
    "Order ID,Date,Customer ID,Product,Quantity,Price,Gift note",
    "O1,2024-05-01,C1,Tea,1,5.00,for Chicoutimi",
    "O2,2024-05-02,C2,Tea,2,5.00,",
    "O3,soon,C2,Tea,1,5.00,to Kamouraska",
)
DROP = '[privacy]\ndrop = ["crm.lieu de Naissance", "till.Gift note", "crm.Phone"]\n'
SAID = ("Chicoutimi", "Kamouraska", "282-2021", "5142822021")


def _load(shop: Shop, write: Write) -> None:
    shop.load([write("crm.csv", *PEOPLE)], source="crm")
    shop.load([write("orders.csv", *ORDERS)], source="till", kind="orders")


def _said(shop: Shop) -> set[str]:
    """Which of the dropped words stand anywhere in the store or the lake."""
    folder = shop.ground.folder
    with sqlite3.connect(folder / "shop.db") as store:
        told = "\n".join(store.iterdump())
    lake = (str(pq.read_table(file).to_pydict()) for file in (folder / "lake").rglob("*.parquet"))
    everything = "\n".join([told, *lake])
    return {word for word in SAID if word in everything}


def _sums(shop: Shop) -> list[tuple[object, object]]:
    with shop.ground.store.read() as connection:
        return [
            tuple(row) for row in connection.execute(select(order_lines.c.paid, order_lines.c.superseded_by))
        ]


def test_what_stands_of_a_dropped_column_is_deleted_by_the_next_build(
    new_shop: NewShop, write: Write
) -> None:
    shop = new_shop()
    _load(shop, write)
    shop.build("2024-06-01")
    assert _said(shop) == set(SAID)
    before = shop.table("indicators").to_pylist()
    shop.close()
    _add(shop.ground.folder, DROP)
    shop = open_shop(shop.ground.folder, now=Clock())

    assert shop.build("2024-06-01").forgotten.dropped == 4

    assert _said(shop) == set()
    people = shop.table("people")
    assert people.column("phone").null_count == people.num_rows
    assert set(people.column("family_name").to_pylist()) >= {"Roy", "Lee"}
    assert len(shop.table("indicators")) == len(before)
    assert shop.build("2024-06-01").forgotten.dropped == 0
    shop.close()


def test_a_file_to_come_is_known_again_without_what_is_dropped(new_shop: NewShop, write: Write) -> None:
    shop = new_shop(DROP)
    _load(shop, write)

    assert _said(shop) == set()
    with shop.ground.store.read() as connection:
        raws = connection.execute(select(record_versions.c.raw)).scalars().all()
        (waiting,) = connection.execute(select(rejects.c.raw)).scalars()
    assert all("Last Name" in raw for raw in raws if raw and "First Name" in raw)
    assert "soon" in waiting
    sold = _sums(shop)
    again = shop.load(
        [write("again.csv", *ORDERS, "O4,2024-05-03,C1,Tea,1,5.00,x")], source="till", kind="orders"
    )
    assert (again[0].accepted, again[0].duplicates, again[0].rejected) == (1, 2, 1)
    assert len(_sums(shop)) == len(sold) + 1
    assert any("Gift note" in note for note in again[0].notes)


def test_a_column_that_is_dropped_later_leaves_the_rows_that_were_known_known(
    new_shop: NewShop, write: Write
) -> None:
    shop = new_shop()
    _load(shop, write)
    shop.close()
    _add(shop.ground.folder, DROP)
    shop = open_shop(shop.ground.folder, now=Clock())
    shop.build("2024-06-01")

    again = shop.load(
        [write("new.csv", *ORDERS, "O4,2024-05-03,C1,Tea,1,5.00,x")], source="till", kind="orders"
    )

    assert (again[0].accepted, again[0].duplicates) == (1, 2)
    shop.close()


def test_a_slip_in_the_name_of_a_column_is_said(new_shop: NewShop, write: Write) -> None:
    shop = new_shop('[privacy]\ndrop = ["crm.Lieu de naisance"]\n')
    _load(shop, write)
    with pytest.raises(Invalid, match="no file of 'crm' has the column") as said:
        shop.build("2024-06-01")
    assert "crm.Lieu de naissance" in said.value.next_step

    with pytest.raises(Invalid, match="does not name a source and a column"):
        new_shop('[privacy]\ndrop = ["Birth place"]\n')


def test_what_no_row_can_be_read_without_is_not_dropped_unsaid(new_shop: NewShop, write: Write) -> None:
    shop = new_shop('[privacy]\ndrop = ["till.Order ID"]\n')

    with pytest.raises(Invalid, match="order_id") as said:
        shop.load([write("orders.csv", *ORDERS)], source="till", kind="orders")
    assert "Order ID" in said.value.next_step


def _add(folder: Path, settings: str) -> None:
    with (folder / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + settings)


#: Nothing of it may be left, however it was read, written or joined.
WORD = "zanzibar"
KEPT = "Moncton"


def _left_of(shop: Shop, *words: str) -> set[str]:
    """Which words stand anywhere in the tables of the store or the files of the lake, in whatever letters."""
    folder = shop.ground.folder
    with sqlite3.connect(folder / "shop.db") as store:
        told = "\n".join(line for line in store.iterdump() if 'INTO "imports"' not in line)
    lake = (str(pq.read_table(file).to_pydict()) for file in (folder / "lake").rglob("*.parquet"))
    everything = "\n".join([told, *lake]).casefold()
    return {word for word in words if word.casefold() in everything}


def _dropping(shop: Shop, *columns: str) -> Shop:
    """The shop after a build, with these columns dropped and the next build."""
    shop.build("2024-06-01")
    assert _left_of(shop, WORD) == {WORD}
    shop.close()
    _add(shop.ground.folder, f"[privacy]\ndrop = {list(columns)}\n".replace("'", '"'))
    again = open_shop(shop.ground.folder, now=Clock())
    again.build("2024-06-01")
    return again


REVIEWS = (
    "Review Title,Review Content,Rating,Date,Email",
    f"{WORD} tea,{WORD} is fine,5,2024-05-01,ann@example.ca",
)
TICKETS = (
    "Id,Requester email,Subject,Message,Created at",
    f"1,ann@example.ca,Order,to {WORD},2024-05-01 10:00:00",
)
SPOKEN = {
    "text alone": ("reviews", ("Content,Rating,Date,Product ID", f"in {WORD},5,2024-05-01,EG"), ["Content"]),
    "one of two": ("tickets", TICKETS, ["Message"]),
    "both": ("reviews", REVIEWS, ["Review Title", "Review Content"]),
    "the writer": (
        "reviews", ("Content,Rating,Date,Email", f"Fine,5,2024-05-01,{WORD}@example.ca"), ["Email"],
    ),
    "beside it": ("events", ("event,timestamp,customer id,Note", f"Visit,2024-05-01 10:00,C1,{WORD}"), ["Note"]),
    "coupon": (
        "orders", ("Order ID,Date,Customer ID,SKU,Quantity,Paid,Coupon", f"1,2024-05-01,C1,T,1,5.00,{WORD}"),
        ["Coupon"],
    ),
    "a buyer": (
        "orders",
        ("Order ID,Date,Email,Phone,SKU,Quantity,Paid", f"1,2024-05-01,{WORD}@example.ca,514-282-2021,T,1,5.00"),
        ["Email"],
    ),
    "a buyer's name": (
        "orders",
        ("Order ID,Date,Email,First Name,Last Name,SKU,Quantity,Paid", f"1,2024-05-01,a@b.ca,{WORD},Roy,T,1,5.00"),
        ["First Name"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "rows", "columns"), SPOKEN.values(), ids=SPOKEN)
def test_no_word_of_a_dropped_column_is_left_anywhere(
    shop: Shop, write: Write, kind: str, rows: tuple[str, ...], columns: list[str]
) -> None:
    (loaded,) = shop.load([write("it.csv", *rows)], source="it", kind=kind)
    assert loaded.accepted == 1

    shop = _dropping(shop, *(f"it.{column}" for column in columns))

    assert _left_of(shop, WORD) == set()
    shop.close()


PERSON = "Customer ID,Full Name,Email,Second Email,Phone,Address,Accepts Email"
CARDS = {
    "name": ("Full Name", f"C1,Ann {WORD},ann@{KEPT}.ca,,514-282-2021,,yes"),
    "email": ("Email", f"C1,Ann {KEPT},ann@{WORD}.ca,,514-282-2021,,yes"),
    "one of two": ("Second Email", f"C1,Ann Roy,ann@{KEPT}.ca,ann@{WORD}.ca,514-282-2021,,yes"),
    "first of two": ("Email", f"C1,Ann Roy,ann@{WORD}.ca,ann@{KEPT}.ca,514-282-2021,,yes"),
    "no number": ("Email", f",Ann {KEPT},ann@{WORD}.ca,,514-282-2021,,yes"),
    "no number, name": ("Full Name", f",Ann {WORD},ann@{KEPT}.ca,,514-282-2021,,yes"),
    "address": ("Address", f'C1,Ann Roy,ann@{KEPT}.ca,,,"12 rue {WORD}, Laval QC H2X 1Y4",yes'),
    "proof": ("Accepts Email", f"C1,Ann Roy,ann@{KEPT}.ca,,,,{WORD}"),
}
MEANT = """kind = "people"
[columns]
"Customer ID" = "source_key"
"Full Name" = "full_name"
"Email" = "email"
"Second Email" = "email"
"Phone" = "phone"
"Address" = "address_line"
"Accepts Email" = "consent_email"
"""


@pytest.mark.parametrize(("column", "row"), CARDS.values(), ids=CARDS)
def test_a_card_keeps_what_its_other_columns_say_and_no_more(
    shop: Shop, write: Write, column: str, row: str
) -> None:
    shop.load([write("crm.csv", PERSON, row)], source="crm", mapping=write("crm.toml", MEANT))

    shop = _dropping(shop, f"crm.{column}")

    assert _left_of(shop, WORD, KEPT) == {KEPT}
    with shop.ground.store.read() as connection:
        (consent,) = connection.execute(select(consents.c.state)).scalars()
    assert consent == ("unknown" if column == "Accepts Email" else "granted")
    shop.close()


def test_answers_go_when_their_column_does(shop: Shop, write: Write) -> None:
    shop.load([write("crm.csv", "Customer ID,Last Name", "C1,Roy")], source="crm")
    told = ("Customer ID,Question,Answer", f"C1,Where do you go?,{WORD}")
    mapping = write(
        "survey.toml",
        'kind = "traits"\ncustomers = "crm"\n[columns]\n"Customer ID" = "customer_key"',
        '"Question" = "question"\n"Answer" = "answer"',
    )
    shop.load([write("survey.csv", *told)], source="survey", mapping=mapping)

    shop = _dropping(shop, "survey.Answer")

    assert _left_of(shop, WORD) == set()
    shop.close()


def test_why_a_row_waits_does_not_quote_what_is_dropped(shop: Shop, write: Write) -> None:
    rows = ("Product ID,Rating,Content,Date", f"EG,{WORD},Fine,2024-05-01", "EG,5,Good,2024-05-02")
    shop.load([write("reviews.csv", *rows)], source="site", kind="reviews")

    shop = _dropping(shop, "site.Rating")

    assert _left_of(shop, WORD) == set()
    (waiting,) = shop.rejects()
    assert "no longer kept" in str(waiting["reason"])
    shop.close()


def test_a_card_whose_row_is_not_kept_any_more_is_emptied_too(new_shop: NewShop, write: Write) -> None:
    shop = new_shop("[retention]\nraw_days = 30\n")
    row = f"C1,Ann {WORD},ann@{KEPT}.ca,,514-282-2021,,yes"
    shop.load([write("crm.csv", PERSON, row)], source="crm", mapping=write("crm.toml", MEANT))
    folder = shop.ground.folder
    shop.close()
    later = Clock()
    later.now += timedelta(days=60)
    shop = open_shop(folder, now=later)
    shop.build("2024-06-01")
    with shop.ground.store.read() as connection:
        assert connection.execute(select(record_versions.c.raw)).scalars().all() == [None]

    shop = _dropping(shop, "crm.Full Name")

    assert _left_of(shop, WORD, KEPT) == {KEPT}
    shop.close()


GUESTS = {
    "a list": (
        "people", "First Name,Last Name,Email,City",
        ("Ann,Roy,ann@example.ca,Laval", "Luc,Lee,luc@example.ca,Laval"),
    ),
    "orders": (
        "orders",
        "Order ID,Date,Email,First Name,Last Name,SKU,Quantity,Paid",
        ("1,2024-05-01,ann@example.ca,Ann,Roy,T,1,5.00", "2,2024-05-02,luc@example.ca,Luc,Lee,T,1,5.00"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "head", "rows"), GUESTS.values(), ids=GUESTS)
def test_guests_whose_names_are_dropped_are_known_again_by_their_addresses(
    new_shop: NewShop, write: Write, kind: str, head: str, rows: tuple[str, ...]
) -> None:
    shop = new_shop()
    shop.load([write("guests.csv", head, *rows)], source="web", kind=kind)
    shop.build("2024-06-01")
    shop.close()
    _add(shop.ground.folder, '[privacy]\ndrop = ["web.First Name", "web.Last Name"]\n')
    shop = open_shop(shop.ground.folder, now=Clock())
    shop.build("2024-06-01")
    keys = {"email:ann@example.ca", "email:luc@example.ca"}
    assert set(_keys(shop)) == keys

    (again,) = shop.load([write("again.csv", head, *rows)], source="web", kind=kind)

    assert (again.accepted, again.duplicates) == (0, 2)
    assert set(_keys(shop)) == keys
    shop.close()


def test_of_two_on_one_mailbox_the_first_keeps_it_when_their_names_are_dropped(
    new_shop: NewShop, write: Write
) -> None:
    shop = new_shop()
    rows = ("Ann,Roy,roy@example.ca,Laval", "Luc,Roy,roy@example.ca,Laval")
    shop.load([write("list.csv", "First Name,Last Name,Email,City", *rows)], source="web", kind="people")
    shop.close()
    _add(shop.ground.folder, '[privacy]\ndrop = ["web.First Name", "web.Last Name"]\n')
    shop = open_shop(shop.ground.folder, now=Clock())
    shop.build("2024-06-01")
    first, second = _keys(shop)
    assert (first, second) == ("email:roy@example.ca", f"record:{_numbers(shop)[1]}")
    shop.close()


def _keys(shop: Shop) -> list[str]:
    with shop.ground.store.read() as connection:
        return list(connection.execute(select(records.c.source_key).order_by(records.c.record)).scalars())


def _numbers(shop: Shop) -> list[int]:
    with shop.ground.store.read() as connection:
        return list(connection.execute(select(records.c.record).order_by(records.c.record)).scalars())
