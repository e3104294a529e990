"""Numbers and money: the text of an amount, in the decimal separator decided for its column, as an exact decimal."""

from __future__ import annotations

from regulars.model.money import currency_digits

#: Exact to a millionth; room for a thousand billion.
DECIMAL = "decimal(19, 6)"


#: Spaces of all kinds, apostrophes between thousands, signs and codes of currencies.
_NOISE = r"[\s\x{00A0}\x{202F}\x{2009}''’]|CA\$|US\$|[$€£¥]|CAD|USD|EUR|GBP"


def decimal_sql(text: str, separator: str) -> str:
    """SQL for the exact value of a number as people write it; null where it is not one.

    Takes currency signs and codes, spaces and apostrophes between thousands, brackets or a trailing sign for minus.
    """
    group = "," if separator == "." else "."
    bare = f"regexp_replace({text}, '{_NOISE}', '', 'g')"
    bare = f"replace(replace(replace({bare}, '{group}', ''), '{separator}', '.'), '−', '-')"
    signed = f"regexp_replace({bare}, '^\\((.*)\\)$|^([^-]+)-$', '-\\1\\2')"
    return f"try_cast({signed} as {DECIMAL})"


def factor_sql(currency: str) -> str:
    """SQL for how many minor units a unit of a currency has."""
    cases = "".join(
        f" when {currency} in ({', '.join(repr(code) for code in sorted(codes))}) then {10**digits}"
        for digits, codes in currency_digits().items()
    )
    return f"(case{cases} else 100 end)"


def minor_sql(amount: str, currency: str) -> str:
    """SQL for an exact amount as integer minor units, half away from zero."""
    return f"cast(round(cast({amount} as decimal(28, 6)) * {factor_sql(currency)}, 0) as bigint)"
