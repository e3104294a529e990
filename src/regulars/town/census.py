"""How many people of the whole town bear a name: counted before its quarters are written, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """The names of today and their bearers."""

    people: int
    given: pa.Array  #: the different given names
    family: pa.Array  #: the different family names
    of_given: np.ndarray  #: bearers of each
    of_family: np.ndarray  #: bearers of each, and none of any other
    whole: np.ndarray  #: the different whole names as numbers, rising
    of_whole: np.ndarray  #: bearers of each

    def bearers(self, given: pa.Array, family: pa.Array) -> np.ndarray:
        """How many people are called so, for each pair of names."""
        first, last = self._codes(given, family)
        return counted(first * len(self.of_family) + last, self.whole, self.of_whole)

    def expected(self, given: pa.Array, family: pa.Array) -> np.ndarray:
        """How many would be called so if given and family names had nothing to do with each other."""
        first, last = self._codes(given, family)
        expected: np.ndarray = self.of_given[first] * self.of_family[last] / self.people
        return expected

    def _codes(self, given: pa.Array, family: pa.Array) -> tuple[np.ndarray, np.ndarray]:
        first = pc.index_in(given, value_set=self.given).to_numpy(zero_copy_only=False).astype(np.int64)
        last = pc.index_in(family, value_set=self.family).fill_null(len(self.family)).to_numpy()
        return first, last.astype(np.int64)


def census(folks: Iterable[People]) -> Census:
    """Count the names of people who come in parts."""
    parts = [_counts(pa.table({"given": folk.given, "family": folk.family})) for folk in folks]
    names = pa.concat_tables(parts).group_by(["given", "family"], use_threads=False)
    names = names.aggregate([("count_all", "sum")])
    bearers = names["count_all_sum"].to_numpy()
    given, family = (names[name].combine_chunks().dictionary_encode() for name in ("given", "family"))
    first, last = (column.indices.to_numpy().astype(np.int64) for column in (given, family))
    whole = first * (len(family.dictionary) + 1) + last
    by = np.argsort(whole)
    return Census(
        people=int(bearers.sum()),
        given=given.dictionary,
        family=family.dictionary,
        of_given=np.bincount(first, bearers).astype(np.int64),
        of_family=np.bincount(last, bearers, len(family.dictionary) + 1).astype(np.int64),
        whole=whole[by],
        of_whole=bearers[by],
    )


def counted(numbers: np.ndarray, known: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The count that goes with each number; `known` rises, and what is not in it counts nothing."""
    at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    return np.where(known[at] == numbers, counts[at], 0)


def _counts(names: pa.Table) -> pa.Table:
    return names.group_by(["given", "family"], use_threads=False).aggregate([([], "count_all")])
