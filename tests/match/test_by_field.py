"""What each field of a pair says by itself, where a number joined the two or one of them is a junior."""

from __future__ import annotations

import numpy as np
import pytest

from regulars.match.comparison.fields import BIRTH_DATE, FAMILY_NAME
from regulars.match.learning.mixture import Patterns
from regulars.match.learning.small_shops import believed_model
from regulars.match.weight.by_field import ByField, Compared

FIELDS = (FAMILY_NAME, BIRTH_DATE)
#: One family name, and another birth date.
NAMESAKES = np.array([[4, 0]], np.int8)


def said(*, strong: bool = False, suffix_alone: bool = False) -> np.ndarray:
    drawn = Patterns(
        levels=np.zeros((1, 2), np.int64), inside=np.zeros(1, np.int64), pairs=np.array([4_950.0])
    )
    model = believed_model((), FIELDS, drawn, {}, records=100, pairs=np.array([4_950.0, 0.0]))
    no, yes = np.array([False]), np.array([True])
    pair = Compared(NAMESAKES, {}, no, yes if strong else no, yes if suffix_alone else no)
    return ByField(model).said(pair)[0]


def test_a_number_that_joined_two_speaks_for_one_person_against_anybody() -> None:
    assert said(strong=True)[-1].tolist() == [8.0, 8.0, 8.0]
    assert np.isnan(said()[-1]).all()


def test_a_junior_s_namesake_does_not_speak_for_him_and_may_speak_against_him() -> None:
    name, birth = said()[:2]
    assert name.max() > 0 > birth.min()
    alone = said(suffix_alone=True)
    assert np.nanmax(alone) == 0.0
    assert alone[1] == pytest.approx(np.minimum(birth, 0.0))
