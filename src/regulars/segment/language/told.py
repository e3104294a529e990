"""What is told of people from outside, as rules name it: `census.median_income`, a source and one of its fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regulars.segment.language.operands import Operand
from regulars.words import Text

_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ToldField:
    """One field of a source of data from outside."""

    source: str
    field: str  #: as its file calls it
    is_number: bool


def told_name(source: str, field: str) -> str:
    """What rules call a field of a source.

    >>> told_name("census", "Median income"), told_name("survey", "À qui achetez-vous ?")
    ('census.median_income', 'survey.a_qui_achetez_vous')
    """
    return f"{rule_word(source)}.{rule_word(field)}"


def rule_word(text: str) -> str:
    """A text as one word of a rule; one that begins with a digit has a sign before it.

    >>> rule_word("2021 Share, %")
    '_2021_share'
    """
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    word = _OTHER.sub("_", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("_")
    return f"_{word}" if not word or word[0].isdigit() else word


def told_names(fields: Iterable[ToldField]) -> Mapping[str, ToldField]:
    """The fields by the names that rules give them; of several that are written alike the later ones are numbered."""
    named: dict[str, ToldField] = {}
    for field in sorted(fields):
        name, number = told_name(field.source, field.field), 1
        while name in named:
            number += 1
            name = f"{told_name(field.source, field.field)}_{number}"
        named[name] = field
    return named


def told_operands(named: Mapping[str, ToldField]) -> Mapping[str, Operand]:
    """The same as operands: numbers that have an order, or texts."""
    return {
        name: Operand(
            name=name,
            type="DOUBLE" if one.is_number else "VARCHAR",
            unit="score" if one.is_number else "text",
            label=Text(en=f"“{one.field}” of {one.source}", fr=f"valeur « {one.field} » de {one.source}"),
        )
        for name, one in named.items()
    }
