"""Pleased or displeased: a logistic regression on the words and the characters of texts whose stars tell which.

Words, pairs of words and runs of characters are weighed by TF-IDF and learnt together (Wang & Manning 2012, ACL 2,
found such linear models hard to beat on short texts). What the model says is made a probability by Platt's method
on texts that it had not seen (Platt 1999).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from regulars.predict.voice import grams

#: Between these probabilities of being pleased nobody says what a text is: mixed, or not known.
MIXED = (0.35, 0.65)
FOLDS = 5
_INVERSE_PENALTY = 10.0
_WORD = re.compile(r"[^\W\d_]+")
_SEED = 7

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One kind of grams: what each column is worth. Columns that were not met in training are worth nothing."""

    characters: bool  #: runs of characters, else words and pairs of words
    rarity: Numbers  #: inverse document frequency by column, natural logarithm; 0 where it was never met
    weight: Numbers  #: by column; above 0 speaks for being pleased

    def scores(self, texts: Sequence[str]) -> Numbers:
        """What the block says of each text."""
        counts = grams.character_counts(texts) if self.characters else grams.word_counts(texts)
        return np.asarray(_weighed(counts, self.rarity) @ self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A fitted model of one language."""

    blocks: tuple[Block, ...]
    bias: float
    slope: float  #: of Platt's curve, by which a score becomes a probability
    offset: float

    def pleased(self, texts: Sequence[str], *, a_pass: int = 5_000) -> Numbers:
        """The probability, 0..1, that the writer of each text is pleased."""
        found = [self._pleased(texts[at : at + a_pass]) for at in range(0, len(texts), a_pass)]
        return np.concatenate(found) if found else np.zeros(0)

    def _pleased(self, texts: Sequence[str]) -> Numbers:
        score = np.full(len(texts), self.bias)
        for block in self.blocks:
            score += block.scores(texts)
        return _logistic(self.slope * score + self.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model, and what it said of each text when it had not seen it."""

    reader: Reader
    unseen: Numbers  #: probability of being pleased by the models of the other folds


def train(
    texts: Sequence[str], pleased: Flags, *, kinds: Sequence[bool] = (False, True), least: int = 1
) -> Trained:
    """Fit on texts and mark by five folds; texts of the same words, numbers aside, are in one fold.

    `kinds` as in `Block.characters`; grams that fewer than `least` texts have are left out.
    """
    counted = [grams.character_counts(texts) if one else grams.word_counts(texts) for one in kinds]
    fold = np.array([crc32(" ".join(_WORD.findall(text.lower())).encode()) % FOLDS for text in texts])
    scores = np.zeros(len(texts))
    for one in range(FOLDS):
        rest, held = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
        if len(held) and 0 < pleased[rest].sum() < len(rest):
            blocks, bias = _fit([counts[rest] for counts in counted], pleased[rest], kinds, least)
            found = (
                _weighed(counts[held], block.rarity) @ block.weight for counts, block in _zip(counted, blocks)
            )
            scores[held] = bias + sum(found)
    slope, offset = _platt(scores, pleased)
    blocks, bias = _fit(counted, pleased, kinds, least)
    reader = Reader(blocks=blocks, bias=bias, slope=slope, offset=offset)
    return Trained(reader=reader, unseen=_logistic(slope * scores + offset))


def _zip(counted: Sequence[Any], blocks: Sequence[Block]) -> list[tuple[Any, Block]]:
    return list(zip(counted, blocks, strict=True))


def _fit(
    counted: Sequence[Any], pleased: Flags, kinds: Sequence[bool], least: int
) -> tuple[tuple[Block, ...], float]:
    """The blocks and the bias of a model of these counts."""
    from scipy.sparse import hstack
    from sklearn.linear_model import LogisticRegression

    rarities = [_rarity(counts, least) for counts in counted]
    met = [np.flatnonzero(rarity) for rarity in rarities]
    weighed = [
        _weighed(counts, rarity)[:, columns]
        for counts, rarity, columns in zip(counted, rarities, met, strict=True)
    ]
    model = LogisticRegression(
        C=_INVERSE_PENALTY, solver="liblinear", dual=True, max_iter=1_000, random_state=_SEED
    )
    model.fit(hstack(weighed).tocsr(), pleased)
    parts = np.split(model.coef_[0], np.cumsum([len(columns) for columns in met])[:-1])
    blocks = tuple(
        Block(characters=kind, rarity=rarity, weight=_spread(part, columns))
        for kind, rarity, part, columns in zip(kinds, rarities, parts, met, strict=True)
    )
    return blocks, float(model.intercept_[0])


def _spread(values: Numbers, columns: npt.NDArray[np.int64]) -> Numbers:
    whole = np.zeros(grams.BINS)
    whole[columns] = values
    return whole


def _rarity(counts: Any, least: int) -> Numbers:
    """ln((1 + texts) / (1 + texts with it)) + 1; 0 for what fewer than `least` texts have."""
    texts_with = np.bincount(counts.indices, minlength=grams.BINS)
    return np.where(texts_with >= least, np.log((1 + counts.shape[0]) / (1 + texts_with)) + 1, 0.0)


def _weighed(counts: Any, rarity: Numbers) -> Any:
    """TF-IDF with logarithmic counts, each text of length 1 (or 0 when nothing of it is known)."""
    from scipy.sparse import csr_matrix

    values = (1 + np.log(counts.data)) * rarity[counts.indices]
    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(row, values**2, minlength=counts.shape[0]))
    scaled = values / np.where(length > 0, length, 1.0)[row]
    return csr_matrix((scaled, counts.indices, counts.indptr), shape=counts.shape)


def _platt(scores: Numbers, pleased: Flags) -> tuple[float, float]:
    """The slope and the offset of the curve from scores to probabilities."""
    from sklearn.linear_model import LogisticRegression

    curve = LogisticRegression(C=1e3).fit(scores[:, None], pleased)
    return float(curve.coef_[0, 0]), float(curve.intercept_[0])


def _logistic(values: Numbers) -> Numbers:
    from scipy.special import expit

    return np.asarray(expit(values))
