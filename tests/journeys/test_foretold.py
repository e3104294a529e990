"""From CDNOW's file to what may come of its customers, by the commands an owner types."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow.compute as pc
import pytest

from regulars.app import init_shop

MAPPING = """
kind = "orders"
source = "cdnow"
[columns]
order = "order_id"
customer = "customer_key"
date = { field = "ordered_at", format = "%Y%m%d" }
cds = "quantity"
amount = "paid"
"""


@pytest.mark.data
@pytest.mark.slow
def test_cdnow_loaded_and_built_reports_the_published_models(tmp_path: Path, data: Path) -> None:
    shop = init_shop(tmp_path / "cds", country="US", currency="USD", time_zone="America/New_York")
    with gzip.open(data / "orders" / "CDNOW_sample.txt.gz", "rt") as file:
        rows = [
            ",".join((str(number), *line.split()[1:])) for number, line in enumerate(file, 1) if line.strip()
        ]
    (tmp_path / "cdnow.csv").write_text("\n".join(["order,customer,date,cds,amount", *rows]))
    (tmp_path / "cdnow.toml").write_text(MAPPING)
    shop.load([tmp_path / "cdnow.csv"], mapping=tmp_path / "cdnow.toml")
    shop.build("1997-09-30")
    models = {one.name: one for one in shop.models()}
    printed = {
        "bg_nbd": ([0.243, 4.414, 0.793, 2.426], -9582.4),
        "pareto_nbd": ([0.553, 10.578, 0.606, 11.669], -9595.0),
    }
    for name, (parameters, likelihood) in printed.items():
        assert [round(value, 3) for value in models[name].parameters.values()] == parameters
        assert round(models[name].log_likelihood or 0.0, 1) == likelihood
        assert (models[name].unit, models[name].n) == ("weeks", 2357)
    assert [round(value, 2) for value in models["gamma_gamma"].parameters.values()] == [6.25, 3.74, 15.44]
    found = shop.table("predictions")
    assert found.num_rows == 2357
    assert pc.all(found.column("enough_data")).as_py()
    assert found.column_names[:11] == [
        "person_id", "as_of", "enough_data", "next_order_day", "next_order_low", "next_order_high", "no_order_30d",
        "no_order_90d", "expected_orders_90d", "expected_spend_90d", "value_365d",
    ]  # fmt: skip
    _rule, counted = shop.count("no_order_90d < 0.2 and value_365d > 50")
    assert 0 < counted.members < 2357
    shop.close()
