"""Words that mean something where a name or an identifier should stand."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from regulars.model.person import BETWEEN_FAMILIES, PERHAPS_BETWEEN_FAMILIES
from regulars.model.text import plain

#: What stands before the @ of an address that is everybody's at work; a pattern.
ROLE_MAILBOXES = (
    "info|infos|contact|hello|bonjour|allo|mail|courrier|courriel|ventes?|sales|commandes?|orders?|achats?|purchasing|"
    "reception|accueil|admin|administration|office|bureau|secretariat|direction|compta|comptabilite|accounting|accounts?|"
    "facturation|facture|billing|invoices?|service|services|serviceclients?|customerservice|support|help|aide|team|equipe|"
    "marketing|rh|hr|emplois?|jobs|magasin|boutique|shop|store|garage|clinique|restaurant"
)
#: What stands before the @ where somebody would not give an address; a pattern.
NO_MAILBOXES = (
    r"none|no|null|na|no[._-]?e?mail|no[._-]?reply|do[._-]?not[._-]?reply|unknown|inconnu|anonym\w*|aucun"
    "|test"
)
#: What stands where an identifier should, without its punctuation.
NO_VALUES = ("", "null", "none", "nil", "na", "nan", "unknown", "inconnu", "aucun", "undefined", "test")
#: What parts several who bear one name, by the words for it, without accents and punctuation.
SUFFIXES = {
    "jr": "jr", "junior": "jr", "fils": "jr", "sr": "sr", "senior": "sr", "pere": "sr",
    "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii", "iv": "iv",
}  # fmt: skip
#: Those that may stand behind a given name, and behind a family name; patterns.
BEHIND_GIVEN = "|".join(dict.fromkeys(SUFFIXES.values()))
BEHIND_FAMILY = "|".join(filter(str.isalpha, SUFFIXES))

#: A given name that is written by its initials, "j p" or "jp": it is compared by the first of them.
ONLY_INITIALS = "^(?:([a-z])(?: [a-z])+|([b-df-hj-np-tv-xz])[b-df-hj-np-tv-xz])$"
#: A family name with that of before a marriage, or behind it, in names without accents and punctuation: "tremblay nee
#: cote". The first is the one that is gone by. "ne" alone may be a name: Lê Ne Tran.
_BETWEEN = dict.fromkeys(map(plain, (*BETWEEN_FAMILIES, *PERHAPS_BETWEEN_FAMILIES)))
TWO_FAMILIES = rf"^(.*?\S\S) (?:{'|'.join(word for word in _BETWEEN if word != 'ne')}) (\S.*\S)$"


@cache
def other_names() -> dict[str, list[str]]:
    """Names that are written alike and are borne by others, by name: Simon and Simone, Yves and Yvon."""
    with Path(__file__).with_name("other_names.csv").open(encoding="utf-8") as file:
        return {row["name"]: row["others"].split() for row in csv.DictReader(file)}


@cache
def given_names() -> frozenset[str]:
    """Common given names in English and French, one spelling of each: of two records with another one each, neither
    is a slip of the other. Julie is not Julien, nor Tim Tom."""
    with Path(__file__).with_name("given_names.csv").open(encoding="utf-8") as file:
        return frozenset(name for row in csv.DictReader(file) for name in row["names"].split())


def _other_ending(nickname: str) -> str:
    """Eddy is Eddie."""
    return re.sub("(?<=..)(ie|y)$", lambda found: "y" if found[0] == "ie" else "ie", nickname)


@cache
def no_names(column: str) -> frozenset[str]:
    """Words that stand where a `given` or a `family` name should and are nobody's: Madame, Guest, Grandson.

    What people write who would rather not say, and clerks who do not ask; surveys know the kind.
    """
    with Path(__file__).with_name("no_names.csv").open(encoding="utf-8") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if column in row["columns"].split())


@cache
def formal_names() -> dict[str, list[str]]:
    """The formal names that a name may be short for, itself included, by name."""
    roots: dict[str, set[str]] = {}
    with Path(__file__).with_name("nicknames.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in (row["name"], *row["nicknames"].split()):
                for spelt in {name, _other_ending(name)}:
                    roots.setdefault(spelt, {spelt}).add(row["name"])
    return {name: sorted(roots[name]) for name in sorted(roots)}
