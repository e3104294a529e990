"""What is known of made-up people, of whom it is known which column decides."""

from __future__ import annotations

import numpy as np
import pytest

from regulars.predict.worth.gain import Gain, gain
from regulars.predict.worth.importance import Importance, importance
from regulars.predict.worth.people import People, TooFew, sampled

NAMES = ("decides", "twin", "noise", "same", "unknown")


def people(count: int, seed: int, *, amount: bool = False) -> People:
    """People of whom one column decides, with some chance; a twin of it says nearly the same, the rest nothing."""
    chance = np.random.default_rng(seed)
    decides = chance.normal(size=count)
    given = np.column_stack([
        decides, decides + chance.normal(scale=0.3, size=count), chance.normal(size=count),
        np.full(count, 3.0), np.full(count, np.nan),
    ])  # fmt: skip
    given[:: count // 40, 0] = np.nan
    likely = decides + chance.normal(size=count)
    came = np.where(likely > 0, np.round(np.exp(likely) * 1000), 0.0)
    return People(names=NAMES, given=given, came=came if amount else (came > 0) * 1.0, yes_no=not amount)


def weighed(earlier: People, later: People, **groups: tuple[str, ...]) -> Importance:
    found = importance(earlier, later, groups or {name: (name,) for name in later.names})
    assert isinstance(found, Importance)
    return found


def gained(earlier: People, later: People, base: set[str], added: set[str]) -> Gain:
    found = gain(earlier, later, base, added)
    assert isinstance(found, Gain)
    return found


@pytest.mark.parametrize("amount", [False, True])
def test_the_column_that_decides_comes_first_and_noise_adds_nothing(amount: bool) -> None:
    found = weighed(people(1500, 1, amount=amount), people(1500, 2, amount=amount))

    worths = {one.name: one for one in found.worths}
    assert found.worths[0].name == "decides"
    assert worths["decides"].matters
    assert worths["noise"].low <= 0 <= worths["noise"].high
    assert abs(worths["noise"].fall) < 0.02
    assert worths["same"].fall == worths["unknown"].fall == 0
    assert found.mark_low < found.mark < found.mark_high
    assert found.mark > (0.4 if amount else 0.7)


def test_a_copy_of_what_is_to_come_ranks_above_all() -> None:
    earlier, later = (
        People(
            names=(*one.names, "leak"),
            given=np.column_stack([one.given, one.came]),
            came=one.came,
            yes_no=True,
        )
        for one in (people(800, 3), people(800, 4))
    )

    found = weighed(earlier, later)

    assert found.worths[0].name == "leak"
    assert found.worths[0].fall > 0.4
    assert all(one.fall < 0.01 for one in found.worths[1:])


def test_columns_that_say_the_same_are_worth_more_together_than_alone() -> None:
    found = weighed(people(1500, 5), people(1500, 6), alone=("decides",), both=("decides", "twin"))

    worths = {one.name: one.fall for one in found.worths}
    assert worths["both"] > worths["alone"] > 0


def test_the_same_people_give_the_same_figures_in_any_order_of_the_groups() -> None:
    earlier, later = people(600, 7), people(600, 8)

    once = weighed(earlier, later)
    again = importance(earlier, later, {name: (name,) for name in reversed(NAMES)})

    assert again == once


def test_learning_the_deciding_column_betters_choices_and_learning_noise_does_not() -> None:
    earlier, later = people(2000, 9), people(2000, 10)

    by_it = gained(earlier, later, {"noise"}, {"decides"})
    by_noise = gained(earlier, later, {"decides", "twin"}, {"noise"})

    assert by_it.improves
    assert by_it.difference > 0.2
    assert by_it.improved_decisions == by_it.became_right - by_it.became_wrong > 0
    assert by_it.changed == by_it.became_right + by_it.became_wrong
    assert by_it.chosen == 200
    assert not by_noise.improves
    assert by_noise.low <= 0 <= by_noise.high


def test_an_amount_of_which_more_is_known_is_ranked_better() -> None:
    by_it = gained(people(1500, 11, amount=True), people(1500, 12, amount=True), set(), {"decides"})

    assert by_it.without == 0
    assert by_it.improves
    assert by_it.improved_decisions > 0


def test_how_many_are_too_few_is_written_as_each_language_writes_numbers() -> None:
    earlier, later = people(1500, 13, amount=True), people(1500, 14, amount=True)
    earlier.came[:] = 0

    found = importance(earlier, later, {"decides": ("decides",)})

    assert isinstance(found, TooFew)
    assert "of 1,500 people only 0" in found.why.en
    assert "sur 1\u00a0500 personnes" in found.why.fr


@pytest.mark.parametrize("amount", [False, True])
def test_with_too_few_of_an_outcome_nothing_is_said_but_why(amount: bool) -> None:
    few, many = people(120, 13, amount=amount), people(1000, 14, amount=amount)

    for earlier, later in ((few, many), (many, few)):
        found = importance(earlier, later, {"decides": ("decides",)})
        assert isinstance(found, TooFew)
        assert "100" in found.why.en
        assert "100" in found.why.fr
        assert gain(earlier, later, set(), {"decides"}) == found


def test_what_is_infinite_counts_as_not_known() -> None:
    earlier, later = people(700, 15), people(700, 16)
    for one in (earlier, later):
        one.given[::7, 2] = np.inf

    found = weighed(earlier, later, noise=("noise",), telling=("decides", "twin"))

    assert found.worths[0].name == "telling"
    assert abs(found.worths[1].fall) < 0.02


def test_a_sample_of_people_is_the_same_when_others_come() -> None:
    persons = np.arange(1, 10_001)

    chosen = set(persons[sampled(persons, 1000)].tolist())
    of_more = set(np.arange(1, 12_001)[sampled(np.arange(1, 12_001), 1200)].tolist())

    assert len(chosen) == 1000
    assert len(chosen & of_more) > 900
    assert 450 < sum(one <= 5000 for one in chosen) < 550
