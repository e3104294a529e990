"""Genders as people write them: F, M, X."""

from __future__ import annotations

from functools import lru_cache

from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, distinct, settle
from regulars.engine import Session

_WORDS = {
    "F": "f female femme femelle féminin feminin woman women fille girl lady madame mme mrs ms miss mlle w frau mujer",
    "M": "m male homme mâle masculin man men garçon boy monsieur mr mister h mann hombre",
    "X": "x other autre non-binary nonbinary non-binaire nb divers diverse",
}
_CODES = {word: code for code, words in _WORDS.items() for word in words.split()}
_UNKNOWN = frozenset(
    ["u", "unknown", "inconnu", "inconnue", "n/a", "na", "null", "none", "-", "?", "0", "9", "unspecified"]
)


def settle_genders(session: Session, name: str, relation: str, column: str) -> None:
    """Leave under `name` every gender of a column: `found`, `standard`, `rules`."""
    sql = f"select found, null as standard, null as rules, false as settled from ({distinct(relation, [column])})"
    settle(session, name, sql, keys=("found",), answers=("standard", "rules"), by_hand=gender_by_hand)


@lru_cache(maxsize=10_000)
def gender_by_hand(found: str) -> Answer:
    """The code of one word, and the rules that made it.

    >>> gender_by_hand("Femme"), gender_by_hand("M"), gender_by_hand("unknown")
    (('F', '"code"'), ('M', None), (None, '"invalid: placeholder"'))
    """
    word = found.strip().rstrip(".").casefold()
    if word in _UNKNOWN:
        return None, written(["invalid: placeholder"])
    code = _CODES.get(word)
    if code is None:
        return None, written(["invalid: not a gender"])
    return code, written(["code"] if code != found else [])
