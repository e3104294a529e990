"""How dirty the town's files are: every error rate in one table, each with its source, and where the errors strike.

Rates come from the published defaults of pseudopeople, a simulator of United States administrative records
(https://pseudopeople.readthedocs.io, "Column-based noise": one cell in a hundred for each kind of error, and in such
a cell one character in ten), and from what exports of tills and web shops look like, which is judgement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.exports.slips import CELLS

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
    #: In a struck cell, the share of characters that go wrong; 1 for errors of a whole cell.
    token: float = 1.0
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
    strike = CELLS[noise.name]
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


_ROWS = {
    "household copied": _household_copied,
    "names swapped": _names_swapped,
    "whole name in one cell": _in_one_cell,
}
