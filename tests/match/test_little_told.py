"""Shops whose records say little: names and a door, names and a town."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from small_shop import Person, Shop, pairwise, person

SYLLABLES = (
    "ad",
    "bou",
    "cor",
    "du",
    "fel",
    "gra",
    "is",
    "kem",
    "li",
    "mon",
    "ner",
    "pi",
    "rou",
    "sta",
    "vel",
    "zan",
)


def _name(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choices(SYLLABLES, k=syllables)).title()


def _slip(draw: random.Random, text: str) -> str:
    at = draw.randrange(1, len(text))
    return text[:at] + draw.choice("aeiort") + text[at + 1 :] if draw.random() < 0.08 else text


def _families(said: Sequence[str], seed: int, count: int = 220) -> tuple[list[Person], dict[str, int]]:
    """Families of one to four behind one door, each of them known once to three times, and who each record is."""
    draw, people, truth = random.Random(seed), [], dict[str, int]()
    first = [_name(draw, 3) for _ in range(150)]
    for _ in range(count):
        home = {
            "family_name": _name(draw, 3),
            "house_number": str(draw.randrange(1, 300)),
            "street": f"rue {_name(draw, 3)}",
            "city": f"ville {draw.randrange(12)}",
        }
        for given in draw.sample(first, draw.choice((1, 1, 2, 3, 4))):
            who = len(set(truth.values()))
            for _copy in range(draw.choice((1, 1, 2, 3))):
                key = f"k{len(people)}"
                told = {"given_name": given, **home}
                people.append(
                    person(
                        key,
                        **{name: _slip(draw, told[name]) if "name" in name else told[name] for name in said},
                    )
                )
                truth[key] = who
    return people, truth


@pytest.mark.parametrize(
    ("said", "seed", "least_precision", "least_recall"),
    [
        (("given_name", "family_name", "house_number", "street", "city"), 1, 0.97, 0.8),
        (("given_name", "family_name", "house_number", "street", "city"), 2, 0.97, 0.8),
        (("given_name", "family_name", "city"), 3, 0.95, 0.3),
    ],
    ids=["names and a door", "names and another door", "names and a town: plain rules find no pair"],
)
def test_names_tell_who_is_who_where_little_else_is_told(
    new_shop: Callable[..., Shop], said: Sequence[str], seed: int, least_precision: float, least_recall: float
) -> None:
    people, truth = _families(said, seed)
    shop = new_shop()
    shop.add(people)
    report = shop.match()
    precision, recall, _f1 = pairwise(shop.people(), truth)
    assert report.learnt
    assert report.less_sure == (0.95 if "street" in said else None)
    assert precision >= least_precision
    assert recall >= least_recall


def test_one_of_a_family_whose_names_stand_the_wrong_way_round_brings_nobody_together(
    new_shop: Callable[..., Shop],
) -> None:
    people, truth = _families(("given_name", "family_name", "house_number", "street"), 4)
    home = {"house_number": "17", "street": "rue Basse", "phone": "+14185559911"}
    people += [
        person("paul", given_name="Paul", family_name="Kavanagh", **home),
        person("swapped", given_name="Kavanagh", family_name="Inga", **home),
        person("inga", given_name="Inga", family_name="Kavanagh", **home),
    ]
    shop = new_shop()
    shop.add(people)
    shop.match()
    assert shop.person("swapped") == shop.person("inga") != shop.person("paul")
    assert pairwise(shop.people(), truth)[0] >= 0.98


def _namesakes(seed: int, count: int = 220) -> tuple[list[Person], dict[str, int]]:
    """Couples behind a door, one in ten with a son of his father's name, told of by two registers that know ages."""
    draw, people, truth = random.Random(seed), [], dict[str, int]()
    first = [_name(draw, 3) for _ in range(60)]
    year_us = 365 * 24 * 60 * 60 * 1_000_000
    for house in range(count):
        home = {
            "family_name": _name(draw, 3),
            "house_number": str(draw.randrange(1, 300)),
            "street": f"rue {_name(draw, 2)}",
        }
        born = draw.randrange(1930, 1960)
        he, she = draw.sample(first, 2)
        family = [(he, born), (she, born + draw.randrange(-6, 7)), (he, born + draw.randrange(22, 35))]
        for who, (given, year) in enumerate(family if house % 10 == 0 else family[:2]):
            for source, seen in (("register", 2019), ("club", 2023)):
                key, age = f"k{len(people)}", str(seen - year - draw.randrange(2))
                at = (seen - 1970) * year_us + year_us // 2
                people.append(person(key, source=source, seen_us=at, given_name=given, age=age, **home))
                truth[key] = 10 * house + who
    return people, truth


def test_ages_tell_a_father_from_a_son_of_his_name(new_shop: Callable[..., Shop]) -> None:
    people, truth = _namesakes(7)
    shop = new_shop()
    shop.add(people)
    shop.match()
    precision, recall, _f1 = pairwise(shop.people(), truth)
    assert precision > 0.99
    assert recall > 0.95


def _born_somewhere(seed: int, count: int = 250) -> tuple[list[Person], dict[str, int]]:
    """Namesakes of a few names, of whom a register says where they were born and what they did."""
    draw, people, truth = random.Random(seed), [], dict[str, int]()
    given, family, places, trades = ([_name(draw, 3) for _ in range(size)] for size in (12, 20, 60, 25))
    for who in range(count):
        told = {
            "given_name": draw.choice(given),
            "family_name": draw.choice(family),
            "birth_place": draw.choice(places),
            "occupation": draw.choice(trades),
            "birth_date": f"{draw.randrange(1930, 1990)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}",
        }
        for _copy in range(draw.choice((2, 3, 4))):
            left_out = draw.choice(("birth_date", "birth_date", "occupation", "birth_place"))
            key = f"k{len(people)}"
            people.append(person(key, **{name: value for name, value in told.items() if name != left_out}))
            truth[key] = who
    return people, truth


def test_where_they_were_born_and_what_they_did_tells_namesakes_apart(new_shop: Callable[..., Shop]) -> None:
    people, truth = _born_somewhere(8)
    shop, without = new_shop(), new_shop()
    shop.add(people)
    without.add(
        [
            replace(
                one,
                said={name: one.said[name] for name in one.said if name not in ("birth_place", "occupation")},
            )
            for one in people
        ]
    )
    shop.match()
    without.match()
    precision, recall, _f1 = pairwise(shop.people(), truth)
    assert precision > 0.98
    assert recall > pairwise(without.people(), truth)[1] + 0.2
