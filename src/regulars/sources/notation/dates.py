"""What the dates of a column prove about how they are written, as strptime formats.

Four names are not strptime's: `fr_long` is "3 février 2024", `excel_serial` the day number of a spreadsheet,
`unix_seconds` and `unix_millis` count since 1970. `%Z` is a zone in letters: EDT, CEST.
In a format, `<1>/<2>` are day and month in an order still to be decided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

FRENCH_LONG = "fr_long"
EXCEL_SERIAL = "excel_serial"
UNIX_SECONDS = "unix_seconds"
UNIX_MILLIS = "unix_millis"
_FRENCH = [
    "janv",
    "févr",
    "fevr",
    "mars",
    "avr",
    "mai",
    "juin",
    "juil",
    "août",
    "aout",
    "sept",
    "oct",
    "nov",
    "déc",
    "dec",
]
_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_LONG = re.compile(
    r"(?i)(january|february|march|april|june|july|august|september|october|november|december)$"
)
_CLOCK = re.compile(
    r"""(?P<gap>\s+à\s+|\s*[T\s,]\s*|^)(?P<hour>\d{1,2})(?P<colon>:|\s?h\s?)(?P<minute>\d{2})
    (?:(?P<second>:\d{2})(?P<fraction>[.,]\d+)?)?(?P<half>\s?[AaPp]\.?[Mm]\.?)?(?P<zone>\s?(?:Z|UTC|GMT|[ACEMNP][DS]T|CES?T|WES?T|EES?T|[+-]\d{2}:?(?:\d{2})?))?$""",
    re.VERBOSE,
)
_NUMBERS = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})$")
_DAY_WORD = re.compile(r"(\d{1,2})(er)?([-\s])([^\W\d]{3,9}\.?)([-\s]|,\s)(\d{4}|\d{2})$")
_WORD_DAY = re.compile(r"([^\W\d]{3,9}\.?)\s(\d{1,2})(,?)\s(\d{4})$")
_WEEKDAY = re.compile(r"(?i)^(mon|tue|wed|thu|fri|sat|sun)([a-z]*)(,?\s)")


@dataclass(slots=True)
class Dates:
    """How many values prove what."""

    formats: Counter[str] = field(default_factory=Counter)
    day_first: int = 0
    month_first: int = 0
    open: int = 0  #: such as 03/02/2024
    day_example: str = ""
    month_example: str = ""
    example: str = ""
    zone: str | None = None  #: when values say UTC in a word


def look_at_dates(values: Sequence[str]) -> Dates:
    """What the values prove; values that are no dates prove nothing."""
    seen = Dates()
    for value in values:
        form = date_format(value)
        if form is None:
            continue
        seen.formats[form] += 1
        seen.example = seen.example or value
        if "<1>" in form:
            _order(seen, value)
        if form.endswith((" UTC", " GMT")):
            seen.zone = "UTC"
    return seen


def date_format(value: str) -> str | None:
    """The format of one date or time; None when it is neither.

    >>> date_format("2024-02-03 10:05"), date_format("3/2/24"), date_format("2026-05-01T10:00:00Z")
    ('%Y-%m-%d %H:%M', '<1>/<2>/%y', '%Y-%m-%dT%H:%M:%S%z')
    """
    clock = _CLOCK.search(value)
    day = value[: clock.start()] if clock else value
    weekday, day = _weekday(day)
    form = _day_format(day) if day else ""
    if form is None or (clock is None and not form):
        return None
    return weekday + form + (_clock_format(clock, bool(day)) if clock else "")


def _order(seen: Dates, value: str) -> None:
    first, second = (int(number) for number in re.findall(r"\d+", value)[:2])
    if first > 12 >= second:
        seen.day_first += 1
        seen.day_example = seen.day_example or value
    elif second > 12 >= first:
        seen.month_first += 1
        seen.month_example = seen.month_example or value
    else:
        seen.open += first != second


def _weekday(day: str) -> tuple[str, str]:
    found = _WEEKDAY.match(day)
    if found is None:
        return "", day
    return ("%A" if found[2].endswith("day") else "%a") + found[3], day[found.end() :]


def _day_format(day: str) -> str | None:
    if found := _NUMBERS.fullmatch(day):
        return _in_numbers(found[1], found[2], found[3], found[4])
    if day.isdigit():
        return _in_digits(day)
    if found := _DAY_WORD.fullmatch(day):
        return _with_word(found[4], found)
    if (found := _WORD_DAY.fullmatch(day)) and (month := _month(found[1])):
        return f"{month} %d{found[3]} %Y"
    return EXCEL_SERIAL if re.fullmatch(r"[2-6]\d{4}\.\d+", day) else None


def _in_numbers(first: str, sign: str, second: str, third: str) -> str | None:
    if len(first) == 4 and len(third) <= 2 and 1 <= int(second) <= 12 and 1 <= int(third) <= 31:
        return f"%Y{sign}%m{sign}%d"
    small, large = sorted((int(first), int(second)))
    if len(first) > 2 or len(third) not in (2, 4) or not 1 <= small <= 12 or large > 31:
        return None
    return f"<1>{sign}<2>{sign}{'%Y' if len(third) == 4 else '%y'}"


def _in_digits(day: str) -> str | None:
    for form, parts in (("%Y%m%d", (day[:4], day[4:6], day[6:])), ("%d%m%Y", (day[4:], day[2:4], day[:2]))):
        if len(day) == 8 and _is_date(*parts):
            return form
    if len(day) == 5 and day[0] in "23456":
        return EXCEL_SERIAL
    return {10: UNIX_SECONDS, 13: UNIX_MILLIS}.get(len(day)) if day[0] in "12" else None


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        return 1880 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False


def _with_word(word: str, found: re.Match[str]) -> str | None:
    if (month := _month(word)) and not found[2]:
        return f"%d{found[3]}{month}{found[5]}{'%Y' if len(found[6]) == 4 else '%y'}"
    french = word.lower().startswith(tuple(_FRENCH)) and found[3] == found[5] == " " and len(found[6]) == 4
    return FRENCH_LONG if french else None


def _month(word: str) -> str | None:
    """`%B` for an English month, `%b` for its first three letters."""
    if _LONG.fullmatch(word):
        return "%B"
    return "%b" if word.lower() in _ENGLISH else None


def _clock_format(clock: re.Match[str], after_day: bool) -> str:
    half = clock["half"]
    hour = "%I" if half else "%H"
    colon = clock["colon"]
    seconds = ("%S" if clock["second"] else "") and ":%S"
    fraction = f"{clock['fraction'][0]}%f" if clock["fraction"] else ""
    return "".join(
        (
            clock["gap"] if after_day else "",
            f"{hour}{colon}%M{seconds}{fraction}",
            (half[0] if half and half[0].isspace() else "") + "%p" if half else "",
            _zone_format(clock["zone"]),
        )
    )


def _zone_format(zone: str | None) -> str:
    if not zone:
        return ""
    gap = " " if zone[0].isspace() else ""
    word = zone.strip()
    if word in ("UTC", "GMT"):
        return gap + word
    return gap + ("%Z" if len(word) > 1 and word.isalpha() else "%z")
