"""Keys: numbers and codes that name a row, a card, an account. Orders and people read them alike."""

from __future__ import annotations

from pathlib import Path

from regulars.engine.statements import statements
from regulars.model.fields import NAMING
from regulars.model.keys import CALLED, MADE, OF_ONE
from regulars.model.person import nobody_sql
from regulars.words import Text, both

_SPREADSHEET = "regexp_replace(regexp_replace(trim({0}), '^''+', ''), '^(\\d+)\\.0+$', '\\1')"
#: A customer's number that is none.
_NO_NUMBER = "0+|-\\d+"
_NOBODY = "(?i)0+|n/?a|none|null|nan|nil|[-–.?_\\s]+|unknown|inconnue?|aucune?|test|xx+"
#: Signs of a name in a made key, at most.
_LONGEST = 60
_SQL = statements(Path(__file__).with_suffix(".sql"))


def key_sql(text: str) -> str:
    """SQL for a key as its own system writes it: no spaces around, no apostrophe in front, no `.0` of a spreadsheet."""
    return f"nullif({_SPREADSHEET.format(text)}, '')"


def called_sql(name: str) -> str:
    """SQL for a name as a part of a key: `Hélène Tremblay` is `helene-tremblay`; null for nobody in particular."""
    words = rf"trim(regexp_replace(lower(strip_accents({name})), '[^\p{{L}}\p{{N}}]+', '-', 'g'), '-')"
    return f"case when not {nobody_sql(name)} then nullif(left({words}, {_LONGEST}), '') end"


def made_key_sql(of_one: str | None = None) -> str:
    """SQL for the key of a row that has none: what names it, and what it is `called`.

    A mailbox, a telephone or a card may be a family's, or the cashier's for whoever asks for none: rows of two names
    are two records, and matching says who is one. `of_one` is a field that the file itself knows its rows by: it
    comes first, and is the whole key.
    """
    fields = sorted(NAMING, key=lambda field: field != of_one)
    called = f"coalesce('{CALLED}' || called, '')"
    keys = (
        f"'{MADE[field]}' || {field}" + ("" if field in (*OF_ONE, of_one) else f" || {called}")
        for field in fields
    )
    return f"coalesce({', '.join(keys)})"


def order_id_sql(text: str) -> str:
    """SQL for an order's number: `#1001`, `'1001` and `1001` are one."""
    return key_sql(f"regexp_replace(trim({text}), '^[''#\\s]+', '')")


def rounded_sql(text: str) -> str:
    """SQL for whether a spreadsheet has turned a key into a rounded number: `1.001E+03`."""
    return f"coalesce(regexp_full_match({text}, '\\d([.,]\\d+)?[eE]\\+?\\d{{1,2}}'), false)"


def rounded(column: str) -> Text:
    """The reason to reject such a row."""
    return both(
        "a spreadsheet rounded the number in '{column}' (1.001E+03 and the like): export that column as text",
        column=column,
    )


def customer_key_sql(text: str) -> str:
    """SQL for the customer's key on a receipt; null for what tills write when nobody is named."""
    key = key_sql(text)
    return f"case when not regexp_full_match({key}, '{_NO_NUMBER}') and not {nobody_sql(key)} then {key} end"


def naming_sql(text: str) -> str:
    """SQL for a key that can name a person: null when it only fills the field (0000, none, 99999)."""
    key = key_sql(text)
    return (
        f"case when not regexp_full_match({key}, '{_NOBODY}')"
        f" and (length({key}) < 5 or replace({key}, left({key}, 1), '') <> '') then {key} end"
    )


def key_rules_sql(text: str) -> str:
    """SQL for the rules that made `key_sql` of a text."""
    return _SQL["rules"].replace("$text", text)


def naming_rules_sql(text: str) -> str:
    """SQL for the rules that made `naming_sql` of a text."""
    refused = f"{text} is not null and {naming_sql(text)} is null"
    return f"case when {refused} then '\"invalid: placeholder\"' else {key_rules_sql(text)} end"
