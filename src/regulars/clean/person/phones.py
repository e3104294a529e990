"""Telephone numbers: E.164 with an extension behind `;ext=`, read as the customer's country writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import phonenumbers

from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, settle
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.phones import NORTH_AMERICA, with_extension, with_own_code, without_extension

_FRENCH = re.compile(r"(?:\+33|0033|33)?[\s.(-]*0?\)?[\s.-]*[1-9](?:[\s.-]?\d\d){4}")
_LABEL = re.compile(
    r"[\s,(\[-]+(?:cell(?:ulaire)?|mobile|home|maison|domicile|bureau|work|travail|office|tél|tel)\b\.?[\s)\]]*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?:[/;|]|\b(?:ou|or|et|and)\b)\s*", re.IGNORECASE)
_SQL = statements(Path(__file__).with_suffix(".sql"))


def settle_phones(session: Session, name: str, relation: str, columns: Sequence[str], country: str) -> None:
    """Leave under `name` the standard form of every number: `found`, `country`, `standard`, `rules`.

    `country` is the column of `relation` that says where the customer is: ISO code, never null.
    """
    found = " union ".join(
        f"select distinct {one} as found, {country} as country from {relation} where {one} is not null"
        for one in columns
    )
    session.view("found_phones", found)
    settle(
        session,
        name,
        _SQL["phones"],
        keys=("found", "country"),
        answers=("standard", "rules"),
        by_hand=phone_by_hand,
        parameters={"codes": "|".join(_area_codes())},
    )


@lru_cache(maxsize=100_000)
def phone_by_hand(found: str, country: str) -> Answer:
    """The standard form of one number that is not plainly North American or French.

    >>> phone_by_hand("(514) 282-2020 poste 45", "CA")
    ('+15142822020;ext=45', '"international"')
    >>> phone_by_hand("06 12 34 56 78", "CA")
    ('+33612345678', '"another country","international"')
    """
    bare = found.strip().lstrip("'").strip()
    several = _SEVERAL.split(bare)
    if len(several) > 1 and all(len(re.findall(r"\d", one)) >= 7 for one in several):
        first, rules = phone_by_hand(several[0], country)
        return first, ",".join(filter(None, (written(["first of several"]), rules)))
    bare = _LABEL.sub("", bare)
    number, extension = without_extension(bare)
    digits = "".join(re.findall(r"\d", number))
    if digits and placeholder(digits):
        return None, written(["invalid: placeholder"])
    if whole := with_own_code(number, digits, country):
        number = whole
    for region in _regions(number, digits, country):
        try:
            read = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number_with_reason(read) == phonenumbers.ValidationResult.IS_POSSIBLE:
            standard = phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
            return with_extension(standard, extension or read.extension), _rules(
                found, bare, standard, read, region != country
            )
    return None, written(["invalid: not a phone"])


def placeholder(digits: str) -> bool:
    """Whether digits only fill a field: none, all the same, or counted up.

    >>> placeholder("0000000000"), placeholder("1234567890"), placeholder("5145551234")
    (True, True, False)
    """
    tail = digits[-10:] if len(digits) == 11 and digits[0] == "1" else digits
    return len(set(tail)) <= 1 or tail in ("1234567890", "0123456789", "123456789", "12345678", "1234567")


def _regions(number: str, digits: str, country: str) -> tuple[str, ...]:
    """The countries to read a number as, in order. Only forms that say what they are leave the customer's own."""
    if number.startswith("+"):
        return (country,)
    if _FRENCH.fullmatch(number) and digits.startswith(("0", "33")) and country in NORTH_AMERICA:
        return (country, "FR") if digits.startswith("33") and len(digits) == 10 else ("FR", country)
    if country not in NORTH_AMERICA and re.fullmatch(r"1?[2-9]\d\d[2-9]\d{6}", digits):
        return (country, "US")
    return (country,)


def _rules(
    found: str, bare: str, standard: str, read: phonenumbers.PhoneNumber, elsewhere: bool
) -> str | None:
    rules = ["apostrophe"] if found.strip() != bare else []
    if elsewhere:
        rules.append("another country")
    if not bare.startswith("+"):
        rules.append("international")
    elif standard != bare:
        rules.append("format")
    if not phonenumbers.is_valid_number(read):
        rules.append("doubtful: number not in use")
    elif len(set(str(read.national_number)[-7:])) == 1:
        rules.append("doubtful: one digit")
    return written(rules)


def fixed_line_sql(phone: str, numbers: Iterable[str]) -> str:
    """SQL for whether a standard number is known to take no text messages: a fixed line, or one behind an extension.

    `phone` is the column, `numbers` a few of its beginnings (`+33…`), of which the countries are taken. Where fixed and
    mobile numbers cannot be told apart, as in North America, no number is known to be fixed.
    """
    cases = [f"when contains({phone}, ';ext=') then true"]
    for code in sorted({code for number in numbers if (code := _calling_code(number))} - {1}):
        described = phonenumbers.PhoneMetadata.metadata_for_region(
            phonenumbers.region_code_for_country_code(code)
        )
        if described is None or described.mobile is None or described.fixed_line is None:
            continue
        fixed, mobile = described.fixed_line.national_number_pattern, described.mobile.national_number_pattern
        if fixed and mobile and fixed != mobile:
            national = f"substr({phone}, {len(str(code)) + 2})"
            cases.append(
                f"when starts_with({phone}, '+{code}') then regexp_full_match({national}, '{fixed}')"
                f" and not regexp_full_match({national}, '{mobile}')"
            )
    return f"case {' '.join(cases)} else false end"


def _calling_code(number: str) -> int | None:
    """The calling code that an international number begins with.

    >>> _calling_code("+336"), _calling_code("+1514"), _calling_code("0")
    (33, 1, None)
    """
    for length in (1, 2, 3):
        code = number[1 : length + 1]
        if (
            number.startswith("+")
            and code.isdecimal()
            and int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE
        ):
            return int(code)
    return None


@cache
def _area_codes() -> tuple[str, ...]:
    """The area codes in use in North America, as `phonenumbers` knows them."""
    return tuple(
        str(code)
        for code in range(200, 1000)
        if phonenumbers.is_valid_number(phonenumbers.parse(f"+1{code}2345678"))
    )
