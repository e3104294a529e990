"""Telephones as people write them and as they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Countries of the North American plan that a shop here meets; they write and dial alike.
NORTH_AMERICA = ("CA", "US")
#: What may be a telephone: seven digits or more, and nothing but its signs.
_TELEPHONE = re.compile(r"[\s().+/-]*(?:\d[\s().+/-]*){7,}")

_EXTENSION = re.compile(
    r"[\s,;]*(?:(?<![^\W\d_])(?:ext(?:ension)?|poste|pst|p\.|x)|#)[\s.:]*(\d{1,6})\s*$",
    re.IGNORECASE,
)


def also_as_kept(values: Iterable[str], country: str) -> tuple[str, ...]:
    """Some values, and those that are telephones of a country also as these are kept: in the form E.164.

    >>> also_as_kept(["514 555-0199", "600999"], "CA"), also_as_kept(["06 12 34 56 78"], "FR")
    (('514 555-0199', '600999', '+15145550199'), ('06 12 34 56 78', '+33612345678'))
    >>> also_as_kept(["514 555-0199 poste 12"], "CA"), also_as_kept(["4915112345678"], "DE")
    (('514 555-0199 poste 12', '+15145550199;ext=12'), ('4915112345678', '+4915112345678'))
    """
    given = list(values)
    return tuple(dict.fromkeys([*given, *(kept for one in given if (kept := _as_kept(one, country)))]))


def without_extension(written: str) -> tuple[str, str | None]:
    """A number as somebody wrote it, and the extension behind it.

    >>> without_extension("(514) 282-2020 poste 45"), without_extension("(514)282-2020poste45")
    (('(514) 282-2020', '45'), ('(514)282-2020', '45'))
    >>> without_extension("514 282-2020")
    ('514 282-2020', None)
    """
    found = _EXTENSION.search(written)
    return (written[: found.start()], found.group(1)) if found else (written, None)


def with_extension(standard: str, extension: str | None) -> str:
    """A number in the form E.164, and its extension, as they are kept."""
    return f"{standard};ext={extension}" if extension else standard


def with_own_code(number: str, digits: str, country: str) -> str | None:
    """A number that begins with the calling code of its own country and no sign of it, with one; None when it has none.

    Who writes 00 and the code means a plus, though in Brazil carriers' codes stand there too; and what is a number in
    use with a plus alone, or a mobile's with it alone, had its plus lost.

    >>> with_own_code("4915112345678", "4915112345678", "DE"), with_own_code("0151 12345678", "015112345678", "DE")
    ('+4915112345678', None)
    """
    import phonenumbers

    code = phonenumbers.country_code_for_region(country)
    bare = digits.removeprefix("00")
    if country in NORTH_AMERICA or number.startswith("+") or not code or not bare.startswith(str(code)):
        return None
    try:
        read = phonenumbers.parse(f"+{bare}", None)
        plain = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(read):
        return None
    mobile = phonenumbers.PhoneNumberType.MOBILE
    alone = phonenumbers.number_type(read) == mobile != phonenumbers.number_type(plain)
    lost = bare != digits or alone or not phonenumbers.is_valid_number(plain)
    return f"+{bare}" if lost else None


def _as_kept(value: str, country: str) -> str | None:
    number, extension = without_extension(value)
    if not _TELEPHONE.fullmatch(number):
        return None
    import phonenumbers

    digits = "".join(filter(str.isdigit, number))
    try:
        read = phonenumbers.parse(with_own_code(number, digits, country) or number, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(read) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    standard = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
    return with_extension(standard, extension)
