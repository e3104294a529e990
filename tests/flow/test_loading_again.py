"""The same facts again add nothing, changed ones are new versions, and every import can be taken back whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from small_files import Exports, NewShop, Write

from regulars.errors import NotFound, Refused
from regulars.flow.loading import load as load_flow
from regulars.shop import Shop

ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,Status"
PEOPLE = "Customer ID,First Name,Last Name,Email,Phone,City"
LINES = (
    "1001,2024-02-03,C1,MUG,1,10.00,paid",
    "1001,2024-02-03,C1,MUG,1,10.00,paid",
    "1001,2024-02-03,C1,POT,1,25.00,paid",
    "1002,2024-02-14,C2,CUP,2,5.00,paid",
    "1003,2024-03-25,C1,MUG,1,10.00,paid",
)
ANN = "C1,Ann,Roy,ann@example.ca,514 555-0101,Laval"
BOB = "C2,Bob,Lee,bob@example.ca,514 555-0102,Laval"


def spend(shop: Shop, source: str = "till") -> int:
    """What all lines of a source come to, in cents."""
    return round(
        100 * sum(row["paid"] for row in shop.table("orders").to_pylist() if row["source"] == source)
    )


@pytest.mark.slow
def test_the_same_orders_again_are_all_duplicates(shop: Shop, write: Write, exports_of: Exports) -> None:
    file = write("orders.csv", ORDERS, *LINES)
    (first,) = shop.load([file], source="till")
    before = exports_of(shop)
    (again,) = shop.load([file], source="till")
    assert (first.accepted, first.duplicates) == (5, 0)
    assert (again.rows_in, again.accepted, again.rejected, again.duplicates) == (5, 0, 0, 5)
    assert exports_of(shop) == before


@pytest.mark.slow
def test_the_same_people_events_products_and_stores_again_are_all_duplicates(
    shop: Shop, write: Write, exports_of: Exports
) -> None:
    write("all/people.csv", PEOPLE, ANN, BOB)
    write(
        "all/events.csv",
        "event,timestamp,email",
        "Product Viewed,2024-05-01 10:00:00,ann@example.ca",
        "Product Viewed,2024-05-01 10:00:00,ann@example.ca",
    )
    folder = write(
        "all/products.csv", "Product ID,Product Name,Category,Price", "MUG,Mug,Kitchen,10.00"
    ).parent
    first = shop.load([folder])
    before = exports_of(shop)
    again = shop.load([folder])
    assert sum(one.accepted for one in first) == 5
    assert [(one.accepted, one.rejected) for one in again] == [(0, 0)] * 3
    assert exports_of(shop) == before


def test_a_file_compressed_or_in_another_folder_is_still_the_same_facts(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    shop.load([write("orders.csv", ORDERS, *LINES)], source="till")
    packed = tmp_path / "elsewhere.csv.gz"
    packed.write_bytes(gzip.compress((tmp_path / "orders.csv").read_bytes()))
    (again,) = shop.load([packed], source="till")
    assert (again.accepted, again.duplicates) == (0, 5)


def test_equal_lines_of_one_receipt_are_all_kept(shop: Shop, write: Write) -> None:
    shop.load([write("orders.csv", ORDERS, *LINES)], source="till")
    assert spend(shop) == 6500


@pytest.mark.slow
@pytest.mark.parametrize(("until", "since"), [(2, 0), (3, 0), (4, 3), (5, 0), (3, 2)])
def test_two_exports_that_overlap_or_part_an_order_make_what_one_makes(
    shop: Shop, write: Write, until: int, since: int
) -> None:
    shop.load([write("a.csv", ORDERS, *LINES[:until])], source="till")
    shop.load([write("b.csv", ORDERS, *LINES[since:])], source="till")
    assert spend(shop) == 6500


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "chunk"), [(1, 50), (3, 50), (50, 1), (2, 3)])
def test_parts_and_chunks_that_end_between_equal_lines_lose_none(
    shop: Shop, write: Write, monkeypatch: pytest.MonkeyPatch, rows: int, chunk: int
) -> None:
    file = write("orders.csv", ORDERS, *LINES, LINES[0], LINES[0])
    monkeypatch.setattr(load_flow, "PART_ROWS", rows)
    monkeypatch.setattr(load_flow, "CHUNK_ROWS", chunk)
    (first,) = shop.load([file], source="till")
    (again,) = shop.load([file], source="till")
    assert (first.accepted, again.accepted, again.duplicates) == (7, 0, 7)
    assert spend(shop) == 8500


@pytest.mark.slow
def test_tax_and_shipping_of_an_order_count_once_however_its_lines_come(
    shop: Shop, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,Tax,Shipping"
    lines = [f"1001,2024-02-03,C1,P{n},1,10.00,4.50,7.00" for n in range(4)]
    monkeypatch.setattr(load_flow, "CHUNK_ROWS", 1)
    shop.load([write("a.csv", header, *lines[:3])], source="till")
    shop.load([write("b.csv", header, *lines[2:])], source="till")
    told = shop.table("orders").to_pylist()
    assert (len(told), sum(row["tax"] for row in told), sum(row["shipping"] for row in told)) == (4, 4.5, 7.0)


@pytest.mark.slow
@pytest.mark.parametrize("status", ["shipped", "cancelled"])
def test_a_line_whose_status_changed_is_a_new_version_and_undo_brings_the_old_one_back(
    shop: Shop, write: Write, exports_of: Exports, status: str
) -> None:
    shop.load([write("monday.csv", ORDERS, *LINES)], source="till")
    before = exports_of(shop)
    changed = LINES[3].replace("paid", status)
    (again,) = shop.load([write("tuesday.csv", ORDERS, *LINES[:3], changed, LINES[4])], source="till")
    assert (again.accepted, again.duplicates) == (1, 4)
    after = exports_of(shop)
    assert len(after["orders"]) == 5
    assert spend(shop) == (6500 if status == "shipped" else 5500)
    assert again.import_id is not None
    shop.undo(again.import_id)
    assert exports_of(shop) == before


@pytest.mark.slow
def test_a_person_who_moved_is_a_new_version_and_undo_brings_the_old_address_back(
    shop: Shop, write: Write, exports_of: Exports
) -> None:
    shop.load([write("clients.csv", PEOPLE, ANN, BOB)], source="crm")
    before = exports_of(shop)
    moved = ANN.replace("Laval", "Gatineau")
    (again,) = shop.load([write("clients.csv", PEOPLE, moved, BOB)], source="crm")
    assert (again.accepted, again.duplicates) == (1, 1)
    exports_of(shop)
    assert {row["given_name"]: row["city"] for row in shop.table("people").to_pylist()}["Ann"] == "Gatineau"
    shop.undo(2)
    assert exports_of(shop) == before


@pytest.mark.slow
def test_undo_in_the_middle_of_three_versions_leaves_the_newest_alone(
    new_shop: NewShop, write: Write, exports_of: Exports
) -> None:
    shop = new_shop('[sources.till]\ncustomers = "crm"\n')
    for city in ("Laval", "Gatineau", "Québec"):
        shop.load([write("clients.csv", PEOPLE, ANN.replace("Laval", city))], source="crm")
        status = {"Laval": "paid", "Gatineau": "packed", "Québec": "shipped"}[city]
        shop.load([write("orders.csv", ORDERS, LINES[0].replace("paid", status))], source="till")
        price = {"Laval": "10", "Gatineau": "11", "Québec": "12"}[city]
        shop.load([write("goods.csv", "Product ID,Product Name,Price", f"MUG,Mug,{price}")], kind="products")
    newest = exports_of(shop)
    for middle in (4, 5, 6):
        shop.undo(middle)
    assert exports_of(shop) == newest
    for last in (7, 8, 9):
        shop.undo(last)
    exports_of(shop)
    assert [row["city"] for row in shop.table("people").to_pylist()] == ["Laval"]
    assert [row["status"] for row in shop.table("orders").to_pylist()] == ["paid"]


@pytest.mark.slow
def test_an_undone_file_is_gone_whole_and_can_be_loaded_again(
    shop: Shop, write: Write, exports_of: Exports
) -> None:
    nothing = exports_of(shop)
    files = [
        write("clients.csv", PEOPLE, ANN, BOB),
        write("till.csv", ORDERS, *LINES, "1004,never,C1,MUG,1,10.00,paid"),
        write("clicks.csv", "event,timestamp,email", "Product Viewed,2024-05-01 10:00:00,ann@example.ca"),
        write("products.csv", "Product ID,Product Name,Price", "MUG,Mug,10.00"),
    ]
    loaded = shop.load(files)
    counts = [(one.accepted, one.rejected, one.duplicates) for one in loaded]
    full = exports_of(shop)
    for one in loaded:
        assert one.import_id is not None
        shop.undo(one.import_id)
    assert exports_of(shop) == nothing
    again = shop.load(files)
    assert [(one.accepted, one.rejected, one.duplicates) for one in again] == counts
    sizes = {name: len(rows) for name, rows in exports_of(shop).items()}
    assert sizes == {name: len(rows) for name, rows in full.items()}


@pytest.mark.slow
def test_undo_of_one_file_leaves_the_others_as_they_were(
    shop: Shop, write: Write, exports_of: Exports
) -> None:
    shop.load([write("clients.csv", PEOPLE, ANN)], source="crm")
    before = exports_of(shop)
    (till,) = shop.load([write("orders.csv", ORDERS, *LINES)], source="till")
    assert till.import_id is not None
    shop.undo(till.import_id)
    assert exports_of(shop) == before


def test_an_import_is_undone_once(shop: Shop, write: Write) -> None:
    shop.load([write("clients.csv", PEOPLE, ANN)])
    shop.undo(1)
    with pytest.raises(Refused, match="undone already"):
        shop.undo(1)
    with pytest.raises(NotFound, match="no import 7"):
        shop.undo(7)
    assert [(one.import_id, one.state) for one in shop.imports()] == [(1, "undone")]


@pytest.mark.slow
def test_what_an_order_says_of_its_buyer_leaves_the_customer_list_alone(
    new_shop: NewShop, write: Write, exports_of: Exports
) -> None:
    shop = new_shop('[sources.till]\ncustomers = "crm"\nrank = 5\n')
    shop.load([write("clients.csv", PEOPLE, ANN)], source="crm")
    header = f"{ORDERS},Email"
    shop.load([write("orders.csv", header, f"{LINES[0]},other@example.ca")], source="till")
    exports_of(shop)
    (person,) = shop.table("people").to_pylist()
    assert person["email"] == "ann@example.ca"
    (line,) = shop.table("orders").to_pylist()
    assert (line["source"], line["person_id"]) == ("till", person["person_id"])
