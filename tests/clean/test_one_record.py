"""One record, cleaned while it is typed: the batch's rules, with warnings and suggestions."""

from __future__ import annotations

import pytest

from regulars.clean.one import clean_one
from regulars.clean.person.emails import PROVIDERS, likely_meant
from regulars.errors import Invalid
from regulars.settings import Settings

NOW_US = 1_800_000_000_000_000  #: 2027-01-15 08:00 UTC


def test_a_slip_in_an_email_is_suggested_and_never_applied():
    made = clean_one({"name": "ROY, Anna", "email": "Anna@Gmial.com"}, Settings(), now_us=NOW_US)
    assert made.values["email"] == "anna@gmial.com"
    assert made.suggestions == {"email": "anna@gmail.com"}
    assert (made.values["given_name"], made.values["family_name"]) == ("Anna", "Roy")
    assert made.changes["family_name"] == ("split", "case")


def test_a_wrong_value_is_a_warning_in_both_languages():
    made = clean_one({"phone": "000", "birth_date": "2030-01-01"}, Settings(), now_us=NOW_US)
    assert made.values == {}
    assert [warning.en for warning in made.warnings] == [
        "phone: it is only there to fill the field ('000')",
        "birth date: nobody is born in the future ('2030-01-01')",
    ]
    assert "avenir" in made.warnings[1].fr


def test_nothing_typed_is_nothing_cleaned():
    assert clean_one({"email": "  "}, Settings(), now_us=NOW_US).values == {}


def test_a_field_that_people_do_not_have_is_invalid():
    with pytest.raises(Invalid, match="no field 'emial'") as raised:
        clean_one({"emial": "a@example.com"}, Settings(), now_us=NOW_US)
    assert "email" in raised.value.next_step


@pytest.mark.parametrize("domain", PROVIDERS)
def test_no_great_provider_is_taken_for_a_slip_of_another(domain):
    assert likely_meant(f"a@{domain}") is None


@pytest.mark.parametrize(
    "domain", ["example.com", "mail.com", "gmx.com", "ymail.com", "google.com", "hotels.com"]
)
def test_other_domains_are_left_alone(domain):
    assert likely_meant(f"a@{domain}") is None


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("yaho.ca", "yahoo.ca"),
        ("videotrn.ca", "videotron.ca"),
    ],
)
def test_a_slip_of_one_letter_is_seen(slip, meant):
    assert likely_meant(f"a@{slip}") == f"a@{meant}"


def test_a_day_that_there_is_not_is_told_how_to_write_one():
    made = clean_one({"birth_date": "31/02/1980"}, Settings(), now_us=NOW_US)
    assert [warning.en for warning in made.warnings] == [
        "birth date: there is no such day; write it as 1980-05-31 ('31/02/1980')"
    ]
    assert "colonne" not in made.warnings[0].fr


@pytest.mark.parametrize("number", ["514 333-3333", "+1 514 333 3333", "06 66 66 66 66"])
def test_a_number_of_one_digit_is_doubtful_and_kept(number):
    made = clean_one({"phone": number}, Settings(), now_us=NOW_US)
    assert made.values["phone"].endswith(("3333333", "6666666"))
    assert made.changes["phone"][-1] == "doubtful: one digit"
    assert [warning.fr.partition(":")[0] for warning in made.warnings] == ["téléphone\u00a0"]


@pytest.mark.parametrize("number", ["(514)282-2020poste45", "514-282-2020x45", "514 282-2020 ext. 45"])
def test_an_extension_may_be_glued_to_its_number(number):
    made = clean_one({"phone": number}, Settings(), now_us=NOW_US)
    assert made.values["phone"] == "+15142822020;ext=45"
