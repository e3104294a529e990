"""Load a generated CSV of order lines: rows a second, and whether memory stays flat for a file ten times larger."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

from bench.measure import measure


def write_orders(path: Path, rows: int) -> None:
    """Write order lines: four an order, orders in the order of time, some customers unknown."""
    chance = np.random.default_rng(1)
    with pyarrow.csv.CSVWriter(path, SCHEMA) as file:
        for at in range(0, rows, 500_000):
            count = min(500_000, rows - at)
            line = np.arange(at, at + count)
            order = line // 4
            second = order * 40 % 63_072_000
            stamp = (np.datetime64("2024-01-01T00:00:00") + second.astype("timedelta64[s]")).astype(str)
            customer = (order * 2_654_435_761) % max(rows // 40, 1)
            file.write_table(
                pa.table(
                    {
                        "order_id": pa.array(order.astype(str)),
                        "ordered_at": pa.array(np.char.replace(stamp, "T", " ")),
                        "customer_id": pa.array(np.where(order % 4 == 0, "", customer.astype(str))),
                        "sku": pa.array(chance.integers(1_000, 9_000, count).astype(str)),
                        "description": pa.array(
                            np.char.add("Article of the house number ", (line % 5_000).astype(str))
                        ),
                        "category": pa.array(np.char.add("Department ", (line % 20).astype(str))),
                        "quantity": pa.array(chance.integers(1, 6, count).astype(str)),
                        "paid": pa.array((chance.integers(100, 9_999, count) / 100).astype(str)),
                        "store": pa.array(np.char.add("Shop ", (line % 7).astype(str))),
                    },
                    schema=SCHEMA,
                )
            )


_REST = ("category", "quantity", "paid", "store")
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("order_id", "ordered_at", "customer_id", "sku", "description", *_REST)]
)


def load(folder: Path, file: Path) -> tuple[int, int]:
    """Load a file into a new shop; rows in and accepted."""
    from regulars.app import init_shop

    shop = init_shop(folder)
    loaded = shop.load([file])[0]
    shop.close()
    return loaded.rows_in, loaded.accepted


def main(arguments: list[str]) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="bench load")
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args(arguments).rows
    peaks = []
    for count in (rows // 10, rows):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "orders.csv"
            write_orders(file, count)
            took = measure(load, Path(folder) / "shop", file)
            size = file.stat().st_size / 1_000_000
        assert took.result == (count, count), took.result
        peaks.append(took.peak)
        print(
            f"load  {size:8.0f} MB  {count:>10,} rows  {count / took.wall:>9,.0f} rows/s  "
            f"{took.cpu:7.1f} CPU s  {took.wall:7.1f} s  peak {took.peak:6.0f} MiB"
        )
    print(f"load  peak memory of the larger file over the smaller: {peaks[1] / peaks[0]:.2f}")
