"""Numbers and money: the text of an amount, in the decimal separator decided for its column, as an exact decimal."""

from __future__ import annotations

import re

from regulars.clean.row.currencies import SIGN, has_sign_sql, sign_sql
from regulars.clean.row.found import literal
from regulars.model.money import currency_digits
from regulars.words import Text, both

#: Exact to a millionth; room for a thousand billion.
DECIMAL = "decimal(19, 6)"
_WHOLE_DIGITS = 13  #: of a number before its decimal separator
_BLANKS = " \t\u00a0\u202f\u2009"  #: of all widths


def decimal_sql(text: str, separator: str) -> str:
    """SQL for the exact value of a number as people write it; null where it is none, or is in another style.

    Takes currency signs and codes, spaces and apostrophes between thousands, brackets or a trailing sign for minus.
    """
    digits = (
        f"translate(regexp_extract({text}, {literal(_shape(separator))}, 1), '{_between(separator)}', '')"
    )
    minus = f"case when regexp_matches({text}, '[-−(]') then '-' end"
    read = f"try_cast(concat({minus}, replace({digits}, '{separator}', '.')) as {DECIMAL})"
    read = f"case when not {has_sign_sql(text)} or {sign_sql(text)} is not null then {read} end"
    return f"coalesce(try_cast({text} as {DECIMAL}), {read})" if separator == "." else read


def is_of_other_style(value: str, separator: str) -> bool:
    """Whether a text that is no number by its column's decimal separator looks like one by the other.

    >>> is_of_other_style("20,00 $", "."), is_of_other_style("twenty", ".")
    (True, False)
    """
    return re.match(_shape(_other(separator)), value) is not None


def other_style_sql(text: str, separator: str) -> str:
    """SQL: is a text no number by its column's decimal separator, and one by the other?"""
    other = f"regexp_matches({text}, {literal(_shape(_other(separator)))})"
    return f"coalesce({decimal_sql(text, separator)} is null and {other}, false)"


def no_number(value: str, column: str, separator: str) -> Text:
    """The sentence about a text that is no number by its column's decimal separator."""
    if _is_too_big(value, separator):
        return both("'{value}' in '{column}' is too big a number to be true", value=value, column=column)
    if not is_of_other_style(value, separator):
        return both("'{value}' in '{column}' is not a number", value=value, column=column)
    if separator == ".":
        return both(
            "'{value}' in '{column}' has a decimal comma, the other values have a decimal point",
            value=value,
            column=column,
        )
    return both(
        "'{value}' in '{column}' has a decimal point, the other values have a decimal comma",
        value=value,
        column=column,
    )


def _is_too_big(value: str, separator: str) -> bool:
    """Whether a text is a number in its column's style, for which there is no room."""
    found = re.match(_shape(separator), value)
    digits = re.sub(r"\D", "", found[1].split(separator)[0]) if found else ""
    return len(digits.lstrip("0")) > _WHOLE_DIGITS


def _shape(separator: str) -> str:
    """A regular expression, Python's and the engine's, for a number, of which the first group has the digits."""
    between, blank = f"[{_between(separator)}]".replace("''", "'"), f"[{_BLANKS}]*"
    number = rf"(?:\d{{1,3}}(?:{between}\d{{3}})+|\d+)(?:[{separator}]\d+)?|[{separator}]\d+"
    sign = f"(?:{SIGN}{blank})*"
    return rf"^{blank}\(?{blank}[-+−]?{blank}{sign}[-+−]?{blank}({number}){blank}-?{blank}{sign}\)?{blank}$"


def _between(separator: str) -> str:
    """What may stand between thousands, as in a SQL text."""
    return f"{_BLANKS}''’{_other(separator)}"


def _other(separator: str) -> str:
    return "," if separator == "." else "."


def factor_sql(currency: str) -> str:
    """SQL for how many minor units a unit of a currency has."""
    cases = "".join(
        f" when {currency} in ({', '.join(repr(code) for code in sorted(codes))}) then {10**digits}"
        for digits, codes in currency_digits().items()
    )
    return f"(case{cases} else 100 end)"


def minor_sql(amount: str, factor: str) -> str:
    """SQL for an exact amount as integer minor units, of which a unit of its currency has `factor`.

    Half away from zero.
    """
    return f"cast(round(cast({amount} as decimal(28, 6)) * {factor}, 0) as bigint)"
