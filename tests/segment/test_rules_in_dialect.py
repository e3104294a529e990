"""Every ready segment and treatment asks its question in the house dialect."""

import pytest

from regulars.engine.dialect import to_spark, violations
from regulars.segment.language.operands import catalogue
from regulars.segment.language.rules import compile_rule
from regulars.segment.ready import ready_segments
from regulars.treat.catalogue import treatments

RULES = {one.name: one.rule for one in ready_segments().values()} | {
    one.name: one.audience for one in treatments().values()
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_in_the_house_dialect(name: str) -> None:
    rule = compile_rule(RULES[name], catalogue(), as_of=15_000, currency="CAD")
    statement = f"select person from profiles where {rule.condition}"
    assert violations(statement) == []
    assert to_spark(statement)
