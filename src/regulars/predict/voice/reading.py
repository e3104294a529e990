"""By which model the texts of a language are read: the shop's own, the general one, or none; and how good it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from regulars.model.report import Backtest
from regulars.predict.voice import feeling
from regulars.predict.voice.english import general_reader, is_learnt
from regulars.words import Language, Text

#: So many starred texts of a language a shop must have before a model of its own is tried.
NEEDED = 500
_EACH = 25  #: of them at least so many pleased, and so many displeased
_MEASURED = 100  #: so many starred texts say how good the general model is here
_LEARNT_FROM = 10_000  #: texts, the newest
_DRAWS, _SEED = 1_000, 7

By = Literal["shop", "general"]
Flags = npt.NDArray[np.bool_]
_RULE = Text(
    en="every text is what most starred texts are",
    fr="chaque texte est ce que sont la plupart des textes étoilés",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the texts of one language are read."""

    language: Language
    texts: int  #: of this language
    starred: int  #: of these, with stars
    reader: feeling.Reader | None  #: None: what they say is unknown where there are no stars
    by: By | None
    why: Literal["learnt", "general", "few", "one_sided", "no_better"]
    backtest: Backtest | None = None
    unseen: npt.NDArray[np.float64] | None = None  #: what it said of starred texts that it had not seen
    pleased: Flags | None = None  #: what these were
    calibration: tuple[tuple[float, float, int], ...] = ()

    @property
    def said(self) -> tuple[float, float] | None:
        """The share of starred texts of which it says what they are, and how often that was right."""
        if self.unseen is None or self.pleased is None:
            return None
        sure = (self.unseen <= feeling.MIXED[0]) | (self.unseen >= feeling.MIXED[1])
        right = (self.unseen[sure] > 0.5) == self.pleased[sure]
        return float(sure.mean()), float(right.mean()) if sure.any() else 0.0


def reading(
    language: Language, texts: Sequence[str], pleased: npt.NDArray[np.float64], starred: int
) -> Reading:
    """Choose how to read a language. `pleased` is 1, 0, or NaN where the stars do not tell; the newest text first."""
    told = np.flatnonzero(np.isfinite(pleased))[:_LEARNT_FROM]
    some, good = [texts[at] for at in told], pleased[told] > 0.5
    unread = Reading(language=language, texts=len(texts), starred=starred, reader=None, by=None, why="few")
    if starred < NEEDED or min(good.sum(), (~good).sum()) < _EACH:
        unread = replace(unread, why="few" if starred < NEEDED else "one_sided")
        return _general(unread, some, good) if language == "en" else unread
    trained = feeling.train(some, good)
    marked = _marked(trained.unseen, good)
    if marked.beats:
        return _read(unread, trained.reader, "shop", trained.unseen, good, marked)
    unread = replace(unread, why="no_better", backtest=marked)
    return _general(unread, some, good) if language == "en" else unread


def _general(unread: Reading, some: Sequence[str], good: Flags) -> Reading:
    """The general model of English, which the shop's stars may contradict; texts it was made of do not count."""
    fresh = [at for at, text in enumerate(some) if not is_learnt(text)]
    some, good = [some[at] for at in fresh], good[fresh]
    if len(some) < _MEASURED:
        return replace(unread, reader=general_reader(), by="general", why="general")
    foretold = general_reader().pleased(some)
    marked = _marked(foretold, good)
    if not marked.beats:
        return replace(unread, why="no_better", backtest=marked)
    return _read(unread, general_reader(), "general", foretold, good, marked)


def _read(
    unread: Reading,
    reader: feeling.Reader,
    by: By,
    unseen: npt.NDArray[np.float64],
    good: Flags,
    marked: Backtest,
) -> Reading:
    return replace(
        unread,
        reader=reader,
        by=by,
        why="learnt" if by == "shop" else "general",
        backtest=marked,
        unseen=unseen,
        pleased=good,
        calibration=_tenths(unseen, good),
    )


def _right(foretold: npt.NDArray[np.float64], good: Flags) -> Flags:
    return np.asarray((foretold > 0.5) == good)


def _marked(foretold: npt.NDArray[np.float64], good: Flags) -> Backtest:
    """How often a model is right, beside the rule that says of every text what most are."""
    right = _right(foretold, good)
    usual = good if good.mean() >= 0.5 else ~good
    better = right.astype(np.float64) - usual
    drawn = np.random.default_rng(_SEED).integers(0, len(better), (_DRAWS, len(better)), dtype=np.int32)
    low, high = np.quantile(better[drawn].mean(axis=1), (0.025, 0.975))
    return Backtest(
        measure="accuracy",
        ours=float(right.mean()),
        naive=float(usual.mean()),
        naive_rule=_RULE,
        higher_is_better=True,
        n=len(good),
        gain_low=float(low),
        gain_high=float(high),
    )


def _tenths(foretold: npt.NDArray[np.float64], good: Flags) -> tuple[tuple[float, float, int], ...]:
    tenth = np.minimum((foretold * 10).astype(np.int64), 9)
    return tuple(
        (float(foretold[tenth == one].mean()), float(good[tenth == one].mean()), int((tenth == one).sum()))
        for one in range(10)
        if (tenth == one).any()
    )
