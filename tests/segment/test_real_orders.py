"""The ready segments on a year of a real shop, checked against counts made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.indicators.compute import compute
from regulars.segment.count import count, members, sizes
from regulars.segment.language.operands import FORETOLD, PROFILE, catalogue
from regulars.segment.language.rules import Rule, compile_rule
from regulars.segment.ready import ready_segments

pytestmark = pytest.mark.data
AS_OF = 15317  # 2011-12-09, the last day of the file
LINES = """
select
    cast(CustomerID as bigint) as record,
    cast(dense_rank() over (order by InvoiceNo) as bigint) as order_no,
    cast(date_diff('day', date '1970-01-01', cast(InvoiceDate as date)) as bigint) as day,
    cast(hour(InvoiceDate) as bigint) as hour,
    cast(isodow(InvoiceDate) - 1 as bigint) as weekday,
    cast(epoch_us(InvoiceDate) as bigint) as sold_at_us,
    StockCode as product_id, cast(null as varchar) as category, cast(Quantity as double) as quantity,
    cast(round(Quantity * UnitPrice * 100) as bigint) as paid, cast(0 as bigint) as discount,
    cast(null as varchar) as coupon, 'web' as channel, cast(null as varchar) as store,
    cast(null as varchar) as payment, 'goods' as line_kind, Quantity < 0 as is_return, 'GBP' as currency
from raw where CustomerID is not null
"""
NO_RATES = pa.schema(
    [
        ("currency", pa.string()),
        ("since_day", pa.int64()),
        ("until_day", pa.int64()),
        ("factor", pa.float64()),
    ]
).empty_table()
NO_GOODS = pa.schema(
    [("product_id", pa.string()), ("brand", pa.string()), ("unit_cost", pa.int64())]
).empty_table()
HAPPENINGS = ("event", "product_id", "channel", "campaign")


@pytest.fixture(scope="module")
def session(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with DuckDBEngine(tmp_path_factory.mktemp("scratch")).session() as opened:
        opened.parquet("raw", [data / "orders" / "online_retail_uci.parquet"], pa.schema([]))
        opened.create("order_lines", LINES)
        opened.create("identity", "select distinct record, record as person from order_lines")
        opened.create("persons", "select person from identity")
        numbers = [(name, pa.int64()) for name in ("record", "day", "hour", "weekday", "at_us")]
        words = [(name, pa.string()) for name in HAPPENINGS]
        opened.table("happenings", pa.schema([*numbers, *words, ("rating", pa.float64())]).empty_table())
        opened.table("rates", NO_RATES)
        opened.table("goods", NO_GOODS)
        opened.view(
            "reachable", "select person, 0 as channels, false as by_email, false as has_card from persons"
        )
        compute(opened, as_of=AS_OF, currency="GBP")
        unknown = (
            f"cast(null as {operand.type.lower()}) as {operand.name}" for operand in (*PROFILE, *FORETOLD)
        )
        opened.create("profiles", f"select *, {', '.join(unknown)} from indicators")
        yield opened


def _rule(text: str) -> Rule:
    return compile_rule(text, catalogue(), as_of=AS_OF, currency="GBP")


def _one(session: Session, sql: str) -> int:
    return int(session.rows(sql).column(0)[0].as_py())


def test_amounts_and_counts_agree_with_a_count_by_hand(session: Session) -> None:
    by_hand = """
        select count(*) from (
            select CustomerID, sum(round(Quantity * UnitPrice * 100)) as spent,
                count(distinct case when Quantity >= 0 then InvoiceNo end) as orders
            from raw where CustomerID is not null and InvoiceDate >= timestamp '2010-12-10' group by CustomerID
        ) where orders >= 5 and spent > 200000
    """
    counted = count(session, _rule("orders_365d >= 5 and spend_365d > 2000"))
    assert counted.members == _one(session, by_hand)
    assert counted.of == 4_372
    assert counted.of > counted.steps[0].remaining > counted.members > 0


def test_the_stages_share_all_customers_out_and_nobody_stands_in_two(session: Session) -> None:
    rules = {name: _rule(segment.rule) for name, segment in ready_segments().items()}
    members(session, rules)
    found = sizes(session, rules, {})
    stages = [found[name] for name in ("prospects", "new", "active", "due", "late", "lapsed")]
    only_returned = _one(
        session,
        "select count(*) from ("
        "select CustomerID from raw where CustomerID is not null group by all having max(Quantity) < 0)",
    )
    assert only_returned == 33
    assert sum(stages) == 4_372 - only_returned  # of who only gave back, nobody knows when they bought
    once = """
        select count(*) from (
            select CustomerID from raw where CustomerID is not null and Quantity >= 0
            group by CustomerID having count(distinct InvoiceNo) = 1
        )
    """
    assert found["one_time"] == _one(session, once)
    assert found["birthday_this_month"] == 0
    assert found["unreachable"] == 4_372
    assert abs(found["big"] - 4_372 / 5) < 30
    assert 0 < found["loyal"] < 4_372 / 3
    assert 0 < found["future_spenders"] < 4_372 / 3
