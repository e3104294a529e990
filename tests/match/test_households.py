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


#: Doors, as the load leaves them: one with an accent, one that people abbreviate.
MAPLES = {"house_number": "45", "street": "rue des Érables", "city": "Gatineau", "postcode": "J8Z 1T3"}
JOSEPH = {"house_number": "1200", "street": "Boulevard St-Joseph", "city": "Gatineau"}


@pytest.mark.parametrize(
    ("door", "blocked", "is_home"),
    [
        (HOME, "12 rue du Quai", False),
        (HOME, "12, Rue du Quai", False),
        (HOME, "12 r. du Quai, Rimouski (Québec)  G5L 7Q1", False),
        (HOME, "12 rue du Quai, Gatineau", True),
        (HOME, "12 rue du Quai, app. 3", True),
        (HOME, "112 rue du Quai", True),
        (MAPLES, "45 rue des Érables", False),
        (MAPLES, "45 RUE DES ERABLES, Gatineau", False),
        (MAPLES, "45 rue des Érables, Gatineau QC J8Z 9Z9", True),
        (JOSEPH, "1200 boul. St-Joseph", False),
        (JOSEPH, "1200 bd St-Joseph, Gatineau QC J8Z 1T3", False),
        ({**HOME, "unit": "3"}, "12 rue du Quai app. 3", False),
    ],
)
def test_an_address_that_the_shop_blocked_is_no_home(
    new_shop: Callable[..., Shop], door: dict[str, str], blocked: str, is_home: bool
) -> None:
    shop = new_shop(blocked_values=(blocked, "514 555-0199", "600999", "till@shop.ca"))
    shop.add(
        [
            person(name, given_name=name, family_name="Archambault", birth_date=f"197{n}-04-09", **door)
            for n, name in enumerate(("julie", "marc"))
        ]
    )
    shop.match()
    assert bool(homes(shop)) is is_home


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


DOORS = {
    "one door": (HOME, HOME),
    "two doors": (HOME, {**HOME, "house_number": "14"}),
    "the younger at the first door": ({**HOME, "house_number": "14"}, HOME),
}
TAKEN_BACK = {
    "one merge": ([("Anne", "Bernard")], ["Bernard"]),
    "to a younger one of many": ([("Denis", "Hugo")], ["Hugo"]),
    "two, the first one first": ([("Anne", "Bernard"), ("Denis", "Hugo")], ["Bernard", "Hugo"]),
    "two, the last one first": ([("Anne", "Bernard"), ("Denis", "Hugo")], ["Hugo", "Bernard"]),
    "one of each household, then of one": ([("Bernard", "Anne"), ("Bernard", "Hugo")], ["Hugo", "Anne"]),
}


@pytest.mark.parametrize("doors", DOORS.values(), ids=DOORS)
def test_merges_across_households_that_are_taken_back_leave_every_household_its_id(
    shop: Shop, doors: tuple[dict[str, str], dict[str, str]]
) -> None:
    families = {"Archambault": ("Anne", "Denis"), "Lee": ("Bernard", "Hugo", "Luc")}
    shop.add(
        [
            person(name, given_name=name, family_name=family, seen_us=n + 1, **door)
            for n, ((family, names), door) in enumerate(zip(families.items(), doors, strict=True))
            for name in names
        ]
    )
    shop.match()
    before = homes(shop)
    assert len(before) == 5
    assert len(set(before.values())) == 2
    for case, (merges, parted) in TAKEN_BACK.items():
        for one, other in merges:
            merge(shop.store, shop.record(one), shop.record(other), "anne", shop.now_us)
            shop.match()
        assert homes(shop) != before, case
        for name in parted:
            unmerge(shop.store, [shop.record(name)], "anne", shop.now_us)
            shop.match()
        assert homes(shop) == before, case
    with shop.store.read() as connection:
        of = connection.execute(select(households.c.household, households.c.merged_into)).all()
    into = {row.household: row.merged_into for row in of}
    assert {into[house] for house in before.values()} == {None}
    again = shop.contents()
    shop.match()
    assert shop.contents() == again


def test_an_id_whose_household_is_another_again_resolves_to_that(shop: Shop) -> None:
    between = person(
        "ida", given_name="Ida", family_name="Quirion-Archambault", birth_date="1950-05-05", **HOME
    )
    names = {"Anne": "Quirion", "Bernard": "Quirion", "Chloé": "Archambault", "Denis": "Archambault"}
    shop.add([person("guy", given_name="Guy", family_name="Caron", seen_us=2, city="Lévis", postcode="G6V 1A1",
                     house_number="9", street="rue Haute")])  # fmt: skip
    shop.add(
        [between, *(person(key, given_name=key, family_name=name, **HOME) for key, name in names.items())]
    )
    shop.match()
    (whole,) = set(homes(shop).values())
    merge(shop.store, shop.record("guy"), shop.record("ida"), "anne", shop.now_us)
    shop.match()
    (part,) = set(homes(shop).values()) - {whole}
    unmerge(shop.store, [shop.record("ida")], "anne", shop.now_us)
    shop.match()
    assert homes(shop) == dict.fromkeys(["ida", *names], whole)
    with shop.store.read() as connection:
        of = connection.execute(select(households.c.household, households.c.merged_into)).all()
    assert {row.household: row.merged_into for row in of} == {whole: None, part: whole}


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


@pytest.fixture
def large(new_shop: Callable[..., Shop]) -> Shop:
    """A shop that places who comes among who is known, with two couples and somebody alone."""
    shop = new_shop(catch_up_from=10)
    known = [
        person(f"{given} {family}", given_name=given, family_name=family)
        for given in GIVEN
        for family in FAMILY
    ]
    other = {**HOME, "house_number": "14"}
    shop.add([person("elder", given_name="Anatole", family_name="Zed"), *known, *COUPLE])
    shop.add([person("rita", given_name="Rita", family_name="Quirion", birth_date="1950-02-02", **other)])
    shop.add([person("otto", given_name="Otto", family_name="Quirion", birth_date="1948-12-12", **other)])
    shop.match()
    assert set(homes(shop)) == {"julie", "marc", "rita", "otto"}
    return shop


def placed(shop: Shop) -> int:
    """Match only what changed; how many households there are."""
    report = shop.match()
    assert report.placed < report.records
    return report.households


def test_who_is_no_more_lives_nowhere_at_once(large: Shop) -> None:
    merge(large.store, large.record("elder"), large.record("marc"), "anne", large.now_us)
    assert placed(large) == 1
    assert large.person("marc") == large.person("elder")
    assert set(homes(large)) == {"rita", "otto"}


@pytest.mark.parametrize(
    ("merges", "parted"),
    [
        ([("elder", "marc")], ["marc"]),
        ([("julie", "marc")], ["marc"]),
        ([("julie", "otto"), ("rita", "marc")], ["otto", "rita"]),
    ],
    ids=["with somebody else", "a couple", "two couples"],
)
def test_who_is_somebody_again_lives_at_once_where_they_lived(
    large: Shop, merges: list[tuple[str, str]], parted: list[str]
) -> None:
    before, people = homes(large), large.people()
    for one, other in merges:
        merge(large.store, large.record(one), large.record(other), "anne", large.now_us)
        placed(large)
    assert homes(large) != before
    for one in parted:
        unmerge(large.store, [large.record(one)], "anne", large.now_us)
        placed(large)
    assert large.people() == people
    assert homes(large) == before
    large.match(full=True)
    assert homes(large) == before


def test_who_lives_elsewhere_by_now_is_left_there(large: Shop) -> None:
    """A match of all records came between a merge and its undoing, and let the widow live with others."""
    before = homes(large)
    merge(large.store, large.record("elder"), large.record("marc"), "anne", large.now_us)
    placed(large)
    moved = {**COUPLE[0].said, "house_number": "14", "family_name": "Quirion"}
    large.retell(replace(COUPLE[0], said=moved, seen_us=9))
    large.match(full=True)
    assert homes(large) == dict.fromkeys(("julie", "rita", "otto"), before["rita"])
    unmerge(large.store, [large.record("marc")], "anne", large.now_us)
    placed(large)
    assert homes(large) == dict.fromkeys(("julie", "rita", "otto"), before["rita"])


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
