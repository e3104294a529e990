"""A rule as a sentence that a person could have written, in English and in French.

Every phrase is a whole clause about customers, so that clauses join by "and" and "or" without grammar of their own.
French is chosen free of agreement in gender; a second form serves plural subjects.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.segment.language.conditions import (
    All,
    Any,
    Comparison,
    Condition,
    Flag,
    Known,
    Like,
    Member,
    OneOf,
    Range,
    Value,
    Versus,
)  # fmt: skip
from regulars.segment.language.happenings import Did, Then
from regulars.segment.language.operands import Operand
from regulars.segment.language.spoken import (
    Noun,
    countable,
    counted,
    enumerate_,
    noun,
    of,
    quote,
    say_number,
    say_value,
    with_article,
)  # fmt: skip
from regulars.segment.language.telling import say_happening
from regulars.words import Language, Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """One clause; `plural` is the French for a subject in the plural."""

    en: str
    fr: str
    plural: str = ""

    def say(self, language: Language, subject: Noun | None = None, **words: str) -> str:
        """Fill the clause in."""
        pattern = self.en if language == "en" else self.fr
        if subject and subject.plural:
            pattern = (
                pattern.replace("{label} is ", "{label} are ") if language == "en" else self.plural or pattern
            )
        return pattern.format(label=subject.said if subject else "", **words)


def _is(en: str, fr: str, plural: str) -> Phrase:
    return Phrase(f"whose {{label}} {en}", f"dont {{label}} {fr}", f"dont {{label}} {plural}")


_AMOUNT: Mapping[str, Phrase] = {
    "=": _is("is {value}", "est de {value}", "sont de {value}"),
    "<>": _is("is not {value}", "n’est pas de {value}", "ne sont pas de {value}"),
    ">": _is("is over {value}", "dépasse {value}", "dépassent {value}"),
    ">=": _is("is at least {value}", "est d’au moins {value}", "sont d’au moins {value}"),
    "<": _is("is under {value}", "est de moins de {value}", "sont de moins de {value}"),
    "<=": _is("is at most {value}", "est d’au plus {value}", "sont d’au plus {value}"),
    "between": _is("is from {low} to {high}", "va de {low} à {high}", "vont de {low} à {high}"),
    "not between": _is(
        "is not from {low} to {high}", "ne va pas de {low} à {high}", "ne vont pas de {low} à {high}"
    ),
}
_DATE: Mapping[str, Phrase] = {
    "=": _is("is {value}", "est le {value}", "sont le {value}"),
    "<>": _is("is not {value}", "n’est pas le {value}", "ne sont pas le {value}"),
    ">": _is("is after {value}", "vient après le {value}", "viennent après le {value}"),
    ">=": _is("is {value} or later", "est le {value} ou plus tard", "sont le {value} ou plus tard"),
    "<": _is("is before {value}", "vient avant le {value}", "viennent avant le {value}"),
    "<=": _is("is {value} or earlier", "est le {value} ou plus tôt", "sont le {value} ou plus tôt"),
    "between": _is("is from {low} to {high}", "va du {low} au {high}", "vont du {low} au {high}"),
    "not between": _is(
        "is not from {low} to {high}", "ne va pas du {low} au {high}", "ne vont pas du {low} au {high}"
    ),
}
_HOUR: Mapping[str, Phrase] = {
    **_AMOUNT,
    "=": _is("is {value}", "est {value}", "sont {value}"),
    "<>": _is("is not {value}", "n’est pas {value}", "ne sont pas {value}"),
    ">": _is("is after {value}", "vient après {value}", "viennent après {value}"),
    ">=": _is("is {value} or later", "est {value} ou plus tard", "sont {value} ou plus tard"),
    "<": _is("is before {value}", "vient avant {value}", "viennent avant {value}"),
    "<=": _is("is {value} or earlier", "est {value} ou plus tôt", "sont {value} ou plus tôt"),
}
_WORD: Mapping[str, Phrase] = {
    "=": _is("is {value}", "est {value}", "sont {value}"),
    "<>": _is("is not {value}", "n’est pas {value}", "ne sont pas {value}"),
}
_ONE_OF = _is("is {values}", "est {values}", "sont {values}")
_NONE_OF = _is("is neither {values}", "n’est ni {values}", "ne sont ni {values}")
_NUMBER: Mapping[str, Phrase] = {
    "=": Phrase("with exactly {value} {things}", "ayant exactement {value} {things}"),
    ">": Phrase("with more than {value} {things}", "ayant plus de {value} {things}"),
    ">=": Phrase("with at least {value} {things}", "ayant au moins {value} {things}"),
    "<": Phrase("with fewer than {value} {things}", "ayant moins de {value} {things}"),
    "<=": Phrase("with at most {value} {things}", "ayant au plus {value} {things}"),
}
_BETWEEN = Phrase("with {low} to {high} {things}", "ayant de {low} à {high} {things}")
_NONE = Phrase("with no {things}", "n’ayant pas {of_things}")
_SOME = Phrase("with some {things}", "ayant des {things}")
_VERSUS: Mapping[str, Phrase] = {
    "=": _is("is the same as {other}", "vaut {other}", "valent {other}"),
    "<>": _is("is not the same as {other}", "ne vaut pas {other}", "ne valent pas {other}"),
    ">": _is("is over {other}", "dépasse {other}", "dépassent {other}"),
    ">=": _is("is at least {other}", "atteint ou dépasse {other}", "atteignent ou dépassent {other}"),
    "<": _is("is under {other}", "reste sous {other}", "restent sous {other}"),
    "<=": _is("is at most {other}", "ne dépasse pas {other}", "ne dépassent pas {other}"),
}
_VERSUS_DATE: Mapping[str, Phrase] = {
    **_VERSUS,
    ">": _is("is after {other}", "vient après {other}", "viennent après {other}"),
    ">=": _is("is not before {other}", "ne vient pas avant {other}", "ne viennent pas avant {other}"),
    "<": _is("is before {other}", "vient avant {other}", "viennent avant {other}"),
    "<=": _is("is not after {other}", "ne vient pas après {other}", "ne viennent pas après {other}"),
}
_KNOWN = {
    True: Phrase("whose {label} is known", "dont on connaît {label}"),
    False: Phrase("whose {label} is unknown", "dont on ne connaît pas {label}"),
}
_FLAG = {True: Phrase("with {thing}", "avec {thing}"), False: Phrase("without {thing}", "sans {bare}")}
_MEMBER = {
    False: Phrase("who are among {title}", "qui font partie de {title}"),
    True: Phrase("who are not among {title}", "qui ne font pas partie de {title}"),
}
_LIKE = {
    "begins": _is("begins with {value}", "commence par {value}", "commencent par {value}"),
    "ends": _is("ends with {value}", "finit par {value}", "finissent par {value}"),
    "holds": _is("contains {value}", "contient {value}", "contiennent {value}"),
    "looks": _is("has the form {value}", "a la forme {value}", "ont la forme {value}"),
    "not begins": _is(
        "does not begin with {value}", "ne commence pas par {value}", "ne commencent pas par {value}"
    ),
    "not ends": _is("does not end with {value}", "ne finit pas par {value}", "ne finissent pas par {value}"),
    "not holds": _is("does not contain {value}", "ne contient pas {value}", "ne contiennent pas {value}"),
    "not looks": _is(
        "does not have the form {value}", "n’a pas la forme {value}", "n’ont pas la forme {value}"
    ),
}


def sentence(condition: Condition, currency: str) -> Text:
    """The condition as a sentence without its capital and full stop: "customers whose …"."""
    return Text(
        en="customers " + _Speaker("en", currency).say(condition),
        fr="clients " + _Speaker("fr", currency).say(condition),
    )


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says conditions in one language; money is in the shop's currency."""

    language: Language
    currency: str

    def say(self, condition: Condition, depth: int = 0) -> str:
        """A condition in words; `depth` is how many conditions it stands in."""
        match condition:
            case All():
                return self._join(condition, depth, "and" if self.language == "en" else "et")
            case Any():
                return self._join(condition, depth, "or" if self.language == "en" else "ou")
            case Comparison():
                return self._comparison(condition)
            case Versus():
                return self._versus(condition)
            case Range():
                return self._range(condition)
            case OneOf():
                return self._one_of(condition)
            case Like():
                return self._like(condition)
            case Known():
                return _KNOWN[condition.known].say(self.language, noun(condition.operand, self.language))
            case Did() | Then():
                return say_happening(condition, self.language)
            case Flag():
                return self._flag(condition)
            case Member():
                title = quote(condition.title.in_language(self.language), self.language)
                return _MEMBER[condition.negated].say(self.language, title=title)

    def _join(self, condition: All | Any, depth: int, word: str) -> str:
        parts = [self.say(part, depth + 1) for part in condition.parts]
        if depth > 1:
            return f"({enumerate_(parts, word)})"
        if depth == 1 and isinstance(condition, Any):
            return (
                f"either {enumerate_(parts, 'or')}"
                if self.language == "en"
                else ", ".join(f"soit {p}" for p in parts)
            )
        if any(isinstance(part, (All, Any)) for part in condition.parts):
            return f", {word} ".join(parts)
        return enumerate_(parts, word)

    def _value(self, value: Value, operand: Operand) -> str:
        """A value in words; its unit is left out where the label names it: the number of days … is 1."""
        if countable(operand):
            return say_number(float(value.bound), self.language)
        return say_value(value, operand, self.language, self.currency)

    def _comparison(self, condition: Comparison) -> str:
        operand, operator = condition.operand, condition.operator
        said = self._counted(operand, operator, float(condition.value.bound)) if countable(operand) else ""
        return said or _phrases(operand)[operator].say(
            self.language, noun(operand, self.language), value=self._value(condition.value, operand)
        )

    def _counted(self, operand: Operand, operator: str, number: float) -> str:
        """A number before the noun, where the noun stays in the plural."""
        things = counted(operand, self.language)
        if operand.unit == "count" and (operator, number) in ((">", 0), (">=", 1)):
            return _SOME.say(self.language, things=things)
        if operand.unit == "count" and (operator, number) in (("=", 0), ("<", 1), ("<=", 0)):
            return _NONE.say(self.language, things=things, of_things=of(things))
        if number < 2 or operator not in _NUMBER:
            return ""
        return _NUMBER[operator].say(self.language, things=things, value=say_number(number, self.language))

    def _versus(self, condition: Versus) -> str:
        other = noun(condition.other, self.language).said
        if self.language == "en":
            other = f"the {other}"
        if condition.factor:
            times = say_number(float(condition.factor.bound), self.language)
            other = f"{times} times {other}" if self.language == "en" else f"{times} fois {other}"
        phrases = _VERSUS_DATE if condition.operand.unit == "day" else _VERSUS
        return phrases[condition.operator].say(
            self.language, noun(condition.operand, self.language), other=other
        )

    def _range(self, condition: Range) -> str:
        operand = condition.operand
        phrase = _phrases(operand)["not between" if condition.negated else "between"]
        low, high = self._value(condition.low, operand), self._value(condition.high, operand)
        if countable(operand) and not condition.negated and float(condition.high.bound) >= 2:
            return _BETWEEN.say(self.language, low=low, high=high, things=counted(operand, self.language))
        return phrase.say(self.language, noun(operand, self.language), low=low, high=high)

    def _one_of(self, condition: OneOf) -> str:
        operand = condition.operand
        values = [self._value(value, operand) for value in condition.values]
        subject = noun(operand, self.language)
        if not condition.negated:
            said = enumerate_(values, "or" if self.language == "en" else "ou")
            return _ONE_OF.say(self.language, subject, values=said)
        said = enumerate_(values, "nor") if self.language == "en" else " ni ".join(values)
        return _NONE_OF.say(self.language, subject, values=said)

    def _like(self, condition: Like) -> str:
        pattern = str(condition.pattern.bound)
        inner = pattern.strip("%")
        how = {(False, True): "begins", (True, False): "ends", (True, True): "holds"}.get(
            (pattern.startswith("%"), pattern.endswith("%")), "looks"
        )
        if not inner or "%" in inner or "_" in inner:
            how, inner = "looks", pattern
        phrase = _LIKE[f"not {how}" if condition.negated else how]
        return phrase.say(
            self.language, noun(condition.operand, self.language), value=quote(inner, self.language)
        )

    def _flag(self, condition: Flag) -> str:
        label = condition.operand.label.in_language(self.language)
        phrase = _FLAG[condition.holds]
        return phrase.say(self.language, thing=with_article(label, self.language), bare=label)


def _phrases(operand: Operand) -> Mapping[str, Phrase]:
    if countable(operand):
        return {**_AMOUNT, "=": _WORD["="], "<>": _WORD["<>"]}
    match operand.unit:
        case "day":
            return _DATE
        case "hour":
            return _HOUR
        case "weekday" | "month" | "text":
            return _WORD
        case _:
            return _AMOUNT
