"""Currencies: the sign or code beside an amount, and the words of a currency column, as ISO 4217 codes.

A sign that one currency alone has decides (€, £, US$, CA$); `$` is the shop's currency when that is a dollar.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from regulars.clean.row.found import Layout, literal

#: Currencies that write `$`.
DOLLARS = (
    "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "DOP", "FJD", "GYD", "HKD", "JMD", "KYD",
    "LRD", "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD", "USD", "UYU", "XCD",
)  # fmt: skip
DOLLAR = "$"  #: a dollar, of a country that nobody names
#: What stands beside an amount, in capitals and without spaces, where it is no ISO code.
_SIGNS = {
    "EUR": "€ EURO EUROS",
    "GBP": "£",
    "JPY": "¥",
    "USD": "US$ $US U$ USD$ $USD",
    "CAD": "CA$ $CA C$ $C CAN$ $CAN CDN CDN$ $CDN CAD$ $CAD",
    "AUD": "A$ AU$ $AU AUD$ $AUD",
    "NZD": "NZ$ $NZ NZD$ $NZD",
    "HKD": "HK$ $HK HKD$ $HKD",
    "MXN": "MX$ $MX MXN$ $MXN",
    "BRL": "R$",
    DOLLAR: "$ DOLLAR DOLLARS",
}
#: What stands in a column of currencies besides, in capitals, without spaces and accents.
_WORDS = {
    "GBP": "POUNDSTERLING POUNDSSTERLING BRITISHPOUND BRITISHPOUNDS LIVRESTERLING LIVRESSTERLING",
    "USD": "USDOLLAR USDOLLARS DOLLARUS DOLLARSUS DOLLARAMERICAIN DOLLARSAMERICAINS AMERICANDOLLAR AMERICANDOLLARS",
    "CAD": "CANADIANDOLLAR CANADIANDOLLARS DOLLARCANADIEN DOLLARSCANADIENS CADOLLAR CADOLLARS",
    "CHF": "SFR SWISSFRANC SWISSFRANCS FRANCSUISSE FRANCSSUISSES",
    "JPY": "YEN YENS",
}


SIGN = "[A-Za-z$€£¥]+"  #: a regular expression for a sign, code or word beside an amount


def currency_sql(text: str, home: str) -> str:
    """SQL for the code of the text of a currency column; null when it is none, or a dollar and `home` is not."""
    words = _codes() | _by_word(_SIGNS) | _by_word(_WORDS)
    dollar = home if home in DOLLARS else None
    known = {word: dollar if code == DOLLAR else code for word, code in words.items()}
    bare = f"regexp_replace(upper(strip_accents({text})), '[\\s.]', '', 'g')"
    return _look_up(bare, {word: code for word, code in known.items() if code})


def currency_parts(where: Layout, money: Sequence[str], home: str) -> dict[str, str]:
    """SQL for what a row says of its currency, by part; together they are the SQL of its `currency`.

    `currency_text` and `currency_said` are its column and the code of it, `sign` the one beside the first of its
    amounts (`money`: their fields) that has one, `usual_currency` what holds without both.
    """
    amounts = [where.field_sql(name) for name in money if where.has(name)]
    signs = [f"case when {has_sign_sql(text)} then {sign_sql(text)} end" for text in amounts]
    default = literal(where.mapping.defaults.get("currency", home))
    said = (
        currency_sql(where.file_sql("currency"), home) if where.has("currency") else "cast(null as varchar)"
    )
    sign = f"coalesce({', '.join([*signs, 'null'])})"
    usual = f"coalesce({currency_sql(default, home)}, upper({default}))"
    return {
        "currency_text": where.file_sql("currency"),
        "currency_said": said,
        "sign": sign,
        "usual_currency": usual,
        "currency": f"coalesce({said}, nullif({sign}, '{DOLLAR}'), {usual})",
    }


def has_sign_sql(text: str) -> str:
    """SQL for whether something stands beside an amount that may be a currency."""
    return f"regexp_matches({text}, '{SIGN}')"


def sign_sql(text: str) -> str:
    """SQL for the code of the sign beside an amount; `DOLLAR` for a bare `$`, null when there is none we know."""
    beside = f"upper(regexp_replace({text}, '[^A-Za-z$€£¥]+', '', 'g'))"
    return _look_up(beside, _codes() | _by_word(_SIGNS))


@cache
def _codes() -> dict[str, str]:
    from babel.numbers import list_currencies

    return {code: code for code in sorted(list_currencies())}


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {word: code for code, said in words.items() for word in said.split()}


def _look_up(text: str, codes: dict[str, str]) -> str:
    entries = ", ".join(f"'{word}': '{code}'" for word, code in codes.items())
    return f"map {{{entries}}}[{text}]"
