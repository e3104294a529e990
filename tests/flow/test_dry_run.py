"""A dry run says what a load would do, and does nothing."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from small_files import Write
from sqlalchemy import select

from regulars.shop import Shop
from regulars.store.tables import metadata

#: Loads a file, and leaves the process before it counts, as a power cut would.
KILLED = """
import os, sys
from pathlib import Path
from regulars.app import open_shop
open_shop(Path(sys.argv[1])).load([sys.argv[2]], source="till", progress=lambda what, done, of: os._exit(9))
"""
FILES: dict[str, tuple[str, ...]] = {
    "people": (
        "Customer ID,First Name,Email",
        "C1,Ann,ann@example.ca",
        "C1,Ann,ann@example.ca",
        "C2,Bo,bo@x.ca,,,9",
    ),
    "orders": (
        "Order ID,Order Date,Customer ID,Email,Product ID,Quantity,Price",
        "1,2024-02-03,C1,ann@example.ca,MUG,1,10.00",
        "1,2024-02-03,C1,ann@example.ca,MUG,1,10.00",
        "2,soon,C1,ann@example.ca,MUG,1,10.00",
    ),
    "events": (
        "event,timestamp,email",
        "Product Viewed,2024-05-01 10:00:00,ann@example.ca",
        "Product Viewed,tomorrow,ann@example.ca",
    ),
    "products": ("Product ID,Product Name,Price", "MUG,Mug,10.00", "MUG,Mug,10.00", "MUG,Big mug,12.00"),
    "stores": ("Store ID,Store Name,City", "S1,Main street,Laval", "S1,Main street,Laval"),
}  # fmt: skip


def everything(shop: Shop) -> dict[str, object]:
    """Every row of the store, and every file beside it."""
    with shop.ground.store.read() as connection:
        tables = {
            table.name: sorted(map(str, connection.execute(select(table))))
            for table in metadata.sorted_tables
        }
    lake = {
        str(path.relative_to(shop.ground.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in shop.ground.folder.rglob("*")
        if path.is_file() and not path.name.startswith(("shop.db", "turn.db"))
    }
    folders = sorted(str(path) for path in shop.ground.folder.rglob("*") if path.is_dir())
    return {**tables, "files": lake, "folders": folders}


@pytest.mark.parametrize("kind", FILES)
def test_a_dry_run_counts_as_the_load_does_and_changes_nothing(shop: Shop, write: Write, kind: str) -> None:
    file = write(f"{kind}.csv", *FILES[kind])
    for _time in ("first", "again"):
        before = everything(shop)
        (rehearsed,) = shop.load([file], kind=kind, dry_run=True)
        assert everything(shop) == before
        (loaded,) = shop.load([file], kind=kind)
        assert rehearsed.import_id is None
        assert rehearsed.as_json() | {"import_id": loaded.import_id} == loaded.as_json()
        assert loaded.rows_in == loaded.accepted + loaded.rejected + loaded.duplicates


def test_a_dry_run_of_a_folder_counts_the_second_file_with_the_first_one_in_mind(
    shop: Shop, write: Write
) -> None:
    folder = write("in/a.csv", *FILES["orders"]).parent
    write("in/b.csv", *FILES["orders"])
    dry = shop.load([folder], source="till", dry_run=True)
    assert [(one.accepted, one.duplicates) for one in dry] == [(2, 0), (0, 2)]


@pytest.mark.slow
def test_a_dry_run_leaves_what_a_killed_load_left_out_of_its_counts(shop: Shop, write: Write) -> None:
    file = write("orders.csv", *FILES["orders"])
    killed = subprocess.run([sys.executable, "-c", KILLED, str(shop.ground.folder), str(file)], check=False)
    assert killed.returncode == 9
    assert [one.state for one in shop.imports()] == ["loading"]
    (dry,) = shop.load([file], source="till", dry_run=True)
    assert (dry.accepted, dry.duplicates) == (2, 0)
    (real,) = shop.load([file], source="till")
    assert (real.accepted, real.duplicates) == (2, 0)


def test_a_dry_run_in_a_shop_without_a_lake_makes_none(shop: Shop, write: Write) -> None:
    shop.load([write("orders.csv", *FILES["orders"])], dry_run=True)
    assert not Path(shop.ground.folder / "lake").exists()
