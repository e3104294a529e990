"""Telephones as people write them and as they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What may be a telephone: seven digits or more, and nothing but its signs.
_TELEPHONE = re.compile(r"[\s().+/-]*(?:\d[\s().+/-]*){7,}")


def also_as_kept(values: Iterable[str], country: str) -> tuple[str, ...]:
    """Some values, and those that are telephones of a country also as these are kept: in the form E.164.

    >>> also_as_kept(["514 555-0199", "600999"], "CA"), also_as_kept(["06 12 34 56 78"], "FR")
    (('514 555-0199', '600999', '+15145550199'), ('06 12 34 56 78', '+33612345678'))
    """
    given = list(values)
    return tuple(dict.fromkeys([*given, *(kept for one in given if (kept := _as_kept(one, country)))]))


def _as_kept(value: str, country: str) -> str | None:
    if not _TELEPHONE.fullmatch(value):
        return None
    import phonenumbers

    try:
        read = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(read) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))
