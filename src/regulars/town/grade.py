"""Marks: how near a result comes to the truth. Pure functions over arrays, used by the demo and the benches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairwise:
    """How well a grouping of records agrees with another one, counted in pairs of records."""

    #: Of the pairs put together, the share that belong together; 1 when none was put together.
    precision: float
    recall: float  #: of the pairs that belong together, the share put together; 1 when there are none
    f1: float  #: harmonic mean of both


def pairwise(truth: ArrayLike, found: ArrayLike, knowable: ArrayLike | None = None) -> Pairwise:
    """Compare the groups found with the true ones; both give one label a record, in one order.

    `knowable` are parts of the true groups: recall is of the pairs inside them, for no data links the others. A pair
    that is found and right is right all the same.

    Pairs are counted from the sizes of groups, never listed, so ten million records take seconds.

    >>> pairwise(["a", "a", "b"], [1, 1, 1])
    Pairwise(precision=0.3333333333333333, recall=1.0, f1=0.5)
    """
    true_group, found_group = _numbers(truth), _numbers(found)
    if len(true_group) != len(found_group):
        raise ValueError("truth and found must have one label for each record")
    both = true_group * (int(found_group.max(initial=0)) + 1) + found_group
    right = _pairs(both)
    precision = _share(right, _pairs(found_group))
    if knowable is not None:
        true_group = _numbers(knowable)
        right_part = _pairs(true_group * (int(found_group.max(initial=0)) + 1) + found_group)
    else:
        right_part = right
    recall = _share(right_part, _pairs(true_group))
    return Pairwise(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
    )


def _numbers(labels: ArrayLike) -> np.ndarray:
    return np.unique(np.asarray(labels), return_inverse=True)[1].astype(np.int64)


def _pairs(groups: np.ndarray) -> int:
    sizes = np.unique(groups, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
