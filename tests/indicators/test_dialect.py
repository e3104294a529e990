"""Every statement that computes indicators is in the house dialect, and can be said in Spark's words."""

from pathlib import Path

import pytest

import regulars.indicators
from regulars.engine.dialect import to_spark, violations
from regulars.engine.statements import statements
from regulars.indicators import INDICATORS
from regulars.indicators.compiling import own_statements, relative_statement
from regulars.indicators.compute import norm_statements

SQL = statements(Path(regulars.indicators.__file__).with_name("facts.sql"))
CATALOGUE = list(INDICATORS.values())
STATEMENTS = {
    **dict(own_statements(CATALOGUE)),
    "relative": relative_statement(CATALOGUE),
    "lines": SQL["lines"].format(as_of=15_000, currency="CAD"),
    "orders": SQL["orders"],
    "gaps": SQL["gaps"],
    "events": SQL["events"].format(as_of=15_000),
    "touches": SQL["touches"],
    "first_orders": SQL["first_orders"],
    "journeys": SQL["journeys"],
    "steps_to_orders": SQL["steps_to_orders"],
    **{name: SQL[name] for name in ("priced", "lately", "clicks", "opens", "reach")},
    "after_clicks": SQL["after_clicks"].format(days=3),
    "gap_norms": SQL["gap_norms"].format(crowd=9),
    "rates_of_all": SQL["rates_of_all"].format(crowd=9),
}
NORMS = norm_statements(CATALOGUE)[:-2]


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_in_the_house_dialect(name: str) -> None:
    assert violations(STATEMENTS[name]) == []
    assert to_spark(STATEMENTS[name])


@pytest.mark.parametrize("sql", NORMS)
def test_norms_may_look_over_everybody_and_say_nothing_else_foreign(sql: str) -> None:
    assert violations(sql, whole_shop=True) == []
    assert len(violations(sql)) == 2, "over everybody it looks only where that is allowed"


@pytest.mark.parametrize(
    "sql",
    [
        "select mode(x) as x from t",
        "select median(x) as x from t",
        "select date_diff('day', a, b) as d from t",
        "select now() as n",
        "select cast(x as date) as d from t",
        "select sum(x) as total from t",
        "select [1, 2] as l",
        "select {'a': 1} as s",
        "select row_number() over (order by x) as n from t",
        "select x as at from t",
        "select strftime(x, '%Y') as y from t",
        "select array_agg(x) as xs from t",
    ],
)
def test_what_engines_disagree_on_is_refused(sql: str) -> None:
    assert violations(sql)
