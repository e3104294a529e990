"""The best few of many scores, a row a person; the same for the same scores, ties to the smaller number."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from regulars.predict.products.history import Ints

_COLUMN_BITS = 22
_SCORE_BITS = 40
_CELLS_AT_ONCE = 8_000_000


def best(scores: sparse.csr_matrix, most: int) -> Ints:
    """The columns of the `most` highest scores above 0 of each row, the highest first; -1 where there are no more.

    >>> best(sparse.csr_matrix([[0.0, 2.0, 3.0, 2.0], [0.0, 0.0, 1.0, 0.0]]), 3)
    array([[ 2,  1,  3],
           [ 2, -1, -1]])
    """
    rows = scores.shape[0]
    found = np.full((rows, most), -1, np.int64)
    keys, start = _ranked(scores), scores.indptr.astype(np.int64)
    wide = np.diff(start)
    at = 0
    while at < rows:
        to = _until(wide, at)
        found[at:to] = _best_of(keys, start[at : to + 1], most)
        at = to
    return found


def _ranked(scores: Any) -> Ints:
    """Score and column in one whole number, so that no two of a row are equal; -1 for what does not count."""
    highest = float(scores.data.max()) if scores.nnz else 0.0
    if highest <= 0:
        return np.full(scores.nnz, -1, np.int64)
    whole: Ints = (scores.data * (2.0**_SCORE_BITS / highest)).astype(np.int64)
    whole <<= _COLUMN_BITS
    whole |= np.int64((1 << _COLUMN_BITS) - 1) - scores.indices
    whole[scores.data <= 0] = -1
    return whole


def _until(wide: Ints, at: int) -> int:
    """Up to which row a block fits into memory when all its rows are as wide as the widest."""
    widest = np.maximum.accumulate(np.maximum(wide[at : at + _CELLS_AT_ONCE // 16], 1))
    fits = widest * np.arange(1, len(widest) + 1) <= _CELLS_AT_ONCE
    return at + max(1, int(np.argmin(fits)) if not fits.all() else len(fits))


def _best_of(keys: Ints, start: Ints, most: int) -> Ints:
    wide = np.diff(start)
    width = max(int(wide.max(initial=0)), most)
    cells = np.full((len(wide), width), -1, np.int64)
    row = np.repeat(np.arange(len(wide)), wide)
    cells[row, np.arange(start[0], start[-1]) - np.repeat(start[:-1], wide)] = keys[start[0] : start[-1]]
    if width > most:
        cells = np.partition(cells, width - most, axis=1)[:, width - most :]
    cells = -np.sort(-cells, axis=1)
    last = (1 << _COLUMN_BITS) - 1
    return np.where(cells >= 0, last - (cells & last), -1)
