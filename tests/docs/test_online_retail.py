"""The figures of `docs/howto/online-retail.md`, counted again on the whole file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import ROOT

from regulars.app import init_shop

PAGE = ROOT / "docs" / "howto" / "online-retail.md"


def _said() -> dict[str, int]:
    """Every figure of the page's tables; money in cents."""
    cells = re.findall(r"^\| ([^|]+) \| (-?[\d,.]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return {name: int(re.sub(r"[,.]", "", value)) for name, value in cells}


@pytest.mark.data
@pytest.mark.slow
def test_the_figures_of_the_page_are_those_of_the_file(data: Path, tmp_path: Path) -> None:
    shop = init_shop(tmp_path, country="GB", currency="GBP", time_zone="Europe/London")
    (loaded,) = shop.load(
        [data / "orders" / "online_retail_uci.parquet"],
        mapping=ROOT / "examples" / "mappings" / "online_retail.toml",
    )
    built = shop.build("2011-12-09")
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
    said = _said()
    shop.close()
    assert said == found | {name: size for name, size in built.segments.items() if name in said}
