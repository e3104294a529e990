"""Order days of real shops, read straight from their files."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.model.clock import MICROSECONDS_A_DAY, day_number
from regulars.predict.timing.orders import OrderDays

WEEK_39 = day_number(date(1997, 9, 30))


def cdnow_days(data: Path, *, master: bool = False) -> OrderDays:
    """CDNOW: the papers' tenth, or all of its customers."""
    name = "master" if master else "sample"
    with gzip.open(data / "orders" / f"CDNOW_{name}.txt.gz", "rt") as file:
        rows = [row[-4:] for row in map(str.split, file) if row and row[0].isdigit()]
    days = {row[1]: 0 for row in rows}
    for one in days:
        days[one] = day_number(date(int(one[:4]), int(one[4:6]), int(one[6:])))
    return order_days_of(
        [int(row[0]) for row in rows],
        [days[row[1]] for row in rows],
        [round(float(row[3]) * 100) for row in rows],
    )


def order_days_of(person: object, day: object, paid: object) -> OrderDays:
    """One row a customer and day, of orders; products are not known."""
    table = pa.table({"person": pa.array(person, pa.int64()), "day": pa.array(day, pa.int64()), "paid": paid})
    of = (
        table.group_by(["person", "day"])
        .aggregate([("paid", "sum")])
        .sort_by([("person", "ascending"), ("day", "ascending")])
    )
    arrays = [of.column(name).to_numpy() for name in ("person", "day", "paid_sum")]
    return OrderDays(arrays[0], arrays[1], arrays[2].astype(float), np.zeros(len(arrays[0])))


def online_retail_days(data: Path) -> OrderDays:
    """UCI Online Retail: invoices of known customers that are no credit notes, and the articles new to each of them."""
    table = pq.read_table(data / "orders" / "online_retail_uci.parquet")
    sold = pc.and_(pc.is_valid(table["CustomerID"]), pc.greater(table["Quantity"], 0))
    table = table.filter(pc.and_(sold, pc.invert(pc.starts_with(table["InvoiceNo"], "C"))))
    day = pc.divide(pc.cast(table["InvoiceDate"], pa.int64()), MICROSECONDS_A_DAY)
    paid = pc.round(pc.multiply(pc.multiply(table["Quantity"], table["UnitPrice"]), 100))
    lines = pa.table({"person": table["CustomerID"], "product": table["StockCode"], "day": day})
    return _with_products(order_days_of(table["CustomerID"], day, paid), lines)


def retail_year_days(data: Path) -> OrderDays:
    """A grocer's year of loyalty cards, as far as it is here; articles new to each household."""
    table = pq.read_table(data / "retail_year" / "transactions.parquet")
    day = pc.divide(
        pc.cast(pc.cast(table["transaction_timestamp"], pa.timestamp("us")), pa.int64()), MICROSECONDS_A_DAY
    )
    person = pc.cast(table["household_id"], pa.int64())
    lines = pa.table(
        {"person": person, "day": day, "product": table["product_id"], "paid": table["sales_value"]}
    )
    return _with_products(order_days_of(person, day, pc.round(pc.multiply(lines["paid"], 100))), lines)


def _with_products(days: OrderDays, lines: pa.Table) -> OrderDays:
    """The same days, with how many articles were new to the customer on each."""
    first = (
        lines.group_by(["person", "product"]).aggregate([("day", "min")])
        .group_by(["person", "day_min"]).aggregate([("product", "count")])
    )  # fmt: skip
    keys = days.person * 100_000 + days.day
    at = np.searchsorted(keys, first["person"].to_numpy() * 100_000 + first["day_min"].to_numpy())
    products = np.zeros(len(keys))
    products[at] = first["product_count"].to_numpy()
    return OrderDays(days.person, days.day, days.paid, products)
