"""How dirty the town's files are: every error rate in one table, each with its source, and the errors themselves.

Rates come from the published defaults of pseudopeople, a simulator of United States administrative records
(https://pseudopeople.readthedocs.io, "Column-based noise": one cell in a hundred for each kind of error, and in such
a cell one character in ten), and from what exports of tills and web shops look like, which is judgement.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.names import FAKE_FAMILY, FAKE_GIVEN, NICKNAMES

_PUBLISHED = "pseudopeople, default configuration"
_SEEN = "seen in exports of tills and web shops; the rate is judgement"
EVERY = ("crm", "shopify", "square", "mailchimp")
_NAMES = ("given", "family")
_TYPED = ("given", "family", "street", "city")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """One kind of error: where it strikes and how often."""

    name: str
    fields: tuple[str, ...]
    rate: float  #: share of filled cells that may be struck
    token: float = (
        1.0  #: in a struck cell, the share of characters that go wrong; 1 for errors of a whole cell
    )
    sources: tuple[str, ...] = EVERY
    origin: str = _PUBLISHED


NOISE: tuple[Noise, ...] = (
    Noise(name="household copied", fields=("birth",), rate=0.01),
    Noise(name="age misreported", fields=("birth",), rate=0.01),
    Noise(name="month and day swapped", fields=("birth",), rate=0.01),
    Noise(name="wrong option", fields=("language",), rate=0.01),
    Noise(name="nickname", fields=("given",), rate=0.01),
    Noise(
        name="nickname at the till",
        fields=("given",),
        rate=0.12,
        sources=("square", "mailchimp"),
        origin=_SEEN,
    ),
    Noise(name="fake name", fields=_NAMES, rate=0.01),
    Noise(name="phonetic", fields=_TYPED, rate=0.01, token=0.1),
    Noise(name="ocr", fields=(*_TYPED, "postcode"), rate=0.01, token=0.1),
    Noise(name="typo", fields=(*_TYPED, "email", "postcode"), rate=0.01, token=0.1),
    Noise(name="hasty typo", fields=_NAMES, rate=0.05, token=0.1, sources=("square",), origin=_SEEN),
    Noise(name="wrong digit", fields=("phone", "number", "birth"), rate=0.01, token=0.1),
    Noise(name="wrong postcode digit", fields=("postcode",), rate=0.01, token=0.2),
    Noise(name="e-mail domain slip", fields=("email",), rate=0.01, sources=("crm", "square"), origin=_SEEN),
    Noise(name="names swapped", fields=_NAMES, rate=0.005, origin=_SEEN),
    Noise(name="whole name in one cell", fields=_NAMES, rate=0.05, sources=("square",), origin=_SEEN),
    Noise(name="accents lost", fields=_TYPED, rate=0.3, sources=("square",), origin=_SEEN),
    Noise(
        name="accents lost at home",
        fields=_TYPED,
        rate=0.06,
        sources=("crm", "shopify", "mailchimp"),
        origin=_SEEN,
    ),
    Noise(name="hyphen lost", fields=_NAMES, rate=0.15, origin=_SEEN),
    Noise(name="capitals", fields=_NAMES, rate=0.08, sources=("crm", "square"), origin=_SEEN),
    Noise(
        name="small letters",
        fields=_NAMES,
        rate=0.05,
        sources=("shopify", "square", "mailchimp"),
        origin=_SEEN,
    ),
    Noise(
        name="stray space",
        fields=(*_NAMES, "email"),
        rate=0.01,
        sources=("crm", "shopify", "square"),
        origin=_SEEN,
    ),
    Noise(name="mojibake", fields=_TYPED, rate=0.01, sources=("shopify",), origin=_SEEN),
    Noise(
        name="placeholder",
        fields=("birth", "phone", "email"),
        rate=0.01,
        sources=("crm", "square"),
        origin=_SEEN,
    ),
    Noise(name="blank", fields=(*_TYPED, "number", "postcode", "phone", "birth", "language"), rate=0.01),
)

_UNASKED = {"birth": 0.0, "language": 0.0, "gender": 0.0}
#: How often a source asks for and gets a field; the rest of its records leave it empty. Judgement, after exports.
FILLED: Mapping[str, Mapping[str, float]] = {
    "crm": {"email": 0.66, "phone": 0.82, "birth": 0.55, "address": 0.86, "language": 0.93, "gender": 0.8},
    "shopify": {"phone": 0.4, **_UNASKED},
    "square": {"family": 0.66, "email": 0.38, "phone": 0.72, "address": 0.06, **_UNASKED},
    "mailchimp": {"given": 0.55, "family": 0.45, "phone": 0.0, "address": 0.0, **_UNASKED},
}
ADDRESS = ("number", "unit", "street", "city", "region", "postcode", "country")
#: A web shop and a mailing list take no account without an e-mail, and check its form.
_CHECKED = ("shopify", "mailchimp")

_AGE_SLIPS = ((-2, 0.1), (-1, 0.4), (1, 0.4), (2, 0.1))  # years; pseudopeople, possible_age_differences
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM", "1234567890")
_SOUNDS = (
    ("ph", "f"), ("eau", "o"), ("ault", "o"), ("ck", "k"), ("qu", "k"), ("ll", "l"), ("nn", "n"), ("tt", "t"),
    ("ie", "y"), ("th", "t"), ("au", "o"), ("ai", "é"), ("en", "an"), ("an", "en"), ("ss", "s"), ("c", "k"),
    ("y", "i"), ("z", "s"), ("f", "ph"), ("s", "c"), ("é", "er"), ("i", "y"), ("d", "t"), ("er", "ar"),
)  # fmt: skip
_SHAPES = (
    ("cl", "d"), ("rn", "m"), ("m", "rn"), ("l", "1"), ("O", "0"), ("S", "5"), ("B", "8"), ("g", "q"), ("e", "c"),
    ("h", "b"), ("i", "l"), ("Z", "2"), ("0", "O"), ("5", "S"), ("1", "l"), ("8", "B"), ("u", "v"), ("G", "6"),
)  # fmt: skip
#: What stands for nothing: in birth dates, telephones and e-mails; and the names of those who would rather not say.
FILLERS: Mapping[str, tuple[str, ...]] = {
    "given": FAKE_GIVEN,
    "family": FAKE_FAMILY,
    "birth": ("1900-01-01", "1901-01-01", "2000-01-01"),
    "phone": ("0000000000", "9999999999", "5140000000", "1111111111"),
    "email": ("aucun@aucun.example", "none@none.example", "noemail@example.com", "x@x.example"),
}

Cell = Callable[[str, str, float, np.random.Generator], str]


def dirty(records: pa.Table, rng: np.random.Generator) -> tuple[pa.Table, Counter[str]]:
    """Make records dirty and count what was changed.

    `records` has `source`, `household` and the text columns given, family, email, phone, number, unit, street,
    city, region, postcode, country, birth (ISO), language, gender; empty text means: not given.
    """
    records = _half_filled(records, rng)
    dirt: Counter[str] = Counter()
    for noise in NOISE:
        strike = _ROWS.get(noise.name, _strike_cells)
        records = strike(records, noise, rng, dirt)
    return records, dirt


def _half_filled(records: pa.Table, rng: np.random.Generator) -> pa.Table:
    sources = np.array(records["source"])
    for source, shares in FILLED.items():
        for field, share in shares.items():
            empty = pa.array((sources == source) & (rng.random(len(sources)) >= share))
            for column in ADDRESS if field == "address" else (field,):
                records = _with(records, column, pc.if_else(empty, "", _column(records, column)))
    return records


def _strike_cells(records: pa.Table, noise: Noise, rng: np.random.Generator, dirt: Counter[str]) -> pa.Table:
    strike = _CELLS[noise.name]
    for field in noise.fields:
        rows = _struck(records, noise, field, rng)
        before = _column(records, field).take(pa.array(rows)).to_pylist()
        after = [strike(value, field, noise.token, rng) for value in before]
        records = _replaced(records, field, rows, before, after, noise, dirt)
    return records


def _struck(records: pa.Table, noise: Noise, field: str, rng: np.random.Generator) -> np.ndarray:
    """Row numbers whose filled cell is struck."""
    struck = rng.random(len(records)) < noise.rate
    sources = noise.sources
    if field == "email" and noise.name in ("typo", "stray space", "placeholder"):
        sources = tuple(s for s in sources if s not in _CHECKED)
    named = pc.is_in(records["source"], value_set=pa.array(sources)).to_numpy(zero_copy_only=False)
    filled = pc.not_equal(records[field], "").to_numpy(zero_copy_only=False)
    return np.flatnonzero(struck & named & filled)


def _replaced(
    records: pa.Table,
    field: str,
    rows: np.ndarray,
    before: list[str],
    after: list[str],
    noise: Noise,
    dirt: Counter[str],
) -> pa.Table:
    dirt[noise.name] += sum(old != new for old, new in zip(before, after, strict=True))
    mask = np.zeros(len(records), dtype=bool)
    mask[rows] = True
    new = pc.replace_with_mask(_column(records, field), pa.array(mask), pa.array(after, pa.string()))
    return _with(records, field, new)


def _household_copied(
    records: pa.Table, noise: Noise, rng: np.random.Generator, dirt: Counter[str]
) -> pa.Table:
    """Somebody else of the household: the clerk filled in the card of the wife with the husband's birthday."""
    rows = _struck(records, noise, "birth", rng)
    household, person = np.array(records["household"]), np.array(records["person"])
    by_home = np.argsort(household, kind="stable")
    beside = by_home[
        np.minimum(np.searchsorted(household[by_home], household[rows], side="left"), len(household) - 1)
    ]
    birth = _column(records, "birth")
    before, other = (birth.take(pa.array(index)).to_pylist() for index in (rows, beside))
    same = person[rows] == person[beside]
    after = [b if own or not o else o for b, o, own in zip(before, other, same, strict=True)]
    return _replaced(records, "birth", rows, before, after, noise, dirt)


def _names_swapped(records: pa.Table, noise: Noise, rng: np.random.Generator, dirt: Counter[str]) -> pa.Table:
    rows = _struck(records, noise, "family", rng)
    given, family = (_column(records, f).take(pa.array(rows)).to_pylist() for f in _NAMES)
    records = _replaced(records, "given", rows, given, family, noise, dirt)
    return _replaced(records, "family", rows, family, given, noise, dirt)


def _in_one_cell(records: pa.Table, noise: Noise, rng: np.random.Generator, dirt: Counter[str]) -> pa.Table:
    rows = _struck(records, noise, "family", rng)
    given, family = (_column(records, f).take(pa.array(rows)).to_pylist() for f in _NAMES)
    whole = [f"{g} {f}".strip() for g, f in zip(given, family, strict=True)]
    records = _replaced(records, "given", rows, given, whole, noise, dirt)
    return _replaced(records, "family", rows, family, [""] * len(rows), noise, dirt)


def _column(records: pa.Table, name: str) -> pa.Array:
    return records[name].combine_chunks()


def _with(records: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return records.set_column(records.schema.get_field_index(name), name, values)


# --- errors of one cell: (value, field, share of characters, chance) -> value ----------------------------------


def _pick(choices: tuple[str, ...] | list[str], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def _age(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    years = int(rng.choice([slip for slip, _ in _AGE_SLIPS], p=[share for _, share in _AGE_SLIPS]))
    return f"{int(value[:4]) + years:04d}{value[4:]}" if value[5:] != "02-29" else value


def _month_and_day(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    year, month, day = value.split("-")
    return f"{year}-{day}-{month}" if int(day) <= 12 else value


def _option(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return "en" if value == "fr" else "fr"


def _nickname(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _pick(NICKNAMES[value], rng) if value in NICKNAMES else value


def _fake(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _pick(FAKE_GIVEN if field == "given" else FAKE_FAMILY, rng)


def _exchanged(pairs: tuple[tuple[str, str], ...], value: str, token: float, rng: np.random.Generator) -> str:
    written, at = [], 0
    while at < len(value):
        found = next((pair for pair in pairs if value.startswith(pair[0], at)), None)
        if found and rng.random() < token:
            written.append(found[1])
            at += len(found[0])
        else:
            written.append(value[at])
            at += 1
    return "".join(written)


def _phonetic(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _exchanged(_SOUNDS, value, token, rng)


def _ocr(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _exchanged(_SHAPES, value, token, rng)


def _neighbour(letter: str, rng: np.random.Generator) -> str:
    row = next((row for row in _KEYBOARD if letter in row), "")
    near = [row[i] for i in (row.find(letter) - 1, row.find(letter) + 1) if 0 <= i < len(row)] if row else []
    return _pick(near, rng) if near else letter


def _typo(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    """Nine in ten put a neighbouring key in a letter's place, one in ten before it (as pseudopeople does)."""
    kept = value.find("@") if field == "email" else len(value)
    slips = rng.random(len(value)) < token
    slips[kept:] = False
    return "".join(
        letter if not slip else _neighbour(letter, rng) + (letter if rng.random() < 0.1 else "")
        for letter, slip in zip(value, slips, strict=True)
    )


def _digit(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    places = (
        slice(8, None) if field == "birth" else slice(0, None)
    )  # a wrong month or century is no date at all
    head, tail = value[: places.start], value[places]
    wrong = "".join(str(rng.integers(10)) if c.isdigit() and rng.random() < token else c for c in tail)
    return head + wrong if field != "birth" or "01" <= wrong <= "28" else value


def _postcode(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    """The last digits go wrong the most (pseudopeople: .04, .04, .20, .36, .36; on average `token`)."""
    digits = [i for i, c in enumerate(value) if c.isdigit()]
    chances = {i: token * (0.2 if rank < 1 else 1.8) for rank, i in enumerate(digits)}
    return "".join(
        str(rng.integers(10)) if rng.random() < chances.get(i, 0) else c for i, c in enumerate(value)
    )


def _domain_slip(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    local, _, domain = value.partition("@")
    at = int(rng.integers(1, len(domain) - 1))
    slip = domain[:at] + domain[at + 1] + domain[at] + domain[at + 2 :]
    return f"{local}@{slip}" if ".." not in slip and slip[0] != "." and slip[-1] != "." else value


def _unaccented(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", value) if not unicodedata.combining(c))


def _unhyphened(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return (
        value.replace("Saint-", "St-")
        if value.startswith("Saint-") and rng.random() < 0.5
        else value.replace("-", " ")
    )


def _capitals(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value.upper()


def _small(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value.lower()


def _stray(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value + " " if rng.random() < 0.7 else " " + value


def _mojibake(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return value.encode().decode("cp1252", errors="ignore")


def _placeholder(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return _pick(FILLERS[field], rng)


def _blank(value: str, field: str, token: float, rng: np.random.Generator) -> str:
    return ""


_ROWS = {
    "household copied": _household_copied,
    "names swapped": _names_swapped,
    "whole name in one cell": _in_one_cell,
}
_CELLS: Mapping[str, Cell] = {
    "age misreported": _age, "month and day swapped": _month_and_day, "wrong option": _option,
    "nickname": _nickname, "nickname at the till": _nickname, "fake name": _fake, "phonetic": _phonetic,
    "ocr": _ocr, "typo": _typo, "hasty typo": _typo, "wrong digit": _digit, "wrong postcode digit": _postcode,
    "e-mail domain slip": _domain_slip, "accents lost": _unaccented, "accents lost at home": _unaccented,
    "hyphen lost": _unhyphened, "capitals": _capitals, "small letters": _small, "stray space": _stray,
    "mojibake": _mojibake, "placeholder": _placeholder, "blank": _blank,
}  # fmt: skip
