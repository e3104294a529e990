"""What is learnt from pairs whose truth is known: one person, a household, strangers."""

from __future__ import annotations

import numpy as np
import pytest

from regulars.match.comparison.fields import (
    ADDRESS,
    BIRTH_DATE,
    FIELDS,
    GIVEN_NAME,
    HOUSEHOLD,
    NAMESAKE,
    number_field,
)
from regulars.match.learning.beliefs import belief
from regulars.match.learning.mixture import Chances, Mixture, Patterns, Subject, learn, responsibilities

#: A shop of 3,000 records: pairs of one person, of a household, and as many strangers as pass a key by chance.
SAME, AT_HOME, STRANGERS = 2_000, 1_500, 6_000
PAIRS = 3_000 * 2_999 / 2
COMPARED = (GIVEN_NAME, BIRTH_DATE, ADDRESS)
#: Chances of (different, ..., nearest) by class: one person, household, strangers.
TRUE = {
    "given_name": ([0.10, 0.02, 0, 0, 0.01, 0.12, 0.02, 0.02, 0.71], [0.97, 0, 0, 0, 0, 0, 0, 0, 0.03], None),
    "birth_date": ([0.04, 0.01, 0.02, 0.08, 0.85], [0.58, 0.40, 0.01, 0, 0.01], None),
    "address": ([0.20, 0.05, 0, 0, 0, 0, 0.05, 0.70], [0.02, 0, 0, 0, 0, 0.02, 0.06, 0.90], None),
}


def _drawn() -> tuple[Patterns, list[Subject], np.ndarray]:
    draw = np.random.default_rng(11)
    sizes = (SAME, AT_HOME, STRANGERS)
    columns, subjects = [], []
    for field in COMPARED:
        one, home, _ = TRUE[field.name]
        stranger = belief(field).stranger
        chances = (one, home, stranger)
        columns.append(
            np.concatenate([draw.choice(len(one), n, p=c) for n, c in zip(sizes, chances, strict=True)])
        )
        subjects.append(
            Subject(
                belief=belief(field),
                household=HOUSEHOLD in field.shared_by,
                namesake=NAMESAKE in field.shared_by,
                rare=False,
                most_different=1.0,
                sample=draw.multinomial(500_000, stranger).astype(float),
            )
        )
    levels, which, count = np.unique(
        np.column_stack(columns), axis=0, return_inverse=True, return_counts=True
    )
    patterns = Patterns(
        levels=levels.astype(np.int64),
        inside=np.zeros(len(levels), np.int64),
        pairs=count.astype(float),
    )
    truth = np.repeat(np.arange(3), sizes)
    return (
        patterns,
        subjects,
        np.stack([np.bincount(which[truth == n], minlength=len(levels)) for n in range(3)]),
    )


def _learnt() -> tuple[Mixture, Patterns, np.ndarray]:
    patterns, subjects, truth = _drawn()
    pairs = np.array([PAIRS, 0.0])
    return learn(patterns, subjects, pairs=pairs, sampled=500_000.0, expected_same=900.0), patterns, truth


def test_the_share_of_pairs_that_are_one_person_and_their_errors_are_found_without_labels() -> None:
    mixture, _patterns, _truth = _learnt()
    assert mixture.pairs_of_one_person == pytest.approx(SAME, rel=0.05)
    for field, chances in zip(COMPARED, mixture.fields, strict=True):
        assert chances.same == pytest.approx(np.array(TRUE[field.name][0]), abs=0.04)


def test_a_familys_door_is_no_proof_of_a_person() -> None:
    mixture, patterns, truth = _learnt()
    chance = responsibilities(mixture, patterns)[0]
    joined = chance >= 0.95
    assert truth[0, joined].sum() / truth[:, joined].sum() > 0.99
    assert truth[0, joined].sum() > 0.75 * SAME
    assert (
        chance[(patterns.levels == [0, 0, 7]).all(axis=1)].max() < 0.01
    )  # another name and birth, the same door


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
