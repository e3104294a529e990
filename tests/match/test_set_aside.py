"""Values that too many records have count for nobody, are named, and can be allowed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from small_shop import Person, Shop, person
from test_same_weight import _crowd

from regulars.match import explain
from regulars.match.run import SetAside

GIVEN = ("Anne", "Bernard", "Chloé", "Denis", "Émile", "Farah")
FAMILY = ("Tremblay", "Gagnon", "Nguyen", "Okafor", "Lavoie")
TILL, NEVER = "+15145550199", "1900-01-01"


def thirty(**said: str) -> list[Person]:
    return [
        person(f"{given} {family}", given_name=given, family_name=family, **said)
        for given in GIVEN
        for family in FAMILY
    ]


def test_the_number_that_the_till_writes_for_thirty_people_joins_nobody_and_is_named(shop: Shop) -> None:
    shop.add([*thirty(phone=TILL), person("Anne again", source="web", given_name="Anne", phone=TILL)])
    report = shop.match()
    assert report.people == 31
    assert report.set_aside == (SetAside(type="phone", value=TILL, records=31),)


def test_a_value_that_is_allowed_counts_however_many_have_it(new_shop: Callable[..., Shop]) -> None:
    guests = [
        person(f"guest {n}", given_name="Julie", family_name="Roy", email="julie@roy.ca") for n in range(12)
    ]
    strict, allowing = new_shop(), new_shop(allowed_values=("julie@roy.ca",))
    for shop in (strict, allowing):
        shop.add(guests)
    assert [one.value for one in strict.match().set_aside] == ["julie@roy.ca"]
    report = allowing.match()
    assert (report.people, report.set_aside) == (1, ())


WRITTEN = ("514 555-0199", "(514) 555-0199", "5145550199", "1 514 555 0199", TILL)


@pytest.mark.parametrize("written", WRITTEN[:2])
def test_a_telephone_is_blocked_as_people_write_it(new_shop: Callable[..., Shop], written: str) -> None:
    free, blocking = (
        new_shop(catch_up_from=100, blocked_values=values) for values in (("514 555-0100",), (written,))
    )
    for shop in (free, blocking):
        shop.add(_crowd(random.Random(3), 300))
        shop.match()
        shop.add([person(key, source=key, given_name="Anne", phone=TILL) for key in ("one", "other")])
        late = shop.match()
        assert late.placed < late.records
        for again in (False, True):
            shop.match(full=again)
            assert (shop.person("one") == shop.person("other")) is (shop is free)
    note = "phone +1 514-555-0199, which [match] blocked_values says is nobody's"
    said = explain(
        blocking.store, blocking.engine, blocking.settings, blocking.record("one"), blocking.record("other")
    )
    assert any(note in one for one in said.notes)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_telephone_is_allowed_as_people_write_it(new_shop: Callable[..., Shop], written: str) -> None:
    strict, allowing = (new_shop(allowed_values=values) for values in (("514 555-0100",), (written,)))
    guests = [person(f"guest {n}", given_name="Julie", phone=TILL) for n in range(12)]
    for shop in (strict, allowing):
        shop.add(guests)
    assert [one.value for one in strict.match().set_aside] == [TILL]
    report = allowing.match()
    assert (report.people, report.set_aside) == (1, ())


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("+15145550199;ext=12", "514 555-0199 ext. 12"),
        ("+15145550199;ext=12", "514-555-0199 poste 12"),
        ("+15145550199", 15145550199),
    ],
)
def test_a_telephone_is_blocked_with_its_extension_and_as_a_number_without_quotation_marks(
    new_shop: Callable[..., Shop], told: str, written: object
) -> None:
    blocking = new_shop(blocked_values=[written, "x@example.ca"])
    blocking.add([person(key, given_name="Anne", phone=told) for key in ("one", "other")])
    report = blocking.match()
    assert report.people == 2
    assert [one.value for one in report.unmet or ()] == ["x@example.ca"]


def _guests(names: Sequence[str], first: int = 0) -> list[Person]:
    """Guests at the till, all with one telephone."""
    return [
        person(f"guest {n}", given_name=name, family_name="Roy", phone=TILL)
        for n, name in enumerate(names, first)
    ]


@pytest.mark.parametrize(
    ("before", "late", "together"),
    [
        pytest.param(["Julie"] * 14, ["Julie"] * 3, 17, id="one customer"),
        pytest.param(
            ["Julie", "Marc"] * 8, ["Julie", "Marc", "Ulla"], 9, id="a couple", marks=pytest.mark.slow
        ),
        pytest.param(["Julie"] * 9, ["Julie"] * 3, 12, id="late over the limit", marks=pytest.mark.slow),
        pytest.param(["Julie"] * 60, ["Julie"], 1, id="more than one person has", marks=pytest.mark.slow),
    ],
)
def test_who_comes_late_with_an_allowed_value_is_joined_as_by_a_match_of_all(
    new_shop: Callable[..., Shop], before: Sequence[str], late: Sequence[str], together: int
) -> None:
    shop = new_shop(catch_up_from=100, allowed_values=("514 555-0199",))
    shop.add([*_crowd(random.Random(3), 120), *_guests(before)])
    shop.match()
    shop.add(_guests(late, len(before)))
    placed = shop.match()
    assert placed.placed < placed.records
    live = shop.groups()
    shop.match(full=True)
    assert live == shop.groups()
    assert {len(group) for group in live if "guest 0" in group} == {together}


def test_a_birth_date_that_a_system_writes_where_it_knows_none_counts_as_unknown(shop: Shop) -> None:
    shop.add(thirty(birth_date=NEVER))
    shop.add(
        [person(f"p{n}", given_name=f"Zoé{n}", birth_date=f"19{50 + n}-05-0{1 + n % 9}") for n in range(40)]
    )
    assert shop.match().set_aside == (SetAside(type="birth_date", value=NEVER, records=30),)
    one, other = shop.record("Anne Tremblay"), shop.record("Anne Gagnon")
    found = {
        field.field: field for field in explain(shop.store, shop.engine, shop.settings, one, other).fields
    }
    assert found["birth_date"].likeness is None


def test_how_many_records_are_nobody_is_told_of_late_ones_too(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add(_crowd(random.Random(3), 300))
    told = [shop.match().nobodies]
    shop.add([person("counter", given_name="Walk-in", family_name="Customer")])
    late = shop.match()
    assert late.placed < late.records
    told += [late.nobodies, shop.match(full=True).nobodies]
    assert told == [0, 1, 1]


FILLERS = {
    "phone": ("+15143333333", "514 333-3333"),
    "loyalty_card": ("CCCCCC", "cccccc"),
    "email": ("none@shop.ca", "None@Shop.ca"),
}


@pytest.mark.parametrize("kind", FILLERS)
def test_a_filler_names_nobody_and_is_not_said_to_be_worth_allowing(
    new_shop: Callable[..., Shop], kind: str
) -> None:
    value, written = FILLERS[kind]
    strict, allowing = new_shop(), new_shop(allowed_values=(written,))
    for shop in (strict, allowing):
        shop.add([person(name, given_name="Anne", **{kind: value}) for name in (*GIVEN, *FAMILY)])
    assert (strict.match().people, strict.match().set_aside) == (11, ())
    report = allowing.match()
    assert report.people == 11
    assert report.set_aside == (SetAside(type=kind, value=value, records=11, allowed=True, filler=True),)
    said = explain(
        allowing.store, allowing.engine, allowing.settings, allowing.record("Farah"), allowing.record("Émile")
    )
    (note,) = (one for one in said.notes if "They share" in one)
    assert note.endswith("which stands for none.")


def test_who_comes_late_with_a_filler_that_the_shop_allows_is_joined_to_nobody(
    new_shop: Callable[..., Shop],
) -> None:
    shop = new_shop(catch_up_from=100, allowed_values=("514 333-3333",))
    filled = [person(key, source=key, given_name="Anne", phone="+15143333333") for key in ("one", "other")]
    shop.add([*_crowd(random.Random(3), 120), filled[0]])
    aside = SetAside(type="phone", value="+15143333333", records=1, allowed=True, filler=True)
    assert shop.match().set_aside == (aside,)
    shop.add(filled[1:])
    late = shop.match()
    assert late.placed < late.records
    for again in (False, True):
        shop.match(full=again)
        assert shop.person("one") != shop.person("other")
