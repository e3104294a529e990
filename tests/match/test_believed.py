"""What is believed of a shop whose records are too few to teach a model."""

from __future__ import annotations

import numpy as np
import pytest

from regulars.match.comparison.fields import BIRTH_DATE, GIVEN_NAME, number_field
from regulars.match.learning.beliefs import MOST_NAMED_ALIKE
from regulars.match.learning.mixture import Patterns
from regulars.match.learning.small_shops import believed_model
from regulars.match.weight.model import LearntLevel, Model

NUMBER = number_field("social_security", "id_0")
FIELDS = (GIVEN_NAME, BIRTH_DATE, NUMBER)
NEXT, SAME = 1, 2  #: levels of the number


@pytest.fixture
def model() -> Model:
    """A hundred records, few of them in one source; a fifth of the numbers follow each other."""
    levels = [(0, 0, 0), (0, 0, NEXT), (0, 0, SAME), (0, 4, 0), (0, 3, 0)]
    drawn = Patterns(
        levels=np.array(levels), inside=np.zeros(5, np.int64), pairs=np.array([3_960.0, 900, 10, 40, 40])
    )
    pairs = np.array([2_000.0, 3.0])
    frequencies = {"given": {"marie": 0.05}}
    return believed_model(("social_security",), FIELDS, drawn, frequencies, records=100, pairs=pairs)


def level(model: Model, field: str, name: str) -> LearntLevel:
    (found,) = [one for each in model.fields if each.name == field for one in each.levels if one.name == name]
    return found


def test_numbers_that_follow_each_other_are_seen_and_people_who_know_each_other_have_them_as_often(
    model: Model,
) -> None:
    following = level(model, "social_security", "one slip")
    assert following.stranger == pytest.approx(900 / 14_950, rel=0.01)
    assert min(following.household, following.namesake) >= 0.9 * following.stranger
    assert following.same == pytest.approx(0.03)


def test_pairs_of_one_person_among_so_few_are_not_taken_for_strangers_who_agree(model: Model) -> None:
    assert level(model, "social_security", "same").stranger == pytest.approx(1e-6)
    assert level(model, "birth_date", "same").stranger == pytest.approx(1e-4)
    assert level(model, "birth_date", "one slip").stranger == pytest.approx(1e-3)


def test_two_of_a_household_bear_one_first_name_twice_as_often_as_elsewhere(
    model: Model,
) -> None:
    assert level(model, "given_name", "same").household == pytest.approx(MOST_NAMED_ALIKE)


def test_a_share_in_so_few_records_is_drawn_towards_that_of_shops_in_general(model: Model) -> None:
    assert model.frequencies == {"given": {"marie": round((0.05 * 100 + 0.002 * 1_000) / 1_100, 6)}}


def test_inside_one_source_fewer_are_known_twice_than_across_two() -> None:
    drawn = Patterns(
        levels=np.zeros((1, 1), np.int64), inside=np.zeros(1, np.int64), pairs=np.array([5_000.0])
    )
    pairs = np.array([5_000.0, 5_000.0])
    model = believed_model((), (GIVEN_NAME,), drawn, {}, records=100, pairs=pairs)
    assert (model.across.same, model.inside.same) == pytest.approx((0.3 * 100 / 5_000, 0.05 * 100 / 5_000))
    assert model.across.household == model.inside.household == pytest.approx(0.1 * 100 / 5_000)


def test_no_class_has_most_of_the_pairs(model: Model) -> None:
    assert (model.across.same, model.across.household) == pytest.approx(
        (0.3 * 100 / 2_000, 0.1 * 100 / 2_000)
    )
    assert model.inside.same == model.inside.household == 0.1
