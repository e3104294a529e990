"""Findings in sentences, in both languages. "Goes with" is not "makes": no sentence says that an article does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from regulars import figures
from regulars.words import LANGUAGES, Language, Text, both

Told = Callable[[Language], str]
Had = Literal["first_order", "bought", "returned", "complained"]
_SMALL = 0.01


def in_both(message: str, **values: str | Told) -> Text:
    """A message with values that each language writes its own way."""
    english, french = (
        both(message, **{name: one if isinstance(one, str) else one(spoken) for name, one in values.items()})
        for spoken in LANGUAGES
    )
    return Text(en=english.en, fr=french.fr)


def count(value: int) -> Told:
    """How many."""
    return lambda spoken: figures.count(value, spoken)


def percent(value: float) -> Told:
    """A share in hundredths, whole ones from 1 % on, its sign with it."""
    return lambda spoken: figures.share(round(value, 2 if value >= _SMALL else 3), spoken)


def _hundredths(value: float) -> Told:
    return lambda spoken: figures.count(round(100 * value), spoken)


def times(value: float) -> Told:
    """How many times as often."""
    return lambda spoken: figures.decimal(value, 1, spoken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A share beside that of others alike."""

    people: int
    share: float
    alike: float
    low: float  #: 95 % interval of the share
    high: float
    sure: bool  #: it differs by more than luck


def compared(how: Had, name: str, days: int, what: Beside) -> Text:
    """What came of those who had something, beside others alike."""
    ends: dict[str, str | Told] = {"low": _hundredths(what.low), "high": _hundredths(what.high)}
    if what.sure:
        between = in_both("{low} to {high} when luck is allowed for", **ends)
    else:
        between = in_both("{low} to {high}; among so many articles it may be luck", **ends)
    values: dict[str, str | Told] = {
        "name": name, "people": count(what.people), "days": count(days), "share": percent(what.share),
        "alike": percent(what.alike), "between": between.in_language,
    }  # fmt: skip
    match how:
        case "first_order":
            return in_both(
                "Of {people} whose first order had {name}, {share} became regulars within {days} days ({between});"
                " of all who began alike, {alike}.",
                **values,
            )
        case "bought":
            return in_both(
                "{people} times a regular had bought {name} in {days} days: {share} then stayed away as long"
                " ({between}); of all regulars alike, {alike}.",
                **values,
            )
        case "returned":
            return in_both(
                "{people} times a regular had brought {name} back: {share} then stayed away for {days} days"
                " ({between}); of all regulars alike, {alike}.",
                **values,
            )
        case "complained":
            return in_both(
                "{people} times a regular had complained of {name}: {share} then stayed away for {days} days"
                " ({between}); of all regulars alike, {alike}.",
                **values,
            )


def on_one_receipt(
    one: str, other: str, of_one: int, share: float, due: float, lift: tuple[float, float]
) -> Text:
    """Two articles that are bought together."""
    return in_both(
        "Of {count} receipts with {one} and something else, {share} also have {other}; {due} would by chance:"
        " it goes with it {low} to {high} times as often.",
        one=one, other=other, count=count(of_one), share=percent(share), due=percent(due),
        low=times(lift[0]), high=times(lift[1]),
    )  # fmt: skip


def missing(
    how: str, name: str, people: tuple[int, float, float], paid: int | None, currency: str, days: int
) -> Text:
    """What people want and cannot have; `people`: how many, and the 95 % interval of it."""
    counted, low, high = people
    between = in_both(
        "{low} to {high} when luck is allowed for", low=count(round(low)), high=count(round(high))
    )
    values: dict[str, str | Told] = {
        "name": name, "people": count(counted), "days": count(days), "between": between.in_language,
    }  # fmt: skip
    money: Told = lambda spoken: figures.money(paid or 0, currency, spoken)  # noqa: E731
    match how:
        case "out_of_stock":
            return in_both(
                "{people} customers ({between}) bought {name} again and again, and none is in stock: {money} in a"
                " year.",
                money=money, **values,
            )  # fmt: skip
        case "not_sold":
            return in_both(
                "{people} customers ({between}) bought {name} again and again, and nobody has bought any for long:"
                " {money} in its last year.",
                money=money, **values,
            )  # fmt: skip
        case "viewed":
            return in_both(
                "{people} customers ({between}) looked at {name} in {days} days and have not bought it: none is in"
                " stock.",
                **values,
            )
        case "asked" if name and counted == 1:
            return in_both(
                "One text ({between}) wishes for something about {name}; `regulars voice` quotes it.",
                **values,
            )
        case "asked" if name:
            return in_both(
                "{people} texts ({between}) wish for something about {name}; `regulars voice` quotes them.",
                **values,
            )
        case "asked" if counted == 1:
            return in_both(
                "One text ({between}) wishes for something of the shop; `regulars voice` quotes it.", **values
            )
        case "asked":
            return in_both(
                "{people} texts ({between}) wish for something of the shop; `regulars voice` quotes them.",
                **values,
            )
        case _:
            return in_both(
                "{people} people ({between}) searched for “{name}” in {days} days and found nothing.",
                **values,
            )
