"""Keys: numbers and codes that name a row, a card, an account. Orders and people read them alike."""

from __future__ import annotations

from pathlib import Path

from regulars.engine.statements import statements
from regulars.model.person import nobody_sql
from regulars.words import Text, both

_SPREADSHEET = "regexp_replace(regexp_replace(trim({0}), '^''+', ''), '^(\\d+)\\.0+$', '\\1')"
#: A customer's number that is none.
_NO_NUMBER = "0+|-\\d+"
_NOBODY = "(?i)0+|n/?a|none|null|nan|nil|[-–.?_\\s]+|unknown|inconnue?|aucune?|test|xx+"
_SQL = statements(Path(__file__).with_suffix(".sql"))


def key_sql(text: str) -> str:
    """SQL for a key as its own system writes it: no spaces around, no apostrophe in front, no `.0` of a spreadsheet."""
    return f"nullif({_SPREADSHEET.format(text)}, '')"


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
