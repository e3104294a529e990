"""Rules as people read them. The pairs stand in sentences.txt: a rule, its normal form, English, French."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from regulars.segment.language.operands import Operand
from regulars.segment.language.rules import Rule, compile_rule

Rules = Callable[[str], Rule]
PAIRS = [
    block.split("\n")
    for block in Path(__file__).with_name("sentences.txt").read_text("utf-8").strip().split("\n\n")
]


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("written", "normal", "english", "french"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_a_rule_reads_as_a_sentence_in_both_languages(
    rule: Rules, written: str, normal: str, english: str, french: str
) -> None:
    read = rule(written)
    assert f"  rule: {_plain(read.text)}" == normal
    assert f"  en: {_plain(read.sentence.en)}" == english
    assert f"  fr: {_plain(read.sentence.fr)}" == french


@pytest.mark.parametrize("written", [pair[0] for pair in PAIRS])
def test_the_normal_form_says_the_same_as_the_rule(rule: Rules, written: str) -> None:
    read = rule(written)
    again = rule(read.text)
    assert (again.text, again.condition, again.parameters, again.sentence) == (
        read.text, read.condition, read.parameters, read.sentence,
    )  # fmt: skip


def test_amounts_are_written_in_units_of_the_currency_and_bound_in_minor_units(
    operands: Mapping[str, Operand],
) -> None:
    bound = {
        currency: compile_rule("spend_365d > 500", operands, as_of=0, currency=currency).parameters["p1"]
        for currency in ("CAD", "JPY", "TND")
    }
    assert bound == {"CAD": 50_000, "JPY": 500, "TND": 500_000}


def test_every_top_condition_has_its_own_sentence(rule: Rules) -> None:
    terms = rule("orders_365d >= 2 and city = 'Laval'").terms
    assert [term.sentence.en for term in terms] == [
        "customers with at least 2 orders in the last 365 days",
        "customers whose city is “Laval”",
    ]
