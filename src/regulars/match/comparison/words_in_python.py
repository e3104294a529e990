"""The words of `dialects.py` in Python: what an engine computes for millions of pairs, for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, Levenshtein

_Value = TypeVar("_Value")


def likeness(a: str | None, b: str | None) -> float | None:
    """Jaro-Winkler similarity, 0..1."""
    return None if a is None or b is None else JaroWinkler.similarity(a, b)


def edits(a: str | None, b: str | None) -> int | None:
    """Levenshtein distance."""
    return None if a is None or b is None else Levenshtein.distance(a, b)


def slip(a: str | None, b: str | None) -> bool:
    """Whether one slip of the hand parts two texts."""
    return a is not None and b is not None and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1


def slips(a: str | None, b: str | None) -> int | None:
    """How many slips of the hand part two texts (Damerau-Levenshtein distance)."""
    return None if a is None or b is None else DamerauLevenshtein.distance(a, b)


def begins(text: str | None, start: str | None) -> bool:
    """Whether a text begins with another."""
    return text is not None and start is not None and text.startswith(start)


def overlap(a: Sequence[str] | None, b: Sequence[str] | None) -> bool:
    """Whether two lists share a value."""
    if a is not None and b is not None:
        for one in a:  # of the few names of one person: a set would cost more than it saves
            if one in b:
                return True
    return False


def within(a: Sequence[str] | None, b: Sequence[str] | None) -> bool:
    """Whether every value of a list is in another."""
    return a is not None and b is not None and all(one in b for one in a)


def instead(value: _Value | None, other: _Value) -> _Value:
    """The value, or the other where there is none."""
    return other if value is None else value


def joined(a: str | None, b: str | None) -> str | None:
    """Both texts, one after the other; nothing when one is missing."""
    return None if a is None or b is None else a + b


def left(text: str | None, characters: int) -> str | None:
    """The first characters."""
    return None if text is None else text[:characters]


def right(text: str | None, characters: int) -> str | None:
    """The last characters."""
    return None if text is None else text[-characters:]


def middle(text: str | None, start: int, characters: int) -> str | None:
    """Characters from a place on, counted from 1."""
    return None if text is None else text[start - 1 : start - 1 + characters]


def length(text: str | None) -> int | None:
    """How many characters a text has."""
    return None if text is None else len(text)


def greatest(a: float | None, b: float | None, *more: float | None) -> float | None:
    """The greatest of what is known."""
    most = a if b is None or (a is not None and a >= b) else b
    return greatest(most, *more) if more else most


def least(a: float | None, b: float | None, *more: float | None) -> float | None:
    """The least of what is known."""
    fewest = a if b is None or (a is not None and a <= b) else b
    return least(fewest, *more) if more else fewest
