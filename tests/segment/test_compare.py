"""Segments beside each other, by place, and on the ladder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from regulars.engine import Session
from regulars.segment.compare import overlaps, spread, standings
from regulars.segment.count import members
from regulars.segment.ladder import ladder
from regulars.segment.language.rules import Rule
from regulars.segment.placing import placed

Rules = Callable[[str], Rule]
Shops = Callable[[list[dict[str, object]]], Session]

LOYAL: dict[str, object] = {"orders_lifetime": 9, "frequency_quintile": 5, "stage": "active"}
NEVER: dict[str, object] = {"orders_lifetime": 0, "returns_lifetime": 0, "visits_30d": 0, "stage": "prospect"}
REACHABLE: dict[str, object] = {"consent_email": "granted", "has_email": True}


def test_two_segments_share_the_people_who_are_in_both(rule: Rules, shop: Shops) -> None:
    session = shop(
        [{"city": "Laval", "has_email": True}, {"city": "Laval"}, {"city": "Lévis", "has_email": True}]
    )
    members(
        session, {"laval": rule("city = 'Laval'"), "mail": rule("has_email"), "old": rule("age_years > 80")}
    )
    found = overlaps(session, {"laval": 2, "mail": 2, "old": 0})
    assert [(one.one, one.other, one.shared, one.share_of_one, one.share_of_other) for one in found] == [
        ("laval", "mail", 1, 0.5, 0.5),
        ("laval", "old", 0, 0.0, 0.0),
        ("mail", "old", 0, 0.0, 0.0),
    ]


def test_places_begin_with_the_largest_and_end_with_the_unknown(rule: Rules, shop: Shops) -> None:
    session = shop(
        [{"region": "ON"}, {"region": "QC", "has_email": True}, {"region": "QC"}, {}, {}, {"has_email": True}]
    )
    members(session, {"mail": rule("has_email")})
    assert [(one.place, one.people, one.segments) for one in spread(session, "region", ["mail"])] == [
        ("QC", 2, {"mail": 1}),
        ("ON", 1, {"mail": 0}),
        (None, 3, {"mail": 1}),
    ]


@pytest.mark.parametrize(
    ("person", "rung", "step"),
    [
        ({**NEVER, **REACHABLE}, "known", "first_purchase"),
        (NEVER, "known", "ask_consent"),
        ({**NEVER, **REACHABLE, "visits_30d": 2}, "visitor", "show_what_they_saw"),
        ({"orders_lifetime": 0, "returns_lifetime": 1}, "first_order", "find_purchase"),
        ({"orders_lifetime": 1, "stage": "new"}, "first_order", "second_purchase"),
        ({"orders_lifetime": 1, "stage": "lapsed"}, "first_order", "win_back"),
        (
            {"orders_lifetime": 7, "stage": "late", "frequency_quintile": 5},
            "came_back",
            "ask_what_is_missing",
        ),
        ({"orders_lifetime": 2, "stage": "due"}, "active", "third_purchase"),
        (LOYAL, "regular", "recommend"),
        ({**LOYAL, "shares_365d": 1}, "advocate", "thank"),
        ({"shares_365d": 3}, "known", "ask_consent"),
    ],
)
def test_everybody_stands_on_one_rung_and_has_one_next_step(
    shop: Shops, rule: Rules, person: dict[str, object], rung: str, step: str
) -> None:
    session = shop([{"records": 1, **person}])
    people = "select * exclude (rung, next_step) from profiles"
    session.create("placed", *placed(people, rule))
    assert session.rows("select rung, next_step from placed").to_pylist() == [
        {"rung": rung, "next_step": step}
    ]


def test_a_rung_is_unknown_where_the_data_it_needs_is(shop: Shops) -> None:
    session = shop(
        [{"rung": "regular", "next_step": "recommend"}, {"rung": "known", "next_step": "ask_consent"}]
    )
    found = standings(session, {"advocates": None})
    assert [(one.rung, one.people) for one in found] == [
        ("advocate", None), ("regular", 1), ("active", 0), ("came_back", 0), ("first_order", 0), ("visitor", 0),
        ("known", 1),
    ]  # fmt: skip
    assert found[1].steps == {"recommend": 1}
    assert standings(session, {"advocates": 0})[0].people == 0


def test_the_ladder_speaks_both_languages() -> None:
    texts = [one.title for one in ladder().rungs.values()] + [one.sentence for one in ladder().steps.values()]
    assert all(text.en and text.fr and text.en != text.fr for text in texts)
