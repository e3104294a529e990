"""The bench of matching says whether another way of making groups may become the default."""

from __future__ import annotations

import pytest
from bench.match import adoption
from bench.match.sets import LARGE

from regulars.town.grade import Pairwise

UNSEEN = f"(not looked at: {', '.join(LARGE)})"


def marks(f1: float, precision: float = 0.995) -> Pairwise:
    return Pairwise(precision=precision, recall=0.9, f1=f1)


@pytest.mark.parametrize(
    ("usual", "other", "said"),
    [
        (marks(0.95), marks(0.9501), "better on one"),
        (marks(0.95), marks(0.95004), "better on none"),
        (marks(0.95), marks(0.94996), "worse on none"),
        (marks(0.95), marks(0.9499), "worse on one"),
        (marks(0.95, 0.999), marks(0.96, 0.99), "better on one"),  # as sure as is asked
        (marks(0.95, 0.999), marks(0.96, 0.9899), "worse on one"),
        (marks(0.95, 0.98), marks(0.96, 0.98), "better on one"),  # the default is no surer
        (marks(0.95, 0.98), marks(0.96, 0.9799), "worse on one"),
    ],
)
def test_a_set_is_better_or_worse_by_f1_and_worse_where_joins_are_less_sure(
    usual: Pairwise, other: Pairwise, said: str
) -> None:
    assert said in adoption("chained", {"one": (usual, other)})


def test_it_is_adopted_only_if_it_is_better_on_some_set_and_worse_on_none() -> None:
    same, better, worse = ((marks(0.95), marks(f1)) for f1 in (0.95, 0.96, 0.94))
    assert (
        adoption("chained", {"one": same, "two": better, "three": better})
        == f"chained may be adopted: better on two, three, worse on none {UNSEEN}"
    )
    assert (
        adoption("chained", {"one": better, "two": worse})
        == f"chained is not adopted: better on one, worse on two {UNSEEN}"
    )
    assert (
        adoption("chained", {"one": same})
        == f"chained is not adopted: better on none, worse on none {UNSEEN}"
    )
