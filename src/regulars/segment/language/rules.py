"""A rule reads twice: as SQL for the engine and as a sentence for people, in English and in French."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from regulars.segment.language.conditions import (
    All,
    Any,
    Condition,
    condition_sql,
    events,
    names,
    rule_text,
    texts,
)
from regulars.segment.language.operands import Operand
from regulars.segment.language.sentences import sentence
from regulars.segment.ready import Segment, ready_segments
from regulars.words import Text

Parameters = Mapping[str, int | float | str]
Joined = Literal["and", "or"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One of the conditions that a rule joins at its top."""

    condition: str  #: SQL over `profiles`; its values are among the rule's parameters
    sentence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule, read and checked."""

    text: str  #: in its normal form
    condition: (
        str  #: SQL over the relation `profiles`: true, false or unknown; it holds no literal of the rule
    )
    parameters: Parameters  #: the values of `$name` in the condition
    names: tuple[str, ...]  #: the operands it reads, sorted
    sentence: Text  #: "customers whose spend in the last 365 days is over $500.00"
    terms: tuple[Term, ...]
    events: tuple[str, ...]  #: what it asks whether people did, sorted
    texts: tuple[tuple[str, str], ...]  #: (operand, value) of each comparison with a text of an open list
    joined: Joined  #: how the terms are joined; a rule of one term joins by AND

    def named(self, prefix: str) -> tuple[str, Parameters]:
        """The condition and its parameters under other names, to stand beside other rules in one statement."""
        condition = re.sub(r"\$p(?=\d)", f"${prefix}_p", self.condition)
        return condition, {f"{prefix}_{name}": value for name, value in self.parameters.items()}


def held(rules: Mapping[str, Rule]) -> tuple[str, Parameters]:
    """SQL for a column a rule, called like it: whether it holds somebody of `profiles` (unknown: no); and its values.

    Names are our own, of segments or treatments.
    """
    columns, parameters = [], dict[str, int | float | str]()
    for name, rule in rules.items():
        condition, values = rule.named(name)
        columns.append(f'coalesce({condition}, false) as "{name}"')
        parameters.update(values)
    return ", ".join(columns), parameters


def compile_rule(
    text: str,
    operands: Mapping[str, Operand],
    *,
    as_of: int,
    currency: str,
    segments: Mapping[str, Segment] | None = None,
) -> Rule:
    """Read a rule over a catalogue of operands; what a rule may not say is `Invalid`, with a next step.

    `as_of` is a day number and decides what `this_month` is; amounts are written in units of `currency`;
    `segments` are those that `in_segment('…')` knows, the ready ones when not given.
    """
    from regulars.segment.language.reading import Reader  # it brings a parser of SQL, slow to import

    known = ready_segments() if segments is None else segments
    condition = Reader(operands=operands, segments=known, as_of=as_of, currency=currency).read(text)
    parameters: dict[str, int | float | str] = {}
    parts = condition.parts if isinstance(condition, (All, Any)) else (condition,)
    terms = tuple(_term(part, parameters, currency) for part in parts)
    joined: Joined = "or" if isinstance(condition, Any) else "and"
    whole = f" {joined} ".join(term.condition for term in terms)
    return Rule(
        text=rule_text(condition),
        condition=f"({whole})" if joined == "or" else whole,
        parameters=parameters,
        names=tuple(sorted(set(names(condition)))),
        sentence=sentence(condition, currency),
        terms=terms,
        events=tuple(sorted(set(events(condition)))),
        texts=tuple(dict.fromkeys(texts(condition))),
        joined=joined,
    )


def _term(part: Condition, parameters: dict[str, int | float | str], currency: str) -> Term:
    return Term(condition=f"({condition_sql(part, parameters)})", sentence=sentence(part, currency))
