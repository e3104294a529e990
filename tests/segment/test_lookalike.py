"""Look-alikes: like the members and none of them, without what defines the group, only where it is worth something."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from regulars.errors import Invalid, Refused
from regulars.segment.language.operands import Operand
from regulars.segment.lookalike import LookAlikes, look_alikes

from .conftest import Rules, Shops

RULE = "spend_365d > 500"


def people(count: int = 600) -> list[dict[str, object]]:
    """A third spends much; they have a favourite shop in town, and more women are among them."""
    chance = np.random.default_rng(2)
    found: list[dict[str, object]] = []
    for n in range(count):
        much = n % 3 == 0
        found.append(
            {
                "spend_365d": 90_000 if much else 1_000,
                "spend_90d": 30_000 if much else 100,
                "orders_lifetime": int(chance.integers(1, 9)),
                "favourite_store": "Laurier" if chance.random() < (0.7 if much else 0.3) else "Laval",
                "gender": "F" if chance.random() < (0.8 if much else 0.3) else "M",
                "engagement": float(chance.normal(2.0 if much else 0.0)),
            }
        )
    return found


@pytest.fixture
def found(shop: Shops, rule: Rules, operands: Mapping[str, Operand]) -> LookAlikes:
    return look_alikes(shop(people()), rule(RULE), operands, share=0.05, also=())


def test_those_most_like_the_members_are_none_of_them(found: LookAlikes) -> None:
    assert (found.members, found.of, len(found.like)) == (200, 600, 20)
    assert all((person - 1) % 3 for person, _score in found.like)
    scores = [score for _person, score in found.like]
    assert scores == sorted(scores, reverse=True)


def test_held_out_members_are_found_more_often_than_by_chance_and_not_always(found: LookAlikes) -> None:
    assert 1 < found.lift_low <= found.lift <= found.lift_high <= 3.0 + 1e-9
    assert {name for name, _more in found.tells} >= {"engagement", "favourite_store"}


def test_what_defines_the_group_is_left_out(found: LookAlikes) -> None:
    assert {"spend_365d", "spend_90d"} <= set(found.left_out)
    assert not {name for name, _more in found.tells} & set(found.left_out)


def test_gender_is_used_only_when_somebody_asks_for_it(
    shop: Shops, rule: Rules, operands: Mapping[str, Operand], found: LookAlikes
) -> None:
    asked = look_alikes(shop(people()), rule(RULE), operands, share=0.05, also=("gender",))
    assert ("gender" in found.protected, "gender" in asked.protected) == (True, False)
    assert "gender" not in {name for name, _more in found.tells}
    assert "gender" in {name for name, _more in asked.tells}


def test_only_what_is_protected_needs_to_be_asked_for(
    shop: Shops, rule: Rules, operands: Mapping[str, Operand]
) -> None:
    with pytest.raises(Invalid, match="not protected"):
        look_alikes(shop(people()), rule(RULE), operands, share=0.05, also=("engagement",))


def test_a_group_of_few_is_refused_and_it_is_said_how_many_it_takes(
    shop: Shops, rule: Rules, operands: Mapping[str, Operand]
) -> None:
    with pytest.raises(Refused, match="takes 50 people in the group and 50 others; there are 20 and 40"):
        look_alikes(shop(people(60)), rule(RULE), operands, share=0.05, also=())


def test_a_group_that_nothing_tells_from_others_is_refused(
    shop: Shops, rule: Rules, operands: Mapping[str, Operand]
) -> None:
    alike = [{**one, "favourite_store": "Laval", "engagement": 0.0, "orders_lifetime": 1} for one in people()]
    with pytest.raises(Refused, match="nothing tells these people from others"):
        look_alikes(shop(alike), rule(RULE), operands, share=0.05, also=())
