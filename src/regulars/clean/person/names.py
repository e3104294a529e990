"""Names of people and places: spaces, garbled letters, capitals. Nothing is taken off that says something."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import ftfy

from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, distinct, settle
from regulars.clean.row.unseen import seen
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.person import BETWEEN_FAMILIES

#: Words that stay small inside a name or a street.
SMALL_WORDS = frozenset((
    "de", "du", "des", "d", "la", "le", "les", "l", "et", "sur", "sous", "aux", "au",
    "en", "van", "von", "der", "den", "ter", "ten", "zu", "di", "da", "do", "dos", "das", "della", "del",
    "y", "e", "of", "the", "and",
))  # fmt: skip
#: Mac is a prefix in these, and two letters of a word in most others (Mackay is one, Macé another).
_MACS = frozenset((
    "macarthur", "macaulay", "macbride", "maccallum", "macdonald", "macdonell", "macdougall", "maceachern",
    "macfarlane", "macgillivray", "macgregor", "macintosh", "macintyre", "macisaac", "mackenzie",
    "mackinnon", "maclean", "maclellan", "maclennan", "macleod", "macmillan", "macneil", "macneill",
    "macpherson", "macqueen",
))  # fmt: skip
_ROMAN = frozenset(("ii", "iii", "iv"))
_PLACEHOLDERS = frozenset((
    "n/a", "#n/a", "null", "(null)", "none", "nan", "nil", "unknown", "inconnu", "inconnue", "aucun",
    "aucune", "-", "--", "---", ".", "..", "?", "??", "x", "xx", "xxx",
))  # fmt: skip
#: Written so, they name people.
_NAMES = frozenset(("Nan", "Nil", "Null"))
_SPACES = re.compile(r"[\s\u00a0\u200b\u202f\ufeff]+")
_GARBLED = re.compile(
    r"[ÃÂÄÅâ€][\u0080-\u00bf\u20ac\u201a-\u2026\u02c6\u2030\u0152-\u0178\u2018-\u2022\u2122]|&#?\w+;"
)
_WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)
#: What stands between two names that are each written by a habit of its own: TREMBLAY (née Côté).
_BETWEEN_FAMILIES = re.compile(rf"( \(?(?:{'|'.join(BETWEEN_FAMILIES)})\.? )", re.IGNORECASE)
_SQL = statements(Path(__file__).with_suffix(".sql"))


def settle_names(session: Session, name: str, relation: str, columns: Sequence[str]) -> None:
    """Leave under `name` the standard form of every name in those columns: `found`, `standard`, `rules`."""
    session.view("found_names", distinct(relation, columns))
    settle(session, name, _SQL["names"], keys=("found",), answers=("standard", "rules"), by_hand=name_by_hand)


@lru_cache(maxsize=200_000)
def name_by_hand(found: str) -> Answer:
    """The standard form of one name, and the rules that made it.

    >>> name_by_hand("  LAFRENIÃˆRE-MCDONALD ")
    ('Lafrenière-McDonald', '"spaces","encoding","case"')
    """
    rules: list[str] = []
    text = _SPACES.sub(" ", found).strip()
    _note(rules, "spaces", text != found)
    mended = mend(text)
    _note(rules, "encoding", mended != text)
    if mended.lower() in _PLACEHOLDERS and mended not in _NAMES:
        return None, written(["invalid: placeholder"])
    cased = _cased(mended)
    _note(rules, "case", cased != mended)
    return cased, written(rules)


def mend(text: str) -> str:
    """Text whose letters were garbled by a wrong encoding, restored; the rest of such letters, which nobody sees, goes.

    >>> mend("FranÃ§ois"), mend("L&#39;Heureux"), mend("Ângela")
    ('François', "L'Heureux", 'Ângela')
    """
    return seen(ftfy.fix_encoding(html.unescape(text)) if _GARBLED.search(text) else text, garbled=True)


def proper(text: str) -> str:
    """Capitals as a person writes them.

    >>> proper("O'BRIEN"), proper("marie-ève de la fontaine-côté"), proper("JOHN MCDONALD III")
    ("O'Brien", 'Marie-Ève de la Fontaine-Côté', 'John McDonald III')
    """
    lowered = text.lower()
    return _WORDS.sub(lambda found: _proper_word(found.group(), lowered, found.start()), lowered)


def _proper_word(word: str, text: str, start: int) -> str:
    before, after = text[start - 1 : start], text[start + len(word) :][:1]
    if before and before in "'’" and len(word) == 1:
        return word  # the s of Joe's
    if before.isdigit():
        return word  # 145th
    if word in _ROMAN and start:
        return word.upper()
    if start and before in " -" and word in SMALL_WORDS and after in (" ", "-", "'", "’"):
        return word
    if start == 0 and word in SMALL_WORDS and after == " ":
        return word if word not in ("le", "la", "les", "the", "do", "e", "en") else word.capitalize()
    if word in _MACS:
        return "Mac" + word[3:].capitalize()
    if word.startswith("mc") and len(word) > 3:
        return "Mc" + word[2:].capitalize()
    return word.capitalize()


def _cased(text: str) -> str:
    """Capitals as a person writes them, where nobody chose those that stand there."""
    first, *rest = _BETWEEN_FAMILIES.split(text, maxsplit=1)
    if rest:
        between, second = rest
        return f"{_cased(first)}{between.lower() if _one_case(text) else between}{_cased(second)}"
    return proper(text) if _one_case(text) else text


def _one_case(text: str) -> bool:
    """All capitals or all small: so nobody chose them. An initial or a short particle is left as it is."""
    return (text.isupper() and len(text) > 1) or text.islower()


def _note(rules: list[str], rule: str, changed: bool) -> None:
    if changed:
        rules.append(rule)
