"""A column that the shop drops is kept nowhere: not of files to come, nor of those that were loaded."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from small_files import Clock, NewShop, Write
from sqlalchemy import select

from regulars.app import open_shop
from regulars.errors import Invalid
from regulars.shop import Shop
from regulars.store.tables import order_lines, record_versions, rejects

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
