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
    ("label", "home", "named", "person"),
    [
        ([FRIEND, FAMILY, FAMILY], [MARIE] * 3, [True] * 3, [0, MARIE, MARIE]),
        ([FRIEND, FAMILY], [MARIE] * 2, [True] * 2, [MARIE, 0]),
        ([FAMILY, FAMILY], [ZOE, MARIE], [True] * 2, [MARIE, MARIE]),
        ([FAMILY, FAMILY], [ZOE, MARIE], [True, False], [ZOE, ZOE]),
        ([FAMILY, FAMILY], [0, ZOE], [True] * 2, [ZOE, ZOE]),
    ],
    ids=[
        "an id goes with most of its records",
        "of as many, with the first",
        "the elder stands",
        "who is known stands before an elder who is not",
        "a new record takes the id that is there",
    ],
)
def test_the_id_that_stands(label: list[int], home: list[int], named: list[bool], person: list[int]) -> None:
    assert few_owners(label, home, named)[0] == person
    assert owners(np.array(label), np.array(home), np.array(named))[0].tolist() == person


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4), st.booleans()), min_size=1, max_size=12))
def test_of_a_few_records_the_same_id_stands_as_of_all(records: list[tuple[int, int, bool]]) -> None:
    label, home, named = ([one[n] for one in records] for n in range(3))
    person, house, stands = owners(np.array(label), np.array(home), np.array(named))
    few, resolved = few_owners(label, home, named)
    assert few == person.tolist()
    assert resolved == dict(zip(house.tolist(), stands.tolist(), strict=True))
