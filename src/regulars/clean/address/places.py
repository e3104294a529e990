"""Country, region and postal code of one customer, settled together, for each tells of the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale

from regulars.clean.address.regions import CODES, NAMES
from regulars.clean.person.rules import written
from regulars.clean.person.values import Answer, settle
from regulars.engine import Session

ANSWERS = ("country", "country_rules", "region", "region_rules", "postcode", "postcode_rules")

_COUNTRY_WORDS = {
    name.strip(): code
    for code, names in {
        "US": "us, usa, u.s., u.s.a., united states of america, etats-unis, états unis",
        "GB": "uk, u.k., great britain, england, scotland, wales, northern ireland, grande-bretagne, angleterre",
        "CA": "can, cdn",
        "FR": "fra",
        "IE": "eire",
        "NL": "holland, the netherlands, hollande",
        "DE": "deutschland",
        "ES": "españa",
    }.items()
    for name in names.split(",")
}
_CANADA = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d[ABCEGHJ-NPRSTV-Z]\d")
_BRITAIN = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_DIGIT = str.maketrans("OIL", "011")
_LETTER = str.maketrans("015", "OIS")
_NOTHING = re.compile(r"[0\W_]*|N/?A|NULL|NONE|NAN|UNKNOWN|INCONNUE?", re.IGNORECASE)


def settle_places(session: Session, name: str, relation: str, home: str) -> None:
    """Leave under `name` every distinct (`country_found`, `region_found`, `postcode_found`) and its standard forms.

    `home` is the shop's country: it decides between postal codes that two countries write alike.
    """
    keys = ("country_found", "region_found", "postcode_found")
    nulls = ", ".join(f"null as {one}" for one in ANSWERS)
    settle(
        session,
        name,
        f"select distinct {', '.join(keys)}, {nulls}, false as settled from {relation}",
        keys=keys,
        answers=ANSWERS,
        by_hand=lambda country, region, postcode: place(country, region, postcode, home),
    )


@lru_cache(maxsize=200_000)
def place(
    country_found: str | None, region_found: str | None, postcode_found: str | None, home: str
) -> Answer:
    """Standard country, region and postal code, each followed by the rules that made it.

    >>> place(None, "Québec", "h2x1y4", "CA")
    ('CA', '"from postcode"', 'QC', '"code"', 'H2X 1Y4', '"case","format"')
    """
    country, country_rules = country_code(country_found)
    written_code = (postcode_found or "").strip().lstrip("'").upper()
    if country is None and not country_rules:
        country = _country_of(written_code, region_found, home)
        country_rules = ["from postcode"] if country else []
    region, region_rules = _region(region_found, country)
    postcode, postcode_rules = _postcode(postcode_found, country)
    return (
        country, written(country_rules), region, written(region_rules), postcode, written(postcode_rules),
    )  # fmt: skip


def country_code(found: str | None) -> tuple[str | None, list[str]]:
    """The ISO code of a country; a word that names none is kept as it is, for it may be a part of one.

    >>> country_code("États-Unis"), country_code("GB"), country_code("Ruritania")
    (('US', ['code']), ('GB', []), ('Ruritania', []))
    """
    if found is None:
        return None, []
    text = " ".join(found.split()).strip("' ")
    if _NOTHING.fullmatch(text):
        return None, ["invalid: placeholder"]
    code = _country_names().get(text.casefold())
    if code is None:
        return text, ["spaces"] if text != found else []
    return code, ["code"] if code != found else []


def _country_of(code: str, region: str | None, home: str) -> str | None:
    squeezed = re.sub(r"[\s-]", "", code)
    if _CANADA.fullmatch(squeezed):
        return "CA"
    if re.fullmatch(r"\d{5}-\d{4}", code):
        return "US"
    if not re.fullmatch(r"\d{5}", squeezed) or squeezed == "00000":
        return None
    known = region_code(region, None)
    for country in ("US", "FR"):
        if known in CODES[country] and known not in CODES["CA"]:
            return country
    return home if home in ("US", "FR") else None


def _region(found: str | None, country: str | None) -> tuple[str | None, list[str]]:
    if found is None:
        return None, []
    text = " ".join(found.split()).strip("' ")
    if _NOTHING.fullmatch(text):
        return None, ["invalid: placeholder"]
    code = region_code(text, country)
    if code is None or code == text:
        return text, ["spaces"] if text != found else []
    return code, ["case"] if code == text.upper() else ["code"]


def region_code(text: str | None, country: str | None) -> str | None:
    """The code of a province, state or region of Canada, the United States or France; None when it is none of theirs.

    >>> region_code("Ont.", "CA"), region_code("california", None), region_code("nsw", None)
    ('ON', 'CA', None)
    """
    if text is None:
        return None
    word = text.strip().casefold().replace(".", "")
    for one in (country,) if country in CODES else ("CA", "US", "FR") if country is None else ():
        if one and word.upper() in CODES[one]:
            return word.upper()
        if one and word in NAMES[one]:
            return NAMES[one][word]
    return None


def _postcode(found: str | None, country: str | None) -> tuple[str | None, list[str]]:
    if found is None:
        return None, []
    text = " ".join(found.split())
    rules = ["spaces"] if text != found else []
    if text.startswith("'"):
        text = text.lstrip("' ")
        rules.append("apostrophe")
    if re.fullmatch(r"\d+\.0", text):
        text = text[:-2]
        rules.append("decimals")
    if _NOTHING.fullmatch(text):
        return None, ["invalid: placeholder"]
    upper = text.upper()
    standard, more = _national(upper, country)
    if upper != text:
        rules.append("case")
    return standard, [*rules, *more]


def _national(code: str, country: str | None) -> tuple[str, list[str]]:
    squeezed = re.sub(r"[\s-]", "", code)
    made, rule = code, "format"
    if country == "CA" and len(squeezed) == 6:
        mended = "".join(
            sign.translate(_DIGIT if place % 2 else _LETTER) for place, sign in enumerate(squeezed)
        )
        if _CANADA.fullmatch(mended):
            made = f"{mended[:3]} {mended[3:]}"
            rule = "format" if mended == squeezed else "letter for digit"
    elif country == "US" and squeezed.isdigit():
        if len(squeezed) in (3, 4):
            made, rule = squeezed.zfill(5), "leading zero"
        elif len(squeezed) in (8, 9):
            made = f"{squeezed.zfill(9)[:5]}-{squeezed.zfill(9)[5:]}"
    elif country == "FR" and squeezed.isdigit():
        made = squeezed.zfill(5) if len(squeezed) == 4 else squeezed
        rule = "leading zero" if len(squeezed) == 4 else "format"
    elif country == "GB" and (british := _BRITAIN.fullmatch(squeezed)):
        made = f"{british.group(1)} {british.group(2)}"
    elif country == "NL" and re.fullmatch(r"\d{4}[A-Z]{2}", squeezed):
        made = f"{squeezed[:4]} {squeezed[4:]}"
    return made, [rule] if made != code else []


@cache
def _country_names() -> Mapping[str, str]:
    """Every country, by its code and by its name in English and French."""
    named = dict(_COUNTRY_WORDS)
    for spoken in ("fr", "en"):
        for code, name in Locale(spoken).territories.items():
            if len(code) == 2 and code.isalpha():
                named |= {name.casefold(): code, code.casefold(): code}
    return named
