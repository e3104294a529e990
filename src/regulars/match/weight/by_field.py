"""What each field of a pair says by itself, so that what several pairs say of a field can be taken together."""

from __future__ import annotations

from functools import cached_property
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regulars.match.arrays import Floats
from regulars.match.weight.model import Model, fields_of
from regulars.match.weight.scorer import Card, Levels
from regulars.match.weight.worth import BayesFactors, Worth, bayes_factors, logs

#: A number that joined two is theirs: it speaks for one person with so many bits, against any other reading.
NUMBER_BITS = 8.0


class Compared(NamedTuple):
    """Some pairs of cards, an entry each."""

    levels: NDArray[np.int8]  #: by pair and field of the model, `different` = 0; -1 when nothing can be said
    shares: dict[int, Floats]  #: of the values that they agree in, 0..1, by the fields that count them
    inside: NDArray[np.bool_]  #: both records are of one source
    strong: NDArray[np.bool_]  #: a number of their own joined them
    suffix_alone: NDArray[np.bool_]  #: one is a junior, and of the other it is not said


class ByField:
    """A model as tables of what each field says at each of its levels."""

    def __init__(self, model: Model) -> None:
        """Every logarithm is taken here, once."""
        fields = fields_of(model)
        self._worth = [Worth.of(*both) for both in zip(model.fields, fields, strict=True)]
        tables = [_table(worth) for worth in self._worth]
        self._said = np.concatenate(tables)
        #: Where the levels of each field begin in it.
        self._first = np.cumsum([1, *(len(table) for table in tables[:-1])])
        self._usual = {
            n: worth.levels[level][3]
            for n, worth in enumerate(self._worth)
            if (level := worth.counted_level) is not None
        }
        self._priors = [(*bayes_factors(*logs(each))[:2], 0.0) for each in (model.across, model.inside)]
        self._levels = [[bayes_factors(*level) for level in worth.levels] for worth in self._worth]

    @cached_property
    def counted(self) -> dict[int, str]:
        """The fields, by number, in which common values say less, and the column of cards with their shares."""
        return {n: worth.share for n, worth in enumerate(self._worth) if worth.counted_level is not None}

    def said(self, pairs: Compared) -> Floats:
        """Bits for one person against a household, a namesake and a stranger: pairs x fields x these; nan where nothing
        is known. Two entries stand after the fields: how frequent each of these is, strangers being taken for as
        frequent as one person, and what a number says that joined two. A junior's namesake does not speak for him."""
        fields = len(self._worth)
        said = np.empty((len(pairs.levels), fields + 2, 3))
        said[:, :fields] = self._said[pairs.levels + self._first]
        for n, share in pairs.shares.items():
            counted = pairs.levels[:, n] == self._worth[n].counted_level
            if counted.any():
                said[counted, n, 1:] -= (np.log2(share[counted]) - self._usual[n])[:, None]
        said[:, fields] = np.array(self._priors)[pairs.inside.astype(np.int64)]
        said[:, fields + 1] = np.where(pairs.strong, NUMBER_BITS, np.nan)[:, None]
        if pairs.suffix_alone.any():
            said[pairs.suffix_alone] = np.minimum(said[pairs.suffix_alone], 0.0)
        return said

    def of_pair(
        self, left: Card, right: Card, levels: Levels, *, strong: bool, suffix_alone: bool
    ) -> list[BayesFactors | None]:
        """The same of one pair, quickly, None where nothing is known; `levels` are what `Scorer.compare` says of it."""
        said: list[BayesFactors | None] = [
            None if level is None else told[level] for told, level in zip(self._levels, levels, strict=True)
        ]
        for n, share in self.counted.items():
            if (bits := said[n]) and levels[n] == self._worth[n].counted_level:
                rarer = self._usual[n] - log2(left[share])
                said[n] = (bits[0], bits[1] + rarer, bits[2] + rarer)
        said.append(self._priors[left["source"] == right["source"]])
        said.append((NUMBER_BITS,) * 3 if strong else None)
        return [bits and _none_for(bits) for bits in said] if suffix_alone else said


def in_rows(said: Floats) -> list[list[BayesFactors | None]]:
    """The same of many pairs as `of_pair` gives it of one."""
    return [
        [tuple(bits) if bits[0] == bits[0] else None for bits in pair] for pair in said.tolist()
    ]  # nan is unlike itself


def _table(worth: Worth) -> Floats:
    """What a field says at each level, after what it says when nothing is known."""
    return np.array([(np.nan,) * 3, *(bayes_factors(*level) for level in worth.levels)])


def _none_for(bits: BayesFactors) -> BayesFactors:
    """The same without what speaks for one person."""
    household, namesake, stranger = bits
    return min(0.0, household), min(0.0, namesake), min(0.0, stranger)
