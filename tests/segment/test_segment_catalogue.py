"""What rules may speak of in a real shop: the indicators and the profile."""

from __future__ import annotations

import pytest

from regulars.segment.language.operands import ORDERED, catalogue
from regulars.segment.language.rules import compile_rule
from regulars.segment.language.spoken import countable, noun
from regulars.segment.ready import Segment, ready_segments

from .conftest import AS_OF

OPERANDS = catalogue()
LITERAL = {"day": "'2011-12-09'", "text": "'x'", "weekday": "'monday'", "month": "'may'", "share": "0.5"}


@pytest.mark.parametrize("segment", ready_segments().values(), ids=ready_segments())
def test_every_ready_segment_can_be_read(segment: Segment) -> None:
    rule = compile_rule(segment.rule, OPERANDS, as_of=AS_OF, currency="CAD")
    assert rule.sentence.en.startswith("customers ")
    assert rule.sentence.fr.startswith("clients ")


@pytest.mark.parametrize("name", OPERANDS)
def test_every_name_of_the_catalogue_can_stand_in_a_rule(name: str) -> None:
    operand = OPERANDS[name]
    value = f"'{operand.values[0]}'" if operand.values else LITERAL.get(operand.unit, "7")
    operator = ">=" if operand.unit in ORDERED else "="
    text = name if operand.unit == "flag" else f"{name} {operator} {value}"
    assert compile_rule(text, OPERANDS, as_of=AS_OF, currency="CAD").names == (name,)


@pytest.mark.parametrize("name", OPERANDS)
def test_every_label_has_a_french_article(name: str) -> None:
    assert not noun(OPERANDS[name], "fr").said.startswith("l’indicateur")


@pytest.mark.parametrize("name", [name for name, operand in OPERANDS.items() if countable(operand)])
def test_a_duration_counted_in_days_is_counted_in_days_in_french_too(name: str) -> None:
    operand = OPERANDS[name]
    if operand.unit == "days":
        assert "jours" in operand.label.fr.split()[:2]
