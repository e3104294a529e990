"""What to sell on real shops: does what is named in an earlier half hold in the later one, and is luck ever named?

    python -m bench smart assortment --data DIR

In a copy of the shop whose articles are dealt at random onto its receipts nothing goes with anything: whatever is
named there is a false discovery.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.measure import measure
from bench.smart.products import NO_PRODUCTS, NO_STOCK
from regulars.engine import Session
from regulars.measure.assortment import cohorts, counting, finding
from regulars.measure.assortment.results import describe

ONLINE = """
    select
        cast(CustomerID as bigint) as person, dense_rank() over (order by InvoiceNo) as order_no,
        date_diff('day', date '1970-01-01', cast(InvoiceDate as date)) as day, epoch_us(InvoiceDate) as sold_at_us,
        StockCode as product_id, Description as product_name, cast(Quantity as double) as quantity,
        cast(round(Quantity * UnitPrice * 100) as bigint) as paid, 'GBP' as currency,
        case
            when regexp_matches(StockCode, '^(POST|DOT|M|C2|BANK|AMAZON|S|D|CRUK|PADS|m|B|gift.*)') then 'fee'
            when UnitPrice > 0 then 'goods' else 'unpaid'
        end as line_kind,
        Quantity < 0 as is_return, cast(null as varchar) as category, cast(null as varchar) as store
    from read_parquet('{folder}/orders/online_retail_uci.parquet')
"""
RETAIL = """
    select
        household_id as person, basket_id as order_no,
        date_diff('day', date '1970-01-01', cast(transaction_timestamp as date)) as day,
        epoch_us(transaction_timestamp) as sold_at_us, cast(t.product_id as varchar) as product_id,
        p.product_type as product_name, cast(quantity as double) as quantity,
        cast(round(sales_value * 100) as bigint) as paid, 'USD' as currency,
        case when quantity > 0 then 'goods' else 'adjustment' end as line_kind, false as is_return,
        p.department as category, cast(null as varchar) as store
    from read_parquet('{folder}/retail_year/transactions.parquet') as t
    left join read_parquet('{folder}/retail_year/products.parquet') as p on p.product_id = t.product_id
"""
SETS = {"online_retail": ONLINE, "retail_year": RETAIL}
_EMPTY: Mapping[str, Sequence[tuple[str, pa.DataType]]] = {
    "personas": [("person", pa.int64()), ("persona", pa.string())],
    "goods": [("product_id", pa.string()), ("category", pa.string())],
    "articles": [
        ("product_id", pa.string()), ("product_name", pa.string()), ("last_day", pa.int64()), ("stock", pa.float64()),
        ("offered", pa.bool_()), ("unit_price", pa.float64()), ("unit_cost", pa.int64()),
    ],
    "voice_texts": [("person", pa.int64()), ("product_id", pa.string()), ("tone", pa.string()), ("day", pa.int64())],
    "voice_sentences": [
        ("person", pa.int64()), ("product_id", pa.string()), ("asks", pa.bool_()), ("day", pa.int64()),
        ("fact", pa.int64()),
    ],
    "searches": [
        ("person", pa.int64()), ("record", pa.int64()), ("at_us", pa.int64()), ("day", pa.int64()),
        ("words", pa.string()), ("found", pa.int64()),
    ],
    "events": [
        ("person", pa.int64()), ("product_id", pa.string()), ("event", pa.string()), ("at_us", pa.int64()),
        ("age", pa.int64()),
    ],
    "happenings": [("record", pa.int64()), ("event", pa.string()), ("at_us", pa.int64())],
}  # fmt: skip
_SEVEN = "select distinct person, cast(person % 7 as varchar) as persona from lines"
_ORDERS = """
    select person, order_no, min(day) as day, max(store) as store, max(channel) as channel
    from lines
    where person is not null and not is_return
    group by person, order_no
    having sum(case when line_kind = 'goods' then 1 else 0 end) > 0
"""


def lay_out(session: Session, sold: pa.Table) -> int:
    """What a build lays out before it describes, of lines alone; the day of the newest."""
    session.table("sold", sold)
    session.create("order_lines", "select *, person as record, cast(null as varchar) as channel from sold")
    session.view("lines", "select * from order_lines where person is not null")
    session.create("identity", "select distinct record, person from lines")
    session.create("orders", _ORDERS)
    session.create("indicators", "select person, count(*) as facts_lifetime from lines group by person")
    session.table("products", NO_PRODUCTS)
    session.table("stock_told", NO_STOCK)
    for name, columns in _EMPTY.items():
        session.table(name, pa.schema(list(columns)).empty_table())
    return int(session.rows("select coalesce(max(day), 0) as day from sold").column("day")[0].as_py())


@contextmanager
def opened() -> Iterator[Session]:
    """A session of its own."""
    from regulars.engine.duckdb import DuckDBEngine

    with tempfile.TemporaryDirectory() as folder, DuckDBEngine(Path(folder)).session() as session:
        yield session


def sold(name: str, data: Path) -> pa.Table:
    """The lines of a real shop."""
    with opened() as session:
        return session.rows(SETS[name].format(folder=data))


def described(lines: pa.Table) -> list[dict[str, Any]]:
    """What is found of a shop with these lines."""
    with opened() as session:
        describe(session, lay_out(session, lines), "CAD")
        return session.rows("select * from assortment").to_pylist()


def dealt(lines: pa.Table, seed: int) -> pa.Table:
    """The same receipts, their articles dealt at random."""
    order = np.random.default_rng(seed).permutation(lines.num_rows)
    whose = lines.column("line_kind").to_numpy(zero_copy_only=False) == "goods"
    at = np.arange(lines.num_rows)
    at[whose] = at[whose][np.argsort(order[whose], kind="stable")]
    for name in ("product_id", "product_name", "category"):
        place = lines.schema.get_field_index(name)
        lines = lines.set_column(place, name, lines.column(name).take(pa.array(at)))
    return lines


def halves(lines: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The earlier and the later half of the days."""
    day = lines.column("day").to_numpy()
    middle = (int(day.min()) + int(day.max())) // 2
    return lines.filter(pa.array(day <= middle)), lines.filter(pa.array(day > middle))


def pairs(lines: pa.Table) -> dict[tuple[str, str], float]:
    """The pairs that are named, with their lifts."""
    return {
        tuple(sorted((one["key"], one["other_key"]))): one["lift"]
        for one in described(lines)
        if one["kind"] == "together"
    }  # type: ignore[misc]


def still_together(lines: pa.Table, named: Sequence[tuple[str, str]]) -> list[float]:
    """How many times as often as by their popularity pairs are bought together on receipts of several articles."""
    with opened() as session:
        lay_out(session, lines)
        session.table("named", pa.table({"one": [a for a, _b in named], "other": [b for _a, b in named]}))
        session.create(
            "several",
            "select order_no, product_id from (select distinct order_no, product_id from order_lines where line_kind ="
            " 'goods' and not is_return) where order_no in (select order_no from order_lines group by order_no having"
            " count(distinct product_id) between 2 and 60)",
        )
        rows = session.rows(
            "with t as (select product_id, count(*) as n from several group by product_id), r as (select count(distinct"
            " order_no) as n from several) select n.one, n.other, (select count(*) from several a join several b on"
            " a.order_no = b.order_no where a.product_id = n.one and b.product_id = n.other) * r.n * 1.0 /"
            " (o.n * p.n) as lift from named n cross join r join t as o on o.product_id = n.one join t as p on"
            " p.product_id = n.other order by 1, 2"
        )
        return [float(one) for one in rows.column("lift").to_pylist()]


def agreement(lines: pa.Table) -> dict[str, tuple[float, int, int]]:
    """Of beginners and of regulars: do articles differ from those alike in the same way in both halves of the people?

    Rank correlation of how far they stand out, the articles compared, and how many are named.
    """
    from scipy.stats import spearmanr

    found = {}
    with opened() as session:
        as_of = lay_out(session, lines)
        session.create("goods_sold", finding._SQL["goods_sold"].format(as_of=as_of, days=finding._DAYS))
        session.create("things", finding._SQL["things"])
        seen, goods = finding._visits(session), finding._goods(session)
        group = np.arange(len(goods.ids))
        for name, how, make in (
            ("wins", "first_order", cohorts.beginners),
            ("loses", "bought", cohorts.regulars),
        ):
            cohort = make(session, seen, as_of, as_of - finding._DAYS)
            early = cohort.stratum >= np.median(cohort.stratum) if cohort.rows() else cohort.came
            signs = []
            for half in (early, ~early):
                which, marks = counting.tried(cohort, half, how, group)
                signs.append(
                    dict(
                        zip(
                            which.tolist(), (marks.strength * np.sign(marks.share - marks.alike)), strict=True
                        )
                    )
                )
            both = sorted(set(signs[0]) & set(signs[1]))
            which, marks = counting.tried(cohort, np.ones(cohort.rows(), bool), how, group)
            rank = (
                spearmanr([signs[0][one] for one in both], [signs[1][one] for one in both])[0]
                if len(both) > 2
                else 0.0
            )
            found[name] = (float(rank), len(both), int(marks.above.sum() + marks.below.sum()))
    return found


def main(arguments: list[str]) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="bench smart assortment")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--deals", type=int, default=10, help="how many times articles are dealt at random")
    parser.add_argument(
        "--customers", type=int, default=1_000_000, help="of the made-up shop; 0 leaves it out"
    )
    asked = parser.parse_args(arguments)
    for name in SETS if asked.data else ():
        lines = sold(name, asked.data)
        took = measure(described, lines)
        kinds = {
            kind: sum(one["kind"] == kind and one["sure"] for one in took.result)
            for kind in sorted({o["kind"] for o in took.result})
        }
        print(f"{name}: named {kinds}, {took.cpu:.1f} CPU s, peak {took.peak:.0f} MiB")
        earlier, later = halves(lines)
        lifts = still_together(later, list(pairs(earlier)))
        good = sum(one >= 2 for one in lifts)
        print(
            f"  pairs named in the earlier half, twice as often as by chance in the later: {good} of {len(lifts)}"
        )
        for kind, (rank, n, named) in agreement(lines).items():
            print(f"  {kind}: {named} named; rank correlation between halves {rank:+.2f} over {n} articles")
        false = [sum(one["sure"] for one in described(dealt(lines, seed))) for seed in range(asked.deals)]
        print(f"  articles dealt at random {asked.deals} times: named {false}")
    if asked.customers:
        _million(asked.customers)


def _million(customers: int) -> None:
    from bench.indicators import write_shop

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_shop(folder, customers, customers * 10)
        took = measure(million, folder)
    size = f"{customers:,} customers, {customers * 10:,} lines"
    print(f"{size}: {took.result} findings, {took.cpu:.0f} CPU s, peak {took.peak:.0f} MiB")


def million(folder: Path) -> int:
    """All that is found of a made-up shop; the number of findings."""
    from bench.indicators import AS_OF

    with opened() as session:
        session.parquet("found", [folder / "order_lines.parquet"], pa.schema([]))
        session.view("order_lines", "select *, cast(null as varchar) as product_name from found")
        session.view("lines", "select *, record as person from order_lines")
        session.create("identity", "select distinct record, record as person from found")
        session.create("orders", _ORDERS)
        session.create("indicators", "select person, count(*) as facts_lifetime from lines group by person")
        session.table("products", NO_PRODUCTS)
        session.table("stock_told", NO_STOCK)
        for name, columns in _EMPTY.items():
            session.table(name, pa.schema(list(columns)).empty_table())
        session.table("personas", session.rows(_SEVEN))
        describe(session, AS_OF, "CAD")
        return session.rows("select * from assortment where sure").num_rows
