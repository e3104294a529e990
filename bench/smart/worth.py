"""What columns add, on shops whose next weeks are known: noise beside it, a leak, and the rule anybody could use."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.model.clock import MICROSECONDS_A_DAY, day_number
from regulars.predict.marks import Floats, auc, rank_correlation
from regulars.predict.worth.alike import bundles
from regulars.predict.worth.evenings import Evenings, evenings, weighed
from regulars.predict.worth.gain import Gain, gain
from regulars.predict.worth.importance import Importance, importance
from regulars.predict.worth.people import People

#: How many columns of noise are put beside the true ones.
NOISE = 20
_SEED = 7
_LINES = pa.schema(
    [("record", pa.int64()), ("order_no", pa.int64()), ("sold_at_us", pa.int64()), ("product_id", pa.string()),
     ("category", pa.string()), ("quantity", pa.float64()), ("paid", pa.int64()), ("discount", pa.int64()),
     ("store", pa.string()), ("is_return", pa.bool_())]
)  # fmt: skip
_EMPTY: Mapping[str, str] = {
    "happenings": "record bigint, event varchar, at_us bigint, day bigint, hour bigint, weekday bigint,"
    " product_id varchar, channel varchar, campaign varchar, rating double",
    "rates": "currency varchar, since_day bigint, until_day bigint, factor double",
    "goods": "product_id varchar, brand varchar, unit_cost bigint",
    "reachable": "person bigint, channels bigint, by_email boolean, has_card boolean",
    "people": "person bigint, birth_date varchar, age varchar, gender varchar, language varchar, city varchar,"
    " region varchar, postcode varchar, country varchar",
}


@contextmanager
def online_retail(data: Path) -> Iterator[Session]:
    """UCI Online Retail: the lines of known customers."""
    table = pq.read_table(data / "orders" / "online_retail_uci.parquet")
    table = table.filter(pc.is_valid(table["CustomerID"]))
    orders = table["InvoiceNo"].combine_chunks().dictionary_encode().indices
    paid = pc.round(pc.multiply(pc.multiply(table["Quantity"], table["UnitPrice"]), 100))
    lines = pa.table([
        table["CustomerID"], orders, pc.cast(table["InvoiceDate"], pa.int64()), table["StockCode"],
        pa.nulls(len(table)), table["Quantity"], paid, pa.array([0] * len(table)), pa.nulls(len(table)),
        pc.less(table["Quantity"], 0),
    ], names=_LINES.names)  # fmt: skip
    with _laid_out(lines.cast(_LINES)) as session:
        yield session


@contextmanager
def retail_year(data: Path) -> Iterator[Session]:
    """A grocer's year of loyalty cards, as far as it is here, with what the households say of themselves."""
    folder = data / "retail_year"
    table = pq.read_table(folder / "transactions.parquet").join(
        pq.read_table(folder / "products.parquet", columns=["product_id", "department"]), "product_id"
    ).sort_by([("basket_id", "ascending"), ("product_id", "ascending")])  # fmt: skip
    instant = pc.cast(pc.cast(table["transaction_timestamp"], pa.timestamp("us")), pa.int64())
    discount = pc.add(table["retail_disc"], table["coupon_disc"])
    lines = pa.table([
        table["household_id"], table["basket_id"], instant, pc.cast(table["product_id"], pa.string()),
        table["department"], table["quantity"], pc.round(pc.multiply(table["sales_value"], 100)),
        pc.round(pc.multiply(discount, 100)), pc.cast(table["store_id"], pa.string()),
        pa.array([False] * len(table)),
    ], names=_LINES.names)  # fmt: skip
    told = pq.read_table(folder / "demographics.parquet")
    age = pc.cast(told["age"], pa.string())
    people = pa.table({
        "person": pc.cast(told["household_id"], pa.int64()), "age": pc.utf8_slice_codeunits(age, 0, 2),
        "gender": pc.cast(told["income"], pa.string()), "region": pc.cast(told["household_comp"], pa.string()),
    })  # fmt: skip
    with _laid_out(lines.cast(_LINES), people) as session:
        yield session


@contextmanager
def _laid_out(lines: pa.Table, people: pa.Table | None = None) -> Iterator[Session]:
    with TemporaryDirectory() as folder, DuckDBEngine(Path(folder)).session() as session:
        session.table("read_lines", lines)
        session.create("order_lines", _lines_sql())
        for name, columns in _EMPTY.items():
            fields = ", ".join(
                f"cast(null as {one.split()[1]}) as {one.split()[0]}" for one in columns.split(", ")
            )
            session.create(name, f"select {fields} where false")
        if people is not None:
            session.table("told_people", people)
            session.create("people", "select * from people union all by name select * from told_people")
        session.table("identity", session.rows("select distinct record, record as person from order_lines"))
        session.view("persons", "select distinct person from identity")
        yield session


def _lines_sql() -> str:
    day = f"sold_at_us // {MICROSECONDS_A_DAY}"
    return (
        f"select *, {day} as day, (sold_at_us % {MICROSECONDS_A_DAY}) // 3600000000 as hour,"
        f" ({day} + 3) % 7 as weekday,"
        " 'XXX' as currency, cast(null as varchar) as coupon, cast(null as varchar) as channel,"
        " cast(null as varchar) as payment, 'goods' as line_kind from read_lines"
    )


def with_noise(people: People, seed: int) -> People:
    """The same people, with columns of noise, and one that tells what is to come."""
    chance = np.random.default_rng(seed)
    more = [chance.normal(size=len(people)) for _one in range(NOISE)]
    names = (*people.names, *(f"noise_{number}" for number in range(NOISE)), "leak")
    return replace(people, names=names, given=np.column_stack([people.given, *more, people.came]))


def without_leak(people: People) -> People:
    """The same people, who tell nothing of what is to come."""
    return people.only(set(people.names) - {"leak"})


def weigh(found: Evenings, outcome: str, *, leak: bool = False) -> Importance:
    """What bundles, noise and perhaps a leak add to one outcome."""
    earlier, later = (with_noise(one, _SEED + at) for at, one in enumerate(found.people[outcome]))
    if not leak:
        earlier, later = without_leak(earlier), without_leak(later)
    groups: dict[str, Sequence[str]] = {one[0]: one for one in bundles(earlier, weighed())}
    groups |= {name: (name,) for name in earlier.names if name.startswith(("noise_", "leak", "card_"))}
    said = importance(
        earlier, later, groups, ranked=[name for name in groups if not name.startswith("noise_")]
    )
    assert isinstance(said, Importance), said
    return said


def noise_that_is_none(said: Importance) -> int:
    """Of how many columns of noise the interval holds nothing at all."""
    return sum(one.low <= 0 <= one.high for one in said.worths if one.name.startswith("noise_"))


def naive(found: Evenings, outcome: str) -> Mapping[str, float]:
    """The marks of rules that anybody could use, on the later evening."""
    later = found.people[outcome][1]
    rules = {
        "recency": -_column(later, "days_since_last_order"),
        "frequency": _column(later, "orders_lifetime"),
    }
    if later.yes_no:
        return {name: auc(score, later.came > 0) for name, score in rules.items()}
    return {name: rank_correlation(score, later.came) for name, score in rules.items()}


def _column(people: People, name: str) -> Floats:
    return np.nan_to_num(people.given[:, people.names.index(name)], nan=-1e9)


def gained(found: Evenings, outcome: str, base: Sequence[str], added: Sequence[str]) -> Gain:
    """What some columns, noise perhaps, bring beside others."""
    earlier, later = (
        without_leak(with_noise(one, _SEED + at)) for at, one in enumerate(found.people[outcome])
    )
    said = gain(earlier, later, base, added)
    assert isinstance(said, Gain), said
    return said


RFM = ("days_since_last_order", "orders_lifetime", "spend_lifetime")


def main(arguments: list[str]) -> None:
    """Print what columns add, shop by shop."""
    parser = argparse.ArgumentParser(prog="bench smart worth")
    parser.add_argument("--data", type=Path, default=Path("data"))
    given, _others = parser.parse_known_args(arguments)
    for title, shop, as_of, horizon, outcomes in (
        ("Online Retail", online_retail, date(2011, 12, 9), 90, ("orders", "spend")),
        ("a grocer's year", retail_year, date(2017, 9, 30), 14, ("orders", "spend")),
    ):
        began = time.process_time()
        with shop(given.data) as session:
            found = evenings(session, day_number(as_of), "XXX", horizon)
        print(
            f"worth  {title}, evenings {horizon} days apart up to {as_of}: {time.process_time() - began:.1f} CPU s"
        )
        for outcome in outcomes:
            _print(found, outcome)


def _print(found: Evenings, outcome: str) -> None:
    began = time.process_time()
    said = weigh(found, outcome)
    took = time.process_time() - began
    rules = ", ".join(f"{name} alone {mark:.3f}" for name, mark in naive(found, outcome).items())
    print(
        f"  {outcome}: {said.learnt_from:,} people learnt from, {said.asked:,} asked; mark {said.mark:.3f}"
        f" ({said.mark_low:.3f} to {said.mark_high:.3f}); {rules};"
        f" agreement of lessons {said.stability:.2f}; {took:.0f} CPU s"
    )
    for one in said.worths[:5]:
        print(f"    {one.name:28} {one.fall:+.4f}  ({one.low:+.4f} to {one.high:+.4f})")
    noise = [one for one in said.worths if one.name.startswith("noise_")]
    worst = max(abs(one.fall) for one in noise)
    print(f"    noise: {noise_that_is_none(said)} of {NOISE} intervals hold 0, the largest fall {worst:.4f}")
    leak = weigh(found, outcome, leak=True).worths[0]
    print(
        f"    a leak put in ranks first: {leak.name} {leak.fall:+.4f}  ({leak.low:+.4f} to {leak.high:+.4f})"
    )
    for name, base, added in (
        ("all indicators beside recency, frequency, spend", RFM, weighed()),
        ("noise beside recency, frequency, spend", RFM, ("noise_0",)),
        ("recency, frequency, spend beside noise", ("noise_0",), RFM),
    ):
        got = gained(found, outcome, base, added)
        print(
            f"    gain of {name}: {got.without:.3f} -> {got.with_them:.3f} ({got.low:+.4f} to {got.high:+.4f}),"
            f" of {got.chosen} chosen {got.changed} changed: {got.became_right} right, {got.became_wrong} wrong"
        )
