"""Whole years of real shops go through the walk, and not a line or a penny is lost."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from regulars.app import init_shop

pytestmark = [pytest.mark.data, pytest.mark.slow]


def test_online_retail_from_its_file_to_tomorrow_s_list(tmp_path: Path, data: Path, mappings: Path) -> None:
    shop = init_shop(tmp_path / "giftware", country="GB", currency="GBP", time_zone="Europe/London")
    file = data / "orders" / "online_retail_uci.parquet"
    (loaded,) = shop.load([file], mapping=mappings / "online_retail.toml")
    assert loaded.rows_in == 541_909 == loaded.accepted + loaded.rejected + loaded.duplicates
    assert (loaded.rejected, loaded.duplicates) == (0, 0)
    built = shop.build("2011-12-09")
    assert built.people == 4_372
    (books,) = shop.quality().orders
    assert books.total == books.goods + books.fees + books.adjustments == 974_774_793
    lines = shop.table("orders")
    assert lines.num_rows == 541_909
    assert lines.column("person_id").null_count == books.lines_without_customer == 135_080
    assert round(100 * pc.sum(lines.column("paid")).as_py()) == 974_774_793
    planned = shop.plan("2011-12-09")
    assert planned.people == built.people
    assert planned.day == built.as_of + 1
    (again,) = shop.load([file], mapping=mappings / "online_retail.toml")
    assert (again.accepted, again.duplicates) == (0, 541_909)


def test_a_grocer_s_year_from_its_files_to_tomorrow_s_list(
    tmp_path: Path, data: Path, mappings: Path
) -> None:
    shop = init_shop(tmp_path / "grocer", country="US", currency="USD", time_zone="America/New_York")
    year = data / "retail_year"
    (goods,) = shop.load([year / "products.parquet"], mapping=mappings / "retail_year_products.toml")
    (sold,) = shop.load([year / "transactions.parquet"], mapping=mappings / "retail_year_transactions.toml")
    for one, name in ((goods, "products"), (sold, "transactions")):
        assert one.rows_in == pq.read_metadata(year / f"{name}.parquet").num_rows
        assert one.rows_in == one.accepted + one.rejected + one.duplicates
    found = pq.read_table(year / "transactions.parquet", columns=["household_id", "sales_value"])
    built = shop.build("2017-12-31")
    assert built.people == pc.count_distinct(found.column("household_id")).as_py()
    (books,) = shop.quality().orders
    assert abs(books.total / 100 - pc.sum(found.column("sales_value")).as_py()) < 0.01
    assert shop.plan("2017-12-31").people == built.people
