"""Who was merged with others and is parted from all of them has an id of their own from then on."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from small_shop import Shop, person
from test_same_weight import _crowd

from regulars.match import disjoin, merge
from regulars.match.review.verdicts import NAMED

ZOE = {"given_name": "Zoé", "family_name": "Trottemenu"}


@pytest.fixture
def parted(new_shop: Callable[..., Shop]) -> Shop:
    """Two records of one person were merged with an elder one; then the later of the two was parted from all."""
    shop = new_shop(catch_up_from=100)
    shop.add([person("elder", **ZOE, city="Rimouski"), *_crowd(random.Random(3), 120)])
    shop.add([person("one", **ZOE, email="zt@menu.ca"), person("other", email="zt@menu.ca")])
    shop.match()
    assert shop.person("one") == shop.person("other") != shop.person("elder")
    merge(shop.store, shop.record("elder"), shop.record("one"), "anne", shop.now_us)
    shop.match()
    assert shop.person("one") == shop.person("other") == shop.person("elder")
    disjoin(shop.store, shop.record("one"), shop.record("other"), "anne", shop.now_us, NAMED)
    shop.match()
    assert shop.person("one") == shop.person("elder") != shop.person("other")
    return shop


def test_told_anew_who_was_parted_keeps_the_id(parted: Shop) -> None:
    own, others = parted.person("other"), parted.person("one")
    parted.retell(person("other", email="zt@menu.ca", city="Laval"))
    assert parted.match().placed < 10
    assert (parted.person("other"), parted.person("one")) == (own, others)


def test_after_all_records_are_matched_who_was_parted_keeps_the_id(parted: Shop) -> None:
    own, others = parted.person("other"), parted.person("one")
    parted.match(full=True)
    assert (parted.person("other"), parted.person("one")) == (own, others)
