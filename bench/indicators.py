"""All indicators on a generated shop, beside SQL written by hand for twenty-six of them in the same run.

The twenty-six: orders, spend, recency and their quintiles; the gaps; the favourite weekday, hour and platform with ties
by rule; decayed value; basket; categories; messages, opens, clicks and engagement. Ours of them are asked beside.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.measure import measure
from regulars.engine import Session
from regulars.engine.statements import statements

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
    write_events(folder, customers, lines)


#: What happens, and how often in a thousand.
HAPPENS = {
    "Email Delivered": 500, "Email Opened": 200, "Email Link Clicked": 30, "Page Viewed": 150, "Product Viewed": 90,
    "Product Added": 20, "Ticket Opened": 5, "Product Reviewed": 5,
}  # fmt: skip


def write_events(folder: Path, customers: int, events: int) -> None:
    """Write the lake's events of a shop: mail, visits, tickets and reviews."""
    chance = np.random.default_rng(4)
    names = np.repeat(list(HAPPENS), list(HAPPENS.values()))
    writer: pq.ParquetWriter | None = None
    for at in range(0, events, 1_000_000):
        count = min(1_000_000, events - at)
        day = AS_OF - chance.integers(0, 730, count)
        hour = chance.integers(6, 23, count)
        event = names[chance.integers(0, len(names), count)]
        table = pa.table(
            {
                "record": chance.integers(1, customers + 1, count),
                "event": pa.array(event).dictionary_encode().cast(pa.string()),
                "day": day,
                "hour": hour,
                "weekday": (day + 3) % 7,
                "product_id": pa.array(chance.integers(0, 20_000, count)).cast(pa.string()),
                "channel": pa.array(["email"] * count),
                "campaign": pa.array(chance.integers(0, 50, count)).cast(pa.string()),
                "at_us": (day * 24 + hour) * 3_600_000_000 + chance.integers(0, 3_600_000_000, count),
                "rating": np.where(event == "Product Reviewed", 4.0, np.nan),
            }
        )
        writer = writer or pq.ParquetWriter(folder / "events.parquet", table.schema, compression="zstd")
        writer.write_table(table)
    if writer is not None:
        writer.close()


@contextmanager
def opened(folder: Path) -> Iterator[Session]:
    """A session with the facts of the shop named as rooms read them."""
    from regulars.engine.duckdb import DuckDBEngine

    with DuckDBEngine(folder / "scratch").session() as session:
        session.parquet("order_lines", [folder / "order_lines.parquet"], pa.schema([]))
        session.parquet("identity", [folder / "identity.parquet"], pa.schema([]))
        session.parquet("happenings", [folder / "events.parquet"], pa.schema([]))
        session.view("persons", "select distinct person from identity")
        session.table("rates", NO_RATES)
        session.table("goods", goods())
        session.view("reachable", REACHABLE)
        yield session


def ours(folder: Path, names: tuple[str, ...] = ()) -> int:
    """Every indicator, or those named, of every customer, the identity join included; the number of customers."""
    from regulars.indicators import INDICATORS
    from regulars.indicators.compute import compute

    with opened(folder) as session:
        chosen = [INDICATORS[name] for name in names or INDICATORS]
        compute(session, as_of=AS_OF, currency="CAD", catalogue=chosen)
        return session.write_parquet("select * from indicators", folder / "indicators.parquet")


def by_hand(folder: Path) -> int:
    """Twenty-six columns, by the statement of an analyst."""
    with opened(folder) as session:
        session.create(
            "by_hand", statements(Path(__file__).with_suffix(".sql"))["by_hand"].format(as_of=AS_OF)
        )
        return session.write_parquet("select * from by_hand", folder / "by_hand.parquet")


#: What stands for the twenty-six columns, and what they need.
TWENTY_SIX = (
    "orders_lifetime", "orders_90d", "orders_365d", "first_order_day", "days_since_last_order", "spend_lifetime",
    "spend_90d", "recency_quintile", "frequency_quintile", "spend_quintile", "gaps_known", "gap_days_sum",
    "days_between_orders", "gap_variation", "shortest_gap_days", "longest_gap_days", "favourite_weekday",
    "favourite_hour", "favourite_channel", "order_points", "items_per_order", "average_basket", "distinct_categories",
    "messages_90d", "opens_90d", "clicks_90d", "click_points", "days_since_last_click", "lines_lifetime",
    "events_lifetime", "facts_lifetime",
)  # fmt: skip
REACHABLE = "select person, 1 as channels, person % 2 = 0 as by_email, false as has_card from persons"


def goods() -> pa.Table:
    """What is known of the articles."""
    ids = np.arange(20_000)
    return pa.table(
        {
            "product_id": pa.array(ids).cast(pa.string()),
            "brand": pa.array(ids % 300).cast(pa.string()),
            "unit_cost": ids % 900 + 50,
            "category": pa.array(ids % 40).cast(pa.string()),
        }
    )


NO_RATES = pa.schema(
    [
        ("currency", pa.string()),
        ("since_day", pa.int64()),
        ("until_day", pa.int64()),
        ("factor", pa.float64()),
    ]
).empty_table()


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
        runs = {
            f"all {len(INDICATORS)}": measure(ours, folder),
            "26 of ours": measure(ours, folder, TWENTY_SIX),
            "26 by hand": measure(by_hand, folder),
        }
    print(f"indicators of {customers:,} customers, {customers * 10:,} lines and as many events")
    for who, took in runs.items():
        print(f"  {who:12} {took.cpu:7.1f} CPU s  {took.wall:7.1f} s  peak {took.peak:6.0f} MiB")
    print(f"  26: CPU, ours over by hand: {runs['26 of ours'].cpu / runs['26 by hand'].cpu:.2f}")
