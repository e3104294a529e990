"""One literal of a rule: read by the unit of the operand it stands beside."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from babel.dates import get_day_names, get_month_names

from regulars.errors import Invalid, did_you_mean
from regulars.model.clock import day_date, day_number, parse_day
from regulars.model.money import minor_digits, to_minor
from regulars.segment.language.conditions import Value
from regulars.segment.language.operands import Operand
from regulars.segment.language.vocabulary import plain_word, value_of
from regulars.words import _

THIS_MONTH = "this_month"
#: Beyond this a number is a slip of the hand, and 64 bits are near.
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Given:
    """A literal as written: its kind and its text, quotes taken off."""

    kind: Literal["string", "number", "word"]
    text: str


def read_value(given: Given, operand: Operand, *, as_of: int, currency: str) -> Value:
    """Read a literal that is compared with `operand`; what cannot be meant is `Invalid`.

    Money is written in currency units and bound in minor units; a date is written '2011-12-09' and bound as a day
    number; a share is 0.2 or '20 %'; a weekday or a month is a number or its name in English or in French.
    """
    match operand.unit:
        case "cents":
            return _money(given, operand, currency)
        case "day":
            return _day(given, operand, as_of)
        case "share":
            return _share(given, operand)
        case "weekday":
            return _named(given, operand, _WEEKDAYS)
        case "month" if given == Given("word", THIS_MONTH):
            return Value(day_date(as_of).month, THIS_MONTH)
        case "month":
            return _named(given, operand, _MONTHS)
        case "hour":
            return _hour(given, operand)
        case "text":
            return _text(given, operand)
        case _:
            return _plain(_number(given, operand))


def read_factor(given: Given, operand: Operand) -> Value:
    """Read the number that an operand is multiplied with."""
    number = _number(given, operand)
    return Value(float(number), f"{number:f}")


def _number(given: Given, operand: Operand) -> Decimal:
    try:
        number = Decimal(given.text)
    except InvalidOperation:
        number = Decimal("NaN")
    if given.kind != "number" or not number.is_finite():
        raise Invalid(
            _("'{name}' is a number, and '{given}' is not", name=operand.name, given=given.text),
            _("write it without quotes, for example {name} > 5", name=operand.name),
        )
    if abs(number) > LARGEST:
        raise Invalid(_("the number {given} is too large", given=given.text), _("write a smaller number"))
    return number


def _plain(number: Decimal) -> Value:
    whole = number == number.to_integral_value()
    return Value(int(number) if whole else float(number), str(int(number)) if whole else f"{number:f}")


def _money(given: Given, operand: Operand, currency: str) -> Value:
    amount, digits = _number(given, operand), minor_digits(currency)
    minor = to_minor(amount, currency)
    if Decimal(minor) != amount.scaleb(digits):
        raise Invalid(
            _("{given} is finer than {currency} can be paid", given=given.text, currency=currency),
            _("write at most {digits} digits after the point", digits=digits),
        )
    return Value(minor, f"{amount:.{digits}f}")


_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?")
_AGO = re.compile(
    r"(?P<number>\d{1,4}) (?P<unit>day|week|month|year)s? ago"
    r"|il y a (?P<nombre>\d{1,4}) (?P<unite>jour|semaine|mois|an|annee)s?"
)
_UNITS = {"jour": "day", "semaine": "week", "mois": "month", "moi": "month", "an": "year", "annee": "year"}


def read_period(given: Given, operand: Operand) -> tuple[Value, Value] | None:
    """The first and the last day of a month '2026-01' or a year '2026'; None when it is neither, or no date."""
    found = (
        _PERIOD.fullmatch(given.text.strip()) if given.kind == "string" and operand.unit == "day" else None
    )
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 1)
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    following = date(year + (month == 12), month % 12 + 1, 1) if found[2] else date(year + 1, 1, 1)
    return _dated(day_number(date(year, month, 1))), _dated(day_number(following) - 1)


def _dated(day: int) -> Value:
    return Value(day, f"'{day_date(day).isoformat()}'")


def _relative(text: str, as_of: int) -> int | None:
    """The day that words such as `today` or `90 days ago` mean on the evening of `as_of`."""
    plain = plain_word(text).replace("’", "'")
    near = {"today": 0, "aujourd'hui": 0, "yesterday": 1, "hier": 1}
    if plain in near:
        return as_of - near[plain]
    found = _AGO.fullmatch(plain)
    if found is None:
        return None
    number = int(found["number"] or found["nombre"])
    unit = found["unit"] or _UNITS[found["unite"]]
    if unit in ("day", "week"):
        return as_of - number * (7 if unit == "week" else 1)
    months = number * (12 if unit == "year" else 1)
    today = day_date(as_of)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1:
        return None
    last = monthrange(year, month + 1)[1]
    return day_number(date(year, month + 1, min(today.day, last)))


def _day(given: Given, operand: Operand, as_of: int) -> Value:
    if given.kind != "string":
        raise Invalid(
            _("'{name}' is a date, and {given} is not", name=operand.name, given=given.text),
            _("write a date, '2011-12-09', or '90 days ago'"),
        )
    near = _relative(given.text, as_of)
    return _dated(parse_day(given.text.strip()) if near is None else near)


def _share(given: Given, operand: Operand) -> Value:
    text = given.text.strip()
    if given.kind == "string" and text.endswith("%"):
        percent = _number(Given("number", text.removesuffix("%").strip().replace(",", ".")), operand)
        share = percent / 100
    else:
        share = _number(given, operand)
    if not 0 <= share <= 1:
        raise Invalid(
            _("'{name}' is a share from 0 to 1, and {given} is not", name=operand.name, given=given.text),
            _("write 0.2 or '20 %'"),
        )
    return Value(float(share), f"{share.normalize():f}")


def _hour(given: Given, operand: Operand) -> Value:
    hour = _plain(_number(given, operand))
    if not isinstance(hour.bound, int) or not 0 <= hour.bound <= 23:
        raise Invalid(
            _("'{name}' is an hour, and {given} is not", name=operand.name, given=given.text),
            _("write a whole number from 0 to 23"),
        )
    return hour


def _text(given: Given, operand: Operand) -> Value:
    if given.kind != "string":
        raise Invalid(
            _("'{name}' is a text, and {given} is not", name=operand.name, given=given.text),
            _(
                "write the text between single quotes: {name} = '{given}'",
                name=operand.name,
                given=given.text,
            ),
        )
    text = value_of(operand, unicodedata.normalize("NFC", given.text))
    if operand.values and text not in operand.values:
        raise Invalid(
            _("'{name}' is never '{given}'", name=operand.name, given=text),
            did_you_mean(text, operand.values)
            or _("it is one of {values}", values=", ".join(operand.values)),
        )
    return Value(text, quoted(text))


def quoted(text: str) -> str:
    """A text between single quotes, as in a rule."""
    return "'" + text.replace("'", "''") + "'"


def _named(given: Given, operand: Operand, numbers: Mapping[str, int]) -> Value:
    first, last = min(numbers.values()), max(numbers.values())
    known = numbers.get(plain_word(given.text)) if given.kind == "string" else None
    if given.kind == "number" and given.text.isdecimal() and first <= int(given.text) <= last:
        known = int(given.text)
    if known is None:
        raise Invalid(
            _("'{name}' is never {given}", name=operand.name, given=quoted(given.text)),
            did_you_mean(plain_word(given.text), numbers)
            or _("write its name between quotes, or a number from {first} to {last}", first=first, last=last),
        )
    english = {number: name for name, number in reversed(list(numbers.items()))}
    return Value(known, quoted(english[known]))


def _names_of(english: Mapping[int, str], french: Mapping[int, str]) -> dict[str, int]:
    return {plain_word(name): number for names in (english, french) for number, name in names.items()}


_WEEKDAYS = _names_of(get_day_names("wide", locale="en"), get_day_names("wide", locale="fr"))
_MONTHS = _names_of(get_month_names("wide", locale="en"), get_month_names("wide", locale="fr"))
