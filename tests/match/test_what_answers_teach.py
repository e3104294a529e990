"""By how much answers move the threshold, and what they tell of the joins that nobody checked."""

from __future__ import annotations

import numpy as np

from regulars.match.learning.answers import shift
from regulars.match.review.precision import precision


def test_three_answers_do_not_swing_the_threshold_and_a_hundred_do() -> None:
    wrong = np.zeros(100, np.bool_)
    assert shift(np.full(3, 10.0), wrong[:3]) == -0.5
    assert shift(np.full(100, 10.0), wrong) < -4
    assert shift(np.full(30, 1.0), ~wrong[:30]) >= 0.5
    assert shift(np.zeros(0), wrong[:0]) == 0.0


def test_the_aim_is_reached_missed_or_not_yet_to_be_told() -> None:
    assert precision(500, 500).reached is True
    assert precision(100, 90).reached is False
    few = precision(30, 30)
    assert few.reached is None
    assert few.more is not None
    assert precision(30 + few.more, 30 + few.more).reached is True
