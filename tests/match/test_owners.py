"""Which id stands when the records of people come together and part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.match.people.identity import few_owners, owners

FAMILY, FRIEND = 1, 2
MARIE, ZOE = 5, 7


@pytest.mark.parametrize(
    ("label", "home", "rank", "person"),
    [
        ([FRIEND, FAMILY, FAMILY], [MARIE] * 3, [0] * 3, [0, MARIE, MARIE]),
        ([FRIEND, FAMILY], [MARIE] * 2, [0] * 2, [MARIE, 0]),
        ([FAMILY, FAMILY], [ZOE, MARIE], [0] * 2, [MARIE, MARIE]),
        ([FAMILY, FAMILY], [ZOE, MARIE], [0, 1], [ZOE, ZOE]),
        ([FAMILY, FAMILY], [0, ZOE], [0] * 2, [ZOE, ZOE]),
    ],
    ids=[
        "an id goes with most of its records",
        "of as many, with the first",
        "the elder stands",
        "the less late stands before the elder",
        "a new record takes the id that is there",
    ],
)
def test_the_id_that_stands(label: list[int], home: list[int], rank: list[int], person: list[int]) -> None:
    assert few_owners(label, home, rank)[0] == person
    assert owners(np.array(label), np.array(home), np.array(rank))[0].tolist() == person


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=12))
def test_of_a_few_records_the_same_id_stands_as_of_all(records: list[tuple[int, int, int]]) -> None:
    label, home, rank = ([one[n] for one in records] for n in range(3))
    person, house, stands = owners(np.array(label), np.array(home), np.array(rank))
    few, resolved = few_owners(label, home, rank)
    assert few == person.tolist()
    assert resolved == dict(zip(house.tolist(), stands.tolist(), strict=True))
