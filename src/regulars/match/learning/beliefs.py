"""What is believed of any shop before its own records are read: `retail.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import numpy as np

from regulars.match.comparison.fields import FIELDS, Field
from regulars.match.learning.mixture import Chances

#: Identifiers of every kind are believed to be alike.
_NUMBER = "number"
#: Of two in a household so many, at most, bear one first name: twice what is believed of any shop. Families avoid a
#: name that is borne already, however common it is, but for a son who has his father's.
MOST_NAMED_ALIKE = 0.01


def belief(field: Field) -> Chances:
    """The chances of a field's levels, 0 = different, the last = nearest."""
    said = _read()[field.name if field in FIELDS else _NUMBER]
    nearest_first = np.array([said[level.name] for level in field.levels])
    different = 1.0 - nearest_first.sum(axis=0, keepdims=True)
    same, household, namesake, stranger = np.vstack([nearest_first, different])[::-1].T
    return Chances(same=same, household=household, namesake=namesake, stranger=stranger)


@cache
def _read() -> dict[str, dict[str, list[float]]]:
    with Path(__file__).with_name("retail.toml").open("rb") as file:
        return tomllib.load(file)
