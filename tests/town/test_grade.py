"""Marks count pairs of records from the sizes of groups."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.town.grade import Pairwise, pairwise

labels = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=30)


@given(labels)
def test_marks_are_what_listing_every_pair_would_give(pairs: list[tuple[int, int]]) -> None:
    truth, found = [t for t, _ in pairs], [f for _, f in pairs]
    together = [(truth[a] == truth[b], found[a] == found[b]) for a, b in combinations(range(len(pairs)), 2)]
    right = sum(t and f for t, f in together)
    of_found, of_true = sum(f for _, f in together), sum(t for t, _ in together)
    marks = pairwise(truth, found)
    assert marks.precision == (right / of_found if of_found else 1.0)
    assert marks.recall == (right / of_true if of_true else 1.0)


def test_the_truth_itself_has_full_marks() -> None:
    truth = np.arange(1_000_000) // 3
    assert pairwise(truth, truth * 7 + 1) == Pairwise(precision=1.0, recall=1.0, f1=1.0)


def test_no_records_are_no_mistake() -> None:
    assert pairwise([], []) == Pairwise(precision=1.0, recall=1.0, f1=1.0)


def test_labels_of_other_records_are_refused() -> None:
    with pytest.raises(ValueError, match="one label for each record"):
        pairwise([1, 2], [1])


def test_pairs_that_no_data_links_are_not_asked_for_and_are_right_when_found() -> None:
    truth, knowable = [1, 1, 1, 2], [1, 1, 3, 2]
    assert pairwise(truth, [7, 7, 8, 9], knowable).recall == 1.0
    assert pairwise(truth, [7, 7, 7, 9], knowable) == Pairwise(precision=1.0, recall=1.0, f1=1.0)
    assert pairwise(truth, [7, 8, 8, 9], knowable).recall == 0.0
