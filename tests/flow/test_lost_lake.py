"""The lake is a mirror: lost or damaged, it is written anew from the store, and that is said."""

from __future__ import annotations

import shutil

import pytest
from small_files import Exports, Write

from regulars.shop import Shop

pytestmark = pytest.mark.slow

ORDERS = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
LINES = ("1001,2024-01-03,C1,MUG,1,10.00", "1002,2024-01-14,C2,CUP,2,5.00")


def test_a_lake_that_was_deleted_is_built_anew(shop: Shop, write: Write, exports_of: Exports) -> None:
    shop.load([write("orders.csv", ORDERS, *LINES)])
    before = exports_of(shop)
    shutil.rmtree(shop.ground.folder / "lake")
    assert len(shop.table("orders")) == 2
    assert len(shop.build("2024-06-01").mended) == 1
    assert exports_of(shop) == before


def test_a_damaged_file_of_the_lake_is_found_and_written_anew(
    shop: Shop, write: Write, exports_of: Exports
) -> None:
    shop.load([write("orders.csv", ORDERS, *LINES)])
    before = exports_of(shop)
    (file,) = (shop.ground.folder / "lake" / "order_lines").iterdir()
    file.write_bytes(file.read_bytes()[:-20] + bytes(20))
    built = shop.build("2024-06-01")
    assert built.mended == (f"order_lines/{file.name}",)
    assert exports_of(shop) == before
    assert shop.build("2024-06-01").mended == ()
