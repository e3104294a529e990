"""A family name of before a marriage, beside that of today or in its place."""

from __future__ import annotations

import pytest
from small_shop import Shop, person

from regulars.match.records import make_cards, read_records


@pytest.mark.parametrize(
    "written",
    [
        "Tremblay née Côté",
        "Tremblay nee Cote",
        "Tremblay (née Côté)",
        "Côté ép. Tremblay",
        "Côté épouse Tremblay",
    ],
)
def test_who_names_both_families_is_one_with_either(shop: Shop, written: str) -> None:
    born = {"given_name": "Marie", "birth_date": "1980-02-03", "city": "Québec"}
    shop.add([person("both", family_name=written, email="marie@x.ca", **born)])
    shop.add([person("before", source="web", family_name="Côté", email="marie@x.ca", **born)])
    shop.add([person("today", source="loyalty", family_name="Tremblay", email="marie@x.ca", **born)])
    shop.match()
    assert shop.groups() == {frozenset({"both", "before", "today"})}


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
        "Roy épouse Gagnon": ("roy", ["gagnon"]),
        "Lévesque (born O'Brien)": ("levesque", ["levesque", "brien"]),
        "de la Fontaine geb. Müller": ("de la fontaine", ["fontaine", "muller"]),
        "Nee": ("nee", []),
        "Born": ("born", ["born"]),
        "Ne Tran": ("ne tran", ["tran"]),
    }
    shop.add([person(family, given_name="Anne", family_name=family) for family in told])
    with shop.engine.session() as session:
        with shop.store.read() as connection:
            read_records(connection, session)
        make_cards(session, shop.settings.match)
        cards = session.rows("select record, family, family_parts from cards").to_pylist()
    named = {card["record"]: (card["family"], card["family_parts"]) for card in cards}
    assert {family: named[shop.record(family)] for family in told} == told
