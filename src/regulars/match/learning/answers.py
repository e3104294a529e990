"""What people's answers teach: by how much the model is too sure of its pairs, or not sure enough.

The odds that two records are one person are the model's own, times one factor for all pairs: the logistic regression
of truth on weight with an offset (Cox 1958, "Two further applications of a model for binary regression"), here in
bits. Before anybody answered the factor is believed to be one.
"""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

#: How far from none the shift is believed to be: a standard deviation, in bits. Three answers move it by half a bit.
_USUAL = 0.5
#: The shift is taken in steps, so that not every answer changes the threshold.
_STEP = 0.5
_FARTHEST = 64.0


def shift(weights: NDArray[np.float64], same: NDArray[np.bool_]) -> float:
    """The bits to add to the weight of every pair, by answered pairs: their weights, and whether they were one person.

    >>> shift(np.array([9.0] * 3), np.array([False] * 3)), shift(np.array([9.0] * 300), np.array([True] * 300))
    (-0.5, 0.0)
    """
    low, high = -_FARTHEST, _FARTHEST
    while high - low > 1e-6:
        middle = (low + high) / 2
        chance = 1 / (1 + np.exp2(-(weights + middle)))
        if middle / _USUAL**2 < log(2) * float(np.sum(same - chance)):
            low = middle
        else:
            high = middle
    return round(low / _STEP) * _STEP
