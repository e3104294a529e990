"""Every explanation adds up, and says what keeps two records apart."""

from __future__ import annotations

import pytest
from small_shop import GIVEN, Shop, person

from regulars.errors import NotFound
from regulars.match import Explanation, explain, merge, tell_apart, unmerge
from regulars.match.explain.apart import Apart
from regulars.match.explain.findings import find
from regulars.match.explain.parting import parted

HOME = {"house_number": "12", "street": "rue du Quai", "city": "Rimouski", "postcode": "G5L 7Q1"}
JULIE = {"given_name": "Julie", "family_name": "Archambault", "birth_date": "1971-04-09"}


def said(shop: Shop, one: str, other: str) -> Explanation:
    return explain(shop.store, shop.engine, shop.settings, shop.record(one), shop.record(other))


@pytest.fixture
def street(shop: Shop) -> Shop:
    shop.add(
        [
            person("till", **JULIE, **HOME),
            person("web", source="web", **{**JULIE, "family_name": "Archambaut"}, **HOME),
            person(
                "brother",
                source="web",
                **{**JULIE, "given_name": "Victor", "birth_date": "1975-11-30"},
                **HOME,
            ),
            person("parcel", source="app", given_name="Julie", family_name="Archambault", **HOME),
            person("namesake", source="web", given_name="Julie", family_name="Archambault", city="Laval"),
            person(
                "stranger", source="web", given_name="Karim", family_name="Singh", birth_date="1980-01-20"
            ),
        ]
    )
    shop.match()
    return shop


@pytest.mark.parametrize("other", ["web", "brother", "namesake", "stranger"])
def test_what_the_fields_say_adds_up_to_the_weight(street: Shop, other: str) -> None:
    for one, two in (("till", other), (other, "till")):
        found = said(street, one, two)
        assert found.prior is not None
        assert found.weight is not None
        assert found.rival_bits is not None
        assert found.rival_bits <= 0
        bits = sum(field.weight or 0.0 for field in found.fields)
        assert found.prior + bits + found.rival_bits == pytest.approx(found.weight, abs=1e-6)


def test_a_name_is_shown_as_it_is_written_and_how_like_it_is(street: Shop) -> None:
    fields = {field.field: field for field in said(street, "till", "web").fields}
    assert fields["family_name"].value_b == "Archambaut"
    assert (fields["family_name"].likeness, fields["given_name"].likeness) == ("near", "same")
    assert fields["address"].value_a == "12 rue du Quai Rimouski G5L 7Q1"


def test_birth_dates_a_generation_apart_are_not_near(shop: Shop) -> None:
    roy = {"given_name": "Anne", "family_name": "Roy"}
    births = {"slip": "1958-09-12", "daughter": "1990-06-17"}
    shop.add([person("mother", **roy, birth_date="1958-09-21")])
    shop.add([person(key, source="web", **roy, birth_date=birth) for key, birth in births.items()])
    shop.match()
    found = {
        key: field.likeness
        for key in births
        for field in said(shop, "mother", key).fields
        if field.field == "birth_date"
    }
    assert found == {"slip": "near", "daughter": "different"}


def test_who_lacks_a_proof_is_told_which_one(street: Shop) -> None:
    karim = {"given_name": "Karim", "family_name": "Singh", "city": "Laval"}
    street.add(
        [person("app", source="app", **karim, phone="+14185550123"), person("desk", source="desk", **karim)]
    )
    street.match()
    assert any("bits are missing: with the same phone" in note for note in said(street, "app", "desk").notes)
    street.retell(person("desk", source="desk", **karim, phone="+14185550123"))
    street.match()
    assert street.person("app") == street.person("desk")


def test_who_contradict_each_other_are_not_told_that_something_else_would_join_them(shop: Shop) -> None:
    roy = {"family_name": "Roy", "birth_date": "1958-09-21", "phone": "+15145550123", **HOME}
    shop.add(
        [
            person("one", given_name="Anne", email="a.roy@example.com", **roy),
            person("other", source="web", given_name="Chantal", **roy),
        ]
    )
    shop.match()
    found = said(shop, "one", "other")
    assert found.sentence == "They are two people: they contradict each other (first name)."
    assert not [note for note in found.notes if "bits are missing" in note]
    shop.retell(person("other", source="web", given_name="Chantal", email="a.roy@example.com", **roy))
    shop.match()
    assert shop.person("one") != shop.person("other")


def test_no_field_is_promised_with_which_two_contradict_each_other_still(shop: Shop) -> None:
    roy = {"family_name": "Roy", "birth_date": "1958-09-21", **HOME}
    shop.add(
        [
            person("one", given_name="Anne", email="a.roy@example.com", phone="+15145550123", **roy),
            person("other", source="web", given_name="Chantal", **roy),
        ]
    )
    shop.match()
    found = said(shop, "one", "other")
    assert not found.same
    assert not [note for note in found.notes if "same e-mail" in note or "same phone" in note]


def test_who_was_never_compared_is_told_so(street: Shop) -> None:
    found = said(street, "namesake", "stranger")
    assert not found.compared
    assert any("never compared" in note for note in found.notes)


def test_who_was_told_apart_is_told_by_whom_and_when(street: Shop) -> None:
    tell_apart(
        street.store, street.record("till"), street.record("namesake"), "the owner", 1_780_000_000_000_000
    )
    assert (
        said(street, "till", "namesake").sentence == "They are two people: the owner said so on May 28, 2026."
    )


def test_a_shared_value_that_names_nobody_is_told_with_how_many_have_it(shop: Shop) -> None:
    names = (
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
    shop.add([person(name, given_name=name, phone="+15145550199") for name in names])
    shop.match()
    (note,) = [note for note in said(shop, "Anne", "Luc").notes if "phone" in note]
    assert "with 10 other records" in note
    assert "phone +1 514-555-0199 with" in note  # as on the page of a customer


@pytest.mark.parametrize(
    ("email", "told"),
    [("info@roy.example", "is everybody's at work"), ("none@roy.example", "stands for none")],
)
def test_a_mailbox_that_joins_nobody_is_told_why(shop: Shop, email: str, told: str) -> None:
    shop.add([person(name, given_name=name, family_name="Roy", email=email) for name in ("Anne", "Luc")])
    shop.match()
    (note,) = [note for note in said(shop, "Anne", "Luc").notes if email in note]
    assert told in note


def test_a_title_of_two_is_no_gender(shop: Shop) -> None:
    couple = person("couple", name_prefix="M. et Mme", family_name="Roy", email="les@roy.example")
    shop.add([couple, person("one", name_prefix="Mme", family_name="Roy", email="les@roy.example")])
    shop.match()
    (gender,) = [field for field in said(shop, "couple", "one").fields if field.field == "gender"]
    assert (gender.value_a, gender.value_b) == (None, "Mme")


def test_another_record_that_keeps_two_apart_is_named(street: Shop) -> None:
    unmerge(street.store, [street.record("web")], "the owner", 5)
    street.add([person("app", source="app", **JULIE, **HOME)])
    street.match()
    pair = ("app", "web") if street.person("app") == street.person("till") else ("app", "till")
    notes = said(street, *pair).notes
    assert any("till:till and web:web of theirs are two people: the owner said so" in note for note in notes)


def test_of_an_account_that_is_nobody_nothing_is_explained(street: Shop) -> None:
    street.add([person("counter", given_name="Walk-in", family_name="Customer")])
    with pytest.raises(NotFound, match="till:counter"):
        said(street, "till", "counter")


def test_records_with_nothing_to_compare_have_no_line_of_ages(street: Shop) -> None:
    ages = [field for field in said(street, "till", "parcel").fields if field.field == "age"]
    assert ages == []


def test_of_names_in_two_alphabets_it_does_not_say_that_they_contradict(shop: Shop) -> None:
    shop.add(
        [
            person("sign", given_name="محمد", family_name="العلي", email="m@example.com"),
            person("letters", given_name="Mohamed", family_name="Al Ali", email="m@example.com"),
        ]
    )
    shop.match()
    assert "two alphabets" in said(shop, "sign", "letters").sentence


@pytest.mark.parametrize(
    ("name", "other", "told"),
    [
        pytest.param(("Ольга", "Иванова"), ("Igor", "Ivanov"), "and not alike", id="not alike"),
        pytest.param(
            ("明", "王"), ("Ming", "Wang"), "whether they are one name cannot be told", id="not compared"
        ),
    ],
)
def test_of_names_in_two_alphabets_it_says_what_the_table_shows(
    shop: Shop, name: tuple[str, str], other: tuple[str, str], told: str
) -> None:
    for key, (given, family) in (("one", name), ("other", other)):
        shop.add([person(key, source=key, given_name=given, family_name=family, email="them@example.com")])
    shop.match()
    found = said(shop, "one", "other")
    shown = {field.likeness for field in found.fields if field.field in ("given_name", "family_name")}
    assert told in found.sentence
    assert ("different" in shown) is (told == "and not alike")


def test_a_pair_that_waits_for_an_answer_is_said_to_and_how_to_give_it(shop: Shop) -> None:
    roys = {"family_name": "Roy", "email": "les@roy.ca"}
    shop.add(
        [person("one", given_name="Jean", **roys), person("other", source="web", given_name="Lucie", **roys)]
    )
    shop.match()
    waits = "Whether they are one person waits for your answer: run `regulars review`."
    assert waits in said(shop, "one", "other").notes
    tell_apart(shop.store, shop.record("one"), shop.record("other"), "the owner", 5)
    assert waits not in said(shop, "one", "other").notes


@pytest.mark.parametrize(
    ("together", "told"),
    [
        (2, "but what else they say speaks against one person"),
        (3, "and all 3 records together speak against"),
    ],
)
def test_where_neither_has_another_record_none_is_said_to_speak_against_it(
    street: Shop, together: int, told: str
) -> None:
    rule = Apart(reason="others contradict", shared=(), either=None, against=None, together=together)
    both = [street.record("till"), street.record("stranger")]
    with street.store.read() as connection, street.engine.session() as session:
        found = find(connection, session, street.settings.match, None, both)
        assert told in parted(connection, found, rule, alone=True)
        assert "not their other records" in parted(connection, found, rule, alone=False)


def test_before_the_first_match_nothing_was_compared(shop: Shop) -> None:
    shop.add([person("one", **JULIE, **HOME), person("other", source="web", **JULIE, **HOME)])
    found = said(shop, "one", "other")
    assert found.sentence == "No records were compared with each other yet: run `regulars match` first."
    assert (found.same, found.notes) == (False, ())
    assert {field.field for field in found.fields} >= {"given_name", "birth_date"}
    shop.match()
    assert said(shop, "one", "other").same


def test_a_record_that_came_since_the_last_match_is_named(street: Shop) -> None:
    street.add([person("late", source="app", **JULIE, **HOME)])
    found = said(street, "till", "late")
    assert found.sentence == "app:late was not compared with the others yet: run `regulars match` first."


def test_the_links_of_a_chain_are_named(shop: Shop) -> None:
    julie = {"given_name": "Julie"}
    shop.add(
        [
            person("a", email="j@example.com", **julie),
            person("b", source="web", email="j@example.com", phone="+15145550123", **julie),
            person("c", source="app", phone="+15145550123", **julie),
        ]
    )
    shop.match()
    for one, other, steps in (("a", "c", 1), ("c", "a", -1)):
        found = said(shop, one, other)
        assert found.sentence == "They are one person, through 2 links."
        assert [(step.name_a, step.name_b)[::steps] for step in found.chain][::steps] == [
            ("till:a", "web:b"),
            ("web:b", "app:c"),
        ]
    assert said(shop, "a", "c").notes == (
        "  till:a – web:b (same e-mail)",
        "  web:b – app:c (same phone)",
    )
    assert said(shop, "a", "b").notes == ()


def test_of_a_long_chain_the_first_links_are_named(shop: Shop) -> None:
    shop.add([person(f"k{n}", given_name=name) for n, name in enumerate(GIVEN[:9])])
    shop.match()
    for n in range(8):
        merge(shop.store, shop.record(f"k{n}"), shop.record(f"k{n + 1}"), "the owner", shop.now_us)
    shop.match()
    found = said(shop, "k0", "k8")
    assert len(found.chain) == 8
    assert found.notes[5:] == ("  till:k5 – till:k6 (joined by the owner)", "  and 2 more links, with --json")


def test_an_identifier_that_joined_two_has_a_line_though_the_model_does_not_compare_it(shop: Shop) -> None:
    card = {"loyalty_card": "600123"}
    shop.add(
        [
            person("one", given_name="Ann", family_name="Roy", city="Laval", numbers=card),
            person("other", source="web", given_name="Anne", family_name="Roy", numbers=card),
        ]
    )
    shop.match()
    found = said(shop, "one", "other")
    (line,) = [field for field in found.fields if field.field == "loyalty_card"]
    assert (line.value_a, line.value_b, line.likeness, line.weight) == ("600123", "600123", "same", None)
    assert found.sentence.endswith("the same loyalty card.")


def test_an_older_e_mail_that_joined_two_has_a_line_beside_the_newest(shop: Shop) -> None:
    shop.add(
        [
            person("one", given_name="Ann", family_name="Roy", email="new@example.com"),
            person("other", source="web", given_name="Ann", family_name="Roy", email="old@example.com"),
        ]
    )
    shop.order("one", email="old@example.com")
    shop.match()
    found = said(shop, "one", "other")
    assert found.sentence == "They are one person: they have the same e-mail."
    lines = [(one.value_a, one.value_b, one.likeness) for one in found.fields if one.field == "email"]
    assert ("old@example.com", "old@example.com", "same") in lines
