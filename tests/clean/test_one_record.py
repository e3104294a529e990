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
        "birth_date: nobody is born in the future ('2030-01-01')",
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
