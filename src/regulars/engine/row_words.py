"""What SQL's functions mean, for `one_row.py`, by sqlglot's names for them. None of them is given a null."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any


def text(value: object) -> str:
    """A value as a text."""
    return str(value)


def number(value: str) -> int | None:
    """A text as a whole number; None when it is none."""
    return int(value) if re.fullmatch(r"[+-]?[0-9]+", value) else None


def parsed(value: str, form: str) -> str | None:
    """The day, in ISO form, that a text means in a form of strptime; None when it means none.

    >>> parsed("1980-5-31", "%Y-%m-%d"), parsed("1980-02-30", "%Y-%m-%d"), parsed("80-05-31", "%Y-%m-%d")
    ('1980-05-31', None, '0080-05-31')
    """
    found = _form(form).fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(found[part]) for part in "Ymd")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _form(form: str) -> re.Pattern[str]:
    parts = re.split(r"%(\w)", form)
    digits = {"Y": "(?P<Y>[0-9]{1,4})", "m": "(?P<m>[0-9]{1,2})", "d": "(?P<d>[0-9]{1,2})"}
    clock = {"H": "(?:[01]?[0-9]|2[0-3])", "M": "[0-5]?[0-9]", "S": "[0-5]?[0-9]"}
    known = digits | clock
    return re.compile("".join(known[part] if n % 2 else re.escape(part) for n, part in enumerate(parts)))


def years_later(day: str, years: int) -> str:
    """An ISO day so many years later; 29 February is the 28th where there is none.

    >>> years_later("0080-02-29", 2001)
    '2081-02-28'
    """
    whole = date.fromisoformat(day)
    try:
        return whole.replace(year=whole.year + years).isoformat()
    except ValueError:
        return whole.replace(year=whole.year + years, day=28).isoformat()


def _like(value: str, pattern: str) -> bool:
    signs = {"%": ".*", "_": "."}
    return bool(
        re.fullmatch("".join(signs.get(sign) or re.escape(sign) for sign in pattern), value, re.DOTALL)
    )


WORDS: Mapping[str, Callable[..., Any]] = {
    "Not": operator.not_,
    "EQ": operator.eq,
    "NEQ": operator.ne,
    "LT": operator.lt,
    "GT": operator.gt,
    "GTE": operator.ge,
    "Between": lambda value, low, high: low <= value <= high,
    "DPipe": operator.add,
    "Lower": str.lower,
    "Upper": str.upper,
    "Length": len,
    "Left": lambda value, signs: value[:signs],
    "Right": lambda value, signs: value[-signs:],
    "Replace": str.replace,
    "Nullif": lambda value, nothing: None if value == nothing else value,
    "Like": _like,
    "Year": lambda day: int(day[:4]),
    "TimeToStr": lambda day, form: day if form == "%Y-%m-%d" else None,
    "try_strptime": parsed,
}
