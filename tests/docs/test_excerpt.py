"""The excerpt of Online Retail: real lines with real dirt, and figures that can be added up by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from pages import ROOT

from regulars.app import init_shop
from regulars.shop import Shop

EXCERPT = ROOT / "examples" / "online_retail_excerpt.csv"
MAPPING = ROOT / "examples" / "mappings" / "online_retail.toml"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with EXCERPT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    made = init_shop(
        tmp_path_factory.mktemp("excerpt"), country="GB", currency="GBP", time_zone="Europe/London"
    )
    made.load([EXCERPT], mapping=MAPPING)
    made.build("2011-12-09")
    yield made
    made.close()


def test_every_line_of_the_excerpt_is_taken(shop: Shop, rows: list[dict[str, str]]) -> None:
    (taken,) = shop.imports()
    assert (taken.rows_in, taken.accepted, taken.rejected, taken.duplicates) == (len(rows), len(rows), 0, 0)


def test_the_total_is_what_the_file_adds_up_to(shop: Shop, rows: list[dict[str, str]]) -> None:
    added = sum(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]) for row in rows)
    (found,) = shop.quality().orders
    assert found.total == found.goods + found.fees + found.adjustments == int(added * 100)


def test_postage_and_bank_charges_are_fees(shop: Shop) -> None:
    lines = shop.table("orders").to_pylist()
    assert {line["line_kind"] for line in lines if line["product_id"] in ("POST", "DOT", "BANK CHARGES")} == {
        "fee"
    }


def test_stock_corrections_of_nobody_are_not_goods(shop: Shop) -> None:
    lines = shop.table("orders").to_pylist()
    assert {line["line_kind"] for line in lines if line["order_id"] in ("536941", "537032")} == {"adjustment"}


def test_a_credit_note_is_a_return(shop: Shop) -> None:
    credits = [line for line in shop.table("orders").to_pylist() if line["order_id"].startswith("C")]
    assert credits
    assert all(line["is_return"] for line in credits)


def test_lines_without_a_customer_are_kept_and_counted(shop: Shop, rows: list[dict[str, str]]) -> None:
    (found,) = shop.quality().orders
    assert found.lines_without_customer == sum(not row["CustomerID"] for row in rows)


def test_the_customers_are_those_of_the_file(shop: Shop, rows: list[dict[str, str]]) -> None:
    assert shop.table("people").num_rows == len({row["CustomerID"] for row in rows if row["CustomerID"]})


def test_the_same_file_adds_nothing(shop: Shop, rows: list[dict[str, str]]) -> None:
    (again,) = shop.load([EXCERPT], mapping=MAPPING)
    assert (again.accepted, again.duplicates) == (0, len(rows))


@pytest.mark.data
def test_the_excerpt_is_of_the_real_file(data: Path, rows: list[dict[str, str]]) -> None:
    import pyarrow.parquet as pq

    whole = pq.read_table(
        data / "orders" / "online_retail_uci.parquet", columns=["InvoiceNo", "StockCode", "Quantity"]
    )
    known = set(zip(*(column.to_pylist() for column in whole.columns), strict=True))
    assert {(row["InvoiceNo"], row["StockCode"], int(row["Quantity"])) for row in rows} <= known
