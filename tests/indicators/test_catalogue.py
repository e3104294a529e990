"""Every indicator's examples are tests, on the real statements."""

import re
from pathlib import Path

import pyarrow as pa
import pytest

from regulars.engine.duckdb import DuckDBEngine
from regulars.indicators import FAMILIES, INDICATORS, Indicator
from regulars.indicators.compiling import own_statements, relative_statement
from regulars.indicators.compute import NORMS_SCHEMA, norms_row

AS_OF = 15_400
COLUMNS = {
    "lines": {
        "person": ("bigint", 1), "order_no": ("bigint", None), "day": ("bigint", None), "age": ("bigint", 1),
        "product_id": ("varchar", None), "category": ("varchar", None), "quantity": ("double", 1.0),
        "paid": ("bigint", 100),
        "line_kind": ("varchar", "goods"), "is_return": ("boolean", False), "sold_at_us": ("bigint", None),
    },
    "orders": {
        "person": ("bigint", 1), "order_no": ("bigint", None), "day": ("bigint", None), "age": ("bigint", 1),
        "hour": ("bigint", 12), "weekday": ("bigint", 0), "paid": ("bigint", 100), "discount": ("bigint", 0),
        "items": ("double", 1.0), "coupon": ("varchar", None), "channel": ("varchar", None), "store": ("varchar", None),
        "payment": ("varchar", None), "weight": ("bigint", 0), "sold_at_us": ("bigint", None),
    },
    "gaps": {"person": ("bigint", 1), "gap_days": ("bigint", 1)},
    "journeys": {
        "person": ("bigint", 1), "first_channel": ("varchar", None), "first_campaign": ("varchar", None),
        "days_to_order": ("bigint", None), "touches_before_order": ("bigint", None), "first_day": ("bigint", None),
    },
    "priced": {
        "person": ("bigint", 1), "day": ("bigint", None), "age": ("bigint", 1), "paid": ("bigint", 100),
        "cost": ("bigint", None),
    },
    "lately": {
        "person": ("bigint", 1), "day": ("bigint", None), "category": ("varchar", None), "brand": ("varchar", None),
        "weight": ("bigint", 1),
    },
    "clicks": {
        "person": ("bigint", 1), "day": ("bigint", None), "at_us": ("bigint", None), "age": ("bigint", 1),
        "medium": ("varchar", None), "weight": ("bigint", 1),
    },
    "opens": {"person": ("bigint", 1), "age": ("bigint", 1)},
    "after_clicks": {"person": ("bigint", 1), "age": ("bigint", 1)},
    "reach": {"person": ("bigint", 1), "channels": ("bigint", 0), "has_card": ("boolean", False)},
    "events": {
        "person": ("bigint", 1), "event": ("varchar", None), "day": ("bigint", None), "age": ("bigint", 1),
        "weight": ("bigint", 0), "rating": ("double", None),
    },
}  # fmt: skip
ARROW = {"bigint": pa.int64(), "varchar": pa.string(), "double": pa.float64(), "boolean": pa.bool_()}


def relation(name, facts):
    """Facts of one example as a relation; what an example leaves out is an ordinary value."""
    rows = []
    for number, fact in enumerate(facts, 1):
        row = (
            {column: default for column, (_, default) in COLUMNS[name].items()}
            | {"order_no": number}
            | dict(fact)
        )
        if row.get("day") is None:
            row["day"] = AS_OF - row.get("age", 0)
        instant_us = row["day"] * 86_400_000_000 + (row.get("hour") or 0) * 3_600_000_000
        row = {"sold_at_us": instant_us, "at_us": instant_us} | {
            name: one for name, one in row.items() if one is not None
        }
        rows.append({column: row.get(column) for column in COLUMNS[name]})
    return pa.Table.from_pylist(rows, pa.schema([(c, ARROW[kind]) for c, (kind, _) in COLUMNS[name].items()]))


def ask(session, indicator, facts):
    if indicator.over in ("indicators", "norms"):
        given = dict(facts[0]) if facts else {}
        own = {
            one.name: pa.array([None], ARROW[one.type.lower()])
            for one in INDICATORS.values()
            if one is not indicator
        }
        own |= {
            name: pa.array([0], pa.int64())
            for name in ("orders_lifetime", "order_points", "click_points", "reply_points")
            if name not in given
        }
        own |= {
            name: pa.array([v], ARROW[INDICATORS[name].type.lower()])
            for name, v in given.items()
            if "." not in name
        }
        norms = []
        for name, value in given.items():
            if name.startswith("norms."):
                values = value if isinstance(value, tuple) else (value,)
                first = 1 if isinstance(value, tuple) else 0
                norms += [
                    {"name": name[6:], "position": first + n, "value": float(v)} for n, v in enumerate(values)
                ]
        session.table("norms", norms_row(pa.Table.from_pylist(norms, NORMS_SCHEMA)))
        session.table("own", pa.table(own))
        sql = f"select {indicator.value} as {indicator.name} from own cross join norms"
        return session.rows(sql).column(indicator.name)[0].as_py()
    habit = indicator.over in ("favourite", "confidence")
    of = indicator.value.split(".")[0] if habit else indicator.over
    for name in COLUMNS:
        session.table(name, relation(name, facts if name == of else ()))
    session.table("persons", pa.table({"person": pa.array([1], pa.int64())}))
    for name, sql in own_statements([indicator]):
        session.create(name, sql)
    if indicator.over == "confidence":
        shares = {name[7:]: v for fact in facts for name, v in fact.items() if name.startswith("shares.")}
        session.table(
            "shares",
            pa.table(
                {
                    "name": pa.array(list(shares), pa.string()),
                    "share": pa.array(list(shares.values()), pa.float64()),
                }
            ),
        )
        session.table("norms", norms_row(NORMS_SCHEMA.empty_table()))
        session.create("own", relative_statement([indicator]))
    return session.rows("select * from own").column(indicator.name)[0].as_py()


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.name)
def test_an_indicator_is_what_its_examples_say(indicator: Indicator) -> None:
    assert indicator.examples, "an indicator without examples is not tested"
    with DuckDBEngine(Path("unused")).session() as session:
        for facts, expected in indicator.examples:
            assert ask(session, indicator, facts) == pytest.approx(expected), facts


def test_the_catalogue_tells_everything_in_both_languages() -> None:
    assert len(INDICATORS) == sum(map(len, FAMILIES.values())) >= 30
    for one in INDICATORS.values():
        assert all((one.label.en, one.label.fr, one.question.en, one.question.fr)), one.name
        assert one.question.en.endswith(("?", ".")), one.name


def test_whole_catalogue_makes_one_statement_of_own_and_one_of_relative() -> None:
    assert own_statements(list(INDICATORS.values()))[-1][0] == "own"
    assert "cross join norms" in relative_statement(list(INDICATORS.values()))


def test_a_name_that_tells_a_window_tells_one_of_its_expression() -> None:
    told = {one.name: re.search(r"_(\d+)d$", one.name) for one in INDICATORS.values()}
    named = {name: int(found.group(1)) for name, found in told.items() if found}
    assert {name: days for name, days in named.items() if f"age < {days}" not in INDICATORS[name].value} == {}
    assert {one.name for one in INDICATORS.values() if one.window_days} == set(named)
    assert INDICATORS["spend_90d"].window_days == 90
    assert INDICATORS["spend_change_365d"].window_days == 730
    assert INDICATORS["favourite_hour"].window_days is None


def test_a_favourite_breaks_ties_and_how_often_it_is_does_not() -> None:
    assert INDICATORS["favourite_hour"].breaks_ties
    assert not INDICATORS["favourite_hour_share"].breaks_ties
    assert not INDICATORS["spend_90d"].breaks_ties
