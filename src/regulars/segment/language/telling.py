"""What people did, told in a clause about customers, in English and in French."""

from __future__ import annotations

import re
from collections.abc import Mapping

from regulars.segment.language.happenings import (
    EVENTS,
    PROPERTIES,
    Did,
    Happening,
    Operator,
    Period,
    Property,
    Then,
)
from regulars.segment.language.spoken import quote, say_day, say_number
from regulars.words import Language, Text


def say_happening(one: Happening, language: Language) -> str:
    """A clause about customers: "who looked at a product at least 3 times in the last 30 days"."""
    match one:
        case Did():
            return _say_did(one, language)
        case Then():
            return _say_then(one, language)


def _say_did(one: Did, language: Language) -> str:
    words = [_say_property(p, language) for p in one.properties]
    period = [_say_period(one.period, language)] if one.period else []
    if (one.operator, one.number) in ((">=", 1), (">", 0), ("<>", 0)):
        return " ".join([_who(one.event, language), *words, *period])
    if (one.operator, one.number) in (("<", 1), ("=", 0), ("<=", 0)):
        return " ".join([_who_never(one.event, language, ever=not period), *words, *period])
    how = (
        _TIMES[one.operator]
        .in_language(language)
        .format(times=f"{say_number(one.number, language)} {_times_word(one.number, language)}")
    )
    return " ".join([_who(one.event, language), *words, how, *period])


def _times_word(number: int, language: Language) -> str:
    return "fois" if language == "fr" else "time" if number == 1 else "times"


_TIMES: Mapping[Operator, Text] = {
    "=": Text(en="exactly {times}", fr="exactement {times}"),
    "<>": Text(en="not exactly {times}", fr="mais pas exactement {times}"),
    ">": Text(en="more than {times}", fr="plus de {times}"),
    ">=": Text(en="at least {times}", fr="au moins {times}"),
    "<": Text(en="fewer than {times}, or never,", fr="moins de {times}, ou jamais,"),
    "<=": Text(en="at most {times}, or never,", fr="au plus {times}, ou jamais,"),
}


def _say_then(one: Then, language: Language) -> str:
    period = f" {_say_period(one.period, language)}" if one.period else ""
    within = ""
    if one.within_days is not None:
        days = say_number(one.within_days, language)
        many = one.within_days != 1
        within = f" within {days} day{'s' if many else ''}" if language == "en" else f" dans les {days} jours"
        if language == "fr" and not many:
            within = " dans la journée qui suit"
    if language == "en":
        start = "who did not" if one.negated else "who"
        said = f"{_said(one.first, 'en')} and then {_said(one.then, 'en')}{within}{period}"
        return f"of whom it is not so that they {said}" if one.negated else f"{start} {said}"
    said = f"{_said(one.first, 'fr')}, puis {_said(one.then, 'fr')}{within}{period}"
    return f"dont il n’est pas vrai qu’ils {said}" if one.negated else f"qui {said}"


def _said(event: str, language: Language) -> str:
    if event in EVENTS:
        return EVENTS[event].in_language(language)
    return f"did {quote(event, 'en')}" if language == "en" else f"ont fait {quote(event, 'fr')}"


def _who(event: str, language: Language) -> str:
    return f"{'who' if language == 'en' else 'qui'} {_said(event, language)}"


def _who_never(event: str, language: Language, *, ever: bool) -> str:
    if language == "en":
        return f"who never {_said(event, 'en')}"
    auxiliary, _, rest = _said(event, "fr").partition(" ")
    negated = "n’ont" if auxiliary == "ont" else f"ne {auxiliary}"
    return f"qui {negated} {'jamais' if ever else 'pas'} {_of_none(rest)}"


def _of_none(done: str) -> str:
    """French says « n’ont pas regardé de produit » where it said « ont regardé un produit »."""
    vowels = "aeiouyéèêh"
    elided = re.sub(rf"\b(?:une?|des) (?=[{vowels}])|\bde l’", "d’", done, count=1)
    return elided if elided != done else re.sub(r"\b(?:une?|des) ", "de ", done, count=1)


def _say_property(one: Property, language: Language) -> str:
    said = quote(str(one.value), language) if isinstance(one.value, str) else say_number(one.value, language)
    pattern = PROPERTIES[one.name].in_language(language)
    if one.operator == "<>":
        said = f"{'other than' if language == 'en' else 'autre que'} {said}"
    elif one.operator != "=":
        said = _MORE[one.operator].in_language(language).format(value=said)
    return pattern.format(value=said)


_MORE: Mapping[Operator, Text] = {
    ">": Text(en="over {value}", fr="de plus de {value}"),
    ">=": Text(en="of at least {value}", fr="d’au moins {value}"),
    "<": Text(en="under {value}", fr="de moins de {value}"),
    "<=": Text(en="of at most {value}", fr="d’au plus {value}"),
}


def _say_period(period: Period, language: Language) -> str:
    if period.days is not None:
        if period.days == 1:
            return "on the last day" if language == "en" else "le dernier jour"
        days = say_number(period.days, language)
        return f"in the last {days} days" if language == "en" else f"dans les {days} derniers jours"
    first, last = (None if day is None else say_day(day, language) for day in (period.first, period.last))
    if first and last:
        return f"from {first} to {last}" if language == "en" else f"du {first} au {last}"
    if first:
        return f"since {first}" if language == "en" else f"depuis le {first}"
    return f"until {last}" if language == "en" else f"jusqu’au {last}"
