"""A file of people becomes standard rows, identifiers, consents and rejects; nothing that was found is lost."""

from __future__ import annotations

import json
import random
import re

import pytest

from regulars.clean.person.rules import RULES
from regulars.errors import Invalid
from regulars.store.tables import PERSON_FIELDS


def test_a_row_is_kept_as_found_beside_its_standard_form(people):
    found = {"email": " Anna@Example.COM ", "family_name": "TREMBLAY", "points": "12"}
    row = people([found], {"email": "email", "family_name": "family_name"}).rows.to_pylist()[0]
    assert (row["email"], row["family_name"]) == ("anna@example.com", "Tremblay")
    assert json.loads(row["raw"]) == found
    assert json.loads(row["changes"]) == {"email": ["spaces", "case"], "family_name": ["case"]}


def test_a_row_that_needs_nothing_has_no_changes(people):
    row = people([{"source_key": "1", "given_name": "Zoé", "email": "zoe@example.com"}]).rows.to_pylist()[0]
    assert row["changes"] is None


def test_a_bad_email_is_no_reject(people):
    made = people([{"source_key": "1", "email": "anna.example.com", "phone": "call me"}])
    row = made.rows.to_pylist()[0]
    assert (row["email"], row["phone"]) == (None, None)
    assert json.loads(row["changes"]) == {"email": ["invalid: no @"], "phone": ["invalid: not a phone"]}
    assert made.rejects.num_rows == made.identifiers.num_rows == 0


def test_a_row_that_nothing_names_is_rejected_and_leaves_no_fact(people):
    made = people(
        [
            {"source_key": None, "email": "none@none.com", "city": "Laval", "consent_email": "yes"},
            {"source_key": "2"},
        ]
    )
    assert [(row["line"], row["column"]) for row in made.rejects.to_pylist()] == [(2, None)]
    assert "names a person" in made.rejects.to_pylist()[0]["reason"]
    assert made.rows["line"].to_pylist() == [3]
    assert made.consents.num_rows == 0


def test_a_row_named_only_by_a_number_of_its_own_kind_is_kept(people):
    made = people([{"no": "046-454-286"}], {"no": "identifier.social_security"})
    assert made.identifiers.to_pylist()[0]["type"] == "social_security"
    assert made.rows["source_key"][0].as_py().startswith("row:")


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"source_key": "'123", "email": "a@example.com"}, "123"),
        ({"source_key": "17850.0", "email": "a@example.com"}, "17850"),
        ({"source_key": "0", "email": "a@example.com"}, "0"),
        ({"email": "A@example.com", "phone": "514 282-2020"}, "email:a@example.com"),
        ({"email": "none@none.com", "phone": "514 282-2020"}, "phone:+15142822020"),
        ({"phone": "0000000000", "loyalty_card": "'0042"}, "card:0042"),
        ({"loyalty_card": "none", "user_id": "u-1"}, "user:u-1"),
        (
            {"email": "a@example.com", "full_name": "Mme  Hélène O’Roy"},
            "email:a@example.com/mme-helene-o-roy",
        ),
        (
            {"email": "a@example.com", "given_name": "Ann", "family_name": "Roy"},
            "email:a@example.com/ann-roy",
        ),
        ({"phone": "514 282-2020", "full_name": "Петр Иванов"}, "phone:+15142822020/петр-иванов"),
        ({"loyalty_card": "42", "family_name": "ROY"}, "card:42/roy"),
        ({"loyalty_card": "42", "full_name": "Client de passage"}, "card:42"),
        ({"email": "a@example.com", "full_name": "??"}, "email:a@example.com"),
        ({"email": "a@example.com", "given_name": "N/A", "family_name": "n/a"}, "email:a@example.com"),
        ({"email": "a@example.com", "given_name": "Test", "family_name": "Roy"}, "email:a@example.com/roy"),
        ({"user_id": "u-1", "full_name": "Ann Roy"}, "user:u-1"),
        ({"source_key": "7", "full_name": "Ann Roy"}, "7"),
    ],
)
def test_a_row_without_a_key_gets_one_from_what_names_it(people, row, key):
    assert people([row]).rows["source_key"].to_pylist() == [key]


@pytest.mark.parametrize(
    ("key", "made"),
    [("email", "email:a@example.com"), ("loyalty_card", "card:42"), ("phone", "email:a@example.com/ann-roy")],
)
def test_a_file_may_say_what_its_rows_are_known_by(people, key, made):
    row = {"email": "a@example.com", "loyalty_card": "42", "full_name": "Ann Roy"}
    assert people([row], options={"key": key}).rows["source_key"].to_pylist() == [made]


def test_a_file_is_known_by_nothing_but_what_names_somebody(people):
    with pytest.raises(Invalid, match="a row cannot be known by its 'emial'") as wrong:
        people([{"email": "a@example.com"}], options={"key": "emial"})
    assert wrong.value.next_step == "did you mean 'email'?"


def test_a_key_made_of_the_row_is_the_same_at_the_next_load(people):
    once, again = (
        people([{"full_name": "Anna Roy", "city": "Laval"}]).rows["source_key"][0].as_py() for _ in "12"
    )
    assert once == again
    assert re.fullmatch("row:[0-9a-f]{16}", once)


def test_junk_values_name_nobody(people):
    made = people(
        [
            {"source_key": str(key), "email": email, "phone": phone, "loyalty_card": card}
            for key, (email, phone, card) in enumerate(
                [
                    ("none@none.com", "000-000-0000", "0000"),
                    ("test@test.com", "111 111 1111", "N/A"),
                    ("n/a", "1234567890", "xxx"),
                ]
            )
        ]
    )
    assert made.identifiers.num_rows == 0


def test_two_telephones_both_name_the_person(people):
    made = people([{"home": "514 282-2020", "mobile": "438-282-2020"}], {"home": "phone", "mobile": "phone"})
    assert made.rows["phone"].to_pylist() == ["+15142822020"]
    assert made.identifiers["value"].to_pylist() == ["+14382822020", "+15142822020"]


def test_joined_columns_and_defaults_are_honoured(people):
    made = people(
        [{"id": "1", "number": "12", "street_name": "elm st", "zip": "89132"}],
        {
            "id": "source_key",
            "street": {"field": "street", "join": ["number", "street_name"]},
            "zip": "postcode",
        },
        defaults={"country": "US", "language": "English"},
    )
    row = made.rows.to_pylist()[0]
    assert [row[name] for name in ("house_number", "street", "postcode", "country", "language")] == [
        "12", "Elm Street", "89132", "US", "en",
    ]  # fmt: skip


def test_a_row_is_as_new_as_it_says(people):
    made = people([{"source_key": "1", "updated_at": "2024-05-01 08:00:00"}, {"source_key": "2"}])
    assert made.rows["seen_us"].to_pylist() == [1_714_564_800_000_000, 1_800_000_000_000_000]


@pytest.mark.parametrize("date", ["2027-05-01", "2999-12-31", "1900-01-01"])
def test_a_date_of_change_that_lies_ahead_of_the_load_or_before_1970_is_no_date(people, date):
    made = people([{"source_key": "1", "updated_at": date}])
    assert made.rows["seen_us"].to_pylist() == [1_800_000_000_000_000]


@pytest.mark.parametrize(
    ("value", "standard", "rule"),
    [
        ("1978-11-12", "1978-11-12", None),
        ("19080419", "1908-04-19", "format"),
        ("1900-01-01", None, "invalid: placeholder"),
        ("0000-00-00", None, "invalid: placeholder"),
        ("2030-01-01", None, "invalid: in the future"),
        ("1850-06-01", None, "invalid: before 1900"),
        ("19081345", None, "invalid: not a date"),
    ],
)
def test_a_birth_date_is_a_day_on_which_somebody_was_born(people, value, standard, rule):
    row = people([{"source_key": "1", "birth_date": value}]).rows.to_pylist()[0]
    assert row["birth_date"] == standard
    assert json.loads(row["changes"] or "{}").get("birth_date", [None]) == [rule]


def test_a_register_of_people_of_long_ago_keeps_their_birth_dates(people):
    old = [{"source_key": str(n), "birth_date": f"{1800 + n % 80}-05-{1 + n % 28:02}"} for n in range(300)]
    young = [{"source_key": "x", "birth_date": "1978-11-12"}, {"source_key": "y", "birth_date": "1900-01-01"}]
    rows = {row["source_key"]: row["birth_date"] for row in people([*old, *young]).rows.to_pylist()}
    assert [rows[row["source_key"]] for row in old] == [row["birth_date"] for row in old]
    assert (rows["x"], rows["y"]) == ("1978-11-12", None)


def test_a_birth_date_is_read_in_the_format_of_its_column(people):
    rows = [{"source_key": str(n), "born": text} for n, text in enumerate(["12/11/1978", "3/4/70", "3/4/26"])]
    made = people(
        rows, {"source_key": "source_key", "born": "birth_date"}, formats={"born": ("%d/%m/%Y", "%d/%m/%y")}
    )
    assert made.rows["birth_date"].to_pylist() == ["1978-11-12", "1970-04-03", "2026-04-03"]
    authored = people(
        rows[:1], {"source_key": "source_key", "born": {"field": "birth_date", "format": "%m/%d/%Y"}}
    )
    assert authored.rows["birth_date"].to_pylist() == ["1978-12-11"]


def test_ages_genders_and_languages_become_codes(people):
    made = people(
        [
            {"source_key": "1", "age": "25.0", "gender": "Female", "language": "français"},
            {"source_key": "2", "age": "42 ans", "gender": "homme", "language": "en-CA"},
            {"source_key": "3", "age": "250", "gender": "4", "language": "zz"},
        ]
    )
    assert made.rows.select(["age", "gender", "language"]).to_pylist() == [
        {"age": "25", "gender": "F", "language": "fr"},
        {"age": "42", "gender": "M", "language": "en"},
        {"age": None, "gender": None, "language": None},
    ]


def test_a_telephone_is_read_as_its_customers_country_writes_it(people):
    made = people(
        [
            {"source_key": "1", "phone": "(514) 282-2020 poste 45", "country": "Canada"},
            {"source_key": "2", "phone": "06 12 34 56 78", "country": "FR"},
            {"source_key": "3", "phone": "'+31612345678", "country": "NL"},
            {"source_key": "4", "phone": "020 7946 0958", "country": "UK"},
            {"source_key": "5", "phone": "06.12.34.56.78", "country": None},
            {"source_key": "6", "phone": "1-800-463-3339", "country": None},
            {"source_key": "7", "phone": "555-123-4567", "country": None},
        ]
    )
    assert made.rows["phone"].to_pylist() == [
        "+15142822020;ext=45", "+33612345678", "+31612345678", "+442079460958", "+33612345678",
        "+18004633339", "+15551234567",
    ]  # fmt: skip
    assert "doubtful: number not in use" in made.rows["changes"][6].as_py()


def test_every_rule_says_in_both_languages_what_it_did():
    assert all(text.en and text.fr for text in RULES.values())


SIGNS = "abzéÉçÃ©JRSTM019  .,-'@#/\u00a0\"\\{"
STABLE = (
    "middle_name", "full_name", "email", "gender", "language", "age", "birth_date", "postcode", "country", "city",
    "phone",
)  # fmt: skip


@pytest.fixture(scope="module")
def scrawls():
    """Rows in which every field holds something that no clerk should have typed."""
    chance = random.Random(20270115)
    return [
        {name: "".join(chance.choices(SIGNS, k=chance.randrange(1, 14))) for name in PERSON_FIELDS}
        for _ in range(400)
    ]


def test_any_text_in_any_field_is_kept_and_every_change_is_by_a_known_rule(people, scrawls):
    made = people([{"source_key": f"k{n}", **row} for n, row in enumerate(scrawls)])
    assert made.rows.num_rows == len(scrawls)
    for row, found in zip(made.rows.to_pylist(), scrawls, strict=True):
        assert all(json.loads(row["raw"])[name] == found[name] for name in PERSON_FIELDS)
        changes = json.loads(row["changes"] or "{}")
        assert {rule for rules in changes.values() for rule in rules} <= set(RULES)
        changed = [name for name in PERSON_FIELDS if found[name].strip() and found[name] != row[name]]
        assert [(name, found[name], row[name]) for name in changed if name not in changes] == []


def test_what_is_standard_stays_as_it_is_when_it_is_cleaned_again(people, scrawls):
    columns = {"source_key": "source_key", **{name: name for name in STABLE}}
    once = people([{"source_key": f"k{n}", **row} for n, row in enumerate(scrawls)], columns).rows.to_pylist()
    again = people([{name: row[name] for name in columns} for row in once], columns).rows.to_pylist()
    for first, second in zip(once, again, strict=True):
        assert {name: second[name] for name in STABLE} == {name: first[name] for name in STABLE}


def test_a_year_of_birth_is_an_age_in_the_year_in_which_the_row_was_seen(people):
    told = [
        ("1956", "2019-06-01"),
        ("1956", None),
        ("70", "2019-06-01"),
        ("2021", "2019-06-01"),
        ("1850", None),
    ]
    rows = people([{"source_key": str(n), "age": age, "updated_at": at} for n, (age, at) in enumerate(told)])
    assert rows.rows["age"].to_pylist() == ["63", "71", "70", None, None]
    assert json.loads(rows.rows["changes"][0].as_py())["age"] == ["from birth year"]


def test_what_stands_for_no_year_in_a_column_of_years_of_birth_is_no_age(people):
    def ages(*told):
        return (
            people([{"source_key": str(n), "age": age} for n, age in enumerate(told)]).rows["age"].to_pylist()
        )

    assert ages("1956", "1980", "2001", "1990", "0", "0000", "80") == [
        "71",
        "47",
        "26",
        "37",
        None,
        None,
        None,
    ]
    assert ages("1956", "0", "80", "33") == ["71", "0", "80", "33"]


def test_signs_that_nobody_sees_are_taken_off_and_told(people):
    found = {
        "source_key": "7\x00", "given_name": "Jo\x07hn\x1b[31m", "family_name": "\u202eRoy\u202c", "city": "Laval",
        "email": "j\x1b]0;mine\x07ohn@example.com", "language": "\x1b[2J",
    }  # fmt: skip
    plain = {"source_key": "8", "given_name": "John", "family_name": "Roy", "city": "Laval"}
    row, like = people([found, plain]).rows.to_pylist()
    assert (row["source_key"], row["email"], row["language"]) == ("7", "john@example.com", None)
    assert {row[name] == like[name] for name in ("given_name", "family_name", "city")} == {True}
    assert json.loads(row["changes"]) == {
        "given_name": ["unseen"], "family_name": ["unseen"], "email": ["unseen"], "language": ["unseen"]
    }  # fmt: skip
    assert like["changes"] is None
    assert json.loads(row["raw"]) == found


def test_letters_of_a_wrong_encoding_are_mended_before_what_nobody_sees_goes(people):
    rows = people(
        [{"source_key": "1", "given_name": "Ã\x89milie"}, {"source_key": "2", "given_name": "Zo\x9bé"}]
    )
    assert rows.rows["given_name"].to_pylist() == ["Émilie", "Zoé"]


def test_line_ends_in_a_name_are_spaces(people):
    row = people([{"source_key": "1", "given_name": "Anne\nMarie\x1b[0m"}]).rows.to_pylist()[0]
    assert row["given_name"] == "Anne Marie"
    assert json.loads(row["changes"]) == {"given_name": ["unseen", "spaces"]}
