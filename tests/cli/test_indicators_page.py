"""What an indicator is, in a shop's words; how it is computed, for those who ask."""

from __future__ import annotations

import pytest
from said import Run

from regulars.cli.pages.customer import shown
from regulars.indicators import INDICATORS
from regulars.words import Language


@pytest.mark.parametrize("name", ["spend_90d", "favourite_hour", "stage", "rfm"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_shop_reads_no_sql(run: Run, name: str, language: Language) -> None:
    said = run("indicators", name, "--lang", language).out
    question = str(INDICATORS[name].question.in_language(language))
    assert " ".join(question.split()) in " ".join(said.split())
    assert INDICATORS[name].value not in said
    assert "sum(" not in said
    assert "case when" not in said


def test_window_and_tie_rule_are_said(run: Run) -> None:
    assert "only the last 90 days count" in run("indicators", "spend_90d").out
    assert "equally frequent" in run("indicators", "favourite_hour").out
    assert "it compares the customer with the others" in run("indicators", "spend_percentile").out


def test_an_engineer_who_asks_sees_the_expression_and_its_examples(run: Run) -> None:
    said = run("indicators", "spend_90d", "--expression").out
    assert INDICATORS["spend_90d"].value in said
    assert "for [age = 0, paid = 1200; age = 90, paid = 500] it is 1200" in said


def test_a_customer_page_tells_one_day_of_the_next_order() -> None:
    assert "next_order_due_day" in shown(foretold=False)
    assert "next_order_due_day" not in shown(foretold=True)
