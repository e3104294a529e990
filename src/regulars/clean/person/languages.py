"""Languages, by their ISO 639-1 code: `fr`, `French`, `français`, `fr-CA`, `fre`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale

from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, distinct, settle
from regulars.engine import Session

_WORDS = {
    "f": "fr", "fra": "fr", "fre": "fr", "franc": "fr", "francophone": "fr", "fr_ca": "fr", "francais": "fr",
    "e": "en", "a": "en", "eng": "en", "ang": "en", "angl": "en", "anglophone": "en",
}  # fmt: skip


def settle_languages(session: Session, name: str, relation: str, column: str) -> None:
    """Leave under `name` every language of a column: `found`, `standard`, `rules`."""
    sql = f"select found, null as standard, null as rules, false as settled from ({distinct(relation, [column])})"
    settle(session, name, sql, keys=("found",), answers=("standard", "rules"), by_hand=language_by_hand)


@lru_cache(maxsize=10_000)
def language_by_hand(found: str) -> Answer:
    """The code of one language, and the rules that made it.

    >>> language_by_hand("Français"), language_by_hand("en-US"), language_by_hand("Klingon")
    (('fr', '"code"'), ('en', '"code"'), (None, '"invalid: not a language"'))
    """
    word = found.strip().casefold()
    start = word.replace("_", "-").partition("-")[0].partition("(")[0].strip()
    code = _WORDS.get(word) or _named().get(word) or _WORDS.get(start) or _named().get(start)
    if code is None:
        return None, written(["invalid: not a language"])
    return code, written(["code"] if code != found else [])


@cache
def _named() -> Mapping[str, str]:
    """Every two-letter language, by its code and by its name in English, French and itself."""
    named: dict[str, str] = {}
    for spoken in ("en", "fr"):
        for code, name in Locale(spoken).languages.items():
            if len(code) == 2:
                named |= {name.casefold(): code, code: code}
    for code in tuple(set(named.values())):
        if code in ("es", "it", "de", "pt", "nl", "ar", "zh", "vi", "pl", "ru", "uk", "ro", "el"):
            named[(Locale(code).get_language_name(code) or code).casefold()] = code
    return named
