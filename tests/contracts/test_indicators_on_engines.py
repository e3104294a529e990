"""Every indicator of a made-up shop has one value on each engine: integers and words exactly, numbers to 1e-9."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.indicators import INDICATORS
from regulars.indicators.compute import NORMS_SCHEMA, compute

AS_OF = 20_000
PEOPLE, LINES, EVENTS = 300, 4_000, 3_000
HAPPENS = (
    "Email Delivered", "Email Opened", "Email Link Clicked", "SMS Link Clicked", "Email Replied", "Page Viewed",
    "Product Viewed", "Ticket Opened", "Product Reviewed", "Friend Referred", "Product Shared",
)  # fmt: skip


def words(chance: np.random.Generator, count: int, choice: list[str | None]) -> pa.Array:
    """That many of some words, some of them not known."""
    return pa.array([choice[n] for n in chance.integers(0, len(choice), count)], pa.string())


def lay_out(session: Session) -> None:
    """Name the facts of the shop: ties, returns, kilograms, foreign money, days without an hour, silent people."""
    chance = np.random.default_rng(5)
    order = chance.integers(0, LINES // 2, LINES)
    day = AS_OF - (order * 7_919) % 900 + 3
    hour = np.where(order % 5 == 0, -1, order % 24)
    returned = chance.random(LINES) < 0.05
    paid = chance.integers(0, 9_000, LINES)
    lines = {
        "record": pa.array(order % PEOPLE + 1),
        "order_no": pa.array(order),
        "day": pa.array(day),
        "hour": pa.array(hour),
        "weekday": pa.array((day + 3) % 7),
        "sold_at_us": pa.array((day * 24 + np.maximum(hour, 0)) * 3_600_000_000),
        "product_id": words(chance, LINES, [*"abcdefgh", None]),
        "category": words(chance, LINES, ["tea", "mugs", "café", None]),
        "quantity": pa.array(np.where(returned, -1, 1) * chance.integers(1, 9, LINES) / 4),
        "paid": pa.array(np.where(returned, -paid, paid)),
        "discount": pa.array(np.where(order % 3 == 0, 150, 0)),
        "currency": words(chance, LINES, ["CAD", "CAD", "USD", "XAU"]),
        "coupon": words(chance, LINES, [None, None, "TEN"]),
        "channel": words(chance, LINES, ["web", "store", "app", None]),
        "store": words(chance, LINES, ["Laval", "Québec", None]),
        "payment": words(chance, LINES, ["card", "cash"]),
        "line_kind": words(chance, LINES, ["goods", "goods", "goods", "fee"]),
        "is_return": pa.array(returned),
    }
    at = AS_OF - chance.integers(0, 1_000, EVENTS)
    second = chance.integers(0, 86_400, EVENTS) // 7_000 * 7_000
    events = {
        "record": pa.array(chance.integers(1, PEOPLE + 1, EVENTS)),
        "event": words(chance, EVENTS, list(HAPPENS)),
        "at_us": pa.array((at * 86_400 + second) * 1_000_000),
        "day": pa.array(at),
        "hour": pa.array(second // 3_600),
        "weekday": pa.array((at + 3) % 7),
        "product_id": words(chance, EVENTS, ["a", None]),
        "channel": words(chance, EVENTS, ["web", "app", None]),
        "campaign": words(chance, EVENTS, ["spring", None]),
        "rating": pa.array(chance.integers(1, 6, EVENTS) * 1.0),
    }
    people = np.arange(1, PEOPLE + 20)
    session.table("order_lines", pa.table(lines))
    session.table("happenings", pa.table(events))
    session.table("identity", pa.table({"record": people, "person": (people + 1) // 2}))
    session.view("persons", "select distinct person from identity")
    rates = {"currency": ["USD"], "since_day": [AS_OF - 400], "until_day": [AS_OF + 9], "factor": [1.3571]}
    session.table("rates", pa.table(rates))
    session.table("goods", pa.table({"product_id": ["a", "b", "c"], "brand": ["Oak", "Elm", None],
                                     "unit_cost": pa.array([55, None, 1_234], pa.int64())}))  # fmt: skip
    session.view(
        "reachable",
        "select person, person % 4 as channels, person % 2 = 0 as by_email, person % 3 = 0 as has_card from persons",
    )


def computed(session: Session) -> tuple[list[dict[str, object]], pa.Table]:
    """The indicators of everybody, and the norms of the shop."""
    lay_out(session)
    norms = compute(session, as_of=AS_OF, currency="CAD")
    return session.rows("select * from indicators order by person").to_pylist(), norms


def test_a_made_up_shop_has_something_of_every_indicator() -> None:
    with DuckDBEngine(Path("unused")).session() as session:
        people, _ = computed(session)
    assert len(people) == (PEOPLE + 20) // 2
    for name in INDICATORS:
        assert len({person[name] for person in people}) > 1, f"{name} is the same for all"


def test_a_norm_of_before_gives_the_same_numbers_again() -> None:
    with DuckDBEngine(Path("unused")).session() as session:
        people, norms = computed(session)
        kept = pa.Table.from_pylist(norms.to_pylist(), NORMS_SCHEMA)
        compute(session, as_of=AS_OF, currency="CAD", norms=kept)
        assert session.rows("select * from indicators order by person").to_pylist() == people


@pytest.mark.slow
@pytest.mark.spark
def test_spark_gives_every_indicator_the_same_value(spark: dict[str, str], tmp_path: Path) -> None:
    from regulars.engine.spark import SparkEngine

    with DuckDBEngine(tmp_path).session() as session:
        here, norms = computed(session)
    with SparkEngine(tmp_path, settings=spark).session() as session:
        there, its_norms = computed(session)
    key = ["name", "position"]
    for one, other in zip(_by(norms, key), _by(its_norms, key), strict=True):
        assert {**one, "value": 0} == {**other, "value": 0}
        assert math.isclose(one["value"], other["value"], rel_tol=1e-9), one["name"]
    for ours, theirs in zip(here, there, strict=True):
        assert ours.keys() == theirs.keys()
        for name, value in ours.items():
            if isinstance(value, float):
                assert math.isclose(value, theirs[name], rel_tol=1e-9, abs_tol=1e-9), name
            else:
                assert value == theirs[name], name


def _by(norms: pa.Table, key: list[str]) -> list[dict[str, object]]:
    return sorted(norms.to_pylist(), key=lambda row: [row[name] for name in key])
