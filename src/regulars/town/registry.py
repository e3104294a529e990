"""What a town gives out once: running numbers, mailboxes and telephone lines.

A town is built quarter by quarter; each goes on where the last one ended, so that no two people, receipts or
mailboxes of different quarters are taken for one. Twenty bytes a customer are all that a quarter leaves behind.
"""

from __future__ import annotations

from collections import Counter
from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


class Registry:
    """The town hall's books."""

    def __init__(self) -> None:
        """Nothing is given out yet."""
        self._numbers: Counter[str] = Counter()
        self._mailboxes = np.zeros(0, dtype=np.int64)  # checksums, rising
        self._lines = np.zeros(0, dtype=np.int64)  # telephone numbers, rising

    def numbers(self, series: str, count: int) -> int:
        """Give out `count` numbers of a series; return the first, which is 0 in the first quarter."""
        first = self._numbers[series]
        self._numbers[series] += count
        return first

    def mailboxes(self, addresses: pa.Array) -> pa.Array:
        """The addresses, no two of them alike nor as one given out before: who comes late takes a number."""
        codes = addresses.dictionary_encode().indices.to_numpy()
        late = np.ones(len(codes), dtype=bool)
        late[np.unique(codes, return_index=True)[1]] = False
        late |= _among(_checksums(addresses), self._mailboxes)
        number = pc.cast(pa.array(self.numbers("mailboxes", len(codes)) + np.arange(len(codes))), pa.string())
        local, domain = (pc.list_element(pc.split_pattern(addresses, "@"), part) for part in (0, 1))
        numbered = pc.binary_join_element_wise(pc.binary_join_element_wise(local, number, "."), domain, "@")
        given = pc.if_else(pa.array(late), numbered, addresses)
        self._mailboxes = _rising(self._mailboxes, _checksums(given))
        return given

    def lines(self, digits: pa.Array) -> pa.Array:
        """Telephone numbers of ten digits; one that an earlier quarter has becomes the next free one."""
        number = pc.cast(digits, pa.int64()).to_numpy().copy()
        while (taken := _among(number, self._lines)).any():
            number[taken] += 1
        self._lines = _rising(self._lines, number)
        return pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), 10, "0")


def _checksums(texts: pa.Array) -> np.ndarray:
    """Two addresses of one checksum are one in four thousand million: the later one then takes a number in vain."""
    return np.array([crc32(text.encode()) for text in texts.to_pylist()], dtype=np.int64)


def _among(numbers: np.ndarray, rising: np.ndarray) -> np.ndarray:
    """Whether each number is one of those."""
    if not len(rising):
        return np.zeros(len(numbers), dtype=bool)
    at = np.minimum(np.searchsorted(rising, numbers), len(rising) - 1)
    return np.asarray(rising[at] == numbers)


def _rising(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Both together in rising order."""
    both: np.ndarray = np.concatenate([one, other])
    both.sort(kind="stable")  # merges what is sorted already
    return both
