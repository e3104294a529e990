"""A shop whose records are too few to teach a model is matched by what holds of shops in general."""

from __future__ import annotations

import pytest
from small_shop import Shop, person

from regulars.match import explain

HOME = {"house_number": "12", "street": "rue du Quai", "city": "Rimouski", "postcode": "G5L 7Q1"}
JULIE = {"given_name": "Julie", "family_name": "Archambault", "birth_date": "1971-04-09"}


def test_a_customer_typed_twice_without_any_number_is_one_person(shop: Shop) -> None:
    shop.add(
        [
            person("till", **JULIE, **HOME),
            person("web", source="web", **{**JULIE, "family_name": "Archambaut"}, **HOME),
            person("other", source="web", given_name="Karim", family_name="Singh", birth_date="1980-01-20"),
        ]
    )
    report = shop.match()
    assert (report.people, report.learnt) == (2, False)
    assert frozenset({"till", "web"}) in shop.groups()


def test_a_family_at_one_door_stays_a_family(shop: Shop) -> None:
    family = HOME | {"family_name": "Archambault", "phone": "+14185550123"}
    shop.add(
        [
            person("mother", given_name="Julie", birth_date="1971-04-09", **family),
            person("father", source="web", given_name="Étienne", birth_date="1969-10-30", **family),
            person("twin", given_name="Béatrice", birth_date="2001-02-14", **family),
            person("other twin", source="web", given_name="Victor", birth_date="2001-02-14", **family),
        ]
    )
    assert shop.match().people == 4


def test_a_name_alone_joins_nobody(shop: Shop) -> None:
    shop.add(
        [
            person("till", given_name="Marie", family_name="Tremblay", city="Rimouski"),
            person("web", source="web", given_name="Marie", family_name="Tremblay", city="Rimouski"),
        ]
    )
    assert shop.match().people == 2


def test_the_model_gives_way_to_the_shop_s_own_when_there_are_records_enough(shop: Shop) -> None:
    def customer(n: int) -> dict[str, str]:
        birth = f"{1950 + n % 50}-{n % 12 + 1:02}-{n % 28 + 1:02}"
        return {"given_name": f"Julie{n}", "family_name": f"Roy{n % 7}", "birth_date": birth}

    shop.add([person(f"{n}", **customer(n)) for n in range(100)])
    shop.add([person(f"w{n}", source="web", **customer(n)) for n in range(95)])
    assert not shop.match().learnt
    shop.add([person(f"w{n}", source="web", **customer(n)) for n in range(95, 100)])
    assert shop.match().learnt


def test_a_father_his_son_of_one_name_and_a_record_without_a_birth_date_are_not_joined(shop: Shop) -> None:
    john = HOME | {"given_name": "John", "family_name": "Smith"}
    shop.add(
        [
            person("father", birth_date="1970-10-10", **john),
            person("son", source="web", birth_date="1990-03-15", **john),
            person("either", source="mail", **john),
        ]
    )
    report = shop.match()
    assert report.people == 3
    assert report.to_review == 3


@pytest.mark.parametrize(("one", "other"), [("Darla", "Darlene"), ("Darla", "Darletta"), ("Mark", "Marsha")])
def test_sisters_whose_names_begin_alike_and_who_were_born_on_one_day_are_two(
    shop: Shop, one: str, other: str
) -> None:
    born = {"family_name": "Anderson", "birth_date": "1980-01-07"}
    shop.add([person("one", given_name=one, **born), person("other", given_name=other, **born)])
    assert shop.match().people == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given_name": "Rosemary A"}, {"given_name": "Rosemay", "middle_name": "A"}),
        ({"given_name": "Peggie"}, {"given_name": "Margaret"}),
    ],
)
def test_one_name_written_in_two_ways_is_one_person(
    shop: Shop, one: dict[str, str], other: dict[str, str]
) -> None:
    known = HOME | {"family_name": "Archambault", "birth_date": "1971-04-09"}
    shop.add([person("one", **one, **known), person("other", source="web", **other, **known)])
    assert shop.match().people == 1


def test_the_first_and_the_second_of_one_name_are_two(shop: Shop) -> None:
    born = {"family_name": "Klein", "birth_date": "1982-04-12"}
    shop.add(
        [person("first", given_name="Morris I", **born), person("second", given_name="Morris II", **born)]
    )
    assert shop.match().people == 2


PAIR = {"family_name": "Caron", "phone": "+14185550123", **HOME}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given_name": "Simon"}, {"given_name": "Simone"}),
        (
            {"given_name": "Yves", "birth_date": "1955-01-01"},
            {"given_name": "Yvon", "birth_date": "1957-01-01"},
        ),
        ({"given_name": "Patrick"}, {"given_name": "Patricia", "birth_date": "1982-06-01"}),
        (
            {"given_name": "Jean", "birth_date": "1950-03-04", "loyalty_card": "500001"},
            {"given_name": "Jean", "birth_date": "1978-09-12", "loyalty_card": "500002"},
        ),
    ],
)
def test_a_couple_or_a_father_and_his_son_are_two_people_whatever_they_share(
    shop: Shop, one: dict[str, str], other: dict[str, str]
) -> None:
    shop.add([person("1", **PAIR, **one), person("2", source="web", **PAIR, **other)])
    report = shop.match()
    assert (report.people, report.to_review) == (2, 1)


def test_colleagues_share_the_mailbox_of_their_office_and_the_number_of_its_switchboard(shop: Shop) -> None:
    shop.add(
        [
            person(
                "1", given_name="Sophie", family_name="Roy", email="info@acme.ca", phone="+15145550400;ext=12"
            ),
            person(
                "2", given_name="S.", family_name="Lavoie", email="info@acme.ca", phone="+15145550400;ext=14"
            ),
            person("3", email="info@acme.ca"),
        ]
    )
    assert shop.match().people == 3


def test_neighbours_of_one_house_live_behind_two_doors(shop: Shop) -> None:
    ann = {"given_name": "Ann", "family_name": "Roy", "street": "rue du Quai", "house_number": "1"}
    shop.add([person("1", unit="101", **ann), person("2", unit="101", **ann), person("3", unit="102", **ann)])
    shop.match()

    def likely(one: str, other: str) -> float:
        said = explain(shop.store, shop.engine, shop.settings, shop.record(one), shop.record(other))
        return said.probability or 0.0

    assert likely("1", "2") > likely("1", "3")


def test_the_mailbox_of_any_j_jones_at_two_providers_says_nothing_of_its_own(shop: Shop) -> None:
    shop.add(
        [
            person("jay", given_name="Jay", family_name="Jones", email="jjones@example.com"),
            person("jones", given_name="Jones", family_name="Jay", email="jjones@example.ca"),
        ]
    )
    assert shop.match().people == 2
