"""A shop whose records are too few to teach a model is matched by what holds of shops in general."""

from __future__ import annotations

from small_shop import Shop, person

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

    shop.add([person(f"{n}", **customer(n)) for n in range(20)])
    assert not shop.match().learnt
    shop.add([person(f"{n}", **customer(n)) for n in range(20, 120)])
    shop.add([person(f"w{n}", source="web", **customer(n)) for n in range(100)])
    assert shop.match().learnt
