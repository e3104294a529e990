"""Rules as shop owners write them, in English and in French."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties import tried
from regulars.engine import Session
from regulars.errors import Invalid
from regulars.segment.count import count
from regulars.segment.language import operands, spoken
from regulars.segment.language.rules import Rule, compile_rule

from .conftest import AS_OF, OPERANDS

Rules = Callable[[str], Rule]
Shops = Callable[[list[dict[str, object]]], Session]


@pytest.mark.parametrize(
    ("written", "strict"),
    [
        ("last_order_day < 2026-01-01", "last_order_day < '2026-01-01'"),
        ("last_order_day = 2011-10", "last_order_day between '2011-10-01' and '2011-10-31'"),
        ("last_order_day <> '2011'", "last_order_day not between '2011-01-01' and '2011-12-31'"),
        ("last_order_day < '2011-10'", "last_order_day < '2011-10-01'"),
        ("last_order_day > '2011-12'", "last_order_day > '2011-12-31'"),
        (
            "last_order_day between '2010' and '2011-02'",
            "last_order_day between '2010-01-01' and '2011-02-28'",
        ),
        ("last_order_day >= '90 days ago'", "last_order_day >= '2011-09-10'"),
        ("last_order_day >= 'il y a 90 jours'", "last_order_day >= '2011-09-10'"),
        ("last_order_day >= '3 months ago'", "last_order_day >= '2011-09-09'"),
        ("last_order_day = 'hier'", "last_order_day = '2011-12-08'"),
        ("city contains 'Mont'", "city like '%Mont%'"),
        ("city ne contient pas 'Mont'", "city not like '%Mont%'"),
        ("postcode begins with 'H2'", "postcode like 'H2%'"),
        ("city finit par 'al' et has_email", "city like '%al' and has_email"),
        ("city = 'begins with'", "city = 'begins with'"),
        ("city = 'contains ''x'' ou y'", "city = 'contains ''x'' ou y'"),
        ("city is unknown", "city is null"),
        ("city is not known", "city is null"),
        ("city est connue", "city is not null"),
        ("has_email is true", "has_email"),
        ("has_email is not true", "not has_email"),
        ("stage is not 'Late'", "stage <> 'late'"),
        ("stage in ('en retard', 'Perdu')", "stage in ('late', 'lapsed')"),
        ("language = 'français'", "language = 'fr'"),
        ("gender = 'femme'", "gender = 'F'"),
        ("country = 'Canada' ou country = 'États-Unis'", "country = 'CA' or country = 'US'"),
        ("consent_email = 'oui'", "consent_email = 'granted'"),
        ("discount_share > 20%", "discount_share > 0.2"),
        ("age_years entre 20 et 30", "age_years between 20 and 30"),
        ("favorite_store = 'Laval'", "favourite_store = 'Laval'"),
        ("segment = 'loyal' et non segment = 'big'", "in_segment('loyal') and not in_segment('big')"),
    ],
)
def test_people_may_write_a_rule_as_they_say_it(rule: Rules, written: str, strict: str) -> None:
    assert rule(written).text == strict
    assert rule(strict).text == strict


@pytest.mark.parametrize(
    ("written", "next_step"),
    [
        ("stage = late", "put it between quotes: 'late'"),
        ("loyal", "in_segment('loyal')"),
        ("spend > 500", "'spend_365d'"),
        ("depenses > 500", "'spend_365d'"),
        ("spend_365d > $500", "without a sign"),
        ("spend_365d > 1,000", "without commas"),
    ],
)
def test_a_slip_gets_the_next_step_that_mends_it(rule: Rules, written: str, next_step: str) -> None:
    with pytest.raises(Invalid) as refused:
        rule(written)
    assert next_step in refused.value.next_step


def test_dates_are_compared_as_before_and_after(rule: Rules) -> None:
    assert "is after the" in rule("last_order_day > last_order_day").sentence.en


def test_a_text_that_nobody_has_is_said_with_what_there_is(rule: Rules, shop: Shops) -> None:
    session = shop([{"city": "Montréal"}, {"city": "Montréal"}, {"city": "Laval"}, {}])
    assert count(session, rule("city = 'Laval'")).nobody == ()
    (found,) = count(session, rule("city in ('montreal', 'Laval')")).nobody
    assert (found.value, found.instead) == ("montreal", {"Montréal": 2})
    (found,) = count(session, rule("city = 'Rome'")).nobody
    assert found.instead == {"Montréal": 2, "Laval": 1}


PIECES = st.sampled_from(
    [
        "city",
        "spend_365d",
        "stage",
        "has_email",
        "last_order_day",
        "profiles",
        "and",
        "or",
        "not",
        "(",
        ")",
        "=",
        "<>",
        ">",
        "in",
        "between",
        "like",
        "is",
        "null",
        "'x'",
        "''",
        "'--'",
        "';drop table people'",
        "--",
        "/*",
        "*/",
        ";",
        "%",
        "$",
        "$1",
        "1",
        "2026-01-01",
        "2026-99",
        "20%",
        "select",
        "from",
        "union",
        "read_csv(",
        "segment",
        "= 'loyal'",
        "in_segment('loyal')",
        "contains",
        "begins with",
        "is unknown",
        "et",
        "ou",
        ",",
        ".",
        "::",
        "\\",
        "\u200b",
        "é",
        "case",
        "when",
        "'90 days ago'",
        "'0000'",
        "'9999-12'",
        "this_month",
        "true",
        "-",
        "*",
        "[",
        "]",
        "{",
        "}",
        "~",
    ]
)


@tried(400)
@given(st.one_of(st.lists(PIECES, max_size=9).map(" ".join), st.text(max_size=30)))
def test_whatever_is_written_is_a_rule_or_gets_a_sentence(text: str) -> None:
    with contextlib.suppress(Invalid):
        read = compile_rule(text, OPERANDS, as_of=AS_OF, currency="CAD")
        again = compile_rule(read.text, OPERANDS, as_of=AS_OF, currency="CAD")
        assert (again.text, again.condition) == (read.text, read.condition)
        assert "'" not in read.condition, "no literal of a rule reaches the statement"


def test_french_labels_begin_with_a_noun_whose_gender_is_known() -> None:
    """Or with one that is said as a number of them; else the gender would be that of a word further behind."""
    odd = []
    for operand in operands.catalogue().values():
        words = operand.label.fr.removeprefix("plus ").split()
        first = next(word for word in words if word not in ADJECTIVES_BEFORE)
        told = {first, first.removesuffix("s"), first.removesuffix("x")} & (
            spoken._FEMININE | spoken._MASCULINE
        )
        if not told and not spoken.countable(operand):
            odd.append((operand.name, operand.label.fr))
    assert odd == []


ADJECTIVES_BEFORE = {"gros", "court", "long", "prochain", "premier", "dernier"}


def test_the_risk_is_masculine() -> None:
    rule = compile_rule("no_order_90d > 0.7", operands.catalogue(), as_of=AS_OF, currency="CAD")
    assert "dont le risque d’aucune commande" in rule.sentence.fr
