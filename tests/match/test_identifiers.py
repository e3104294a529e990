"""Records that share an identifier, in a shop too small to learn a model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from small_shop import Shop, person


def test_a_card_and_a_web_account_with_one_email_are_one_person(shop: Shop) -> None:
    shop.add(
        [
            person("1", given_name="Marie-Ève", family_name="Côté", email="me@cote.ca"),
            person("2", source="web", given_name="MARIE EVE", family_name="COTE", email="me@cote.ca"),
        ]
    )
    report = shop.match()
    assert (report.records, report.people, report.auto_merged, report.learnt) == (2, 1, 1, False)


def test_a_household_that_shares_an_email_stays_two_people(shop: Shop) -> None:
    shop.add(
        [
            person("jean", given_name="Jean", family_name="Roy", email="les@roy.ca"),
            person("lucie", given_name="Lucie", family_name="Roy", email="les@roy.ca"),
        ]
    )
    report = shop.match()
    assert (report.people, report.to_review) == (2, 1)


def test_an_order_with_a_household_email_bridges_nobody(shop: Shop) -> None:
    shop.add(
        [
            person("jean", given_name="Jean", family_name="Roy", email="les@roy.ca"),
            person("lucie", given_name="Lucie", family_name="Roy", email="les@roy.ca"),
            person("guest", source="web", email="les@roy.ca"),
        ]
    )
    shop.match()
    assert shop.groups() == {frozenset({"jean"}), frozenset({"lucie"}), frozenset({"guest"})}


def test_a_chain_of_shared_emails_and_telephones_makes_nobody_of_a_whole_street(shop: Shop) -> None:
    """Orders without a name, each with the e-mail of one neighbour and the telephone of the next."""
    names = ("Ann", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gail", "Hugo", "Iris", "Jack", "Kim", "Leo")
    reach = [{"email": f"person{n}@mail.example", "phone": f"+1514555{1000 + 37 * n}"} for n in range(31)]
    people = [
        person(f"p{n}", given_name=names[n % 12], family_name=f"Roy{'abcdefghij'[n % 10]}", **reach[n])
        for n in range(30)
    ]
    orders = [
        person(f"o{n}", source="web", email=reach[n]["email"], phone=reach[n + 1]["phone"]) for n in range(30)
    ]
    shop.add([*people, *orders])
    report = shop.match()
    assert report.people == report.records == 60
    assert report.to_review > 0


def test_an_order_with_an_email_of_one_customer_is_theirs(shop: Shop) -> None:
    shop.add(
        [
            person("jean", given_name="Jean", family_name="Roy", email="jean@roy.ca"),
            person("guest", source="web", email="jean@roy.ca"),
        ]
    )
    shop.match()
    assert shop.groups() == {frozenset({"jean", "guest"})}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"birth_date": "1950-03-02"}, {"birth_date": "1981-11-27"}),
        ({"name_suffix": "Sr"}, {"name_suffix": "Jr."}),
        ({"birth_date": "1960-01-01"}, {"name_suffix": "Jr", "birth_date": "1990-01-01"}),
    ],
)
def test_a_father_and_a_son_of_one_name_and_one_telephone_stay_two(
    shop: Shop, one: dict[str, str], other: dict[str, str]
) -> None:
    same = {"given_name": "Robert", "family_name": "Gagnon", "phone": "+15145551234"}
    shop.add([person("father", **same, **one), person("son", **same, **other)])
    assert shop.match().people == 2


JUNIOR = {"given_name": "Marc", "family_name": "Roy fils", "email": "m@roy.ca"}


def test_whose_an_email_of_a_junior_and_his_father_is_the_name_does_not_tell(shop: Shop) -> None:
    roy = {"given_name": "Marc", "family_name": "Roy", "email": "m@roy.ca"}
    shop.add(
        [
            person("junior", **JUNIOR),
            person("father", **roy, phone="+15145551234", birth_date="1961-02-03"),
            person("father again", **roy, phone="+15145551234"),
            person("either", source="web", **roy),
            person("nameless", source="mail", email="m@roy.ca"),
        ]
    )
    shop.match()
    assert frozenset({"father", "father again"}) in shop.groups()
    assert len(shop.groups()) == 4


def test_a_junior_whose_given_name_is_not_told_is_a_junior(shop: Shop) -> None:
    father = JUNIOR | {"family_name": "Roy"}
    shop.add(
        [person("junior", family_name="Roy fils", email="m@roy.ca"), person("father", source="web", **father)]
    )
    assert shop.match().people == 2


def test_a_junior_who_writes_it_once_is_known_by_his_birth_date_or_his_card(shop: Shop) -> None:
    plain = {"given_name": "Marc", "family_name": "Roy"}
    shop.add(
        [
            person("junior", **JUNIOR, birth_date="1990-02-03", loyalty_card="77"),
            person("by birth date", source="web", **plain, email="m@roy.ca", birth_date="1990-02-03"),
            person("by card", source="desk", **plain, loyalty_card="77"),
        ]
    )
    assert shop.match().people == 1


def test_a_nickname_and_an_initial_are_the_same_name(shop: Shop) -> None:
    shop.add(
        [
            person("1", given_name="Robert", family_name="Smith", phone="+15145551234"),
            person("2", given_name="Bob", family_name="Smith", phone="+15145551234"),
            person("3", given_name="R", family_name="Smith", phone="+15145551234"),
        ]
    )
    assert shop.match().people == 1


def test_the_card_of_the_cashier_on_two_hundred_records_joins_nobody(shop: Shop) -> None:
    shop.add([person(str(n), source="web", loyalty_card="9000042") for n in range(200)])
    assert shop.match().people == 200


def test_a_card_that_the_shop_blocks_joins_nobody(new_shop: Callable[..., Shop]) -> None:
    blocking = new_shop(blocked_values=("C-77 01",))
    blocking.add([person("1", loyalty_card="C-7701"), person("2", loyalty_card="C-7701")])
    assert blocking.match().people == 2


@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "none@shop.ca"), ("email", "noreply@shop.ca"), ("phone", "+15140000000"), ("user_id", "null"),
     ("loyalty_card", "000000"), ("loyalty_card", "0")],
)  # fmt: skip
def test_a_filler_is_no_identifier(shop: Shop, kind: str, value: str) -> None:
    shop.add([person("1", **{kind: value}), person("2", **{kind: value})])
    assert shop.match().people == 2


def test_two_accounts_of_one_source_are_not_joined_by_their_telephone_alone(shop: Shop) -> None:
    shop.add(
        [
            person("1", user_id="u-71", phone="+15145551234"),
            person("2", user_id="u-98", phone="+15145551234"),
            person("3", source="web", user_id="u-98"),
        ]
    )
    shop.match()
    assert shop.groups() == {frozenset({"1"}), frozenset({"2", "3"})}


def test_a_record_that_says_nothing_is_a_person(shop: Shop) -> None:
    shop.add([person("1"), person("2")])
    assert shop.match().people == 2


def test_customers_of_other_family_names_and_no_first_name_are_not_joined_by_a_telephone(shop: Shop) -> None:
    office = {"phone": "+15145550123"}
    shop.add(
        [
            person(key, family_name=name, **office)
            for key, name in (("1", "Côté"), ("2", "Bélanger"), ("3", "Cote"))
        ]
    )
    assert shop.match().to_review
    groups = shop.groups()
    assert frozenset({"2"}) in groups
    assert frozenset({"1", "2"}) not in groups


def test_a_daughter_of_her_mothers_name_is_not_her_mother_though_two_digits_tell_them_apart(
    shop: Shop,
) -> None:
    lise = {"given_name": "Lise", "family_name": "Poirier", "phone": "+15145550177", "house_number": "8"}
    home = lise | {"street": "rue Basse", "city": "Laval", "postcode": "H7A 1B2"}
    shop.add(
        [
            person("mother", birth_date="1950-10-10", **home),
            person("daughter", birth_date="1978-10-10", **home),
        ]
    )
    report = shop.match()
    assert (report.people, report.to_review) == (2, 1)


def test_twins_whose_names_begin_alike_are_two(shop: Shop) -> None:
    home = {
        "family_name": "Roy", "birth_date": "2001-04-05", "phone": "+15145550188", "house_number": "8",
        "street": "rue Basse", "city": "Laval", "postcode": "H7A 1B2",
    }  # fmt: skip
    shop.add([person("one", given_name="Mathieu", **home), person("other", given_name="Mathis", **home)])
    assert shop.match().people == 2


def test_the_mailbox_of_a_role_joins_nobody_whatever_the_model_says(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(threshold=0.5, precision=0.5, review=0.4)
    shop.add(
        [
            person("julie", given_name="Julie", family_name="Savard", email="info@example.com"),
            person("letter", source="news", email="info@example.com"),
            person("anne", given_name="Anne", family_name="Roy", email="anne.roy@example.com"),
            person("anne's letter", source="news", email="anne.roy@example.com"),
        ]
    )
    shop.match()
    assert shop.groups() == {
        frozenset({"julie"}), frozenset({"letter"}), frozenset({"anne", "anne's letter"}),
    }  # fmt: skip
