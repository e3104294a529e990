"""What people answer is kept with what they saw, says how many joins are right, and moves the threshold."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from small_shop import FAMILY, GIVEN, Person, Shop, person
from sqlalchemy import select

from regulars.match import disjoin, merge
from regulars.match.people.evidence import last_model
from regulars.match.review.asking import sample, seen_in_review, seen_in_sample
from regulars.match.review.verdicts import NAMED
from regulars.store.tables import review_pairs, verdicts

pytestmark = pytest.mark.slow


def customers(numbers: Iterable[int]) -> list[Person]:
    """People known at the till and in the web shop by name, city and birth date, the last of which may be missing."""
    found = []
    for n in numbers:
        draw = random.Random(n)
        name = {
            "given_name": draw.choice(GIVEN),
            "family_name": draw.choice(FAMILY),
            "city": draw.choice(FAMILY),
        }
        birth = {
            "birth_date": f"{draw.randint(1940, 2004)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        }
        found.append(person(f"t{n}", **name, **birth))
        found.append(person(f"w{n}", source="web", **name, **(birth if n % 3 else {})))
    return found


@pytest.fixture
def town(shop: Shop) -> Shop:
    shop.add(customers(range(150)))
    shop.match()
    return shop


def drawn(shop: Shop, most: int) -> list[tuple[int, int]]:
    found = sample(shop.store, shop.engine, most).to_pylist()
    return [(row["record_a"], row["record_b"]) for row in found]


def check(shop: Shop, pairs: Iterable[tuple[int, int]], *, right: bool) -> None:
    shop.now_us += 1
    for pair in pairs:
        say = merge if right else disjoin
        say(shop.store, *pair, "the owner", shop.now_us, seen_in_sample(shop.store, *pair))


def threshold(shop: Shop) -> float:
    kept = last_model(shop.store)
    assert kept is not None
    return kept.model.threshold


def test_more_of_a_sample_is_more_of_the_same_draw_and_nothing_is_drawn_twice(town: Shop) -> None:
    ten = drawn(town, 10)
    assert drawn(town, 5) == ten[:5]
    check(town, ten[:4], right=True)
    town.match()
    assert drawn(town, 6) == ten[4:]


def test_whom_an_identifier_joins_too_is_not_drawn_and_counts_no_more(town: Shop) -> None:
    checked, other = drawn(town, 2)
    check(town, [checked], right=True)
    first = town.match().precision
    assert first is not None
    assert first.answers == 1
    keys = {town.record(key): key for key in town.people()}
    for pair, mailbox in ((checked, "one@example.ca"), (other, "other@example.ca")):
        for record in pair:
            town.order(keys[record], email=mailbox)
    found = town.match().precision
    assert found is not None
    assert found.answers == 0
    assert other not in drawn(town, 1_000)


def test_a_match_says_how_many_of_the_joins_that_were_checked_are_right(town: Shop) -> None:
    unknown = town.match().precision
    assert unknown is not None
    assert (unknown.answers, unknown.share) == (0, None)
    five = drawn(town, 5)
    check(town, five[:4], right=True)
    check(town, five[4:], right=False)
    found = town.match().precision
    assert found is not None
    assert (found.answers, found.right, found.share) == (5, 4, 0.8)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.8 < found.high


def test_who_was_parted_by_a_check_stays_parted(town: Shop) -> None:
    (pair,) = drawn(town, 1)
    check(town, [pair], right=False)
    town.match()
    town.match()
    with town.store.read() as connection:
        said = connection.execute(select(verdicts)).mappings().one()
    assert (said["verdict"], said["asked"], said["zone"]) == ("different", "sample", "automatic")
    assert said["weight"] is not None
    assert said["fields"] != "{}"
    assert len(town.groups()) == town.match().people
    keys = {key for key in town.people() if town.record(key) in pair}
    assert len({town.person(key) for key in keys}) == 2


def test_right_answers_in_doubt_make_the_next_match_bolder(town: Shop) -> None:
    before = threshold(town)
    with town.store.read() as connection:
        waiting = connection.execute(select(review_pairs.c.record_a, review_pairs.c.record_b)).all()
    assert len(waiting) >= 10
    town.now_us += 1
    for one, other in waiting:
        merge(
            town.store, one, other, "the owner", town.now_us, seen_in_review(town.store, one, other) or NAMED
        )
    town.match()
    assert threshold(town) < before


def test_wrong_joins_make_the_next_match_stricter(town: Shop) -> None:
    before = threshold(town)
    check(town, drawn(town, 20), right=False)
    town.match()
    stricter = threshold(town)
    assert stricter > before
    town.match()
    assert threshold(town) == stricter


def test_an_answer_of_the_review_keeps_what_was_seen_and_is_heard_once(town: Shop) -> None:
    with town.store.read() as connection:
        doubtful = connection.execute(select(review_pairs)).all()
    assert doubtful
    pair = doubtful[0].record_a, doubtful[0].record_b
    merge(town.store, *pair, "the owner", town.now_us, seen_in_review(town.store, *pair) or NAMED)
    with town.store.read() as connection:
        said = connection.execute(select(verdicts)).mappings().one()
    assert (said["asked"], said["weight"]) == ("review", doubtful[0].weight)
    town.match()
    before = town.contents()
    town.match()
    assert town.contents() == before


def test_what_people_said_outlives_the_model_it_was_said_of(town: Shop) -> None:
    parted, kept = drawn(town, 2)
    check(town, [parted], right=False)
    check(town, [kept], right=True)
    old = town.match().model
    town.add(customers(range(150, 220)))
    assert town.match().model != old
    people = {town.record(key): one for key, one in town.people().items()}
    assert people[parted[0]] != people[parted[1]]
    assert people[kept[0]] == people[kept[1]]
    found = town.match().precision
    assert found is not None
    assert (found.answers, found.right) == (2, 1)
