"""Whole years of real shops go through the walk, and not a line or a penny is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from bench.smart.personas import weekly

from regulars.app import init_shop
from regulars.flow.chain.build import Built
from regulars.flow.loading.understanding import LoadedFile
from regulars.shop import Shop

ROOT = Path(__file__).parents[2]
MAPPINGS = ROOT / "examples" / "mappings"
ONLINE_RETAIL = Path("orders") / "online_retail_uci.parquet"
pytestmark = [pytest.mark.data, pytest.mark.slow]


@pytest.fixture(scope="module")
def giftware(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Shop, LoadedFile, Built]]:
    """Online Retail, loaded and built."""
    shop = init_shop(
        tmp_path_factory.mktemp("giftware"), country="GB", currency="GBP", time_zone="Europe/London"
    )
    (loaded,) = shop.load([data / ONLINE_RETAIL], mapping=MAPPINGS / "online_retail.toml")
    yield shop, loaded, shop.build("2011-12-09")
    shop.close()


def test_the_figures_of_the_page_are_those_of_the_file(giftware: tuple[Shop, LoadedFile, Built]) -> None:
    shop, loaded, built = giftware
    (orders,) = shop.quality().orders
    figures = {row["figure"]: round(row["value"]) for row in shop.baseline().to_pylist()}
    found = {
        "rows in the file": loaded.rows_in,
        "accepted": loaded.accepted,
        "rejected": loaded.rejected,
        "invoices": orders.orders,
        "goods": orders.goods,
        "fees": orders.fees,
        "adjustments": orders.adjustments,
        "total": orders.total,
        "credit notes inside": orders.credit_notes,
        "lines without a customer": orders.lines_without_customer,
        "customers": figures["people"],
        "who bought": figures["buyers"],
        "who bought at least twice": shop.count("orders_lifetime >= 2")[1].members,
        "orders of known customers": figures["orders"],
    }
    said = said_by_the_page()
    assert said == found | {name: size for name, size in built.segments.items() if name in said}


def test_online_retail_from_its_file_to_tomorrow_s_list(
    giftware: tuple[Shop, LoadedFile, Built], data: Path
) -> None:
    shop, loaded, built = giftware
    assert loaded.rows_in == 541_909 == loaded.accepted + loaded.rejected + loaded.duplicates
    assert (loaded.rejected, loaded.duplicates) == (0, 0)
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
    (again,) = shop.load([data / ONLINE_RETAIL], mapping=MAPPINGS / "online_retail.toml")
    assert (again.accepted, again.duplicates) == (0, 541_909)


def test_personas_last_from_week_to_week(giftware: tuple[Shop, LoadedFile, Built]) -> None:
    """The last of the giftware shop's: it leaves it at another day."""
    shop, _loaded, _built = giftware
    assert min(weekly(shop, 2)) >= 0.95
    assert 3 <= len(shop.personas()) <= 8
    assert all(len(one.typical) == 5 for one in shop.personas())
    assert shop.look_alikes("big").lift_low > 1


def said_by_the_page() -> dict[str, int]:
    """Every figure of the tables of `docs/howto/online-retail.md`; money in cents."""
    page = (ROOT / "docs" / "howto" / "online-retail.md").read_text("utf-8")
    cells = re.findall(r"^\| ([^|]+) \| (-?[\d,.]+) \|$", page, re.MULTILINE)
    return {name: int(re.sub(r"[,.]", "", value)) for name, value in cells}


def test_a_grocer_s_year_from_its_files_to_tomorrow_s_list(
    tmp_path: Path, data: Path, mappings: Path
) -> None:
    """The whole year of every sixth household."""
    shop = init_shop(tmp_path / "grocer", country="US", currency="USD", time_zone="America/New_York")
    year, part = data / "retail_year", tmp_path / "transactions.parquet"
    found = pq.read_table(year / "transactions.parquet")
    found = found.filter(np.mod(found["household_id"].to_numpy(), 6) == 0)
    pq.write_table(found, part)
    (goods,) = shop.load([year / "products.parquet"], mapping=mappings / "retail_year_products.toml")
    (sold,) = shop.load([part], mapping=mappings / "retail_year_transactions.toml")
    assert goods.rows_in == pq.read_metadata(year / "products.parquet").num_rows
    assert sold.rows_in == found.num_rows > 150_000
    for one in (goods, sold):
        assert one.rows_in == one.accepted + one.rejected + one.duplicates
    built = shop.build("2017-12-31")
    assert built.people == pc.count_distinct(found["household_id"]).as_py()
    (books,) = shop.quality().orders
    assert abs(books.total / 100 - pc.sum(found["sales_value"]).as_py()) < 0.01
    assert shop.plan("2017-12-31").people == built.people
