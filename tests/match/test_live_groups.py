"""Records that come later make no larger group than a full run does."""

from __future__ import annotations

import random
from collections.abc import Callable

from small_shop import Person, Shop, person
from test_same_weight import _crowd

from regulars.match.people.cluster import LARGEST


def _chain(size: int) -> list[Person]:
    """Records of one name, each with the e-mail of the one before or the telephone of the next."""
    name = {"given_name": "Ovide", "family_name": "Trottemenu"}
    return [
        person(f"link {n}", email=f"ovide.{n // 2}@menu.ca", phone=f"+1418555{2000 + (n + 1) // 2}", **name)
        for n in range(size)
    ]


def test_a_chain_that_grows_is_not_joined_once_it_is_too_long(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop(catch_up_from=100, clustering="chained")
    chain = _chain(LARGEST + 4)
    shop.add([*_crowd(random.Random(3), 300), *chain[: LARGEST - 4]])
    shop.match()
    for more, joined in ((chain[LARGEST - 4 : LARGEST], True), (chain[LARGEST:], False)):
        shop.add(more)
        assert shop.match().placed <= 8
        assert (len(max(shop.groups(), key=len)) == LARGEST) == joined
    placed = shop.groups()
    shop.match(full=True)
    assert shop.groups() == placed
