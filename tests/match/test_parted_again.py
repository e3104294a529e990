"""Who was merged with others and is parted from all of them has an id of their own from then on."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from small_shop import Shop, person
from sqlalchemy import select
from test_same_weight import _crowd

from regulars.match import disjoin, merge, unmerge
from regulars.match.review.verdicts import NAMED
from regulars.store.tables import links

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


@pytest.mark.parametrize("crowd", [0, 120])
def test_a_reason_that_ceases_and_comes_back_is_written_down_once(
    new_shop: Callable[..., Shop], crowd: int
) -> None:
    shop = new_shop(catch_up_from=100)
    shop.add([person("one", **ZOE, email="zt@menu.ca"), person("other", email="zt@menu.ca")])
    shop.add(_crowd(random.Random(3), crowd))
    shop.match()
    one, other = shop.record("one"), shop.record("other")
    reasons = []
    for _round in range(2):
        reasons.append(_between(shop, one, other))
        unmerge(shop.store, [other], "anne", shop.now_us)
        shop.match()
        assert shop.person("one") != shop.person("other")
        merge(shop.store, one, other, "anne", shop.now_us)
        shop.match()
        assert shop.person("one") == shop.person("other")
    assert [kind for kind, *_rest in reasons[0]] == ["exact"]
    assert [kind for kind, *_rest in reasons[1]] == ["exact", "human"]
    assert reasons[0] == reasons[1][:1]
    assert _between(shop, one, other) == reasons[1]


def _between(shop: Shop, one: int, other: int) -> list[tuple[object, ...]]:
    """Every reason that was ever written down for two to be one person, the first first."""
    ends = (links.c.record_a == min(one, other), links.c.record_b == max(one, other))
    written = select(links.c.kind, links.c.link_id, links.c.rule, links.c.at_us).where(*ends)
    with shop.store.read() as connection:
        return [tuple(row) for row in connection.execute(written.order_by(links.c.link_id))]
