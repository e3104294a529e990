"""Data from outside: what a feed of nothing, of next to everything, and a real one are said to be worth.

A coin for each customer must not be said to help; an oracle that knows, wrong once in five times, who orders in the 90
days after the trial's evening must be. The real feed is the age, income and household of 801 families of a grocer.
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from bench.smart.personas import online_retail
from regulars.app import init_shop
from regulars.model.clock import EPOCH
from regulars.model.outside import Terms
from regulars.shop import Shop

_HORIZON = 90


def baskets(data: Path, folder: Path) -> Path:
    """The retail year as one line a basket."""
    lines = pq.read_table(data / "retail_year" / "transactions.parquet")
    sums = lines.group_by(["basket_id", "household_id"]).aggregate(
        [("transaction_timestamp", "min"), ("sales_value", "sum")]
    )
    named = sums.select(["basket_id", "household_id", "transaction_timestamp_min", "sales_value_sum"])
    path = folder / "baskets.parquet"
    pq.write_table(named.rename_columns(["order_id", "customer_id", "order_date", "paid"]), path)
    return path


def feeds(shop: Shop, folder: Path) -> None:
    """A coin and an oracle for each customer of a shop that is built."""
    chance = random.Random(7)
    as_of = shop.outside().as_of
    since = (EPOCH + timedelta(days=as_of - _HORIZON)).isoformat()
    orders = shop.table("orders").to_pylist()
    keys = sorted({str(row["customer_key"]) for row in orders if row["customer_key"]})
    came = {str(row["customer_key"]) for row in orders if str(row["day"]) > since and row["quantity"] > 0}
    said = {key: (key in came) != (chance.random() < 0.2) for key in keys}
    columns = {"coin": [chance.choice("ab") for _key in keys], "oracle": [str(said[key]) for key in keys]}
    for name, values in columns.items():
        pq.write_table(pa.table({"customer_id": keys, name: values}), folder / f"{name}.parquet")
        shop.load([folder / f"{name}.parquet"], terms=Terms(origin="partner", price=10_000))


def tell(shop: Shop, title: str) -> None:
    """Print the trials."""
    started = time.perf_counter()
    report = shop.outside(again=True)
    print(f"{title}: {report.people:,} people, tried in {time.perf_counter() - started:.0f} s")
    for source in report.sources:
        for one in source.trials:
            if one.without is None or one.with_it is None:
                print(f"  {source.source:13} {one.outcome:7} {one.why_en}")
                continue
            print(
                f"  {source.source:13} {one.outcome:7} {one.without:.3f} -> {one.with_it:.3f}, difference"
                f" {one.low:+.3f} to {one.high:+.3f}, of {one.chosen} chosen {one.became_right} became right and"
                f" {one.became_wrong} wrong, {'helps' if one.improves else 'no help'}"
            )
        print(
            f"  {source.source:13} improved {source.improved_decisions}, each {source.cost_per_improved} (minor units)"
        )


def main(arguments: list[str]) -> None:
    """Print what each feed is said to be worth."""
    parser = argparse.ArgumentParser(prog="bench smart outside")
    parser.add_argument("--data", type=Path, required=True, help="the folder of real data")
    given, _others = parser.parse_known_args(arguments)
    with TemporaryDirectory() as folder:
        shop = online_retail(given.data, Path(folder) / "shop")
        shop.build()
        feeds(shop, Path(folder))
        shop.build()
        tell(shop, "Online Retail")
        shop.close()
    with TemporaryDirectory() as folder:
        shop = init_shop(Path(folder) / "shop", country="US", currency="USD", time_zone="America/New_York")
        shop.load([baskets(given.data, Path(folder))], source="till", kind="orders")
        shop.load([given.data / "retail_year" / "demographics.parquet"], terms=Terms(origin="partner"))
        shop.build()
        tell(shop, "The retail year, a line a basket")
        shop.close()
