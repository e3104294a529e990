"""What a town made dirty, in words."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.words import Text

#: By the town's own word for it: what it did, as it stands after a number.
_WORDS: Mapping[str, tuple[str, str]] = {
    "accents lost": ("cells without their accents", "cellules sans leurs accents"),
    "accents lost at home": ("cells typed without accents", "cellules tapées sans accents"),
    "age misreported": ("wrong ages", "âges inexacts"),
    "blank": ("cells left blank", "cellules laissées vides"),
    "capitals": ("names in capitals", "noms en majuscules"),
    "cut JSON lines": ("JSON lines cut short", "lignes JSON coupées"),
    "e-mail domain slip": ("slips in the domain of an e-mail", "domaines de courriel mal écrits"),
    "equal lines of one receipt": ("equal lines of one receipt", "lignes identiques d’un même reçu"),
    "fake name": ("made-up names", "noms inventés"),
    "guests of the web shop": ("purchases as a guest of the web shop", "achats en ligne comme invité"),
    "hasty typo": ("typos made in a hurry", "fautes de frappe faites à la hâte"),
    "household copied": ("values copied from somebody of the household", "valeurs copiées de quelqu’un du foyer"),
    "hyphen lost": ("names without their hyphen", "noms sans leur trait d’union"),
    "impossible dates": ("impossible dates", "dates impossibles"),
    "impossible numbers": ("impossible numbers", "nombres impossibles"),
    "mojibake": ("garbled letters", "lettres brouillées"),
    "month and day swapped": ("dates with month and day swapped", "dates où le mois et le jour sont inversés"),
    "names swapped": ("names in each other’s place", "noms et prénoms inversés"),
    "nickname": ("nicknames", "surnoms"),
    "nickname at the till": ("nicknames given at the till", "surnoms donnés à la caisse"),
    "ocr": ("letters misread from paper", "lettres mal lues sur papier"),
    "people who changed their name": ("people who changed their name", "personnes qui ont changé de nom"),
    "people who moved": ("people who moved", "personnes qui ont déménagé"),
    "people with a second e-mail": ("people with a second e-mail", "personnes qui ont un deuxième courriel"),
    "people with a shared e-mail": ("people with a shared e-mail", "personnes au courriel partagé"),
    "phonetic": ("words written by ear", "mots écrits au son"),
    "placeholder": ("values that only fill the field", "valeurs de remplissage"),
    "ragged rows": ("rows with too few or too many cells", "lignes au mauvais nombre de cellules"),
    "registered again in the shops": ("people registered again in stores", "personnes inscrites de nouveau en magasin"),
    "small letters": ("names in small letters", "noms en minuscules"),
    "sons named as their father": ("sons named as their father", "fils nommés comme leur père"),
    "stray space": ("stray spaces", "espaces égarées"),
    "twins": ("twins", "jumeaux"),
    "typo": ("typos", "fautes de frappe"),
    "whole name in one cell": ("whole names in one cell", "noms complets dans une seule cellule"),
    "wrong digit": ("wrong digits", "chiffres erronés"),
    "wrong option": ("wrong choices in a list", "mauvais choix dans une liste"),
    "wrong postcode digit": ("wrong signs in a postal code", "codes postaux erronés"),
}  # fmt: skip


def dirt_words(name: str) -> str:
    """What the town did under a word of its own."""
    known = _WORDS.get(name)
    return str(Text(en=known[0], fr=known[1])) if known else name
