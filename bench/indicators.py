"""All indicators on a generated shop, beside pandas doing three of them in the same run."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.measure import measure

AS_OF = 20_000


def write_shop(folder: Path, customers: int, lines: int) -> None:
    """Write the lake's order lines of a shop, three lines an order, and who is who."""
    chance = np.random.default_rng(2)
    writer: pq.ParquetWriter | None = None
    for at in range(0, lines, 1_000_000):
        count = min(1_000_000, lines - at)
        order = np.arange(at, at + count) // 3
        record = np.random.default_rng(3).permutation(customers)[(order * 7_919) % customers] + 1
        day = AS_OF - (order * 104_729) % 1_095
        hour = 8 + (order * 31) % 12
        table = pa.table(
            {
                "record": record,
                "order_no": order,
                "source": pa.array(["till"] * count).dictionary_encode().cast(pa.string()),
                "day": day,
                "hour": hour,
                "weekday": (day + 3) % 7,
                "sold_at_us": (day * 24 + hour) * 3_600_000_000,
                "product_id": pa.array(chance.zipf(1.3, count) % 20_000).cast(pa.string()),
                "category": pa.array(chance.integers(0, 40, count)).cast(pa.string()),
                "quantity": chance.integers(1, 5, count).astype("float64"),
                "paid": np.where(chance.random(count) < 0.03, -1, 1) * chance.integers(100, 20_000, count),
                "discount": chance.integers(0, 200, count),
                "currency": pa.array(["CAD"] * count),
                "store": pa.array(chance.integers(1, 6, count)).cast(pa.string()),
                "channel": pa.array(np.where(order % 3 == 0, "web", "store")),
                "payment": pa.array(np.where(order % 2 == 0, "card", "cash")),
                "coupon": pa.array([None] * count, pa.string()),
                "line_kind": pa.array(["goods"] * count),
                "is_return": np.zeros(count, dtype=bool),
            }
        )
        writer = writer or pq.ParquetWriter(folder / "order_lines.parquet", table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()
    ids = np.arange(1, customers + 1)
    pq.write_table(pa.table({"record": ids, "person": ids}), folder / "identity.parquet")


def ours(folder: Path) -> int:
    """Every indicator of every customer, the identity join included; the number of customers."""
    from regulars.engine.duckdb import DuckDBEngine
    from regulars.indicators.compute import compute

    with DuckDBEngine(folder / "scratch").session() as session:
        session.parquet("order_lines", [folder / "order_lines.parquet"], pa.schema([]))
        session.parquet("identity", [folder / "identity.parquet"], pa.schema([]))
        session.view("persons", "select distinct person from identity")
        session.table("happenings", NO_EVENTS)
        session.table("rates", NO_RATES)
        compute(session, as_of=AS_OF, currency="CAD")
        return session.write_parquet("select * from indicators", folder / "indicators.parquet")


NO_EVENTS = pa.schema(
    [("record", pa.int64()), ("event", pa.string()), ("day", pa.int64()), ("hour", pa.int64()), ("weekday", pa.int64()),
     ("product_id", pa.string()), ("channel", pa.string()), ("campaign", pa.string()),
     ("at_us", pa.int64()), ("rating", pa.float64())]
).empty_table()  # fmt: skip

NO_RATES = pa.schema(
    [
        ("currency", pa.string()),
        ("since_day", pa.int64()),
        ("until_day", pa.int64()),
        ("factor", pa.float64()),
    ]
).empty_table()


def pandas_three(folder: Path) -> int:
    """Orders, spend and days since the last order with pandas."""
    import pandas as pd

    columns = ["record", "order_no", "day", "paid"]
    lines = pd.read_parquet(folder / "order_lines.parquet", columns=columns)
    lines = lines.merge(pd.read_parquet(folder / "identity.parquet"), on="record")
    grouped = lines.groupby("person")
    return len(
        pd.DataFrame(
            {
                "orders": grouped["order_no"].nunique(),
                "spend": grouped["paid"].sum(),
                "days": AS_OF - grouped["day"].max(),
            }
        )
    )


def main(arguments: list[str]) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="bench indicators")
    parser.add_argument("--customers", type=int, default=1_000_000)
    customers = parser.parse_args(arguments).customers
    from regulars.indicators import INDICATORS

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "scratch").mkdir()
        write_shop(folder, customers, customers * 10)
        mine = measure(ours, folder)
        theirs = measure(pandas_three, folder)
    for who, took, count in (("regulars", mine, len(INDICATORS)), ("pandas", theirs, 3)):
        print(
            f"indicators  {who:9} {count:3} indicators of {customers:>9,} customers, {customers * 10:>11,} lines  "
            f"{took.cpu:7.1f} CPU s  {took.wall:7.1f} s  peak {took.peak:6.0f} MiB"
        )
    print(
        f"indicators  CPU a figure, regulars over pandas: {mine.cpu / len(INDICATORS) / (theirs.cpu / 3):.2f}"
    )
