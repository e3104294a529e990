"""House numbers behind their street, as in most of Europe and Latin America: `Hauptstraße 12a`, `Via Roma, 12`."""

from __future__ import annotations

import re

from regulars.clean.address.streets import ENGLISH_TYPES, FRENCH_TYPES

_NUMBER = r"\d{1,5}(?:\s?[A-Za-z]\b)?(?:\s?[-/]\s?(?:\d{1,4}[A-Za-z]?|[A-Za-z]{1,3})\b)?(?:\s(?:bis|ter)\b)?"
#: A piece between commas that is a number and, perhaps, what lies behind its door: `123 - Apto 45`, `47 Piano 0`.
BARE_NUMBER = re.compile(
    rf"(?P<number>{_NUMBER})(?:\s?[-–]\s(?P<rest>.*)|\s(?P<floor>(?:piano|piso|scala|esc|int|interno|puerta|planta|andar|apto?)\b.*))?",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"(?P<street>[^\W\d].*[^\W\d]{{2}}\.?)[\s,]+(?P<number>{_NUMBER})", re.IGNORECASE)
#: Kinds of roads that are numbered, whatever stands before them.
_ROADS = frozenset(
    [
        "rang", "route", "rte", "chemin", "ch", "autoroute", "highway", "hwy",
    ]
)  # fmt: skip
#: Words before a number that is not of a house: of a road, a box, a building, a lot.
_OTHER_NUMBERS = frozenset(
    [
        "box", "casier", "boîte", "boite", "interstate", "line", "ligne", "lot", "building", "bldg", "bâtiment",
        "batiment", "bloc", "block", "tower", "tour", "trailer", "space", "site", "station", "group", "bag",
        "concession", "sideroad", "exit", "sortie", "phase", "section", "zone",
    ]
)  # fmt: skip
_MONTHS = frozenset(
    [
        "janvier", "février", "fevrier", "mars", "avril", "mai", "juin", "juillet", "août", "aout", "septembre",
        "octobre", "novembre", "décembre", "decembre", "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "gennaio", "febbraio", "aprile",
        "maggio", "giugno", "luglio", "settembre", "ottobre", "novembre", "dicembre", "janeiro", "fevereiro",
        "março", "marco", "maio", "junho", "julho", "setembro", "outubro", "dezembro",
    ]
)  # fmt: skip
#: Kinds of streets, as words of their own before or behind the name, and as the end of one word.
_WORDS = frozenset(
    [
        "via", "viale", "vicolo", "piazza", "piazzale", "corso", "largo", "strada", "contrada", "calle", "avenida",
        "avda", "paseo", "plaza", "camino", "carretera", "ronda", "travesía", "cuesta", "rambla", "rua", "alameda",
        "travessa", "praça", "praca", "estrada", "rodovia", "ulica", "ul", "aleja", "plac", "rue", "straße",
        "strasse", "str", "weg", "platz", "allee", "gasse", "straat", "laan",
    ]
)  # fmt: skip
_ENDS = re.compile(
    r"\w+(?:straße|strasse|str\.|straat|laan|weg|platz|plein|gasse|gracht|kade|singel|allee|damm|ufer|gatan|vägen|vej|gade)",
    re.IGNORECASE,
)


def number_behind(text: str) -> tuple[str, str] | None:
    """The number behind a street, and the street; None when the number is another's, or there is none.

    >>> number_behind("Hauptstraße 12a"), number_behind("Kerkstraat 12-II"), number_behind("Plaza Mayor 3")
    (('12a', 'Hauptstraße'), ('12-II', 'Kerkstraat'), ('3', 'Plaza Mayor'))
    >>> number_behind("County Road 12"), number_behind("PO Box 12"), number_behind("rue du 8 mai 1945")
    (None, None, None)
    """
    found = _BEHIND.fullmatch(text)
    if found is None:
        return None
    number, words = found["number"], [word.lower().strip(".,") for word in found["street"].split()]
    last = words[-1]
    if len(words) == 1 and (last in FRENCH_TYPES or last in _WORDS):
        return None
    if last in ENGLISH_TYPES or last in _ROADS or last in _OTHER_NUMBERS or len(last) < 3:
        return None
    if last in _MONTHS and re.fullmatch(r"1[89]\d\d|20\d\d", number):
        return None
    return number, found["street"].rstrip(" ,")


def names_street(text: str) -> bool:
    """Whether a text says of itself that it is a street, in the words of countries that write the number behind it."""
    words = [word.lower().strip(".,") for word in text.split()]
    return not _WORDS.isdisjoint(words) or any(
        _ENDS.fullmatch(word.lower().rstrip(",")) for word in text.split()
    )
