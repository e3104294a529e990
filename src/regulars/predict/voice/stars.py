"""Stars tell whether somebody was pleased, on whatever scale a source gives them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_GOOD, _BAD = 0.7, 0.3


def on_scale(rating: Numbers, lowest: Numbers, highest: Numbers) -> Numbers:
    """Ratings from 0 (the worst) to 1 (the best); NaN where there is none, or it is off the scale: a slip.

    The scale is told by the stars its source ever gave: thumbs (0, 1), five stars, ten points, a hundred, or one
    around zero.

    >>> on_scale(np.array([4.0, 1.0, -2.0]), np.array([1.0, 0.0, -4.0]), np.array([5.0, 1.0, 4.0])).tolist()
    [0.75, 1.0, 0.25]
    """
    around_zero = lowest < 0
    thumbs = (lowest == 0) & (highest <= 1)
    top = np.select([thumbs, highest <= 5, highest <= 10], [1.0, 5.0, 10.0], 100.0)
    top = np.maximum(np.where(around_zero, np.maximum(-lowest, highest), top), highest)
    bottom = np.select([around_zero, lowest < 1], [-top, 0.0], 1.0)
    scaled = (rating - bottom) / np.where(top > bottom, top - bottom, 1.0)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where((scaled < 0) | (scaled > 1), np.nan, scaled))


def tones(scaled: Numbers) -> npt.NDArray[np.object_]:
    """What ratings say: "praise" from 4 of 5 stars on, "complaint" up to 2, "mixed" between, None without one."""
    with np.errstate(invalid="ignore"):
        said = [scaled >= _GOOD, scaled <= _BAD, np.isfinite(scaled)]
    found = np.full(len(scaled), None, dtype=object)
    for tone, where in zip(("mixed", "complaint", "praise"), reversed(said), strict=True):
        found[where] = tone
    return found
