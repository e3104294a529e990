"""A family name of before a marriage, beside that of today or in its place."""

from __future__ import annotations

import pytest
from small_shop import Shop, person

from regulars.match import explain
from regulars.match.records import make_cards, read_records


@pytest.mark.parametrize(
    ("written", "same", "near"),
    [
        ("Tremblay née Roy", "Tremblay", "Roy"),
        ("Tremblay (nee Cote)", "Tremblay", "Côté"),
        ("Côté ép. Tremblay", "Côté", "Tremblay"),
        ("Li épouse Roy", "Li", "Roy"),
    ],
)
def test_who_names_both_families_is_like_both(shop: Shop, written: str, same: str, near: str) -> None:
    names = {"both": written, "same": same, "near": near, "other": "Épouse-Née"}
    shop.add([person(key, given_name="Marie", family_name=name) for key, name in names.items()])
    shop.match()

    def likeness(other: str) -> str:
        pair = shop.record("both"), shop.record(other)
        fields = explain(shop.store, shop.engine, shop.settings, *pair).fields
        return next(field.likeness for field in fields if field.field == "family_name")

    assert [likeness(key) for key in ("same", "near", "other")] == ["same", "near", "different"]


def test_two_who_married_into_one_family_stay_two(shop: Shop) -> None:
    shared = {"phone": "+15145550603", "street": "rue Cartier", "house_number": "12", "city": "Québec"}
    shop.add([person("marie", given_name="Marie", family_name="Tremblay née Côté", **shared)])
    shop.add([person("lise", source="web", given_name="Lise", family_name="Tremblay née Roy", **shared)])
    shop.add([person("luc", source="loyalty", given_name="Luc", family_name="Tremblay", **shared)])
    shop.match()
    assert shop.groups() == {frozenset({key}) for key in ("marie", "lise", "luc")}


def test_the_name_that_stands_first_is_compared_and_both_are_parts(shop: Shop) -> None:
    told = {
        "Tremblay née Côté": ("tremblay", ["tremblay", "cote"]),
        "Roy épouse Gagnon": ("roy", ["gagnon", "roy"]),
        "Lévesque (born O'Brien)": ("levesque", ["levesque", "brien"]),
        "de la Fontaine geb. Müller": ("de la fontaine", ["fontaine", "muller"]),
        "Li née Wang": ("li", ["wang", "li"]),
        "Roy": ("roy", ["roy"]),
        "Nee": ("nee", ["nee"]),
        "Born": ("born", ["born"]),
        "Lê Ne Tran": ("le ne tran", ["tran"]),
    }
    shop.add([person(family, given_name="Anne", family_name=family) for family in told])
    with shop.engine.session() as session:
        with shop.store.read() as connection:
            read_records(connection, session)
        make_cards(session, shop.settings.match)
        cards = session.rows("select record, family, family_parts from cards").to_pylist()
    named = {card["record"]: (card["family"], card["family_parts"]) for card in cards}
    assert {family: named[shop.record(family)] for family in told} == told
