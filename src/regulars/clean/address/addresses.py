"""An address in one line, read into number, door, street and, when they stand in it, city, region and postal code.

No offline parser reads Québec, France, the United States and Germany alike, so this one is small: it names what it is
sure of and leaves every other word in the street. The line itself is always kept. The number of a house stands before
its street, or, in most of Europe and in Latin America, behind it (`behind.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from regulars.clean.address.behind import BARE_NUMBER, names_street, number_behind
from regulars.clean.address.places import country_code, region_code
from regulars.clean.address.streets import DIRECTIONS, ENGLISH_TYPES, FRENCH_TYPES, type_at
from regulars.clean.person.names import mend
from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, distinct, settle
from regulars.engine import Session
from regulars.engine.statements import statements

PARTS = ("house_number", "unit", "street", "city", "region", "postcode", "country")

#: A number is told so: of the house where nothing else tells it, else of a door inside.
_SIGN = r"(?:#|n[°º]|\b(?:no|nr)\b\.?)\s*"
_DOOR = (
    r"(?:apartment|appartement|apartamento|apto|appt?|apt|app|flat|wohnung|whg|puerta|interno|suite|ste|unit|unité|bureau|bur|local|porte|room|rm|penthouse|[ée]tage|floor|fl)\b\.?\s*#?\s*"
    r"|" + _SIGN
)
_DOOR_WORD = re.compile(rf"^(?:{_DOOR})(?P<door>[\w/-]*\d[\w/-]*|[A-Za-z])$", re.IGNORECASE)
_DOOR_FIRST = re.compile(
    rf"^(?:{_DOOR})(?P<door>[\w/]*\d[\w/]*|[A-Za-z])(?:\s*[-,–]\s*|\s+)(?=\d)", re.IGNORECASE
)
_LETTER_FIRST = re.compile(r"^(?P<door>[A-Za-z])\s?[-–]\s?(?=\d+[A-Za-z]?\s+\D)")
_FLOOR = re.compile(
    r"(?:^|[\s,]+)(?P<door>\d+)\s?(?:e|è?re?|[eè]me|st|nd|rd|th)?\s+(?:[ée]tage|floor)$", re.IGNORECASE
)
_FLOOR_SIGN = re.compile(r"(?P<door>\d+\s?[ºª](?:\s?[A-Za-z]{1,4})?)\.?")
_DOOR_LAST = re.compile(rf"[\s,]+(?:{_DOOR})(?P<door>[\w/-]*\d[\w/-]*|[A-Za-z])$", re.IGNORECASE)
_NUMBER = re.compile(
    rf"^(?:{_SIGN})?(?P<number>\d+(?:\s?(?:bis|ter|quater)\b|[A-Za-z]\b(?!\.))?(?:[-/](?:\d+[A-Za-z]?|[A-Za-z]\b))?(?:\s1/2)?)"
    r"\s*,?\s+(?P<street>\S.*)$",
    re.IGNORECASE,
)
_CANADIAN = re.compile(r"[\s,]*\b([A-Z]\d[A-Z])[ -]?(\d[A-Z]\d)$", re.IGNORECASE)
_COUNTRY_BEHIND = re.compile(
    r"(?<=[A-Z]\d[A-Z][ -]\d[A-Z]\d)\s+(Canada)$|(?<=[A-Z]\d[A-Z]\d[A-Z]\d)\s+(Canada)$", re.IGNORECASE
)
_AMERICAN = re.compile(r"(?<=\S)[\s,]+(\d{5}(?:-\d{4})?)$")
_BRITISH = re.compile(r"(?<=\S)[\s,]+([A-Z]{1,2}\d[A-Z\d]?)\s?(\d[A-Z]{2})$", re.IGNORECASE)
_FRENCH_CITY = re.compile(r"^(?:F-?)?(\d{5})\s+(\D+)$")
#: Postal codes of other countries, that stand before the city: 1012 AB Amsterdam, 00-950 Warszawa, A-1010 Wien.
_CODE_CITY = re.compile(
    r"^((?:[A-Z]{1,2}-)?(?:\d{4}\s?[A-Z]{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{5}-\d{3}|\d{3}\s\d{2}|\d{4,5}))\s+(\D+)$"
)
_WORDS_ALONE = re.compile(r"[^\W\d_]+(?:[\s-][^\W\d_]+)*")
_FRENCH_END = re.compile(r"^(?P<front>.*\S)\s(?:F-?)?(?P<postcode>\d{5})\s(?P<city>\D+)$")
_CITY_BEHIND_DOOR = re.compile(
    rf"^(?P<front>.*?[\s,]+(?:{_DOOR})(?:[\w/-]*\d[\w/-]*|[A-Za-z]\b))[\s,]+(?P<city>[^\d,]+)$", re.IGNORECASE
)
_CITY_BEHIND_DIRECTION = re.compile(
    r"^(?P<street>\S+ .*?\b(?:est|ouest|nord|sud)) (?P<city>[^\d,]+)$", re.IGNORECASE
)
#: A street that is a number, `Street 128`, and what comes behind it.
_NUMBERED_STREET = re.compile(r"^(?P<street>(?P<kind>[^\W\d_]+)\.? \d+[A-Za-z]?) (?P<behind>[^\d,]+)$")
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address, as they were written; None where there is none."""

    house_number: str | None = None
    unit: str | None = None
    street: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None


def settle_addresses(session: Session, name: str, relation: str, column: str) -> None:
    """Leave under `name` the parts of every address line or street in a column, by `found`."""
    session.view(
        "found_addresses", f"select distinct {column} as found from {relation} where {column} is not null"
    )
    settle(session, name, _SQL["addresses"], keys=("found",), answers=PARTS, by_hand=address_by_hand)


@lru_cache(maxsize=50_000)
def address_by_hand(found: str) -> Answer:
    """The parts of one address line, in the order of `PARTS`."""
    answer: Answer = attrgetter(*PARTS)(parse(found))
    return answer


def parse(line: str) -> Address:
    """The parts of an address line.

    >>> home = parse("4-123 rue Saint-Denis, app. 5, Montréal QC H2X 1Y4")
    >>> home.house_number, home.unit, home.street, home.city, home.region, home.postcode
    ('4-123', '5', 'rue Saint-Denis', 'Montréal', 'QC', 'H2X 1Y4')
    >>> parse("12 bis rue de la Paix, 75002 Paris").postcode
    '75002'
    >>> parse("12 rue des Lilas 75011 Paris").city
    'Paris'
    """
    text, ends = _ends(" ".join(line.split()).strip(" ,"))
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    doors = [piece for piece in pieces[1:] if _is_door(piece)]
    if pieces and _is_door(pieces[0]) and len(pieces) > 1:
        doors.append(pieces.pop(0))
    pieces = [piece for piece in pieces if piece not in doors]
    unit = next((found["door"] for door in doors if (found := _is_door(door))), None)
    if not pieces:
        return replace(ends, unit=unit)
    where, ends = _street_piece(pieces, ends)
    made = _numbered(where)
    made = _house_told_by_sign(replace(made, unit=made.unit or unit), line)
    made, ends = _place_behind_number(made, ends)
    if ends.city is None and (ends.postcode or ends.region):
        made, ends = _city_behind_street(made, ends)
    return replace(ends, house_number=made.house_number, unit=made.unit, street=made.street)


def _house_told_by_sign(made: Address, line: str) -> Address:
    """`#321, Street 128`: a number told by a sign is of the house where no other is, unless it stands behind a name
    that may be a building's."""
    if made.unit is None or made.house_number is not None or made.street is None:
        return made
    sign = re.search(_SIGN + re.escape(made.unit), line, re.IGNORECASE)
    if sign is None:
        return made
    first = not line[: sign.start()].strip(" ,")
    street = made.street if first or made.street[-1:].isdigit() or names_street(made.street) else None
    return replace(made, house_number=made.unit, unit=None) if street else made


def _place_behind_number(made: Address, ends: Address) -> tuple[Address, Address]:
    """`Street 128 Phnom Penh Cambodia`: behind a street that is a number, and no comma, come the city and the
    country."""
    found = _NUMBERED_STREET.match(made.street or "") if ends.city is None else None
    kind = found["kind"].lower() if found else ""
    if found is None or not (kind in ENGLISH_TYPES or kind in FRENCH_TYPES or names_street(kind)):
        return made, ends
    words = found["behind"].split()
    if words[0].lower().rstrip(".") in DIRECTIONS:
        return made, ends  # Route 132 Est
    for cut in range(1, len(words)):
        country = " ".join(words[cut:])
        if len(country) > 2 and len(country_code(country)[0] or "") == 2 and not region_code(country, None):
            city = " ".join(words[:cut])
            return replace(made, street=found["street"]), replace(ends, city=city, country=country)
    return made, ends


def _is_door(piece: str) -> re.Match[str] | None:
    return _DOOR_WORD.match(piece) or _FLOOR.fullmatch(piece) or _FLOOR_SIGN.fullmatch(piece)


def _ends(text: str) -> tuple[str, Address]:
    """What stands last: country, postal code and region are taken off from behind."""
    ends = Address()
    if found := _COUNTRY_BEHIND.search(text):
        text, ends = text[: found.start()], replace(ends, country=found[1] or found[2])
    front, comma, last = text.rpartition(",")
    if (
        comma
        and len(country_code(last.strip())[0] or "") == 2
        and len(last.strip()) > 2
        and region_code(last, None) is None
    ):
        text, ends = front.strip(), replace(ends, country=last.strip())
    if found := (_CANADIAN.search(text) or _BRITISH.search(text)):
        text, ends = text[: found.start()], replace(ends, postcode=f"{found[1]} {found[2]}".upper())
    elif found := _AMERICAN.search(text):
        text, ends = text[: found.start()], replace(ends, postcode=found[1])
    front, _, last = text.rpartition(",")
    if front and (french := _FRENCH_CITY.match(last.strip())):
        return front, replace(ends, postcode=french[1], city=french[2].strip())
    if front and ends.postcode is None and (coded := _coded_city(front, last)):
        return front, replace(ends, postcode=coded[0], city=coded[1])
    before, _, middle = front.rpartition(",")
    # A region, or a country that is misspelt, may stand behind the city.
    if (
        before
        and ends.postcode is None
        and _WORDS_ALONE.fullmatch(last.strip())
        and (coded := _coded_city(before, middle))
    ):
        return before, replace(ends, postcode=coded[0], city=coded[1], region=ends.region or last.strip())
    if ends.postcode is None and (whole := _FRENCH_END.match(text)) and _says_street(whole["front"]):
        return whole["front"].strip(" ,-–"), replace(
            ends, postcode=whole["postcode"], city=whole["city"].strip(" ,")
        )
    text, ends = _region_off(text, ends)
    if "," not in text and (ends.postcode or ends.region) and (whole := _CITY_BEHIND_DOOR.match(text)):
        return whole["front"], replace(ends, city=whole["city"].strip())
    return text, ends


def _coded_city(front: str, last: str) -> tuple[str, str] | None:
    """The postal code and the city of the last piece of an address, where it is these two."""
    coded = _CODE_CITY.match(last.strip())
    return (coded[1], coded[2].strip()) if coded and _is_city(coded[2], front) else None


def _is_city(text: str, front: str) -> bool:
    """Whether words behind a number are a city, and the number its code: a house is told before it, and no street."""
    told = _numbered(front).house_number is not None and _is_door(front) is None
    return told and type_at(text.split()) is None


def _says_street(text: str) -> bool:
    return any(word.lower().rstrip(".,") in FRENCH_TYPES for word in text.split()) or names_street(text)


def _region_off(text: str, ends: Address) -> tuple[str, Address]:
    text = text.strip(" ,")
    front, comma, last = text.rpartition(",")
    if comma and region_code(last, None) and not re.search(r"\d", last):
        if ends.postcode is None and len(last.strip()) > 3 and "," not in front:
            return text, ends  # New York, Québec, Washington: as likely the city
        return front.strip(), replace(ends, region=last.strip())
    bare = text.rstrip(" )").replace("(", " ")
    front, _, last = bare.rpartition(" ")
    capital = last.isupper() and len(last) == 2 and last not in ("NE", "SE", "NO", "SO")
    province = len(last) == 2 and bool(_CANADIAN.fullmatch(ends.postcode or "")) and region_code(last, "CA")
    certain = capital or province or text.endswith(")")
    if front and certain and (ends.postcode or "," in front) and region_code(last, None):
        return front.strip(" ,"), replace(ends, region=last)
    return text, ends


def _street_piece(pieces: list[str], ends: Address) -> tuple[str, Address]:
    """The piece with the street; the last of the others is the city, words before the number name a building."""
    first = next((place for place, piece in enumerate(pieces) if re.match(r"\d", piece)), 0)
    if first and (own := BARE_NUMBER.fullmatch(pieces[first])) and _is_of_before(pieces, first):
        first -= 1
        inside = own["rest"] or own["floor"]
        pieces[first : first + 2] = [f"{own['number']} {pieces[first]}" + (f", {inside}" if inside else "")]
    elif re.fullmatch(r"\d+[A-Za-z]?", pieces[first]) and first + 1 < len(pieces):
        pieces[first : first + 2] = [f"{pieces[first]} {pieces[first + 1]}"]
    behind = pieces[first + 1 :]
    if behind and ends.city is None:
        return ", ".join((pieces[first], *behind[:-1])), replace(ends, city=behind[-1])
    return ", ".join((pieces[first], *behind)), ends


def _is_of_before(pieces: Sequence[str], place: int) -> bool:
    """Whether a number between commas is of the street before it, `Via Roma, 12`, and not of one behind it, `Le
    Manoir, 12, rue des Lilas`."""
    behind = pieces[place + 1].split() if place + 1 < len(pieces) else []
    if not behind or names_street(pieces[place - 1]):
        return True
    return type_at(pieces[place - 1].split()) is not None and type_at(behind) is None


def _numbered(text: str) -> Address:
    unit = None
    if found := _DOOR_FIRST.match(text) or _LETTER_FIRST.match(text):
        unit, text = found["door"], text[found.end() :]
    elif found := _DOOR_LAST.search(text) or _FLOOR.search(text):
        unit, text = found["door"], text[: found.start()]
        text = text.rstrip(" -–")
    found = _NUMBER.match(text)
    if found is None:
        number, street = number_behind(text) or (None, text)
        return Address(house_number=number, unit=unit, street=street)
    words = found["street"].split()
    if len(words) == 1 and words[0].lower().rstrip(".") in ENGLISH_TYPES and not unit:
        return Address(street=text)  # 145th st, 5 Avenue: the number names the street
    return Address(house_number=" ".join(found["number"].split()), unit=unit, street=found["street"])


def _city_behind_street(made: Address, ends: Address) -> tuple[Address, Address]:
    """`80 Delaware Ave SE Washington`: behind an English kind of street, and no comma, comes the city.

    Behind a French kind of street it comes after a direction only: `boul. Saint-Joseph Est Montréal`.
    """
    words = (made.street or "").split()
    if (
        words
        and words[0].lower().rstrip(".") in FRENCH_TYPES
        and (french := _CITY_BEHIND_DIRECTION.match(made.street or ""))
    ):
        return replace(made, street=french["street"]), replace(ends, city=french["city"])
    if not words or words[0].lower().rstrip(".") in FRENCH_TYPES.keys() - ENGLISH_TYPES.keys():
        return made, ends
    types = [place for place, word in enumerate(words) if place and word.lower().rstrip(".") in ENGLISH_TYPES]
    if not types:
        return made, ends
    cut = types[-1] + 1
    if cut < len(words) and words[cut].upper().rstrip(".") in DIRECTIONS.values():
        cut += 1
    if cut >= len(words):
        return made, ends
    return replace(made, street=" ".join(words[:cut])), replace(ends, city=" ".join(words[cut:]))


def settle_lines(session: Session, name: str, relation: str, column: str) -> None:
    """Leave under `name` every address line as it was given, but for spaces and garbled letters."""
    session.view("found_lines", distinct(relation, [column]))
    settle(session, name, _SQL["lines"], keys=("found",), answers=("standard", "rules"), by_hand=line_by_hand)


def line_by_hand(found: str) -> Answer:
    """One address line with its spaces and letters mended, and the rules that did it."""
    text = " ".join(found.split())
    mended = mend(text)
    return mended, written((["spaces"] if text != found else []) + (["encoding"] if mended != text else []))


def settle_doors(session: Session, name: str, relation: str, column: str) -> None:
    """Leave under `name` the standard form of every door in a column: `found`, `standard`, `rules`."""
    sql = f"select found, null as standard, null as rules, false as settled from ({distinct(relation, [column])})"
    settle(session, name, sql, keys=("found",), answers=("standard", "rules"), by_hand=door_by_hand)


@lru_cache(maxsize=20_000)
def door_by_hand(found: str) -> Answer:
    """A door number without the word before it, and the rules that made it.

    >>> door_by_hand("app. 4")[0], door_by_hand("#12B")[0], door_by_hand("Rear building")[0]
    ('4', '12B', 'Rear building')
    """
    text = " ".join(found.split())
    taken = _DOOR_WORD.match(text)
    rules = (["spaces"] if text != found else []) + (["unit word"] if taken else [])
    return taken["door"] if taken else text, written(rules)
