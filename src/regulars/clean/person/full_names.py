"""A whole name in one column, read into its parts. What is no person's name keeps its whole form only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path

from regulars.clean.person.names import mend
from regulars.clean.person.values import Answer, settle
from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.person import BETWEEN_FAMILIES, PERHAPS_BETWEEN_FAMILIES
from regulars.model.text import plain

PARTS = ("name_prefix", "given_name", "middle_name", "family_name", "name_suffix")

TITLES = {
    "m": "M.", "mr": "Mr", "mister": "Mr", "monsieur": "M.", "mme": "Mme", "madame": "Mme", "mrs": "Mrs", "ms": "Ms",
    "miss": "Miss", "mlle": "Mlle", "mademoiselle": "Mlle", "dr": "Dr", "dre": "Dre", "docteur": "Dr", "doctor": "Dr",
    "prof": "Prof.", "professeur": "Prof.", "professor": "Prof.", "me": "Me", "maître": "Me", "rev": "Rev.",
    "sir": "Sir", "mx": "Mx", "sœur": "Sœur", "soeur": "Sœur",
}  # fmt: skip
SUFFIXES = {
    "jr": "Jr", "junior": "Jr", "fils": "Jr", "sr": "Sr", "senior": "Sr", "père": "Sr", "ii": "II", "iii": "III",
    "iv": "IV", "2nd": "II", "3rd": "III", "4th": "IV", "phd": "PhD", "md": "MD", "esq": "Esq.",
}  # fmt: skip
#: Ranks that are given names, too, where only one word follows: Major Smith, Lord Byron.
_RANKS = {
    "lord": "Lord", "lady": "Lady", "dame": "Dame", "hon": "Hon.", "honourable": "Hon.", "reverend": "Rev.",
    "father": "Father", "sister": "Sister", "major": "Major", "maj": "Major", "captain": "Captain", "capt": "Captain",
    "colonel": "Colonel", "col": "Colonel", "general": "General", "gen": "General", "admiral": "Admiral",
    "lieutenant": "Lieutenant", "lt": "Lieutenant", "sergeant": "Sergeant", "sgt": "Sergeant",
}  # fmt: skip
#: What somebody holds besides a name: "John Smith, 1st Baronet", "Henry Grey, 3rd Earl Grey".
_HELD = re.compile(
    r",?\s+\d{1,2}(?:st|nd|rd|th)\s+(?:baron(?:et|ess)?|bart|earl|countess|viscount(?:ess)?|marquess|marquis|duke|duchess)\b.*$",
    re.IGNORECASE,
)
_PARTICLES = frozenset((
    "de", "du", "des", "la", "le", "les", "d'", "van", "von", "der", "den", "ter", "ten", "zu", "di", "da",
    "do", "dos", "das", "della", "del", "bin", "ibn", "al", "el", "st", "st.", "ste", "ste.", "saint",
    "sainte",
))  # fmt: skip
#: Words behind a comma that say what somebody does, without accents. The short ones are names behind one word alone.
_PROFESSIONS = frozenset((
    "notaire", "avocat", "avocate", "medecin", "dentiste", "pharmacien", "pharmacienne", "veterinaire",
    "infirmier", "infirmiere", "psychologue", "architecte", "ingenieur", "ingenieure", "comptable",
    "courtier", "courtiere", "huissier", "huissiere", "arpenteur", "arpenteuse", "retraite", "retraitee",
    "notary", "lawyer", "attorney", "physician", "dentist", "pharmacist", "veterinarian", "nurse",
    "psychologist", "architect", "engineer", "accountant", "broker", "retired",
))  # fmt: skip
_LETTERS = frozenset((
    "ing", "cpa", "ca", "cga", "cma", "eng", "peng", "rn", "dds", "dmd", "dvm", "cfa", "mba", "msc", "bsc",
    "ba", "ma", "llb", "jd",
))  # fmt: skip
#: What such words are followed by where they tell no name: "né en 1950", "born in Laval".
_NO_NAME_BEHIND = ("en", "le", "à", "au", "in", "on", "at")
#: A family name in brackets, or behind a comma.
_ASIDE = re.compile(
    rf"(?:,\s*(?=(?:{'|'.join(BETWEEN_FAMILIES)})\b)|[(\[{{])\s*"
    rf"({'|'.join((*BETWEEN_FAMILIES, *PERHAPS_BETWEEN_FAMILIES))})\b\.?"
    rf"\s+(?!(?:{'|'.join(_NO_NAME_BEHIND)})\s)([^)\]}},\d]+)(?:[)\]}}]|(?=,)|$)",
    re.IGNORECASE,
)
#: How they are written with their accents.
_ACCENTED = {plain(word): word for word in BETWEEN_FAMILIES}
_BRACKETS = re.compile(r"[(\[{][^)\]}]*(?:[)\]}]|$)")
_AND = ("et", "and", "&", "+")
_COMPANIES = (
    "inc", "ltd", "ltee", "llc", "corp", "co", "gmbh", "sarl", "sas", "enr", "cie", "company", "services?",
    "restaurant", "clinique", "ecole", "school", "church", "ville de",
)  # fmt: skip
_COMPANY = re.compile(rf"\b(?:{'|'.join(_COMPANIES)})\b")
_ORDINAL = re.compile(r"(?<=\w)[ ,]+(?:2nd|3rd|4th)$", re.IGNORECASE)
_INITIALS = re.compile(r"[^\W\d_]\.?(?:-?[^\W\d_]\.)*")
#: Of two plain words, those that are not a given and a family name: small, without accents.
_BY_HAND = (
    rf"\b(?:{'|'.join(dict.fromkeys(plain(word) for word in (*TITLES, *SUFFIXES, 'et', 'and', *_COMPANIES)))})\b"
    rf"|, ?(?:{'|'.join(sorted(_PROFESSIONS))})$"
)
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True)
class FullName:
    """The parts of a name, as they were written; None where there is none."""

    name_prefix: str | None = None
    given_name: str | None = None
    middle_name: str | None = None
    family_name: str | None = None
    name_suffix: str | None = None


def settle_full_names(session: Session, name: str, relation: str, column: str) -> None:
    """Leave under `name` the parts of every whole name in a column, by `found`."""
    session.view(
        "found_full_names", f"select distinct {column} as found from {relation} where {column} is not null"
    )
    lead = _capitals_lead(session)
    by_hand = partial(full_name_by_hand, capitals_lead=lead)
    words: dict[str, object] = {"by_hand": _BY_HAND}
    settle(
        session, name, _SQL["full_names"], keys=("found",), answers=PARTS, by_hand=by_hand, parameters=words
    )


def _capitals_lead(session: Session) -> bool:
    """Is a capital word before others the family name (`ROY Anne`), as in the lists of many French systems?

    It is a habit of a whole column, of at least one name in ten; fewer, or fewer than end in capitals (`Anne ROY`), are
    names that somebody typed loudly, and stand in the usual order.
    """
    (told,) = session.rows(_SQL["capitals"]).to_pylist()
    return bool(10 * told["lead_loud"] >= told["names"] and told["lead_loud"] >= told["end_loud"])


@lru_cache(maxsize=100_000)
def full_name_by_hand(found: str, *, capitals_lead: bool = True) -> Answer:
    """The parts of one whole name, in the order of `PARTS`."""
    answer: Answer = attrgetter(*PARTS)(parse(found, capitals_lead=capitals_lead))
    return answer


def parse(text: str, *, capitals_lead: bool = True) -> FullName:
    """The parts of a whole name, `Given Family` or `FAMILY, Given`; all None when it is not a person's name.

    `capitals_lead`: one capital word before others is a family name, `FAMILY Given`.

    >>> name = parse("Mme Marie-Ève de la Fontaine-Côté")
    >>> name.name_prefix, name.given_name, name.family_name
    ('Mme', 'Marie-Ève', 'de la Fontaine-Côté')
    >>> parse("SMITH Jr, Robert E.").name_suffix
    'Jr'
    >>> name = parse("Marie Tremblay (née Côté)")
    >>> name.given_name, name.family_name
    ('Marie', 'Tremblay née Côté')
    >>> couple = parse("M. et Mme Tremblay")
    >>> couple.name_prefix, couple.given_name, couple.family_name
    ('M. et Mme', None, 'Tremblay')
    """
    text = _BRACKETS.sub(" ", _ASIDE.sub(_beside, mend(text)))
    text = _HELD.sub("", " ".join(text.split())).strip(" ,")
    if both := _couple(text.split()):
        return both
    if _COMPANY.search(plain(text)) or any(
        sign.isdigit() or sign in "@&/" for sign in _ORDINAL.sub("", text)
    ):
        return FullName()
    before, comma, after = text.partition(",")
    front, front_suffix = _suffix(before.split())
    behind, behind_suffix = _suffix(after.replace(",", " ").split())
    suffix = front_suffix or behind_suffix
    works = _is_profession(behind, beside=len(front))
    if works:
        behind = []
    if comma and behind:
        prefix, given = _prefix(behind)
        front_prefix, family = _prefix(front)
        if at := _between_families(given):
            given, family = given[:at], [*family, *given[at:]]
        return _made(prefix or front_prefix, given, family, suffix)
    prefix, words = _prefix(front)
    given, family = _divided(words, titled=works or prefix is not None, capitals_lead=capitals_lead)
    return _made(prefix, given, family, suffix)


def _is_profession(words: list[str], *, beside: int) -> bool:
    """Do words behind a comma say what somebody does? `beside`: how many words stand before it."""
    first = plain(words[0].replace(".", "")) if words else ""
    return first in _PROFESSIONS or (beside > 1 and first in _LETTERS)


def _couple(words: list[str]) -> FullName | None:
    """Two who share a family name: no given name is the name of both. Two with a name each have none in common."""
    at = next((place for place, word in enumerate(words[1:-1], 1) if word.lower() in _AND), None)
    if at is None:
        return None
    title, ahead = _title(words[:at])
    other, behind = _title(words[at + 1 :])
    titles = title is not None and other is not None and not ahead
    shared = words[at].isalpha() and len(ahead) < 2 and (other is not None or len(behind) > 1)
    if not behind or not (titles or shared):
        return None if words[at] in "&+" else FullName()
    family = _divided(behind, titled=True, capitals_lead=True)[1] if len(behind) > 1 else behind
    return FullName(
        name_prefix=f"{title} {words[at].lower()} {other}" if titles else None, family_name=" ".join(family)
    )


def _title(words: list[str]) -> tuple[str | None, list[str]]:
    """The title that some words begin with, which may be all of them, and the rest."""
    title = TITLES.get(words[0].rstrip(".").lower())
    return title, words[1:] if title else words


def _made(prefix: str | None, given: list[str], family: list[str], suffix: str | None) -> FullName:
    if not given and not family:
        return FullName()
    return FullName(
        name_prefix=prefix,
        given_name=given[0] if given else None,
        middle_name=" ".join(given[1:]) or None,
        family_name=" ".join(family) or None,
        name_suffix=suffix,
    )


def _divided(words: list[str], *, titled: bool, capitals_lead: bool) -> tuple[list[str], list[str]]:
    """Given names and family name of words in their usual order; capitals tell when only one of them has any."""
    if at := _between_families(words):
        return _two_families(words, at, capitals_lead=capitals_lead)
    if len(words) < 2:
        return ([], words) if titled else ([], [])
    loud = [_is_loud(word) for word in words]
    if any(loud) and not all(loud):
        if loud[0] and not loud[-1] and capitals_lead:
            cut = loud.index(False)
            return words[cut:], words[:cut]
        if loud[-1] and not loud[0]:
            cut = loud.index(True)
            return _family_from(words, cut)
    return _family_from(words, len(words) - 1)


def _beside(aside: re.Match[str]) -> str:
    """A family name out of its brackets, the word before it with its accent: "(NEE COTE)" is "née COTE"."""
    word, name = aside.groups()
    return f" {_ACCENTED.get(word.lower(), word)} {name} "


def _between_families(words: list[str]) -> int:
    """Where a word stands between two family names; 0 where none does."""
    for place, word in enumerate(words[1:-1], 1):
        between, ahead, behind = (
            one.rstrip(".").lower() for one in (word, words[place - 1], words[place + 1])
        )
        perhaps = between in PERHAPS_BETWEEN_FAMILIES and place > 1 and ahead not in _PARTICLES
        if (between in BETWEEN_FAMILIES or perhaps) and behind not in _NO_NAME_BEHIND:
            return place
    return 0


def _two_families(words: list[str], at: int, *, capitals_lead: bool) -> tuple[list[str], list[str]]:
    """Given names and both family names, with the word between them that stands at `at`: in both orders."""
    behind = [_is_loud(word) for word in words[at + 1 :]]
    if capitals_lead and all(map(_is_loud, words[:at])) and behind[0] and not behind[-1]:
        cut = at + 1 + behind.index(False)
        return words[cut:], words[:cut]
    given, family = _divided(words[:at], titled=True, capitals_lead=capitals_lead)
    return given, [*family, *words[at:]]


def _is_loud(word: str) -> bool:
    return word.isupper() and len(word) > 2 and not _INITIALS.fullmatch(word)


def _family_from(words: list[str], cut: int) -> tuple[list[str], list[str]]:
    while cut > 1 and words[cut - 1].lower() in _PARTICLES:
        cut -= 1
    return words[:cut], words[cut:]


def _prefix(words: list[str]) -> tuple[str | None, list[str]]:
    taken: str | None = None
    while len(words) > 1:
        if taken and words[0].lower() in ("le", "la") and words[1].rstrip(".").lower() in TITLES:
            words = words[1:]  # Monsieur le docteur
        word = words[0].rstrip(".").lower()
        title = TITLES.get(word) or (_RANKS.get(word) if len(words) > 2 else None)
        if title is None or len(words) < 2:
            break
        taken = taken or title
        words = words[1:]
    return taken, words


def _suffix(words: list[str]) -> tuple[list[str], str | None]:
    if words and words[-1].replace(".", "").lower() in SUFFIXES:
        return words[:-1], SUFFIXES[words[-1].replace(".", "").lower()]
    return words, None
