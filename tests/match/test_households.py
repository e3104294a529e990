"""Households: who lives behind one door and belongs together; they make nobody one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from small_shop import FAMILY, GIVEN, Person, Shop, person
from sqlalchemy import select

from regulars.match import merge, unmerge
from regulars.match.people import households as household_rooms
from regulars.store.tables import household_members, households

HOME = {"house_number": "12", "street": "rue du Quai", "city": "Rimouski", "postcode": "G5L 7Q1"}
NAMES = (
    "Anne",
    "Bernard",
    "Chloé",
    "Denis",
    "Émile",
    "Farah",
    "Guy",
    "Hugo",
    "Irène",
    "Jean",
    "Karim",
    "Luc",
)
COUPLE = [
    person("julie", given_name="Julie", family_name="Archambault", birth_date="1971-04-09", **HOME),
    person("marc", given_name="Marc", family_name="Roy-Archambault", birth_date="1969-10-30", **HOME),
]


def homes(shop: Shop) -> dict[str, int]:
    """The household of each record, by its key."""
    member = household_members.c
    with shop.store.read() as connection:
        found = connection.execute(select(member.person, member.household).where(member.until_us.is_(None)))
        of = {row.person: row.household for row in found}
    return {key: of[one] for key, one in shop.people().items() if one in of}


def lodger(key: str, **said: str) -> Person:
    return person(key, given_name="Olga", family_name="Nguyen", birth_date="1990-01-20", **{**HOME, **said})


def test_a_couple_of_one_name_at_one_door_is_a_household_of_two_people(shop: Shop) -> None:
    shop.add([*COUPLE, lodger("lodger")])
    report = shop.match()
    assert (report.people, report.households) == (3, 1)
    assert set(homes(shop)) == {"julie", "marc"}


def test_who_shares_a_telephone_at_home_belongs_there_whatever_their_name(shop: Shop) -> None:
    shop.add([person("julie", given_name="Julie", family_name="Roy", phone="+14185550123", **HOME)])
    shop.add([lodger("olga", phone="+14185550123")])
    shop.match()
    assert set(homes(shop)) == {"julie", "olga"}


def test_another_flat_is_another_home(shop: Shop) -> None:
    shop.add([COUPLE[0], person("marc", given_name="Marc", family_name="Archambault", unit="3", **HOME)])
    shop.match()
    assert homes(shop) == {}


def test_a_large_house_whose_flats_nobody_told_is_no_household(shop: Shop) -> None:
    shop.add([person(name, given_name=name, family_name="Nguyen", **HOME) for name in NAMES])
    shop.match()
    assert homes(shop) == {}


@pytest.mark.parametrize("blocked", ["12 rue du Quai", "12, Rue du Quai"])
def test_an_address_that_the_shop_blocked_is_no_home(new_shop, blocked: str) -> None:  # type: ignore[no-untyped-def]
    shop = new_shop(blocked_values=(blocked,))
    shop.add(COUPLE)
    shop.match()
    assert homes(shop) == {}


def test_a_household_keeps_its_id_when_somebody_comes_and_the_elder_stands_when_two_are_one(
    shop: Shop,
) -> None:
    shop.add(COUPLE)
    shop.match()
    known = homes(shop)["julie"]
    other = {**HOME, "house_number": "14"}
    shop.add([person(name, given_name=name, family_name="Archambault", **other) for name in NAMES[:2]])
    shop.match()
    assert homes(shop)["julie"] == known != homes(shop)["Anne"]
    moved = [
        person(f"{name} now", source="web", given_name=name, family_name="Archambault", **HOME)
        for name in NAMES[2:4]
    ]
    shop.add(moved)
    shop.match()
    assert homes(shop)["Chloé now"] == known
    before = shop.contents()
    shop.match()
    assert shop.contents() == before


def test_a_merge_that_is_taken_back_gives_the_household_its_id_back(shop: Shop) -> None:
    shop.add([*COUPLE, lodger("lodger")])
    shop.match()
    before = homes(shop)
    assert set(before) == {"julie", "marc"}
    merge(shop.store, shop.record("julie"), shop.record("marc"), "anne", shop.now_us)
    shop.match()
    assert homes(shop) == {}
    unmerge(shop.store, [shop.record("marc")], "anne", shop.now_us)
    assert shop.match().households == 1
    assert homes(shop) == before


def test_who_lives_with_somebody_else_has_another_household(shop: Shop) -> None:
    shop.add(COUPLE)
    shop.match()
    (old,) = set(homes(shop).values())
    away = {"house_number": "90", "street": "rue Haute", "city": "Lévis", "postcode": "G6V 1A1"}
    shop.retell(replace(COUPLE[1], said={**COUPLE[1].said, **away}))
    shop.match()
    assert homes(shop) == {}
    shop.add([person("new", given_name="Rita", family_name="Archambault", birth_date="1975-08-02", **HOME)])
    shop.match()
    assert set(homes(shop)) == {"julie", "new"}
    assert old not in homes(shop).values()


def test_who_leaves_is_of_the_household_until_then(shop: Shop) -> None:
    shop.add(
        [*COUPLE, person("anne", given_name="Anne", family_name="Archambault", email="anne@roy.ca", **HOME)]
    )
    shop.match()
    gone = {**HOME, "house_number": "99", "street": "rue du Moulin"}
    shop.add(
        [
            person(
                "anne again",
                source="web",
                given_name="Anne",
                family_name="Archambault",
                email="anne@roy.ca",
                **gone,
            )
        ]
    )
    shop.match()
    assert set(homes(shop)) == {"julie", "marc"}
    with shop.store.read() as connection:
        member = household_members.c
        left = connection.execute(select(member.person).where(member.until_us.is_not(None))).scalars().all()
        assert left == [shop.person("anne")]
        assert len(connection.execute(select(households)).all()) == 1


def test_of_several_addresses_the_one_told_last_counts_whatever_was_loaded_last(shop: Shop) -> None:
    anne = {"given_name": "Anne", "family_name": "Archambault", "email": "anne@roy.ca"}
    before = {**HOME, "house_number": "99", "street": "rue du Moulin"}
    shop.add([*COUPLE, person("anne", seen_us=2_000, **anne, **HOME)])
    shop.add([person("an old list", source="web", seen_us=1_000, **anne, **before)])
    shop.match()
    assert set(homes(shop)) == {"julie", "marc", "anne", "an old list"}


def test_who_is_no_more_lives_nowhere_at_once(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=10)
    known = [
        person(f"{given} {family}", given_name=given, family_name=family)
        for given in GIVEN
        for family in FAMILY
    ]
    shop.add([person("elder", given_name="Anatole", family_name="Zed"), *known, *COUPLE])
    shop.match()
    assert set(homes(shop)) == {"julie", "marc"}
    merge(shop.store, shop.record("elder"), shop.record("marc"), "anne", shop.now_us)
    report = shop.match()
    assert report.placed < report.records
    assert shop.person("marc") == shop.person("elder")
    assert homes(shop) == {}
    assert report.households == 0


def test_many_households_are_written_in_turns(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(household_rooms, "ROWS_A_TURN", 3)
    shop.add(
        [
            person(f"{name} {door}", given_name=name, family_name="Roy", house_number=door, street="rue du Quai",
                   city="Rimouski")
            for door in "123456"
            for name in ("Anne", "Hugo")
        ]
    )  # fmt: skip
    shop.match()
    assert len(set(homes(shop).values())) == 6
    assert len(homes(shop)) == 12
