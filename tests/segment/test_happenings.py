"""What people did, in a rule: how often, when, with what, one thing after another, and never."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties import tried
from regulars.engine import Session
from regulars.engine.dialect import to_spark, violations
from regulars.errors import Invalid
from regulars.segment.count import count
from regulars.segment.language.happenings import DAY_US
from regulars.segment.language.rules import Rule

from .conftest import AS_OF

Rules = Callable[[str], Rule]
Shops = Callable[[list[dict[str, object]]], Session]
SCHEMA = pa.schema(
    [("person", pa.int64()), ("event", pa.string()), ("at_us", pa.int64()), ("day", pa.int64()),
     ("product_id", pa.string()), ("category", pa.string()), ("channel", pa.string()), ("campaign", pa.string()),
     ("store", pa.string()), ("rating", pa.float64())]
)  # fmt: skip
PEOPLE = 4

happened_once = st.fixed_dictionaries(
    {
        "person": st.integers(1, PEOPLE),
        "event": st.sampled_from(["Product Viewed", "Order Completed"]),
        "at_us": st.integers(0, 39).map(lambda quarter: (AS_OF - 9) * DAY_US + quarter * DAY_US // 4),
        "product_id": st.sampled_from(["MUG", "POT", None]),
    }
)


def named(happened: list[dict[str, object]]) -> pa.Table:
    rows = [{**one, "day": int(str(one["at_us"])) // DAY_US} for one in happened]
    return pa.Table.from_pylist(rows, SCHEMA)


def who(shop: Shops, happened: list[dict[str, object]], rule: Rule) -> set[int]:
    session = shop([{}] * PEOPLE)
    session.table("happened", named(happened))
    found = session.rows(f"select person from profiles where {rule.condition}", rule.parameters)
    assert count(session, rule).members == found.num_rows
    return set(found["person"].to_pylist())


@tried(60)
@given(
    happened=st.lists(happened_once, max_size=25),
    operator=st.sampled_from(["=", "<>", "<", "<=", ">", ">="]),
    number=st.integers(0, 4),
    product=st.sampled_from([None, "= 'MUG'", "<> 'MUG'"]),
    days=st.sampled_from([None, 1, 3, 9]),
)
def test_times_counts_what_each_person_did(
    rule: Rules,
    shop: Shops,
    happened: list[dict[str, object]],
    operator: str,
    number: int,
    product: str | None,
    days: int | None,
) -> None:
    asked = ["'Product Viewed'", *([f"product_id {product}"] if product else [])]
    asked += [f"'last {days} days'"] if days else []

    def counts(one: dict[str, object]) -> bool:
        recent = days is None or int(str(one["at_us"])) // DAY_US > AS_OF - days
        fits = {None: True, "= 'MUG'": one["product_id"] == "MUG", "<> 'MUG'": one["product_id"] == "POT"}[
            product
        ]
        return one["event"] == "Product Viewed" and recent and fits

    holds = {
        "=": int.__eq__, "<>": int.__ne__, "<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__,
    }[operator]  # fmt: skip
    often = {
        person: sum(counts(one) for one in happened if one["person"] == person) for person in range(1, 5)
    }
    read = rule(f"times({', '.join(asked)}) {operator} {number}")
    assert who(shop, happened, read) == {person for person, times in often.items() if holds(times, number)}
    assert who(shop, happened, rule(f"not ({read.text})")) == set(often) - who(shop, happened, read)


@tried(60)
@given(
    happened=st.lists(happened_once, max_size=25),
    pair=st.sampled_from([("Product Viewed", "Order Completed"), ("Product Viewed", "Product Viewed")]),
    within=st.sampled_from([None, 1, 3]),
)
def test_one_thing_comes_after_another_when_it_is_later(
    rule: Rules, shop: Shops, happened: list[dict[str, object]], pair: tuple[str, str], within: int | None
) -> None:
    def follows(one: dict[str, object], other: dict[str, object]) -> bool:
        passed = int(str(other["at_us"])) - int(str(one["at_us"]))
        near = within is None or passed <= within * DAY_US
        same = one["person"] == other["person"]
        return same and (one["event"], other["event"]) == pair and passed > 0 and near

    expected = {one["person"] for one in happened for other in happened if follows(one, other)}
    asked = [f"'{name}'" for name in pair] + ([f"'within {within} days'"] if within else [])
    assert who(shop, happened, rule(f"did_then({', '.join(asked)})")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "did('Product Viewed', product_id = 'MUG', 'last 30 days')",
        "times('Product Viewed', rating >= 4) = 2",
        "not did_then('Product Viewed', 'Order Completed', 'within 3 days')",
    ],
)
def test_what_people_did_is_asked_in_the_house_dialect(rule: Rules, text: str) -> None:
    statement = f"select person from profiles where {rule(text).condition}"
    assert violations(statement) == []
    assert to_spark(statement)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("did()", "between quotes"),
        ("did(spend_365d)", "between quotes"),
        ("did('Product Viewed', 'next week')", "no time that is understood"),
        ("did('Product Viewed', '2012-02-01 to 2012-01-01')", "nothing is between"),
        ("did('Product Viewed', colour = 'red')", "no indicator 'colour'"),
        ("did('Product Viewed', city = 'Laval')", "nothing that happened has a 'city'"),
        ("did('Product Viewed', rating = 'five')", "is a number"),
        ("did('Product Viewed', channel > 'web')", "no more and less"),
        ("times('Product Viewed') > 1.5", "whole number"),
        ("times('Product Viewed') > 'often'", "whole number"),
        ("times('Product Viewed')", "is a number"),
        ("channel = 'web'", "cannot be read"),
        ("did_then('Product Viewed')", "between quotes"),
        ("did_then('A', 'B', channel = 'web')", "cannot be asked"),
        ("did('Product Viewed', 'last 0 days')", "no time that passed"),
        ("did('A', '2012-13')", "no time that is understood"),
    ],
)
def test_what_cannot_be_asked_is_said(rule: Rules, text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        rule(text)


def test_an_event_that_nobody_did_is_named_with_those_like_it(rule: Rules, shop: Shops) -> None:
    session = shop([{}] * PEOPLE)
    session.table("happened", named([{"person": 1, "event": "Scanned Code", "at_us": AS_OF * DAY_US}]))
    counted = count(session, rule("did('Scaned Code')"))
    assert counted.members == 0
    assert [(one.operand, one.value, one.instead) for one in counted.nobody] == [
        ("event", "Scaned Code", {"Scanned Code": 1})
    ]
