"""Next products on real shops, beside the rules anybody could use; and the time a million customers take.

The protocol of the published comparisons: the last basket of everybody with three or more is held out, repeats count,
recall among ten. `--until` keeps back what came from that day on, so that nothing is tuned to one set.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pyarrow as pa

from bench.measure import measure
from regulars.model.report import ModelReport

ONLINE = """
    select
        CustomerID as person, dense_rank() over (order by InvoiceNo) as order_no,
        date_diff('day', date '1970-01-01', cast(InvoiceDate as date)) as day, epoch_us(InvoiceDate) as sold_at_us,
        StockCode as product_id, Description as product_name, cast(Quantity as double) as quantity,
        cast(round(Quantity * UnitPrice * 100) as bigint) as paid, 'GBP' as currency,
        case
            when regexp_matches(StockCode, '^(POST|DOT|M|C2|BANK|AMAZON|S|D|CRUK|PADS|m|B|gift.*)') then 'fee'
            when UnitPrice > 0 then 'goods' else 'unpaid'
        end as line_kind,
        Quantity < 0 as is_return, cast(null as varchar) as category, cast(null as varchar) as store
    from read_parquet('{file}')
    where CustomerID is not null and InvoiceDate < '{until}'
"""
RETAIL = """
    select
        household_id as person, basket_id as order_no,
        date_diff('day', date '1970-01-01', cast(transaction_timestamp as date)) as day,
        epoch_us(transaction_timestamp) as sold_at_us, cast(product_id as varchar) as product_id,
        cast(null as varchar) as product_name, cast(quantity as double) as quantity,
        cast(round(sales_value * 100) as bigint) as paid, 'USD' as currency,
        case when quantity > 0 then 'goods' else 'adjustment' end as line_kind, false as is_return,
        cast(null as varchar) as category, cast(store_id as varchar) as store
    from read_parquet('{file}')
    where transaction_timestamp < '{until}'
"""
#: Set -> statement, file, and recall at 10 as the notes measured it: personal frequency, TIFU-KNN.
SETS = {
    "online_retail": (ONLINE, "orders/online_retail_uci.parquet", (0.180, 0.198)),
    "retail_year": (RETAIL, "retail_year/transactions.parquet", (0.139, 0.157)),
}


def reports(name: str, data: Path, until: str = "2100-01-01") -> list[ModelReport]:
    """What the two lists of a real shop say of themselves."""
    from regulars.engine.duckdb import DuckDBEngine
    from regulars.predict.products import lists

    sql, file, _published = SETS[name]
    with tempfile.TemporaryDirectory() as folder, DuckDBEngine(Path(folder)).session() as session:
        session.create("lines", sql.format(file=data / file, until=until))
        _lay_out(session)
        as_of = session.rows("select max(day) as day from lines").column("day")[0].as_py()
        return list(lists.predict(session, as_of, ""))


def _lay_out(session) -> None:  # type: ignore[no-untyped-def]
    session.view("order_lines", "select * from lines")
    session.create("indicators", "select person, count(*) as facts_lifetime from lines group by person")
    session.table("products", NO_PRODUCTS)


NO_PRODUCTS = pa.schema(
    [("product_id", pa.string()), ("product_name", pa.string()), ("unit_price", pa.int64()),
     ("unit_cost", pa.int64()), ("currency", pa.string()), ("stock", pa.float64()), ("superseded_by", pa.int64()),
     ("source", pa.string()), ("fact", pa.int64()), ("told_day", pa.int64())]
).empty_table()  # fmt: skip
NO_STOCK = pa.table({"known_day": pa.nulls(1, pa.int64()), "first_day": pa.nulls(1, pa.int64())})


def million(folder: Path) -> int:
    """Both lists of everybody in a made-up shop, kept as files; the rows."""
    from bench.indicators import AS_OF
    from regulars.engine.duckdb import DuckDBEngine
    from regulars.predict.products import lists
    from regulars.predict.products.results import RESULTS

    with DuckDBEngine(folder / "scratch").session() as session:
        session.parquet("found", [folder / "order_lines.parquet"], pa.schema([]))
        session.view("lines", "select record as person, cast(null as varchar) as product_name, * from found")
        _lay_out(session)
        lists.predict(session, AS_OF, "CAD")
        return session.write_parquet(RESULTS["recommendations"], folder / "recommendations.parquet")


def main(arguments: list[str]) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="bench smart products")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--until", default="2100-01-01", help="from this day on nothing is known")
    parser.add_argument(
        "--customers", type=int, default=1_000_000, help="of the made-up shop; 0 leaves it out"
    )
    asked = parser.parse_args(arguments)
    for name, (_sql, _file, (frequency, tifu)) in SETS.items() if asked.data else ():
        took = measure(reports, name, asked.data, asked.until)
        print(f"{name}: {took.cpu:.0f} CPU s, peak {took.peak:.0f} MiB")
        print(f"  measured in the notes: personal frequency {frequency}, TIFU-KNN {tifu}")
        for one in took.result:
            _print(one)
    if asked.customers:
        _million(asked.customers)


def _print(report: ModelReport) -> None:
    print(f"  {report.name}: speaks {report.speaks}. {report.why.en}")
    tested = report.backtest
    if tested is not None:
        gain = f"better by {tested.gain_low:.4f} to {tested.gain_high:.4f}"
        print(f"    {tested.ours:.4f} against {tested.naive:.4f}, n {tested.n}, {gain}")
        marks = (f"{key.removeprefix('recall_at_10_')} {value:.4f}" for key, value in report.figures.items())
        print("    " + ", ".join(marks))


def _million(customers: int) -> None:
    from bench.indicators import write_shop

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "scratch").mkdir()
        write_shop(folder, customers, customers * 10)
        took = measure(million, folder)
    size = f"{customers:,} customers, {customers * 10:,} lines: {took.result:,} rows"
    print(f"{size}, {took.cpu:.0f} CPU s, {took.wall:.0f} s, peak {took.peak:.0f} MiB")
