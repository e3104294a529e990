"""Texts as counts of what they are made of: words, pairs of words, and runs of two to five characters.

Each gram is hashed into one of `BINS` columns, all texts at once: no vocabulary is kept, so nobody's words are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

BINS = 1 << 20
CHARACTERS = (2, 3, 4, 5)  #: how long the runs of characters are
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_PLANE = 0x10000
_IN_WORDS = np.array([chr(code).isalnum() or chr(code) == "'" for code in range(_PLANE)])

Hashes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Codes:
    """Texts one after another as code points, each between two blanks, and which text each belongs to."""

    code: Hashes
    row: Rows


def word_counts(texts: Sequence[str]) -> Any:
    """How often each word and each pair of neighbouring words is in each text: a CSR matrix of `BINS` columns."""
    rows, hashes = _words(_codes(texts))
    pairs = rows[1:] == rows[:-1]
    both = hashes[:-1][pairs] * _STEP + hashes[1:][pairs]
    return _counted(np.concatenate([rows, rows[1:][pairs]]), np.concatenate([hashes, both]), len(texts))


def character_counts(texts: Sequence[str]) -> Any:
    """How often each run of two to five characters is in each text: a CSR matrix of `BINS` columns."""
    found, rows, runs = _codes(texts), [], []
    run = found.code
    for length in range(2, CHARACTERS[-1] + 1):
        run = run[:-1] * _STEP + found.code[length - 1 :]
        whole = found.row[: len(run)] == found.row[length - 1 :]
        rows.append(found.row[: len(run)][whole])
        runs.append(run[whole] ^ np.uint64(length << 56))
    return _counted(np.concatenate(rows), np.concatenate(runs), len(texts))


def columns_of(grams: Sequence[str]) -> Rows:
    """The column of each word, or pair of words, in `word_counts`."""
    rows, hashes = _words(_codes(grams))
    first = np.searchsorted(rows, np.arange(len(grams)))
    second = np.minimum(first + 1, len(rows) - 1)
    paired = (rows[second] == np.arange(len(grams))) & (second > first)
    return _column(np.where(paired, hashes[first] * _STEP + hashes[second], hashes[first]))


def _codes(texts: Sequence[str]) -> _Codes:
    framed = [f" {text.lower().replace('’', chr(39))} " for text in texts]
    code = np.frombuffer("".join(framed).encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    return _Codes(code, np.repeat(np.arange(len(framed)), [len(text) for text in framed]))


def _words(found: _Codes) -> tuple[Rows, Hashes]:
    """Every word in order: its text, and its hash."""
    inside = _IN_WORDS[np.minimum(found.code, _PLANE - 1).astype(np.int64)] & (found.code < _PLANE)
    first = inside & ~np.concatenate([[False], inside[:-1]])
    begins = np.flatnonzero(first)
    if not len(begins):
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    word = np.maximum(np.cumsum(first) - 1, 0)
    place = np.where(inside, np.arange(len(inside)) - begins[word], 0)
    powers = np.cumprod(np.full(int(place.max()) + 1, _STEP))
    terms = np.where(inside, (found.code + np.uint64(1)) * powers[place], np.uint64(0))
    return found.row[begins], _mixed(np.add.reduceat(terms, begins))


def _mixed(hashes: Hashes) -> Hashes:
    return (hashes ^ (hashes >> np.uint64(31))) * _MIX


def _column(hashes: Hashes) -> Rows:
    mixed = _mixed(hashes)
    return ((mixed ^ (mixed >> np.uint64(29))) % np.uint64(BINS)).astype(np.int64)


def _counted(rows: Rows, hashes: Hashes, texts: int) -> Any:
    from scipy.sparse import csr_matrix

    ones = np.ones(len(rows), np.float32)
    counts = csr_matrix((ones, (rows, _column(hashes))), shape=(texts, BINS))
    counts.sum_duplicates()
    return counts
