"""Shops whose records say little: names and a door, names and a town."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest
from small_shop import Person, Shop, pairwise, person

SYLLABLES = (
    "ba",
    "dou",
    "fra",
    "gi",
    "lo",
    "mar",
    "ni",
    "pel",
    "ri",
    "sau",
    "tre",
    "vi",
    "zo",
    "lan",
    "ber",
    "ka",
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


@pytest.mark.parametrize("seed", [1, 2])
def test_names_and_a_door_tell_who_is_who_where_nothing_else_is_told(
    new_shop: Callable[..., Shop], seed: int
) -> None:
    people, truth = _families(("given_name", "family_name", "house_number", "street", "city"), seed)
    shop = new_shop()
    shop.add(people)
    report = shop.match()
    precision, recall, _f1 = pairwise(shop.people(), truth)
    assert report.learnt
    assert precision >= 0.99
    assert recall >= 0.8


def test_names_and_a_town_join_without_anything_that_plain_rules_could_begin_with(
    new_shop: Callable[..., Shop],
) -> None:
    people, truth = _families(("given_name", "family_name", "city"), 3)
    shop = new_shop()
    shop.add(people)
    report = shop.match()
    precision, recall, _f1 = pairwise(shop.people(), truth)
    assert report.learnt
    assert precision >= 0.95
    assert recall >= 0.3


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
