"""Chances as arrays, said as the levels of a model."""

from __future__ import annotations

import numpy as np

from regulars.match.arrays import Floats
from regulars.match.comparison.fields import DIFFERENT, Field
from regulars.match.learning.mixture import Chances
from regulars.match.weight.model import LearntField, LearntLevel


def learnt_field(field: Field, chances: Chances, taught: Floats | None = None) -> LearntField:
    """A field of the model, its levels nearest first; `taught` are the pairs of one person at each."""
    pairs = np.zeros_like(chances.same) if taught is None else taught
    names = [*(level.name for level in field.levels), DIFFERENT]
    by_level = zip(
        *(
            each[::-1]
            for each in (chances.same, chances.household, chances.namesake, chances.stranger, pairs)
        ),
        strict=True,
    )
    levels = tuple(
        LearntLevel(
            name=name,
            same=rounded(same),
            household=rounded(household),
            namesake=rounded(namesake),
            stranger=rounded(stranger),
            pairs=round(at_level),
        )
        for name, (same, household, namesake, stranger, at_level) in zip(names, by_level, strict=True)
    )
    return LearntField(name=field.name, levels=levels)


def rounded(chance: float) -> float:
    """A share with as many digits as a model keeps.

    >>> rounded(0.012345678)
    0.0123457
    """
    return float(f"{chance:.6g}")
