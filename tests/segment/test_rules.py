"""What a rule may say, and what it gets when it says anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.errors import Invalid
from regulars.segment.language.operands import Operand
from regulars.segment.language.rules import Rule, compile_rule
from regulars.segment.ready import Segment
from regulars.words import Text

from .conftest import AS_OF, OPERANDS

Rules = Callable[[str], Rule]

INJECTIONS = [
    "1 = 1",
    "true",
    "city = 'x' or 1 = 1",
    "orders_365d > 1; drop table people",
    "orders_365d > 1 -- and city = 'x'",
    "orders_365d > 1 /* hidden */",
    "orders_365d > (select max(orders_365d) from profiles)",
    "orders_365d in (select 1)",
    "exists (select 1)",
    "city = 'x' union select * from people",
    "orders_365d > 1 limit 5",
    "*",
    "profiles.city = 'x'",
    "people.email like '%'",
    "email = 'a@example.com'",
    "\"city\" = 'x'",
    "`city` = 'x'",
    "[city] = 'x'",
    "lower(city) = 'x'",
    "read_csv('/etc/passwd') is null",
    "getenv('HOME') = 'x'",
    "cast(city as int) = 1",
    "city::int = 1",
    "city || 'x' = 'y'",
    "city = $1",
    "city = ?",
    "city = :name",
    "city = current_user",
    "city = 'a' 'b'",
    "city = e'a'",
    "city = $$a$$",
    "city = x'41'",
    "city ilike 'x'",
    "city similar to 'x'",
    "city ~ 'x'",
    "city like '\\%' escape '\\'",
    "city like any ('x')",
    "city = null",
    "city in (null)",
    "city in ()",
    "city in (city)",
    "city collate nocase = 'x'",
    "case when city = 'x' then true end",
    "orders_365d > 1 + 1",
    "orders_365d % 2 = 0",
    "orders_365d between symmetric 9 and 1",
    "(orders_365d, city) = (1, 'x')",
    "orders_365d = 1 = 1",
    "-orders_365d = 1",
    "orders_365d = - -1",
    "orders_365d > all (1)",
    "orders_365d > interval 1 day",
    "city = 'x' and",
    "and city = 'x'",
    "city = 'x",
    "((city = 'x')",
    "city == ",
    "x -> x + 1",
    "columns('.*') = 1",
    "segment('loyal') = 1",
    "segment()",
    "segment(city)",
    "segment",
    "in_segment('loyal', 'big')",
    "this_month",
    "city = this_month",
    "",
    "   ",
    "-- nothing",
    "сity = 'x'",
    "city\u200b = 'x'",
    "city = 'x\u202e'",
    "city = 'x\x00'",
    "city ＝ 'x'",
    "city = ‘x’",
    "a" * 4_001,
    "(" * 51 + "has_email" + ")" * 51,
    "(" * 1_900 + "has_email" + ")" * 1_900,
    "not " * 900 + "has_email",
    "orders_365d = " + "-" * 60 + "1",
    "orders_365d > 99999999999999999999",
    "orders_365d > 1e309",
    "spend_365d > 'nan'",
    "spend_365d > 1.005",
]


@pytest.mark.parametrize("text", INJECTIONS, ids=[repr(text[:40]) for text in INJECTIONS])
def test_whatever_a_rule_may_not_say_gets_a_sentence_and_a_next_step(rule: Rules, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        rule(text)
    assert refused.value.sentence
    assert refused.value.next_step


@pytest.mark.parametrize(
    ("text", "sentence", "next_step"),
    [
        ("spend_9d > 5", "there is no indicator 'spend_9d'", "did you mean 'spend_90d'"),
        ("stage = 'xyz'", "'stage' is never 'xyz'", "it is one of prospect, new"),
        ("stage = 'laps'", "'stage' is never 'laps'", "did you mean 'lapsed'"),
        ("in_segment('loial')", "there is no segment 'loial'", "did you mean 'loyal'?"),
        ("favourite_weekday = 'satuday'", "'favourite_weekday' is never 'satuday'", "did you mean 'saturday'"),
        ("favourite_weekday > 'monday'", "'favourite_weekday' has no more and less", "compare it with"),
        ("favourite_weekday = 7", "'favourite_weekday' is never '7'", "a number from 0 to 6"),
        ("discount_share > 20", "'discount_share' is a share from 0 to 1, and 20 is not", "0.2 or '20 %'"),
        ("favourite_hour > 24", "'favourite_hour' is an hour, and 24 is not", "from 0 to 23"),
        ("last_order_day > 20111209", "'last_order_day' is a date", "'2011-12-09'"),
        ("last_order_day > '2011-02-30'", "'2011-02-30' is not a date", "2011-12-09"),
        ("city = 5", "'city' is a text, and 5 is not", "single quotes"),
        ("orders_365d > 'many'", "'orders_365d' is a number, and 'many' is not", "without quotes"),
        ("orders_365d", "'orders_365d' alone says nothing", "compare it with a value"),
        ("has_email = 1", "'has_email' is a yes or a no", "write has_email or not has_email"),
        ("spend_365d > orders_365d", "'spend_365d' and 'orders_365d' cannot be compared", "same unit"),
        ("orders_365d between 9 and 1", "nothing is between 9 and 1", "smaller one first"),
        ("upper(city) = 'X'", "there is no function 'upper'", "a rule may ask in_segment"),
        ("never('Order Completed')", "there is no function 'never'", "write not did"),
        ("select 1", "'select' has no place in a rule", "compares names with values"),
    ],
)  # fmt: skip
def test_a_slip_is_named_and_the_way_out_shown(rule: Rules, text: str, sentence: str, next_step: str) -> None:
    with pytest.raises(Invalid) as refused:
        rule(text)
    assert sentence in refused.value.sentence
    assert next_step in refused.value.next_step


@given(st.text(max_size=60))
def test_no_text_gets_anything_but_a_rule_or_a_sentence(text: str) -> None:
    try:
        read = compile_rule(text, OPERANDS, as_of=AS_OF, currency="CAD")
    except Invalid:
        return
    assert read.names


@given(st.text(alphabet=st.characters(exclude_categories=("C",)), max_size=40))
def test_a_text_value_is_bound_and_never_becomes_part_of_the_statement(text: str) -> None:
    read = compile_rule("city = '" + text.replace("'", "''") + "'", OPERANDS, as_of=AS_OF, currency="CAD")
    assert read.condition == '("city" = $p1)'


def test_a_rule_has_no_literal_in_its_condition(rule: Rules) -> None:
    read = rule("spend_365d > 500 and city in ('Laval', 'O''Hara') and age_years between 20 and 30")
    assert read.condition == (
        '("spend_365d" > $p1) and ("city" in ($p2, $p3)) and ("age_years" between $p4 and $p5)'
    )
    assert list(read.parameters.values()) == [50_000, "Laval", "O'Hara", 20, 30]


def test_a_rule_knows_the_names_it_reads_through_segments_too(rule: Rules) -> None:
    assert rule("in_segment('loyal') and days_since_last_order > expected_gap_days").names == (
        "days_since_last_order", "expected_gap_days", "frequency_quintile", "orders_lifetime", "stage",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("favourite_weekday = 'lundi'", "favourite_weekday = 0"),
        ("favourite_weekday = 'Samedi'", "FAVOURITE_WEEKDAY = 'saturday'"),
        ("birth_month = 'août'", "birth_month = 8"),
        ("birth_month = this_month", "birth_month = 'décembre'"),
        ("discount_share >= '20 %'", "discount_share >= 0.2"),
        ("discount_share >= '12,5%'", "discount_share >= 0.125"),
        ("500 < spend_365d", "spend_365d > 500.00"),
        ("not not has_email", "has_email = true"),
        ("has_email <> false", "has_email"),
        ("not (has_email or has_phone)", "not has_email and not has_phone"),
        ("orders_365d in (3)", "orders_365d = 3"),
        ("2 * expected_gap_days <= days_since_last_order", "days_since_last_order >= expected_gap_days * 2"),
        ("segment('loyal')", "in_segment('loyal')"),
        ("((city = 'x'))", "city = 'x'"),
    ],
)
def test_one_thing_can_be_written_in_several_ways(rule: Rules, one: str, other: str) -> None:
    assert (rule(one).condition, rule(one).parameters) == (rule(other).condition, rule(other).parameters)


def test_a_long_chain_of_conditions_is_a_rule(rule: Rules) -> None:
    assert len(rule(" or ".join(f"city = 'c{i}'" for i in range(200))).parameters) == 200


def test_a_segment_cannot_contain_itself(operands: Mapping[str, Operand]) -> None:
    def named(name: str, text: str) -> Segment:
        return Segment(name=name, title=Text(en=name, fr=name), why=Text(en="", fr=""), rule=text, ladder=1)

    segments = {
        "one": named("one", "has_email and in_segment('two')"),
        "two": named("two", "not segment('one')"),
    }
    with pytest.raises(Invalid, match="the segment 'one' contains itself"):
        compile_rule("in_segment('one')", operands, as_of=AS_OF, currency="CAD", segments=segments)
