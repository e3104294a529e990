"""Personas: found where there are kinds, named for what sets them apart, lasting from week to week."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.model.report import ModelReport
from regulars.segment.personas import finding

#: Orders, days since the last one, average basket: three kinds of customers.
KINDS = ((12, 10, 3_000), (1, 200, 2_000), (2, 60, 20_000))
AS_OF = 20_000

Found = tuple[ModelReport, dict[int, str], list[dict[str, object]]]
Find = Callable[..., Found]


def people(kinds: tuple[tuple[int, int, int], ...], each: int, later: int = 0) -> pa.Table:
    """So many buyers of each kind, all a little different; `later` days have gone since."""
    chance = np.random.default_rng(5)
    count = each * len(kinds)
    orders, days, basket = (np.repeat([kind[at] for kind in kinds], each) for at in range(3))
    days = days + chance.integers(0, 5, count) + later
    basket = (basket * chance.uniform(0.9, 1.1, count)).astype(np.int64)
    return table(orders, days, basket)


def table(orders: np.ndarray, days: np.ndarray, basket: np.ndarray) -> pa.Table:
    count = len(orders)
    nothing = pa.nulls(count, pa.float64())
    return pa.table(
        {
            "person": pa.array(np.arange(1, count + 1)),
            "orders_lifetime": pa.array(orders, pa.int64()),
            "days_since_last_order": pa.array(days, pa.int64()),
            "average_basket": pa.array(basket, pa.int64()),
            "distinct_products": pa.array(orders, pa.int64()),
            "facts_lifetime": pa.array(orders, pa.int64()),
            **dict.fromkeys(("discount_share", "return_share", "weekend_share", "evening_share"), nothing),
        }
    )


@pytest.fixture
def find(tmp_path: Path) -> Iterator[Find]:
    """Find the personas of some buyers: the report, who is which, and the cards."""
    with DuckDBEngine(tmp_path).session() as session:

        def one(buyers: pa.Table, before: ModelReport | None = None) -> Found:
            _lay_out(session, buyers)
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                report = finding.find(session, AS_OF, before.parameters if before else {})
            rows = session.rows("select * from personas").to_pylist()
            cards = session.rows(finding.RESULTS["persona_cards"]).to_pylist()
            return report, {row["person"]: row["persona"] for row in rows}, cards

        yield one


def _lay_out(session: Session, buyers: pa.Table) -> None:
    session.table("indicators", buyers)
    columns = [
        ("person", pa.int64()),
        ("category", pa.string()),
        ("is_return", pa.bool_()),
        ("line_kind", pa.string()),
    ]
    session.table("lines", pa.schema(columns).empty_table())


def test_three_kinds_of_customers_are_found_and_told_apart_in_both_languages(find: Find) -> None:
    report, who, cards = find(people(KINDS, 150))
    assert report.speaks
    assert [len({who[person] for person in range(first, first + 150)}) for first in (1, 151, 301)] == [
        1,
        1,
        1,
    ]
    assert len({card["title_en"] for card in cards}) == len({card["title_fr"] for card in cards}) == 3
    named = {who[1]: "regulars", who[301]: "big baskets"}
    for card in cards:
        assert named.get(str(card["persona"]), "").lower() in str(card["title_en"]).lower()


def test_a_week_later_the_kinds_have_the_same_ids(find: Find) -> None:
    first, was, _cards = find(people(KINDS, 150))
    _second, now, _cards = find(people(KINDS, 150, later=7), first)
    assert np.mean([was[person] == now[person] for person in was]) >= 0.95


def test_a_new_kind_has_an_id_that_nobody_had(find: Find) -> None:
    first, was, _cards = find(people(KINDS, 150))
    _second, now, _cards = find(people((*KINDS, (40, 2, 90_000)), 150), first)
    assert set(now.values()) > set(was.values())
    assert now[500] not in was.values()


def test_too_few_buyers_have_no_personas_and_it_is_said_how_many_it_takes(find: Find) -> None:
    report, who, cards = find(people(KINDS, 16))
    assert (report.enough_data, report.speaks, who, cards) == (False, False, {}, [])
    assert report.why.en == "Personas take 300 customers who bought; the shop has 48."


def test_nobody_at_all_is_too_few(find: Find) -> None:
    report, _who, _cards = find(table(*(np.zeros(0, np.int64) for _ in range(3))))
    assert not report.speaks


def test_customers_who_all_buy_alike_are_of_no_kind(find: Find) -> None:
    report, who, _cards = find(table(*(np.full(400, value) for value in (1, 30, 2_000))))
    assert (report.speaks, who) == (False, {})
    assert "alike" in report.why.en


def test_two_ways_to_buy_raise_no_warning(find: Find) -> None:
    half = np.repeat([0, 1], 200)
    report, _who, cards = find(table(1 + half * 9, 30 + half * 100, 2_000 + half * 5_000))
    assert len({card["title_en"] for card in cards}) == len(cards)
    assert report.n == 400


def test_the_same_customers_give_the_same_personas(find: Find) -> None:
    one, other = find(people(KINDS, 150)), find(people(KINDS, 150))
    assert one == other
