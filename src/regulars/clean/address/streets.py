"""Streets: the kind of street in full, the direction as a letter, in English and in French. No word is taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from regulars.clean.person.names import mend, proper
from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, distinct, settle
from regulars.engine import Session

_ENGLISH = """
Street st str | Avenue ave av aven | Road rd | Drive dr drv | Boulevard blvd boul bvd | Lane ln | Place pl
Court ct crt | Crescent cres cr | Circle cir | Circuit cct | Square sq | Terrace ter terr tce
Parkway pkwy pky | Highway hwy | Trail trl | Way wy | Close cl | Gardens gdns | Grove grv gr | Parade pde
Row | Loop | Plaza plz | Expressway expy | Cove cv | Point pt | Crossing xing | Alley aly
"""
_FRENCH = """
Rue r | Avenue av ave | Boulevard boul bd bvd blvd bld | Chemin ch che | Place pl | Route rte | Montée mtée
Impasse imp | Allée all allee | Quai q | Côte | Rang rg | Cours crs | Square sq | Terrasse terr | Cité
Villa | Faubourg fg | Promenade prom | Croissant | Passage | Ruelle | Lieu-dit
"""
_DIRECTIONS = """
N north nord | S south sud | E east est | W west | O ouest | NE | NW | SE | SW | NO | SO
"""


def _read(table: str) -> Mapping[str, str]:
    """The standard word by every way of writing it, of a table as above: the standard word, then the others."""
    entries = [entry.split() for entry in table.replace("\n", "|").split("|") if entry.strip()]
    return {word.lower(): entry[0] for entry in entries for word in entry}


ENGLISH_TYPES = _read(_ENGLISH)  #: kinds of street that stand behind the name
FRENCH_TYPES = _read(_FRENCH)  #: kinds of street that stand in front of it
DIRECTIONS = _read(_DIRECTIONS)
_POST = frozenset(("RR", "PO", "CP"))  #: rural route, post office, case postale
_OF = frozenset(("de", "du", "des", "la", "le", "les", "d", "the", "of"))
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def settle_streets(session: Session, name: str, relation: str, columns: Sequence[str]) -> None:
    """Leave under `name` the standard form of every street in those columns: `found`, `standard`, `rules`."""
    sql = f"select found, null as standard, null as rules, false as settled from ({distinct(relation, columns)})"
    settle(session, name, sql, keys=("found",), answers=("standard", "rules"), by_hand=street_by_hand)


@lru_cache(maxsize=200_000)
def street_by_hand(found: str) -> Answer:
    """The standard form of a street without its number, and the rules that made it.

    >>> street_by_hand("boul. rené-lévesque ouest")[0], street_by_hand("st clair ave w")[0]
    ('Boulevard René-Lévesque O', 'St Clair Avenue W')
    """
    rules: list[str] = []
    text = _SPACES.sub(" ", found).strip(" ,")
    if text != found:
        rules.append("spaces")
    mended = mend(text)
    if mended != text:
        rules.append("encoding")
    cased = proper(mended) if mended.isupper() or mended.islower() else mended
    words = cased.split(" ")
    if words[0].upper() in _POST and len(words) > 1:
        words[0] = words[0].upper()
    if " ".join(words) != mended:
        rules.append("case")
    if _shorten_direction(words):
        rules.append("direction")
    if _write_type(words):
        rules.append("street type")
    return " ".join(words) or None, written(rules)


def type_at(words: Sequence[str]) -> int | None:
    """The place of the word that says what kind of street it is, or None."""
    plain = [word.lower().rstrip(".") for word in words]
    behind = len(plain) - 1 - (len(plain) > 2 and plain[-1] in DIRECTIONS)
    english = behind > 0 and plain[behind] in ENGLISH_TYPES
    if len(plain) > 1 and plain[0] in FRENCH_TYPES and not (english and len(plain[0]) == 1):
        return 0  # but R Street NW is Washington's
    return behind if english else None


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
