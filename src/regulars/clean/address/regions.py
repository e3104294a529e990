"""Provinces, states and regions of Canada, the United States and France: their codes, and the names people write."""

from __future__ import annotations

from collections.abc import Mapping

_CANADA = """
AB alberta, alta | BC british columbia, colombie-britannique, c-b, cb | MB manitoba, man
NB new brunswick, nouveau-brunswick, n-b
NL newfoundland and labrador, newfoundland, terre-neuve-et-labrador, terre-neuve, nfld
NS nova scotia, nouvelle-écosse, nouvelle-ecosse, n-é, n-e
NT northwest territories, territoires du nord-ouest, tno | NU nunavut | ON ontario, ont
PE prince edward island, île-du-prince-édouard, ile-du-prince-edouard, pei, ipe, î-p-é
QC québec, quebec, que, qué, pq | SK saskatchewan, sask | YT yukon, yukon territory
"""
_UNITED_STATES = """
AL alabama | AK alaska | AZ arizona | AR arkansas | CA california, calif, californie | CO colorado
CT connecticut | DE delaware | DC district of columbia | FL florida, floride | GA georgia, géorgie
HI hawaii, hawaï | ID idaho | IL illinois | IN indiana | IA iowa | KS kansas | KY kentucky
LA louisiana, louisiane | ME maine | MD maryland | MA massachusetts, mass | MI michigan | MN minnesota
MS mississippi | MO missouri | MT montana | NE nebraska | NV nevada | NH new hampshire | NJ new jersey
NM new mexico, nouveau-mexique | NY new york | NC north carolina, caroline du nord
ND north dakota, dakota du nord | OH ohio | OK oklahoma | OR oregon | PA pennsylvania, pennsylvanie
RI rhode island | SC south carolina, caroline du sud | SD south dakota, dakota du sud | TN tennessee
TX texas | UT utah | VT vermont | VA virginia, virginie | WA washington
WV west virginia, virginie-occidentale | WI wisconsin | WY wyoming | PR puerto rico, porto rico
"""
_FRANCE = """
ARA auvergne-rhône-alpes, auvergne-rhone-alpes | BFC bourgogne-franche-comté, bourgogne-franche-comte
BRE bretagne | CVL centre-val de loire | COR corse | GES grand est | HDF hauts-de-france
IDF île-de-france, ile-de-france | NOR normandie | NAQ nouvelle-aquitaine | OCC occitanie
PDL pays de la loire | PAC provence-alpes-côte d'azur, provence-alpes-cote d'azur, paca
"""


def _read(table: str) -> dict[str, str]:
    """Code by name, of a table as written above."""
    entries = [entry.strip().partition(" ") for entry in table.replace("\n", "|").split("|") if entry.strip()]
    return {name.strip(): code for code, _space, names in entries for name in names.split(",")}


NAMES: Mapping[str, Mapping[str, str]] = {
    "CA": _read(_CANADA),
    "US": _read(_UNITED_STATES),
    "FR": _read(_FRANCE),
}
CODES: Mapping[str, frozenset[str]] = {country: frozenset(names.values()) for country, names in NAMES.items()}

#: The first letters of the postal codes of each Canadian province (Canada Post).
POSTAL_LETTERS: Mapping[str, str] = {
    "NL": "A", "NS": "B", "PE": "C", "NB": "E", "QC": "GHJ", "ON": "KLMNP", "MB": "R", "SK": "S", "AB": "T", "BC": "V",
    "NT": "X", "NU": "X", "YT": "Y",
}  # fmt: skip
