"""The control group: drawn by a hash, the same each time, fair, and other for each treatment and shop."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.treat.holdout import held

MANY = range(1, 100_001)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5, 1.0])
def test_the_share_kept_aside_is_the_share_asked_for(share: float) -> None:
    spread = (share * (1 - share) / len(MANY)) ** 0.5
    assert abs(held(MANY, "welcome", "a salt", share).mean() - share) <= 4 * spread


def test_two_treatments_and_two_shops_keep_other_people_aside() -> None:
    draws = [
        held(MANY, experiment, salt, 0.1)
        for experiment in ("welcome", "birthday")
        for salt in ("a salt", "another")
    ]
    for i, one in enumerate(draws):
        for other in draws[:i]:
            assert abs(np.corrcoef(one, other)[0, 1]) < 4 / len(MANY) ** 0.5


def test_neighbours_by_number_are_drawn_apart() -> None:
    aside = held(MANY, "welcome", "a salt", 0.5).astype(float)
    assert abs(np.corrcoef(aside[1:], aside[:-1])[0, 1]) < 4 / len(MANY) ** 0.5


def test_a_larger_share_keeps_everybody_whom_a_smaller_one_keeps() -> None:
    assert not (held(MANY, "welcome", "a salt", 0.1) & ~held(MANY, "welcome", "a salt", 0.2)).any()


@given(st.integers(1, 2**62), st.text(max_size=8), st.text(max_size=8), st.floats(0, 1))
def test_one_person_is_drawn_as_among_many(person: int, experiment: str, salt: str, share: float) -> None:
    assert held([person], experiment, salt, share)[0] == held([5, person], experiment, salt, share)[1]


def test_the_draw_can_be_computed_again_by_anybody() -> None:
    drawn = (np.flatnonzero(held(range(1, 41), "welcome", "a salt", 0.1)) + 1).tolist()
    assert drawn == [19, 23, 40]
    by_hand = sha256(b"a salt\x1fwelcome\x1f19").hexdigest()[:16]
    assert int(by_hand, 16) / 2**64 < 0.1
