"""Who is in a group: unknown values, counts, memberships, and the sizes that are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from properties import tried
from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.segment.count import count, members, sizes
from regulars.segment.language.rules import Rule, compile_rule
from regulars.segment.ready import ready_segments
from regulars.segment.writes import write_sizes
from regulars.store.tables import metadata, segment_sizes

from .conftest import AS_OF, OPERANDS, profiles

Rules = Callable[[str], Rule]
Shops = Callable[[list[dict[str, object]]], Session]


def _who(session: Session, rule: Rule) -> list[int]:
    rows = session.rows(
        f"select person from profiles where {rule.condition} order by person", rule.parameters
    )
    return rows["person"].to_pylist()


PEOPLE: list[dict[str, object]] = [
    {"spend_365d": 60_000, "city": "Laval", "has_email": True, "stage": "active"},
    {"spend_365d": 40_000, "city": "Québec", "has_email": False, "stage": "late"},
    {"spend_365d": None, "city": None, "has_email": None, "stage": None},
]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("spend_365d > 500", [1]),
        ("not spend_365d > 500", [2]),
        ("spend_365d is null", [3]),
        ("not spend_365d is null", [1, 2]),
        ("city <> 'Laval'", [2]),
        ("city not in ('Laval', 'Gatineau')", [2]),
        ("city not like 'L%'", [2]),
        ("spend_365d not between 500 and 700", [2]),
        ("has_email", [1]),
        ("not has_email", [2]),
        ("not (city = 'Laval' and spend_365d > 500)", [2]),
        ("not (city = 'Laval' or city is null)", [2]),
        ("city = 'Laval' or city is null", [1, 3]),
        ("spend_90d < spend_365d", []),
        ("in_segment('active')", [1]),
        ("not in_segment('active')", [2, 3]),
    ],
)
def test_nobody_is_chosen_for_what_is_not_known_of_them(
    rule: Rules, shop: Shops, text: str, people: list[int]
) -> None:
    assert _who(shop(PEOPLE), rule(text)) == people


CONDITIONS = st.sampled_from(
    [
        "orders_365d >= 3", "orders_365d = 0", "has_email", "city = 'Laval'", "city like 'L%'",
        "stage in ('late', 'due')", "spend_365d between 10 and 20", "spend_90d > 0.5 * spend_365d", "city is null",
        "in_segment('late')",
    ]
)  # fmt: skip
RULES = st.recursive(
    CONDITIONS,
    lambda inner: st.one_of(
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda said: f"({said[0]}) {said[1]} ({said[2]})"
        ),
    ),
    max_leaves=6,
)
PERSONS = st.fixed_dictionaries(
    {
        "orders_365d": st.sampled_from([None, 0, 3]),
        "spend_365d": st.sampled_from([None, 1_500, 90_000]),
        "spend_90d": st.sampled_from([None, 0, 80_000]),
        "has_email": st.sampled_from([None, True, False]),
        "city": st.sampled_from([None, "Laval", "Lévis", "Gatineau"]),
        "stage": st.sampled_from([None, "late", "due"]),
    }
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> object:
    with DuckDBEngine(tmp_path_factory.mktemp("scratch")).session() as opened:
        yield opened


@pytest.mark.slow
@tried(60)
@given(text=RULES, people=st.lists(PERSONS, min_size=1, max_size=12))
def test_a_rule_and_its_opposite_share_nobody_and_carrying_not_inwards_changes_nothing(
    session: Session, text: str, people: list[dict[str, object]]
) -> None:
    session.table("profiles", profiles(people))
    chosen, left, again = (
        _who(session, compile_rule(said, OPERANDS, as_of=AS_OF, currency="CAD"))
        for said in (text, f"not ({text})", compile_rule(text, OPERANDS, as_of=AS_OF, currency="CAD").text)
    )
    assert not set(chosen) & set(left)
    assert chosen == again
    plain = text.replace("in_segment('late')", "coalesce(stage = 'late', false)")
    plain = plain.replace("between 10 and 20", "between 1000 and 2000")
    assert (
        session.rows(f"select person from profiles where not ({plain}) order by person")["person"].to_pylist()
        == left
    )


def test_a_count_says_who_is_lost_at_each_condition(rule: Rules, shop: Shops) -> None:
    counted = count(shop(PEOPLE), rule("city is not null and spend_365d > 100 and has_email"))
    assert (counted.members, counted.of) == (1, 3)
    assert [(step.remaining, step.lost, step.sentence.en) for step in counted.steps] == [
        (2, 1, "customers whose city is known"),
        (2, 0, "customers whose spend in the last 365 days is over $100.00"),
        (1, 1, "customers with a usable e-mail address"),
    ]
    assert counted.alternatives == ()


def test_a_count_says_for_how_many_of_the_lost_a_condition_is_not_known(rule: Rules, shop: Shops) -> None:
    counted = count(shop(PEOPLE), rule("spend_365d > 500 and city = 'Laval'"))
    assert [(step.remaining, step.lost, step.unknown) for step in counted.steps] == [(1, 2, 1), (1, 0, 0)]


def test_a_count_of_alternatives_says_what_each_holds_and_adds(rule: Rules, shop: Shops) -> None:
    counted = count(shop(PEOPLE), rule("spend_365d > 300 or city = 'Laval' or city is null"))
    assert (counted.members, counted.steps) == (3, ())
    assert [(one.members, one.added, one.sentence.en) for one in counted.alternatives] == [
        (2, 2, "customers whose spend in the last 365 days is over $300.00"),
        (1, 0, "customers whose city is “Laval”"),
        (1, 1, "customers whose city is unknown"),
    ]


def test_neither_of_two_loses_at_each_of_them(rule: Rules, shop: Shops) -> None:
    counted = count(shop(PEOPLE), rule("not (stage = 'late' or spend_365d > 500)"))
    assert (counted.members, [step.remaining for step in counted.steps]) == (0, [1, 0])


def test_a_count_of_nobody_is_zero_of_zero(rule: Rules, shop: Shops) -> None:
    counted = count(shop([]), rule("has_email and has_phone"))
    assert (counted.members, counted.of, [step.remaining for step in counted.steps]) == (0, 0, [0, 0])


def test_members_of_all_segments_come_from_one_statement(shop: Shops) -> None:
    session = shop(
        [
            {"stage": "active", "orders_lifetime": 5, "frequency_quintile": 5, "spend_quintile": 5, "birth_month": 12,
             "consent_email": "granted", "has_email": True},
            {"stage": "prospect", "orders_lifetime": 0, "consent_email": "granted", "has_email": False},
            {"stage": "lapsed", "orders_lifetime": 1, "consent_email": "withdrawn", "has_email": True,
             "birth_month": 11},
            {"stage": "new", "orders_lifetime": 2, "recency_quintile": 5, "spend_quintile": 4,
             "consent_post": "granted", "has_address": True},
        ]
    )  # fmt: skip
    rules = {
        segment.name: compile_rule(segment.rule, OPERANDS, as_of=AS_OF, currency="CAD")
        for segment in ready_segments().values()
    }
    members(session, rules)
    found: dict[str, list[int]] = {name: [] for name in rules}
    for row in session.rows(
        "select segment, person from segment_members order by segment, person"
    ).to_pylist():
        found[row["segment"]].append(row["person"])
    assert found == {
        "prospects": [2], "new": [4], "one_time": [3], "active": [1], "due": [], "late": [], "lapsed": [3],
        "future_spenders": [4], "loyal": [1], "advocates": [], "big": [1],
        "birthday_this_month": [1], "reachable": [1, 4],
        "unreachable": [2, 3],
    }  # fmt: skip
    needs = {
        segment.name: compile_rule(segment.needs.rule, OPERANDS, as_of=AS_OF, currency="CAD")
        for segment in ready_segments().values()
        if segment.needs
    }
    expected: dict[str, int | None] = {name: len(people) for name, people in found.items()}
    assert sizes(session, rules, {}) == expected
    assert sizes(session, rules, needs) == {**expected, "advocates": None}, (
        "no review or share is known at all"
    )


def test_the_sizes_of_an_evening_are_replaced_and_those_of_other_evenings_kept(tmp_path: Path) -> None:
    store = create_engine(f"sqlite:///{tmp_path / 'shop.db'}")
    metadata.create_all(store, tables=[segment_sizes])
    for as_of, found in ((1, {"big": 3}), (2, {"big": 4, "late": 0}), (2, {"big": 5})):
        with store.begin() as connection:
            write_sizes(connection, as_of, found)
    with store.connect() as connection:
        kept = connection.execute(select(segment_sizes).order_by(segment_sizes.c.as_of)).fetchall()
    store.dispose()
    assert [tuple(row) for row in kept] == [("big", 1, 3), ("big", 2, 5)]


def test_every_ready_segment_has_a_title_and_a_reason_in_both_languages() -> None:
    for segment in ready_segments().values():
        for text in (segment.title, segment.why):
            assert text.en
            assert text.fr
            assert text.en != text.fr
