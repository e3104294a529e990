"""Records that come later make no larger group than a full run does."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from small_shop import Person, Shop, person
from test_same_weight import _crowd

from regulars.match import disjoin, merge, tell_apart
from regulars.match.records import LARGEST_PERSON
from regulars.match.review.verdicts import NAMED

pytestmark = pytest.mark.slow


def _chain(size: int) -> list[Person]:
    """Records of one name, each with the e-mail of the one before or the telephone of the next."""
    name = {"given_name": "Ovide", "family_name": "Trottemenu"}
    return [
        person(f"link {n}", email=f"ovide.{n // 2}@menu.ca", phone=f"+1418555{2000 + (n + 1) // 2}", **name)
        for n in range(size)
    ]


def test_a_chain_that_grows_is_not_joined_once_it_is_too_long(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100, clustering="chained")
    chain = _chain(LARGEST_PERSON + 4)
    shop.add([*_crowd(random.Random(3), 300), *chain[: LARGEST_PERSON - 4]])
    shop.match()
    for more, joined in ((chain[LARGEST_PERSON - 4 : LARGEST_PERSON], True), (chain[LARGEST_PERSON:], False)):
        shop.add(more)
        assert shop.match().placed <= 8
        assert (len(max(shop.groups(), key=len)) == LARGEST_PERSON) == joined
    placed = shop.groups()
    shop.match(full=True)
    assert shop.groups() == placed


HE = person("he", given_name="Ovide", family_name="Trottemenu", email="o@menu.ca")
BETWEEN = person("between", source="web", email="o@menu.ca", phone="+14185559911")
SHE = person("she", given_name="Zélie", family_name="Bonenfant", phone="+14185559911")


def _of(shop: Shop, *keys: str) -> set[frozenset[str]]:
    """The people whom some records are."""
    return {group for group in shop.groups() if group & {*keys}}


def test_chained_groups_keep_whom_people_told_apart_also_by_a_new_model(
    new_shop: Callable[..., Shop],
) -> None:
    shop = new_shop(catch_up_from=100, clustering="chained")
    crowd = _crowd(random.Random(3), 400)
    shop.add([*crowd[:300], HE, SHE])
    first = shop.match().model
    tell_apart(shop.store, shop.record("he"), shop.record("she"), "anne", shop.now_us)
    shop.match()

    shop.add([BETWEEN])
    assert shop.match().placed <= 3
    apart = _of(shop, "he", "between", "she")
    assert apart in (
        {frozenset({"he", "between"}), frozenset({"she"})},
        {frozenset({"he"}), frozenset({"between", "she"})},
    )
    shop.add(crowd[300:])
    report = shop.match(full=True)
    assert report.learnt
    assert report.model != first
    assert _of(shop, "he", "between", "she") == apart

    merge(shop.store, shop.record("he"), shop.record("she"), "anne", shop.now_us)
    assert shop.match().placed <= 3
    together = {frozenset({"he", "between", "she"})}
    assert _of(shop, "he", "between", "she") == together
    shop.retell(person("between", source="web", email="o@menu.ca", phone="+14185559911", city="Laval"))
    assert shop.match().placed <= 3
    assert _of(shop, "he", "between", "she") == together
    disjoin(shop.store, shop.record("he"), shop.record("she"), "anne", shop.now_us, NAMED)
    assert shop.match().placed <= 3
    placed = shop.groups()
    assert not any({"he", "she"} <= group for group in placed)
    shop.match(full=True)
    assert shop.groups() == placed
