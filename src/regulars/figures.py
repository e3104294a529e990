"""Figures as they are written in each language: counts, numbers, shares, money, days, instants, telephones."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent

from regulars.model.clock import day_date, day_number, from_us
from regulars.model.money import to_units
from regulars.words import Language, _, language, shortened

_LOCALES = {"en": "en_CA", "fr": "fr_CA"}
_PERCENT = {"en": "#,##0.#%", "fr": "#,##0.#\u00a0%"}
_INSTANT = {"en": "MMM d, y HH:mm", "fr": "d MMM y, H 'h' mm"}


def _locale(chosen: Language | None) -> str:
    return _LOCALES[chosen or language()]


def count(value: int, chosen: Language | None = None) -> str:
    """How many."""
    return str(format_decimal(value, format="#,##0", locale=_locale(chosen)))


def number(value: float, chosen: Language | None = None) -> str:
    """A number, to one decimal when it is not whole."""
    return str(format_decimal(value, format="#,##0.#", locale=_locale(chosen)))


def decimal(value: float, places: int, chosen: Language | None = None) -> str:
    """A number with that many decimals."""
    return str(format_decimal(value, format="#,##0." + "0" * places, locale=_locale(chosen)))


def chance(value: float) -> str:
    """A probability, 0..1, with four decimals; what was only estimated is never certain.

    >>> chance(0.98125), chance(0.00001), chance(0.99999)
    ('0.9812', '<0.0001', '>0.9999')
    """
    if 0 < value < 0.00005:
        return "<" + decimal(0.0001, 4)
    return ">" + decimal(0.9999, 4) if 0.99995 <= value < 1 else decimal(value, 4)


def bits(value: float) -> str:
    """Bits of evidence: above 0 for, below 0 against."""
    return str(format_decimal(value, format="+0.0;-0.0", locale=_locale(None)))


def share(value: float, chosen: Language | None = None) -> str:
    """A share, 0..1."""
    return str(format_percent(value, format=_PERCENT[chosen or language()], locale=_locale(chosen)))


def money(minor: int, currency: str, chosen: Language | None = None) -> str:
    """An amount in minor units."""
    return str(format_currency(to_units(minor, currency), currency, locale=_locale(chosen)))


def day(value: int, chosen: Language | None = None) -> str:
    """A shop day: Oct 31, 2026 or 31 oct. 2026."""
    return _date(day_date(value), chosen or language())


def day_of(at_us: int, zone: str) -> str:
    """The day of an instant in a zone."""
    return _date(from_us(at_us, zone).date(), language())


def _date(value: date, chosen: Language) -> str:
    """A date; French says the first of a month, and two, three, … of it."""
    said = str(format_date(value, format="medium", locale=_LOCALES[chosen]))
    return f"1er{said[1:]}" if chosen == "fr" and value.day == 1 else said


def instant(at_us: int, zone: str) -> str:
    """An instant in a zone, to the minute: Oct 3, 2026 18:15 or 3 oct. 2026, 18 h 15."""
    written = format_datetime(from_us(at_us, zone), _INSTANT[language()], locale=_locale(None))
    said = str(written).replace(" ", "\u00a0")
    return f"1er{said[1:]}" if language() == "fr" and said.startswith("1\u00a0") else said


def phone(standard: str) -> str:
    """A telephone number as people write it: +1 514-555-0123, and the extension behind it if there is one."""
    if not standard:
        return ""
    import phonenumbers

    main, _sign, extension = standard.partition(";ext=")
    international = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    number = str(phonenumbers.format_number(phonenumbers.parse(main), international))
    return _("{number} ext. {extension}", number=number, extension=extension) if extension else number


def written(name: str, value: str) -> str:
    """The value of a field as people write it; of a very long one the beginning."""
    match name:
        case "phone":
            return phone(value)
        case "birth_date" | "age" if "-" in value:  # an age may be told by a birth date
            return day(day_number(date.fromisoformat(value)))
        case _:
            return shortened(value)
