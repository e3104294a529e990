"""What people write in a rule, in the strict words that rules are read in.

`last_order_day < 2026-01-01` becomes `… < '2026-01-01'`, `city contains 'Mont'` becomes `city like '%Mont%'` and so on,
in English and in French. A text between double quotes is one. What stands between quotes is left as it is.
"""

from __future__ import annotations

import re

_QUOTED = r"'(?:[^']|'')*'"
_PATTERN = re.compile(
    rf"""
      \b(?P<how>(?:does\s+not\s+contain|(?:not\s+)?contains|ne\s+contient\s+pas|contient
        |(?:not\s+)?(?:begins|starts)\s+with|commence\s+par|(?:not\s+)?ends\s+with|finit\s+par))\s+(?P<part>{_QUOTED})
    | \bsegment\s*(?P<sign>=|<>|!=)\s*(?P<segment>{_QUOTED})
    | (?P<string>{_QUOTED})
    | (?P<field>\."[^"]*")
    | "(?P<text>[^"']*)"
    | (?<![\w-])(?P<date>\d{{4}}-\d{{2}}(?:-\d{{2}})?)(?![\w-])
    | (?<![\w.])(?P<percent>\d+(?:[.,]\d+)?)\s?%(?!\s*[\w(])
    | \b(?:is|est)\s+(?P<unknown>unknown|not\s+known|inconnue?)\b
    | \b(?:is|est)\s+(?P<known>known|not\s+unknown|connue?)\b
    | \b(?P<spelling>favorite_)
    | \b(?P<word>et|ou|non|dans|entre)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORDS = {"et": "and", "ou": "or", "non": "not", "dans": "in", "entre": "between"}


def strict(text: str) -> str:
    """The rule in strict words."""
    return _PATTERN.sub(_strict, text)


def _strict(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "part":
            return _like(" ".join(found["how"].lower().split()), found["part"][1:-1])
        case "segment":
            return f"{'' if found['sign'] == '=' else 'not '}in_segment({found['segment']})"
        case "text":
            return f"'{found['text']}'"
        case "date":
            return f"'{found['date']}'"
        case "percent":
            return f"'{found['percent']} %'"
        case "unknown":
            return "is null"
        case "known":
            return "is not null"
        case "spelling":
            return "favourite_"
        case "word":
            return _WORDS[found["word"].lower()]
        case _:
            return found[0]


def _like(how: str, part: str) -> str:
    before = "" if "begins" in how or "starts" in how or how.startswith("commence") else "%"
    after = "" if "ends" in how or how.startswith("finit") else "%"
    negated = how.startswith(("not ", "does not", "ne "))
    return f"{'not ' if negated else ''}like '{before}{part}{after}'"
