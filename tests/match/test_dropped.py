"""A shared identifier that is dropped, for what others say or since they are too many, waits for review."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from small_shop import FAMILY, GIVEN, Person, Shop, person
from sqlalchemy import select

from regulars.match import explain, merge
from regulars.match.records import LARGEST_PERSON
from regulars.match.run import SetAside
from regulars.store.tables import records, review_pairs

Asked = dict[frozenset[str], tuple[str, float]]
HE = {"given_name": "Ovide", "family_name": "Trottemenu", "birth_date": "1950-01-01"}
SHE = {"given_name": "Zélie", "family_name": "Bonenfant", "birth_date": "1990-02-02"}
HIS = person("his", **HE, numbers={"member": "M77"})
BETWEEN = person("between", source="web", numbers={"member": "M77", "device": "D1"})
HERS = person("hers", **SHE, numbers={"device": "D1"})


def _crowd(size: int) -> list[Person]:
    """People of whom each is at the till and on the web: enough to learn a model from."""
    draw, crowd = random.Random(9), []
    for n in range(size):
        said = {
            "given_name": draw.choice(GIVEN) + draw.choice(("", "a", "ie", "ette")),
            "family_name": draw.choice(FAMILY) + draw.choice(("", "-Roy", "in", "eau")),
            "birth_date": f"{draw.randint(1940, 2004)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "email": f"p{n}@mail.ca",
            "phone": f"+1514{draw.randint(2000000, 9999999)}",
            "house_number": str(draw.randint(1, 900)),
            "street": draw.choice(("rue Un", "rue Deux", "rue Trois")),
            "postcode": f"H7A {draw.randint(1, 9)}A{draw.randint(1, 9)}",
        }
        some = {name: value for name, value in said.items() if draw.random() > 0.25}
        crowd += [person(f"t{n}", **said), person(f"w{n}", source="web", **some)]
    return crowd


def _chain(size: int) -> list[Person]:
    """Records of which each shares a device with the one before it, or a member's number."""
    return [
        person(f"r{n}", source=f"s{n}", numbers={"device": f"D{n // 2}a", "member": f"M{(n + 1) // 2}b"})
        for n in range(size)
    ]


def _asked(shop: Shop, some: Sequence[Person]) -> Asked:
    """What waits for review of some records: why, and how likely it is."""
    with shop.store.read() as connection:
        key = {row.record: row.source_key for row in connection.execute(select(records))}
        waiting = connection.execute(select(review_pairs)).all()
    keys = {one.key for one in some}
    pairs = {frozenset((key[row.record_a], key[row.record_b])): row for row in waiting}
    return {pair: (row.reason, row.probability) for pair, row in pairs.items() if pair <= keys}


def test_a_number_that_others_contradict_is_asked_about_however_unlikely(shop: Shop) -> None:
    three = [HIS, BETWEEN, HERS]
    shop.add([*_crowd(250), *three])
    assert shop.match().learnt
    assert len({shop.person(one.key) for one in three}) == 2
    ((pair, (reason, probability)),) = _asked(shop, three).items()
    assert "between" in pair
    assert reason == "others contradict"
    assert probability < shop.settings.match.review


def test_a_shop_too_small_to_learn_from_asks_too(shop: Shop) -> None:
    three = [HIS, BETWEEN, HERS]
    shop.add(three)
    shop.match()
    assert len({shop.person(one.key) for one in three}) == 3
    assert [reason for reason, _probability in _asked(shop, three).values()] == ["either", "either"]


def test_of_a_chain_that_is_too_long_each_record_is_asked_about(shop: Shop) -> None:
    chain = _chain(60)
    shop.add([*_crowd(250), *chain])
    assert shop.match().learnt
    assert len({shop.person(one.key) for one in chain}) == 60
    asked = _asked(shop, chain)
    assert {reason for reason, _probability in asked.values()} == {"too many"}
    assert min(probability for _reason, probability in asked.values()) < shop.settings.match.review
    assert frozenset[str]().union(*asked) == {one.key for one in chain}
    assert len(asked) < 60
    for pair in asked:
        merge(shop.store, *(shop.record(key) for key in sorted(pair)), "me", shop.now_us)
    shop.match()
    fewer = _asked(shop, chain)
    assert not fewer.keys() & asked.keys()
    assert 0 < len(fewer) < len({shop.person(one.key) for one in chain}) < 60


def test_a_value_that_more_may_have_than_one_person_is_no_more_questions_than_records(
    new_shop: Callable[..., Shop],
) -> None:
    shop = new_shop(identifier_limit=60)
    orders = [
        person(f"r{n}", source="web", given_name="Ulla", family_name="Berg", email="ulla@berg.ca")
        for n in range(60)
    ]
    shop.add([*_crowd(250), *orders])
    assert shop.match().learnt
    asked = _asked(shop, orders)
    assert {reason for reason, _probability in asked.values()} == {"too many"}
    assert len(asked) == 59


def test_an_allowed_value_on_more_records_than_one_person_has_is_set_aside_and_said(
    new_shop: Callable[..., Shop],
) -> None:
    shop = new_shop(allowed_values=("ulla@berg.ca",))
    orders = [
        person(f"r{n}", source="web", given_name="Ulla", family_name="Berg", email="ulla@berg.ca")
        for n in range(LARGEST_PERSON + 1)
    ]
    shop.add([*_crowd(250), *orders[:-1]])
    found = shop.match()
    assert {shop.person(one.key) for one in orders[:-1]} == {shop.person("r0")}
    assert found.set_aside == ()
    shop.add(orders[-1:])
    found = shop.match()
    aside = SetAside(type="email", value="ulla@berg.ca", records=LARGEST_PERSON + 1, allowed=True)
    assert found.set_aside == (aside,)
    assert len({shop.person(one.key) for one in orders}) == len(orders)
    assert not _asked(shop, orders)
    said = explain(shop.store, shop.engine, shop.settings, shop.record("r0"), shop.record("r1"))
    assert any("too many for it to name anybody" in note for note in said.notes)


def test_an_allowed_value_that_is_worn_out_by_who_comes_late_parts_nobody_before_the_next_full_match(
    new_shop: Callable[..., Shop],
) -> None:
    shop = new_shop(allowed_values=("ulla@berg.ca",), catch_up_from=100)
    orders = [person(f"r{n}", source="web", email="ulla@berg.ca") for n in range(LARGEST_PERSON + 1)]
    *joined, last = (one.key for one in orders)
    shop.add([*_crowd(250), *orders[:-1]])
    shop.match()
    shop.add(orders[-1:])
    assert shop.match().placed == 1
    assert len({shop.person(key) for key in joined}) == 1
    assert shop.person(last) != shop.person(joined[0])
    shop.match(full=True)
    assert len({shop.person(one.key) for one in orders}) == len(orders)


def test_who_comes_late_with_a_dropped_number_is_asked_about(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    chain = _chain(51)
    shop.add([*_crowd(250), HIS, BETWEEN, *chain[:-1]])
    assert shop.match().learnt
    shop.add([HERS, chain[-1]])
    late = shop.match()
    assert late.placed < late.records
    live = _asked(shop, [HIS, BETWEEN, HERS]), _asked(shop, chain)
    groups = shop.groups()
    shop.match(full=True)
    assert shop.groups() == groups
    assert live[0].keys() == _asked(shop, [HIS, BETWEEN, HERS]).keys()
    assert [reason for reason, _probability in live[0].values()] == ["others contradict"]
    assert {pair: reason for pair, (reason, _probability) in live[1].items()} == {
        frozenset(("r49", "r50")): "too many"
    }


NAMELESS = person("nameless", email="ben@example.org")
BEN = person("ben", source="web", given_name="Ben", family_name="Moor", email="ben@example.org")
ERIC = person("eric", given_name="Eric", family_name="Mercer", phone="+15145550311")


@pytest.mark.parametrize("named", ["nameless", "ben"])
@pytest.mark.parametrize("crowd", [0, 250])
def test_a_merge_of_two_people_is_of_all_their_records_whichever_is_named(
    new_shop: Callable[..., Shop], crowd: int, named: str
) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add([*_crowd(crowd), NAMELESS, BEN, ERIC])
    assert shop.match().learnt == bool(crowd)
    was = shop.person("nameless")
    assert was == shop.person("ben") != shop.person("eric")
    merge(shop.store, shop.record(named), shop.record("eric"), "me", shop.now_us)
    for full in (False, True):
        shop.match(full=full)
        assert {shop.person(one.key) for one in (NAMELESS, BEN, ERIC)} == {was}
