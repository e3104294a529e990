"""Streets: the kind of street in full, the direction as a letter, in English and in French. No word is taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from regulars.clean.names import mend, proper
from regulars.clean.rules import written
from regulars.clean.values import Answer, distinct, settle
from regulars.engine import Session

#: Kinds of street that stand behind the name (English) …
ENGLISH_TYPES = {
    "st": "Street", "str": "Street", "street": "Street", "ave": "Avenue", "av": "Avenue", "aven": "Avenue", "avenue": "Avenue",
    "rd": "Road", "road": "Road", "dr": "Drive", "drv": "Drive", "drive": "Drive", "blvd": "Boulevard", "boul": "Boulevard",
    "bvd": "Boulevard", "boulevard": "Boulevard", "ln": "Lane", "lane": "Lane", "pl": "Place", "place": "Place", "ct": "Court",
    "crt": "Court", "court": "Court", "cres": "Crescent", "cr": "Crescent", "crescent": "Crescent", "cir": "Circle", "circle": "Circle",
    "cct": "Circuit", "circuit": "Circuit", "sq": "Square", "square": "Square", "ter": "Terrace", "terr": "Terrace", "tce": "Terrace",
    "terrace": "Terrace", "pkwy": "Parkway", "pky": "Parkway", "parkway": "Parkway", "hwy": "Highway", "highway": "Highway",
    "trl": "Trail", "trail": "Trail", "way": "Way", "wy": "Way", "close": "Close", "cl": "Close", "gdns": "Gardens", "gardens": "Gardens",
    "grv": "Grove", "gr": "Grove", "grove": "Grove", "pde": "Parade", "parade": "Parade", "row": "Row", "loop": "Loop", "plz": "Plaza",
    "plaza": "Plaza", "expy": "Expressway", "cv": "Cove", "cove": "Cove", "pt": "Point", "xing": "Crossing", "aly": "Alley",
}  # fmt: skip
#: … and in front of it (French).
FRENCH_TYPES = {
    "rue": "Rue", "r": "Rue", "av": "Avenue", "ave": "Avenue", "avenue": "Avenue", "boul": "Boulevard", "bd": "Boulevard",
    "bvd": "Boulevard", "blvd": "Boulevard", "bld": "Boulevard", "boulevard": "Boulevard", "ch": "Chemin", "che": "Chemin", "chemin": "Chemin",
    "pl": "Place", "place": "Place", "rte": "Route", "route": "Route", "mtée": "Montée", "montée": "Montée", "imp": "Impasse",
    "impasse": "Impasse", "all": "Allée", "allée": "Allée", "allee": "Allée", "quai": "Quai", "q": "Quai", "côte": "Côte", "rang": "Rang",
    "rg": "Rang", "cours": "Cours", "crs": "Cours", "sq": "Square", "square": "Square", "terr": "Terrasse", "terrasse": "Terrasse",
    "cité": "Cité", "villa": "Villa", "fg": "Faubourg", "faubourg": "Faubourg", "promenade": "Promenade", "prom": "Promenade",
    "croissant": "Croissant", "passage": "Passage", "ruelle": "Ruelle", "lieu-dit": "Lieu-dit",
}  # fmt: skip
DIRECTIONS = {
    "n": "N", "north": "N", "nord": "N", "s": "S", "south": "S", "sud": "S", "e": "E", "east": "E", "est": "E",
    "w": "W", "west": "W", "o": "O", "ouest": "O", "ne": "NE", "nw": "NW", "se": "SE", "sw": "SW", "no": "NO", "so": "SO",
}  # fmt: skip
_OF = frozenset(("de", "du", "des", "la", "le", "les", "d", "the", "of"))
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def settle_streets(session: Session, name: str, relation: str, columns: Sequence[str]) -> None:
    """Leave under `name` the standard form of every street in those columns: `found`, `standard`, `rules`."""
    sql = f"select found, null as standard, null as rules, false as settled from ({distinct(relation, columns)})"
    settle(session, name, sql, keys=("found",), answers=("standard", "rules"), by_hand=street_by_hand)


@lru_cache(maxsize=200_000)
def street_by_hand(found: str) -> Answer:
    """The standard form of a street without its number, and the rules that made it.

    >>> street_by_hand("boul. RENÉ-LÉVESQUE ouest")[0], street_by_hand("st clair ave w")[0], street_by_hand("145th st")[0]
    ('Boulevard René-Lévesque O', 'St Clair Avenue W', '145th Street')
    """
    rules: list[str] = []
    text = _SPACES.sub(" ", found).strip(" ,")
    if text != found:
        rules.append("spaces")
    mended = mend(text)
    if mended != text:
        rules.append("encoding")
    cased = proper(mended) if mended.isupper() or mended.islower() else mended
    if cased != mended:
        rules.append("case")
    words = cased.split(" ")
    if _shorten_direction(words):
        rules.append("direction")
    if _write_type(words):
        rules.append("street type")
    return " ".join(words) or None, written(rules)


def type_at(words: Sequence[str]) -> int | None:
    """The place of the word that says what kind of street it is, or None."""
    plain = [word.lower().rstrip(".") for word in words]
    if len(plain) > 1 and plain[0] in FRENCH_TYPES and not (plain[0] in ENGLISH_TYPES and plain[1] in DIRECTIONS):
        return 0
    behind = len(plain) - 1 - (len(plain) > 2 and plain[-1] in DIRECTIONS)
    return behind if behind > 0 and plain[behind] in ENGLISH_TYPES else None


def _write_type(words: list[str]) -> bool:
    where = type_at(words)
    if where is None:
        return False
    plain = words[where].lower().rstrip(".")
    full = FRENCH_TYPES[plain] if where == 0 else ENGLISH_TYPES[plain]
    if words[where].casefold() == full.casefold():
        return False
    words[where] = full
    return True


def _shorten_direction(words: list[str]) -> bool:
    """The last word, when it is a direction of the street and not its name (rue du Nord)."""
    plain = words[-1].lower().rstrip(".")
    if len(words) < 3 or plain not in DIRECTIONS or words[-2].lower().rstrip("'’") in _OF:
        return False
    short = DIRECTIONS[plain]
    changed = short.casefold() != words[-1].casefold()
    words[-1] = short
    return changed
