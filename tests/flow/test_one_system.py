"""Exports of one system come under many names; they are one source, and two systems never become one by chance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_files import NewShop, Write

from properties import tried
from regulars.flow.loading.understanding import LoadedFile
from regulars.shop import Shop

pytestmark = pytest.mark.slow  # a shop for each test

ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
PEOPLE = "Customer ID,First Name,Last Name,Email"
JANUARY = ("1001,2024-01-03,C1,MUG,1,10.00", "1002,2024-01-14,C2,CUP,2,5.00")
FEBRUARY = ("1003,2024-02-03,C1,MUG,1,10.00", "1004,2024-02-14,C2,CUP,2,5.00")


def spend(shop: Shop) -> float:
    return round(sum(row["paid"] for row in shop.table("orders").to_pylist()), 2)


def said(one: LoadedFile) -> str:
    return " ".join(one.notes)


def test_the_exports_of_two_months_are_one_source_and_it_is_said(shop: Shop, write: Write) -> None:
    (january,) = shop.load([write("orders-2024-01.csv", ORDERS, *JANUARY)])
    (february,) = shop.load([write("orders-2024-02.csv", ORDERS, JANUARY[1], *FEBRUARY)])
    assert (january.source, february.source) == ("orders", "orders")
    assert (january.notes, february.duplicates) == ([], 1)
    assert "orders-2024-01.csv" in said(february)
    assert "--source" in said(february)
    assert spend(shop) == 40.0


@pytest.mark.parametrize(
    "name",
    ["orders (1).csv", "Copy of orders.csv", "orders - Copie (2).csv", "orders_final_v2.csv", "orders janvier.csv",
     "ORDERS-20240131.csv", "orders2024.csv"],
)  # fmt: skip
def test_a_copy_under_another_name_adds_nothing_and_says_which_file_it_repeats(
    shop: Shop, write: Write, name: str
) -> None:
    shop.load([write("orders.csv", ORDERS, *JANUARY)])
    (copy,) = shop.load([write(name, ORDERS, *JANUARY)])
    assert (copy.source, copy.rows_in, copy.accepted, copy.duplicates) == ("orders", 2, 0, 2)
    assert "import 1" in said(copy)
    assert spend(shop) == 20.0


def test_a_folder_with_a_file_and_its_copies_counts_once(shop: Shop, write: Write) -> None:
    write("all/orders (1).csv", ORDERS, *JANUARY)
    write("all/people.csv", PEOPLE, "C1,Ann,Roy,ann@example.ca")
    write("all/Copy of people.csv", PEOPLE, "C1,Ann,Roy,ann@example.ca")
    folder = write("all/orders.csv", ORDERS, *JANUARY).parent
    loaded = shop.load([folder])
    assert {one.source for one in loaded} == {"orders", "people"}
    assert spend(shop) == 20.0
    shop.match()
    assert [row["source_key"] for row in shop.table("identity").to_pylist() if row["source"] == "people"] == [
        "C1"
    ]


def test_the_very_same_file_under_any_name_adds_nothing(shop: Shop, write: Write) -> None:
    shop.load([write("orders.csv", ORDERS, *JANUARY, "1005,never,C1,MUG,1,10.00")])
    (renamed,) = shop.load([write("something else.csv", ORDERS, *JANUARY, "1005,never,C1,MUG,1,10.00")])
    assert (renamed.source, renamed.accepted, renamed.rejected, renamed.duplicates) == ("orders", 0, 1, 2)
    assert len(shop.rejects()) == 1


def test_a_file_that_goes_back_to_what_it_once_held_is_read_anew(shop: Shop, write: Write) -> None:
    header = "Product ID,Product Name,Price"
    for price in ("10", "11", "10"):
        (loaded,) = shop.load([write("products.csv", header, f"MUG,Mug,{price}")])
        assert (loaded.accepted, loaded.duplicates) == (1, 0)


def test_older_files_of_a_folder_do_not_bring_back_what_newer_ones_changed(shop: Shop, write: Write) -> None:
    changed = ORDERS + ",Status"
    write("all/orders-01.csv", changed, *(f"{line},pending" for line in JANUARY))
    folder = write("all/orders-02.csv", changed, *(f"{line},shipped" for line in JANUARY)).parent
    shop.load([folder])
    again = shop.load([folder])
    assert [(one.accepted, one.duplicates) for one in again] == [(0, 2), (0, 2)]
    assert {row["status"] for row in shop.table("orders").to_pylist()} == {"shipped"}


def test_a_copy_loaded_after_its_first_import_was_undone_brings_all_rows_back(
    shop: Shop, write: Write
) -> None:
    shop.load([write("orders.csv", ORDERS, *JANUARY)])
    shop.load([write("orders (1).csv", ORDERS, *JANUARY)])
    shop.undo(1)
    (again,) = shop.load([write("orders.csv", ORDERS, *JANUARY)])
    assert (again.accepted, spend(shop)) == (2, 20.0)


def test_the_same_columns_under_another_name_are_another_system_and_it_is_told_how_to_join_them(
    shop: Shop, write: Write
) -> None:
    shop.load([write("laval.csv", ORDERS, *JANUARY)])
    (other,) = shop.load([write("gatineau.csv", ORDERS, *FEBRUARY)])
    assert other.source == "gatineau"
    assert "--source laval" in said(other)


@pytest.mark.parametrize(("one", "other"), [("store 1.csv", "store 2.csv"), ("till1.csv", "till2.csv")])
def test_the_number_of_a_till_or_shop_tells_systems_apart(
    shop: Shop, write: Write, one: str, other: str
) -> None:
    (first,) = shop.load([write(one, ORDERS, *JANUARY)])
    (second,) = shop.load([write(other, ORDERS, *FEBRUARY)])
    assert first.source != second.source


def test_a_name_that_is_a_date_alone_is_called_by_what_it_holds(shop: Shop, write: Write) -> None:
    loaded = shop.load([write("2024-01.csv", ORDERS, *JANUARY), write("2024-02.csv", ORDERS, *FEBRUARY)])
    assert [one.source for one in loaded] == ["orders", "orders"]


def test_another_list_of_the_same_name_is_another_source(shop: Shop, write: Write) -> None:
    """Two systems both number from 1: their first customers are not one person."""
    shop.load([write("a/clients.csv", PEOPLE, "1,Ann,Roy,ann@example.ca")])
    (other,) = shop.load(
        [
            write(
                "b/clients.csv", "No,Prénom,Nom,Courriel,Ville,Carte", "1,Luc,Côté,luc@example.ca,Laval,55512"
            )
        ]
    )
    assert other.source == "clients_2"
    assert shop.match().people == 2


def test_a_file_with_a_new_column_goes_on_with_its_source(shop: Shop, write: Write) -> None:
    shop.load([write("orders-01.csv", ORDERS, *JANUARY)])
    (more,) = shop.load([write("orders-02.csv", ORDERS + ",Status", *(f"{line},paid" for line in FEBRUARY))])
    assert more.source == "orders"


def test_a_source_that_was_named_once_is_known_again(shop: Shop, write: Write) -> None:
    shop.load([write("orders-01.csv", ORDERS, *JANUARY)], source="till")
    (again,) = shop.load([write("orders-02.csv", ORDERS, *FEBRUARY)])
    (asked,) = shop.load([write("orders-02.csv", ORDERS, *FEBRUARY)], source="web")
    assert (again.source, asked.source) == ("till", "web")
    assert "twice" in said(asked)


names = st.lists(
    st.tuples(
        st.sampled_from(["export", "ventes", "till 1"]),
        st.sampled_from(["", " (1)", "-2024-01", "_final", " février 2024"]),
        st.sampled_from(["people", "orders"]),
    ),
    min_size=2, max_size=4, unique=True,
)  # fmt: skip


@pytest.mark.slow
@tried(5)
@given(files=names)
def test_files_share_a_source_when_series_and_kind_are_the_same_and_never_otherwise(
    new_shop: NewShop, write: Write, files: list[tuple[str, str, str]]
) -> None:
    shop = new_shop()
    sources: dict[tuple[str, str], str] = {}
    for number, (series, mark, kind) in enumerate(files):
        person, order = f"C{number},Ann,Roy,a{number}@example.ca", JANUARY[0].replace("1001", str(number))
        header, row = (PEOPLE, person) if kind == "people" else (ORDERS, order)
        path = write(f"{kind}/{series}{mark}.csv", header, row)
        (loaded,) = shop.load([path])
        assert sources.setdefault((series, kind), loaded.source) == loaded.source
    assert len(set(sources.values())) == len(sources)


def test_planning_keeps_the_order_of_months(shop: Shop, write: Write) -> None:
    for month in ("10", "9", "11"):
        write(f"all/sales {month}-2024.csv", ORDERS, JANUARY[0].replace("1001", month))
    folder = write("all/sales 1-2025.csv", ORDERS, JANUARY[0]).parent
    assert [Path(one.file).stem for one in shop.load([folder])] == [
        "sales 9-2024", "sales 10-2024", "sales 11-2024", "sales 1-2025",
    ]  # fmt: skip
