"""Names in several alphabets: what they sound like is compared, where their letters tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler
from small_shop import FAMILY, GIVEN, Shop, person

from regulars.match import explain
from regulars.model.alphabets import LETTERS, SIGNS, romanised

HOME = {"house_number": "321", "street": "rue du Quai", "city": "Rimouski", "postcode": "G5L 7Q1"}


@pytest.mark.parametrize(
    ("name", "in_a_passport"),
    [
        ("Васильев", "vasiliev"),
        ("Александр", "alexander"),
        ("Оксана", "oksana"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("Γιώργος", "giorgos"),
        ("გიორგი", "giorgi"),
        ("Հայկ", "hayk"),
        ("김", "kim"),
        ("やまだ", "yamada"),
        ("タナカ", "tanaka"),
        ("प्रिया", "priya"),
        ("शर्मा", "sharma"),
        ("सिंह", "singh"),
        ("গীতা", "gita"),
        ("தமிழ்", "tamil"),
        ("គឹម", "kim"),
        ("តារា", "dara"),
    ],
)
def test_a_name_in_another_alphabet_sounds_as_it_does_in_a_passport(name, in_a_passport):
    latin, script = romanised(name)
    assert script == LETTERS
    assert JaroWinkler.similarity(latin, in_a_passport) >= 0.75


@pytest.mark.parametrize("name", ["فيصل", "שרה", "王杰", "สมชาย", "Wei 王"])
def test_what_does_not_tell_its_sound_says_so(name):
    assert romanised(name).script == SIGNS


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_what_is_in_latin_letters_stays(name):
    assert romanised(name) == (name, None)


@given(st.text(st.characters(codec="utf-8")))
def test_what_was_written_in_latin_letters_is_written_so_for_good(name):
    latin, script = romanised(name)
    assert script != LETTERS or romanised(latin).text == latin


def test_the_vowels_of_khmer_are_not_dropped():
    assert romanised("នារី") != romanised("នារា")


def test_one_name_in_two_alphabets_at_one_door_is_a_question(shop: Shop) -> None:
    shop.add(
        [
            person("till", given_name="តារា", family_name="គឹម", **HOME),
            person("web", given_name="Dara", family_name="Kim", **HOME),
        ]
    )
    report = shop.match()
    assert (report.people, report.to_review) == (2, 1)


def test_what_another_alphabet_tells_of_a_couple_is_heard(shop: Shop) -> None:
    shop.add(
        [
            person("till", given_name="Иван", family_name="Петров", birth_date="1970-05-04", **HOME),
            person(
                "web", source="web", given_name="Ivan", family_name="Petrov", birth_date="1970-05-04", **HOME
            ),
            person(
                "wife", source="web", given_name="Anna", family_name="Petrov", phone="+14185550123", **HOME
            ),
            person("also she", given_name="Анна", family_name="Петрова", phone="+14185550123", **HOME),
        ]
    )
    shop.match()
    assert shop.groups() == {frozenset({"till", "web"}), frozenset({"wife", "also she"})}


def test_signs_do_not_contradict_a_name_in_letters(shop: Shop) -> None:
    """王杰 is Wang Jie, which no letter of it tells: a name that says nothing is no name that differs."""
    born = HOME | {"birth_date": "1993-09-14", "gender": "m"}
    shop.add(
        [
            person("till", full_name="王杰", **born),
            person("web", source="web", given_name="Jie", family_name="Wang", **born),
        ]
    )
    report = shop.match()
    assert (report.people, report.to_review) == (2, 1)
    told = explain(shop.store, shop.engine, shop.settings, shop.record("till"), shop.record("web"))
    (family,) = [field for field in told.fields if field.field == "family_name"]
    assert (family.value_a, family.value_b, family.likeness, family.weight) == ("王杰", "Wang", None, 0.0)


def test_a_couple_in_letters_and_signs_is_not_joined_by_its_telephone(shop: Shop) -> None:
    shop.settings = replace(shop.settings, match=replace(shop.settings.match, precision=0.8, threshold=0.75))
    phone = HOME | {"phone": "+14185550123"}
    shop.add(
        [
            person("wife", given_name="丽", family_name="王", **phone),
            person("husband", source="web", given_name="Jie", family_name="Zhang", **phone),
            *(
                person(f"{n}", source=source, given_name=GIVEN[n], family_name=FAMILY[n - turn])
                for turn, source in enumerate(("till", "web"))
                for n in range(10)
            ),
        ]
    )
    report = shop.match()
    assert (report.people, report.to_review) == (22, 1)
