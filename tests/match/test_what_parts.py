"""Each rule that parts two records which have enough in common is said as it is, by `explain` and in the review."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from small_shop import FAMILY, GIVEN, Person, Shop, person
from sqlalchemy import select

from regulars.match import explain
from regulars.store.tables import review_pairs
from regulars.words import speak

HOME = {"house_number": "12", "street": "rue du Quai", "city": "Rimouski", "postcode": "G5L 7Q1"}
JEAN = {"given_name": "Jean", "family_name": "Caron"}
OVIDE = {"given_name": "Ovide", "family_name": "Trottemenu", "birth_date": "1971-04-09", **HOME}
MARC = {"given_name": "Marc", "family_name": "Roy", "email": "m@roy.ca"}
JUNIOR = MARC | {"family_name": "Roy fils"}
FATHER = JEAN | HOME | {"birth_date": "1970-10-10", "email": "jc70@x.ca", "phone": "+14185550123"}
SON = JEAN | HOME | {"birth_date": "1998-03-25", "email": "wonderboy@y.ca", "phone": "+14165559987"}


def _many() -> list[Person]:
    """Thirty records with one card and thirty with one e-mail; the first of each are alike."""
    cards = [person(f"card{n}", source=f"s{n}", loyalty_card="7000") for n in range(29)]
    mails = [person(f"mail{n}", source=f"s{n}", email="ot@x.ca") for n in range(29)]
    crowd = [person(f"{g} {f}", given_name=g, family_name=f) for g in GIVEN[:6] for f in FAMILY[:6]]
    one = person("one", loyalty_card="7000", **OVIDE)
    return [one, *cards, person("other", source="web", email="ot@x.ca", **OVIDE), *mails, *crowd]


#: The records, what the settings are, what waits for review why, and the sentence.
RULES: dict[str, tuple[Sequence[Person], Mapping[str, object], str | None, str]] = {
    "a junior and a namesake": (
        [person("one", **JUNIOR), person("other", **MARC)],
        {},
        "one suffix",
        "One of them is a Jr or a Sr, of the other it is not said",
    ),
    "alike but for the suffix": (
        [person("one", **JUNIOR | HOME), person("other", source="web", **MARC | HOME | {"email": "x@y.ca"})],
        {},
        "one suffix",
        "One of them is a Jr or a Sr, of the other it is not said",
    ),
    "the mailbox of a junior and his father": (
        [person("junior", **JUNIOR), person("one", **MARC, **HOME), person("other", source="web", **MARC)],
        {},
        "of two",
        "One of them has an e-mail or a phone that a Jr and a namesake share",
    ),
    "a nameless record with a household's e-mail": (
        [
            person("one", email="les@roy.ca", given_name="Jean"),
            person("third", email="les@roy.ca", given_name="Lucie"),
            person("other", source="web", email="les@roy.ca"),
        ],
        {"precision": 0.997, "threshold": 0.9},
        None,
        "They share an identifier that other people hold too",
    ),
    "a household's e-mail, however sure e-mails are": (
        [
            person("one", email="les@roy.ca", given_name="Jean"),
            person("third", email="les@roy.ca", given_name="Lucie"),
            person("other", source="web", email="les@roy.ca"),
            *(
                person(f"{what} {n}", source=what, email=f"{n}@x.ca", **named)
                for n in range(150)
                for what, named in (("till", {"given_name": GIVEN[n % 12]}), ("web", {}))
            ),
        ],
        {"precision": 0.5, "threshold": 0.3, "review": 0.1},
        "contested",
        "They share an identifier that other people hold too",
    ),
    "a man and a woman of one initial": (
        [
            person("one", **HOME, given_name="J", family_name="Roy", gender="M", phone="+14185550123"),
            person(
                "other", source="web", **HOME, given_name="Julie", family_name="Roy", gender="F",
                phone="+14185550123",
            ),
        ],
        {"precision": 0.5, "threshold": 0.3, "review": 0.1},
        "genders differ",
        "They are two people: genders differ, and a first name is an initial or missing.",
    ),
    "a man and a woman of one initial and door": (
        [
            person("one", **HOME, given_name="J", family_name="Roy", gender="M", birth_date="1971-04-09"),
            person("other", source="web", **HOME, given_name="Julie", family_name="Roy", gender="F"),
        ],
        {"precision": 0.5, "threshold": 0.3, "review": 0.1},
        "genders differ",
        "They are two people: genders differ, and a first name is an initial or missing",
    ),
    "Mme and M. of one initial": (
        [
            person("one", **HOME, name_prefix="M.", given_name="J", family_name="Roy", phone="+14185550123"),
            person(
                "other", source="web", **HOME, name_prefix="Mme", given_name="Julie", family_name="Roy",
                phone="+14185550123",
            ),
        ],
        {"precision": 0.5, "threshold": 0.3, "review": 0.1},
        "genders differ",
        "They are two people: genders differ, and a first name is an initial or missing.",
    ),
    "twins with a mother's e-mail": (
        [
            person("one", email="les@roy.ca", given_name="Rachel", birth_date="2003-10-07"),
            person("other", source="web", email="les@roy.ca", given_name="William", birth_date="2003-10-07"),
        ],
        {"precision": 0.5, "threshold": 0.3, "review": 0.1},
        "contradicted",
        "They are two people: they contradict each other (first name)",
    ),
    "father and son with one e-mail": (
        [
            person("one", **JEAN, **HOME, email="les@caron.ca", phone="+14185550123", birth_date="1951-02-03"),
            person(
                "other", source="web", **JEAN, **HOME, email="les@caron.ca", phone="+14185550123",
                birth_date="1984-11-27",
            ),
        ],
        {"precision": 0.5, "threshold": 0.1, "review": 0.05},
        "contradicted",
        "They are two people: they contradict each other (birth date)",
    ),
    "two accounts": (
        [
            person("one", user_id="u-71", phone="+15145551234"),
            person("other", user_id="u-98", phone="+15145551234"),
        ],
        {},
        "two accounts",
        "They share phone, but are two accounts: till gave them different numbers.",
    ),
    "a father's or his son's": (
        [
            person("one", **FATHER),
            person("son", source="web", **SON),
            person("other", source="mail", **JEAN, **HOME),
        ],
        {},
        "either",
        "They are alike, but one of them is as much like web:son, and these are not one person",
    ),
    "other means to be reached": (
        [
            person("one", **JEAN, **HOME, email="jean.caron@x.ca", phone="+14185550123"),
            person("other", source="web", **JEAN, **HOME, email="jcaron51@y.ca", phone="+14185550999"),
        ],
        {},
        "two of each",
        "They have enough in common, but each has another e-mail and another phone or number",
    ),
    "another record of theirs": (
        [
            person("one", **JEAN, birth_date="1971-04-09", email="jc@x.ca", loyalty_card="66001"),
            person("other", source="web", **JEAN, email="jc@x.ca", loyalty_card="77123"),
            person(
                "third", source="app", **HOME, given_name="Jean", family_name="Quenouille",
                phone="+14185550123", birth_date="1999-12-30", loyalty_card="77123",
            ),
        ],
        {},
        "others contradict",
        "They have enough in common, but not their other records",
    ),
    "a parcel for a family": (
        [
            person("one", **JEAN, **HOME, phone="+14185550123"),
            person("wife", source="web", **JEAN | {"given_name": "Lucie"}, **HOME, phone="+14185550123"),
            person("other", source="app", family_name="Caron", **HOME),
        ],
        {"precision": 0.1, "threshold": 0.1, "review": 0.1},
        "same household",
        "They agree in what a household shares, and one of them agrees so with people of several first names",
    ),
    "too many records": (
        _many(),
        {"identifier_limit": 60},
        "too many",
        "They have enough in common, but together they would be too many records.",
    ),
}  # fmt: skip
_QUICK = ("a junior and a namesake", "two accounts")


@pytest.mark.parametrize(
    "rule", [pytest.param(name, marks=[] if name in _QUICK else [pytest.mark.slow]) for name in RULES]
)
def test_the_rule_that_parts_two_is_said(new_shop: Callable[..., Shop], rule: str) -> None:
    people, settings, reason, sentence = RULES[rule]
    shop = new_shop(**({"precision": 0.5, "threshold": 0.5} | dict(settings)))
    shop.add(people)
    shop.match()
    numbers = shop.record("one"), shop.record("other")
    found = explain(shop.store, shop.engine, shop.settings, *numbers)
    assert not found.same
    assert found.sentence.startswith(sentence)
    pair = select(review_pairs.c.reason).where(
        review_pairs.c.record_a == min(numbers), review_pairs.c.record_b == max(numbers)
    )
    with shop.store.read() as connection:
        waits = connection.execute(pair).scalar()
    assert reason is None or waits == reason


@pytest.mark.parametrize(("name", "gender"), [("Julie", "M"), ("J", "X"), ("J", None), ("J", "F")])
def test_a_gender_forbids_nothing_beside_two_first_names_nor_where_one_says_neither(
    shop: Shop, name: str, gender: str | None
) -> None:
    told = {**HOME, "family_name": "Roy", "phone": "+14185550123"}
    shop.add([person("one", **told, given_name="Julie", gender="F")])
    shop.add([person("other", source="web", **told, given_name=name, gender=gender)])
    assert shop.match().people == 1


def test_a_gender_without_a_name_parts_nobody_from_what_is_theirs(shop: Shop) -> None:
    shop.add([person("account", given_name="Julie", family_name="Roy", gender="F", email="julie@roy.ca")])
    shop.add([person("newsletter", source="news", gender="M", email="julie@roy.ca")])
    shop.add([person(f"order {n}", source="web", email="julie@roy.ca") for n in range(3)])
    assert (shop.match().people, len(shop.groups())) == (1, 1)


SHARED = pytest.mark.parametrize("shared", [{"email": "roy@roy.ca"}, {"phone": "+14185550123", **HOME}])
TOLD = pytest.mark.parametrize(
    ("man", "woman"), [({"gender": "M"}, {"gender": "F"}), ({"name_prefix": "M."}, {"name_prefix": "Mme"})]
)


@SHARED
@TOLD
def test_whose_a_record_is_that_a_man_and_a_woman_could_own_alike_waits(
    shop: Shop, shared: Mapping[str, str], man: Mapping[str, str], woman: Mapping[str, str]
) -> None:
    told = {"family_name": "Roy", "given_name": "J", **shared}
    shop.add([person("man", **told, **man)])
    shop.add([person("woman", source="web", **told, **woman)])
    shop.add([person("either", source="app", **told)])
    report = shop.match()
    assert (report.people, report.to_review) == (3, 3)


@SHARED
@TOLD
@pytest.mark.parametrize("first", ["man", "woman", "third"])
def test_who_shares_a_telephone_with_two_is_hers_whose_first_name_is_the_same(
    shop: Shop, shared: Mapping[str, str], man: Mapping[str, str], woman: Mapping[str, str], first: str
) -> None:
    told = {"family_name": "Roy", **shared}
    everybody = {
        "man": person("man", **told, **man, given_name="J"),
        "woman": person("woman", source="web", **told, **woman, given_name="Julie"),
        "third": person("third", source="app", **told, given_name="Julie"),
    }
    for key in (first, *(everybody.keys() - {first})):
        shop.add([everybody[key]])
    shop.match()
    assert shop.groups() == {frozenset({"man"}), frozenset({"woman", "third"})}


def test_of_two_genders_with_one_birth_date_one_is_a_slip(shop: Shop) -> None:
    told = {"family_name": "Roy", "birth_date": "1971-04-09", "phone": "+14185550123", **HOME}
    shop.add([person("one", **told, given_name="J", gender="M")])
    shop.add([person("other", source="web", **told, given_name="Julie", gender="F")])
    assert shop.match().people == 1


@pytest.mark.parametrize("size", [60, 300])
def test_a_chain_is_said_to_be_too_long_wherever_the_two_are_in_it(shop: Shop, size: int) -> None:
    shop.add(
        [
            person(f"r{n}", source=f"s{n}", email=f"m{n // 2}@x.ca", phone=f"+1418666{(n + 1) // 2:04}")
            for n in range(size)
        ]
    )
    assert shop.match().people == size
    for one in (0, size // 2):
        pair = shop.record(f"r{one}"), shop.record(f"r{one + 1}")
        found = explain(shop.store, shop.engine, shop.settings, *pair)
        assert found.sentence.startswith("They have enough in common, but together they would be too many")
        (note,) = (said for said in found.notes if "at least" in said)
        assert f"at least {min(size, 200)} records: more than 50" in note


def test_what_two_contradict_each_other_in_is_said_in_the_reader_s_words(shop: Shop) -> None:
    shop.add([person("one", **MARC), person("other", **MARC | {"given_name": "Lucie"})])
    shop.match()
    said = {}
    for language in ("en", "fr"):
        speak(language)
        said[language] = explain(
            shop.store, shop.engine, shop.settings, shop.record("one"), shop.record("other")
        ).sentence
    speak(None)
    assert said["en"].endswith("(first name).")
    assert said["fr"].endswith("(prénom).")


def test_who_came_after_the_last_match_is_not_said_to_be_apart_by_a_rule(shop: Shop) -> None:
    shop.add([person("one", **MARC), person("third", source="app", **JEAN)])
    shop.match()
    shop.add([person("other", source="web", **MARC)])
    found = explain(shop.store, shop.engine, shop.settings, shop.record("one"), shop.record("other"))
    assert found.sentence.startswith("web:other was not compared with the others yet")
    assert found.notes[0].startswith("By what is known now nothing keeps them apart")


def test_two_are_asked_about_for_what_they_share(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(review=0.05)
    roys = {"family_name": "Roy"}
    shop.add([person("one", given_name="Ann", **roys), person("other", source="web", **roys)])
    caron = {"family_name": "Caron", **HOME}
    shop.add([person("at home", given_name="Zoé", **caron), person("at home too", source="web", **caron)])
    beside = {"family_name": "Paquet", "house_number": "12", "street": "rue du Port", "postcode": "G1K 1A1"}
    shop.add([person("next door", given_name="Alice", **beside)])
    shop.add([person("next door too", source="web", **beside | {"house_number": "13"})])
    shop.match()
    waiting = select(review_pairs.c.reason).order_by(review_pairs.c.record_a)
    with shop.store.read() as connection:
        asked = [*connection.execute(waiting).scalars()]
    assert asked == ["same family name", "same household", "same family name"]
