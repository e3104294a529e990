"""What is learnt from pairs whose truth is known: one person, a household, strangers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from regulars.match.comparison.fields import (
    ADDRESS,
    BIRTH_DATE,
    EMAIL,
    FAMILY_NAME,
    FIELDS,
    GIVEN_NAME,
    HOUSEHOLD,
    NAMESAKE,
    number_field,
)
from regulars.match.learning.beliefs import MOST_NAMED_ALIKE, belief
from regulars.match.learning.mixture import (
    Chances,
    Mixture,
    Patterns,
    Proportions,
    Subject,
    learn,
    responsibilities,
    with_nearest,
)
from regulars.match.learning.outcome import learnt_field

#: A shop of 3,000 records: its pairs of one person, of a household, and of strangers.
SAME, AT_HOME = 6_000, 4_500
PAIRS = 3_000 * 2_999 // 2
SIZES = (SAME, AT_HOME, PAIRS - SAME - AT_HOME)
#: Of all pairs one in so many is drawn; candidates are those that agree in something.
ONE_IN = 9
COMPARED = (GIVEN_NAME, FAMILY_NAME, BIRTH_DATE, ADDRESS)
#: Chances of (different, ..., nearest) by class: one person, household, strangers.
TRUE = {
    "given_name": (
        [0.10, 0.02, 0, 0, 0.01, 0.12, 0.02, 0.02, 0.71],
        [0.995, 0, 0, 0, 0, 0, 0, 0, 0.005],
        None,
    ),
    "family_name": ([0.04, 0, 0.06, 0, 0.90], [0.02, 0, 0, 0.03, 0.95], None),
    "birth_date": ([0.04, 0.01, 0.02, 0.08, 0.85], [0.58, 0.40, 0.01, 0, 0.01], None),
    "address": ([0.20, 0.05, 0, 0, 0, 0, 0.05, 0.70], [0.02, 0, 0, 0, 0, 0.02, 0.06, 0.90], None),
}


@cache
def _shop(one_in_names: int) -> tuple[Patterns, Patterns, list[Subject], np.ndarray]:
    draw = np.random.default_rng(11)
    columns, subjects = [], []
    for field in COMPARED:
        one, home, _ = TRUE[field.name]
        stranger = belief(field).stranger
        if field is GIVEN_NAME:
            stranger = with_nearest(stranger, 1 / one_in_names)
        chances = (one, home, stranger)
        columns.append(
            np.concatenate([draw.choice(len(one), n, p=c) for n, c in zip(SIZES, chances, strict=True)])
        )
        subjects.append(
            Subject(
                belief=belief(field),
                household=HOUSEHOLD in field.shared_by,
                namesake=NAMESAKE in field.shared_by,
                rare=False,
                most_different=1.0,
                most_at_home=MOST_NAMED_ALIKE if field is GIVEN_NAME else 1.0,
            )
        )
    pairs, truth = np.column_stack(columns), np.repeat(np.arange(3), SIZES)
    alike = (pairs == [len(field.levels) for field in COMPARED]).any(axis=1)
    candidates, which = _counted(pairs[alike])
    drawn, _which = _counted(pairs[draw.random(PAIRS) < 1 / ONE_IN])
    each = [np.bincount(which[truth[alike] == n], minlength=len(candidates.pairs)) for n in range(3)]
    return candidates, drawn, subjects, np.stack(each)


def _counted(pairs: np.ndarray) -> tuple[Patterns, np.ndarray]:
    """Pairs as patterns, and the pattern of each pair."""
    levels, which, count = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    inside = np.zeros(len(levels), np.int64)
    return Patterns(levels=levels.astype(np.int64), inside=inside, pairs=count.astype(float)), which


def _learnt(one_in_names: int = 250) -> tuple[Mixture, Patterns, np.ndarray]:
    """What is learnt of a shop in which one of so many strangers has one's first name."""
    candidates, drawn, subjects, truth = _shop(one_in_names)
    pairs = np.array([float(PAIRS), 0.0])
    return learn(candidates, drawn, subjects, pairs=pairs, expected_same=900.0), candidates, truth


@pytest.mark.slow
def test_the_share_of_pairs_that_are_one_person_and_their_errors_are_found_without_labels() -> None:
    mixture, _patterns, _truth = _learnt()
    assert mixture.pairs_of_one_person == pytest.approx(SAME, rel=0.05)
    for field, chances in zip(COMPARED, mixture.fields, strict=True):
        assert chances.same == pytest.approx(np.array(TRUE[field.name][0]), abs=0.04)


def test_where_little_is_told_it_is_learnt_in_more_rounds() -> None:
    """By first names and doors alone, from a first guess that is far too low, and one that is far too high."""
    candidates, drawn, subjects, _truth = _shop(250)
    told = [COMPARED.index(field) for field in (GIVEN_NAME, ADDRESS)]
    few = [replace(patterns, levels=patterns.levels[:, told]) for patterns in (candidates, drawn)]
    pairs = np.array([float(PAIRS), 0.0])
    low, high = (
        learn(*few, [subjects[n] for n in told], pairs=pairs, expected_same=guess).pairs_of_one_person
        for guess in (30.0, 30_000.0)
    )
    assert low == pytest.approx(high, rel=0.02)


def test_each_level_knows_how_many_pairs_of_one_person_taught_it() -> None:
    mixture, candidates, truth = _learnt()
    for n, (field, pairs) in enumerate(zip(COMPARED, mixture.taught, strict=True)):
        same = np.bincount(candidates.levels[:, n], truth[0], len(pairs))
        assert pairs == pytest.approx(same, abs=0.1 * SAME)
        assert pairs.sum() == pytest.approx(mixture.pairs_of_one_person, rel=0.01)
        levels = learnt_field(field, mixture.fields[n], pairs).levels
        assert [level.pairs for level in levels] == [round(count) for count in pairs[::-1]]


def test_pairs_drawn_that_are_one_person_are_no_strangers() -> None:
    mixture, _candidates, _truth = _learnt()
    birth = COMPARED.index(BIRTH_DATE)
    strangers = belief(BIRTH_DATE).stranger
    assert SIZES[0] / ONE_IN > 10 * strangers[-1] * PAIRS / ONE_IN  # most of those of one birth date
    assert mixture.fields[birth].stranger[-1] == pytest.approx(strangers[-1], rel=0.2)


@pytest.mark.slow
def test_families_avoid_a_first_name_that_many_strangers_share() -> None:
    mixture, candidates, truth = _learnt(one_in_names=25)
    given = mixture.fields[COMPARED.index(GIVEN_NAME)]
    assert given.stranger[-1] == pytest.approx(1 / 25, rel=0.1)
    assert given.household[-1] <= MOST_NAMED_ALIKE
    joined = responsibilities(mixture, candidates)[0] >= 0.95
    assert truth[0, joined].sum() / truth[:, joined].sum() > 0.99
    assert truth[0, joined].sum() > 0.75 * SAME


def test_one_person_differs_no_more_than_can_be() -> None:
    candidates, drawn, subjects, _truth = _shop(250)
    birth = COMPARED.index(BIRTH_DATE)
    bound = [replace(each, most_different=0.02) if n == birth else each for n, each in enumerate(subjects)]
    pairs = np.array([float(PAIRS), 0.0])
    same = learn(candidates, drawn, bound, pairs=pairs, expected_same=900.0).fields[birth].same
    assert same[0] == pytest.approx(0.02) != TRUE["birth_date"][0][0]
    assert same.sum() == pytest.approx(1.0)


#: What is counted of 3,000 records who may have an e-mail, in `FIELDS_TOLD`; of each pair drawn, whether it has two.
FIELDS_TOLD = (*COMPARED, EMAIL)
ONE_PERSON, ONE_NAME, ONE_DOOR, ONE_DAY, ONE_EMAIL = (
    (8, 4, 4, 7, 4), (8, 4, 0, 0, 0), (0, 4, 0, 7, -1), (0, 0, 4, 0, -1), (0, 0, 0, 0, 4),
)  # fmt: skip
NOTHING, NOTHING_WITHOUT_EMAIL = (0, 0, 0, 0, 0), (0, 0, 0, 0, -1)


def _told(expected_same: float = 900.0, *, one_email: int = 30, with_email: int = 250_000) -> Mixture:
    """What a shop learns of which 1,000 pairs are plainly one person, and thirty pairs of strangers share an e-mail; of
    the pairs drawn so many have two."""
    candidates = _table(
        (ONE_PERSON, 1_000), (ONE_NAME, 300), (ONE_DOOR, 800), (ONE_DAY, 900), (ONE_EMAIL, one_email)
    )
    drawn = _table((NOTHING, with_email), (NOTHING_WITHOUT_EMAIL, 500_000 - with_email))
    subjects = [
        Subject(
            belief=belief(field),
            household=HOUSEHOLD in field.shared_by,
            namesake=NAMESAKE in field.shared_by,
            rare=field.rare,
            most_different=1.0,
            most_at_home=1.0,
        )
        for field in FIELDS_TOLD
    ]
    pairs = np.array([float(PAIRS), 0.0])
    return learn(candidates, drawn, subjects, pairs=pairs, expected_same=expected_same)


def test_how_seldom_strangers_share_an_e_mail_is_counted_where_pairs_drawn_show_none() -> None:
    email = _told().fields[FIELDS_TOLD.index(EMAIL)]
    assert email.stranger[-1] == pytest.approx(30 / (PAIRS / 2), rel=0.05)
    assert email.namesake[-1] == email.stranger[-1]  # a name brings nobody to another's mailbox
    assert email.namesake.sum() == pytest.approx(1.0)


def test_an_e_mail_that_strangers_were_not_seen_to_share_is_not_taken_for_proof() -> None:
    """Half a pair is believed to have been there; and no more than every other one, where pairs drawn have none."""
    where = FIELDS_TOLD.index(EMAIL)
    assert _told(one_email=0).fields[where].stranger[-1] == pytest.approx(0.5 / (PAIRS / 2), rel=0.05)
    assert _told(with_email=0).fields[where].stranger[-1] == 0.5


def test_what_is_believed_weighs_as_fifty_pairs_of_one_person_and_as_twenty_of_others() -> None:
    mixture = _told()
    family, given = (FIELDS_TOLD.index(field) for field in (FAMILY_NAME, GIVEN_NAME))
    others = slice(0, -1)  # the levels that no pair of a class stands at
    for learnt, believed, weight, pairs in (
        (mixture.fields[family].same, belief(FAMILY_NAME).same, 50, 1_000),
        (mixture.fields[family].household, belief(FAMILY_NAME).household, 20, 800),
        (mixture.fields[given].namesake, belief(GIVEN_NAME).namesake, 20, 300),
    ):
        assert learnt[others] == pytest.approx(weight * believed[others] / (pairs + weight), rel=0.02)


def test_in_what_a_household_or_a_name_does_not_share_they_are_strangers_or_what_is_believed() -> None:
    birth = _told().fields[FIELDS_TOLD.index(BIRTH_DATE)]
    assert np.array_equal(birth.namesake, birth.stranger)
    assert birth.household[-1] == pytest.approx(belief(BIRTH_DATE).household[-1])  # twins
    assert birth.stranger[-1] < belief(BIRTH_DATE).household[-1]
    assert birth.household[1] == pytest.approx(birth.stranger[1])  # a generation apart are most of any two
    assert birth.stranger[1] < belief(BIRTH_DATE).household[1] < belief(BIRTH_DATE).stranger[1]


@pytest.mark.parametrize("expected_same", [30.0, 30_000.0])
def test_another_first_guess_comes_to_the_same(expected_same: float) -> None:
    assert _told(expected_same).pairs_of_one_person == pytest.approx(1_000, rel=0.02)


def test_how_frequent_each_class_is_inside_one_source_counts_there_alone() -> None:
    proportions = Proportions(
        same=np.array([0.1, 0.02]), household=np.array([0.2, 0.05]), namesake=np.array([0.03, 0.01])
    )
    mixture = Mixture(
        fields=(belief(GIVEN_NAME),), proportions=proportions, pairs_of_one_person=1.0, taught=()
    )
    both = Patterns(levels=np.array([[5], [5]]), inside=np.array([0, 1]), pairs=np.ones(2))
    odds = responsibilities(mixture, both)[:3] / responsibilities(mixture, both)[3]
    assert odds[:, 0] / odds[:, 1] == pytest.approx([5, 4, 3])


def _table(*rows: tuple[tuple[int, ...], int]) -> Patterns:
    """Patterns of levels, and how many pairs have each."""
    levels, pairs = zip(*rows, strict=True)
    return Patterns(
        levels=np.array(levels, np.int64), inside=np.zeros(len(rows), np.int64), pairs=np.array(pairs, float)
    )


def test_a_familys_door_is_no_proof_of_a_person() -> None:
    mixture, patterns, truth = _learnt()
    chance = responsibilities(mixture, patterns)[0]
    joined = chance >= 0.95
    assert truth[0, joined].sum() / truth[:, joined].sum() > 0.99
    assert truth[0, joined].sum() > 0.75 * SAME
    assert (
        chance[(patterns.levels == [0, 4, 0, 7]).all(axis=1)].max() < 0.01
    )  # another first name and birth, the same family and door


def test_the_chances_that_are_said_are_the_chances_that_hold() -> None:
    mixture, patterns, truth = _learnt()
    chance = responsibilities(mixture, patterns)[0]
    for low, high in ((0.5, 0.9), (0.9, 1.01)):
        band = (chance >= low) & (chance < high)
        said = (chance[band] * truth[:, band].sum(axis=0)).sum() / truth[:, band].sum()
        assert truth[0, band].sum() / truth[:, band].sum() == pytest.approx(said, abs=0.08)


def test_what_is_believed_beforehand_adds_to_one_in_every_field_and_class() -> None:
    for field in (*FIELDS, number_field("social_security", "id_0")):
        believed: Chances = belief(field)
        for chances in (believed.same, believed.household, believed.namesake, believed.stranger):
            assert chances.sum() == pytest.approx(1.0)
            assert (chances > 0).all()
