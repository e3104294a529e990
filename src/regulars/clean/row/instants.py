"""Instants: the text of a date or a time, in the formats decided for its column, as microseconds UTC.

A naive time is the zone's. The hour that autumn repeats is the first one; the hour that spring skips moves forward.
"""

from __future__ import annotations

from collections.abc import Sequence

#: French months, for the format that the sources room names `fr_long` ("3 février 2024").
FRENCH_LONG = "fr_long"
#: Days since 1899-12-30, as spreadsheets count, with the time of day as a fraction.
EXCEL_SERIAL = "excel_serial"
#: 1970: what happened before is a slip of the keyboard (0024, 1024), or a spreadsheet's zero.
EARLIEST_US = 0
#: Counts since 1970, by how many microseconds one of them is.
_UNIX = {"unix_seconds": 1_000_000, "unix_millis": 1_000}
#: Zones in letters (`%Z`), and how far they are from UTC.
_LETTERS = {
    "NST": "-0330", "NDT": "-0230", "AST": "-0400", "ADT": "-0300", "EST": "-0500", "EDT": "-0400", "CST": "-0600",
    "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700", "WET": "+0000", "WEST": "+0100",
    "CET": "+0100", "CEST": "+0200", "EET": "+0200", "EEST": "+0300",
}  # fmt: skip
_FRENCH_MONTHS = (
    "janv",
    "f[ée]vr",
    "mars",
    "avr",
    "mai",
    "juin",
    "juil",
    "ao[uû]t",
    "sept",
    "oct",
    "nov",
    "d[ée]c",
)


def instant_sql(text: str, formats: Sequence[str], zone: str) -> str:
    """SQL for the microseconds since 1970 UTC of a text column; null where no format reads it.

    `text` is a SQL expression, `formats` are strptime formats tried in order, `zone` is an IANA name.
    """
    readings = [_reading(text, one, zone) for one in formats]
    return f"coalesce({', '.join(readings)})" if readings else "cast(null as bigint)"


def day_sql(text: str, formats: Sequence[str]) -> str:
    """SQL for the calendar date of a text column, whatever time of day follows it; null where no format reads it."""
    readings = [f"cast({_parsed(text, one)} as date)" for one in formats]
    return f"coalesce({', '.join(readings)})" if readings else "cast(null as date)"


def has_time(formats: Sequence[str]) -> bool:
    """Whether any of the formats has an hour."""
    return any(mark in one for one in formats for mark in ("%H", "%I", "%-H", "%-I", EXCEL_SERIAL, *_UNIX))


def _reading(text: str, one: str, zone: str) -> str:
    parsed = _parsed(text, one)
    if "%z" in one or "%Z" in one or one in _UNIX:
        return f"epoch_us({parsed})"
    if one.endswith("Z"):
        zone = "UTC"
    quoted = _quoted(zone)
    late = f"timezone({quoted}, {parsed})"
    earlier = f"({late} - interval 1 hour)"
    return f"epoch_us(case when timezone({quoted}, {earlier}) = {parsed} then {earlier} else {late} end)"


def _parsed(text: str, one: str) -> str:
    if one == FRENCH_LONG:
        text = f"lower({text})"
        for number, month in enumerate(_FRENCH_MONTHS, 1):
            text = f"regexp_replace({text}, '\\b{month}[a-zéû]*\\.?', '{number}')"
        return f"try_strptime({text}, '%-d %-m %Y')"
    if one == EXCEL_SERIAL:
        seconds = f"cast(round(try_cast({text} as double) * 86400) as bigint)"
        return f"(timestamp '1899-12-30' + to_seconds({seconds}))"
    if one in _UNIX:
        return f"make_timestamp(try_cast({text} as bigint) * {_UNIX[one]})"
    if "%Z" in one:
        for letters, offset in _LETTERS.items():
            text = f"regexp_replace({text}, '\\b{letters}$', '{offset}')"
        one = one.replace("%Z", "%z")
    if "%z" in one:
        text = f"regexp_replace({text}, 'Z$', '+0000')"
    return f"try_strptime({text}, {_quoted(one)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
