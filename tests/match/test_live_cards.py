"""A card made in Python is the card that the engine makes."""

from __future__ import annotations

import random

from small_shop import Person, Shop, person
from sqlalchemy import select

from regulars.match.comparison import comparing
from regulars.match.contradictions import judge, judging
from regulars.match.live.cards import CardMaker, kept
from regulars.match.records import make_cards, read_records
from regulars.store.tables import identifiers, record_versions, records

NAMES = (
    "Anne", "Marie-Ève", "Jean", "Bob", "Liz", "É.", "Зоя", "Ñandú", "李 小龍", "Jean François", "J", "Simon", "Simone",
    "  ", "...", "ﬁn", "Ⅷ", "²nd", "İpek", "ẞ", "Nguyễn", "O'Neil", "de la Fontaine-Côté", "x_y", "\u0301",
    "គឹម", "ВАСІЛЬЕЎ", "Фёдор", "Фе\u0308дор", "صديقي", "김철수", "ガリ", "प्रिया", "Παπαδόπουλος", "สมชาย",
    "Ivan Иванов", "Marie-Anne", "Marie Eve", "Jean-Luc", "Julie", "Julien", "Jeans François Luc", "Tremblay née Côté",
    "Roy (born Gagné) Jr", "Nee", "Lê Ne Tran", "Côté ép. Tremblay", "Anne née", "nee Roy", "J.-P.",
    "JP", "MC", "R. E.", "Ng",
)  # fmt: skip
TITLES = (
    "Mme", "M.", "m", "Mr.", "Ｍｍｅ", "M. et Mme", "Dr", "Señor", "Mlle²", "m\u200bme", "Sr", "", "...", "Frau Dr.",
)  # fmt: skip
IDENTIFIERS = (
    "a@b.ca", "INFO@b.ca", "none@x.ca", "no-email@x.ca", "+15145550199", "+15141234567", "0000000", "5555555555", "N/A",
    "n°12", "12", "test", "Zoé@é.ca", "anonyme.1@x.ca", "shared@b.ca", "blocked-1",
    "anne.tremblay77@x.ca", "Roy_Liz@x.ca", "b.o@x.ca", "b-roy@x.ca", "liztremblay_2@x.ca", "gagnonbob@x.ca",
    "anne.côté@x.ca", "anne.client@x.ca", "bob-saint-onge.1@x.ca", "lizroy@x.ca", "simonsimon@x.ca",
)  # fmt: skip
KINDS = ("email", "phone", "loyalty_card", "member")


def _nasty(draw: random.Random, size: int) -> list[Person]:
    crowd = []
    for n in range(size):
        said = {
            "name_prefix": draw.choice(TITLES), "given_name": draw.choice(NAMES), "middle_name": draw.choice(NAMES),
            "family_name": draw.choice(NAMES), "full_name": " ".join(draw.choices(NAMES, k=draw.randint(1, 3))),
            "name_suffix": draw.choice(("Jr.", "père", "II", "3rd")), "gender": draw.choice(("F", "m")),
            "birth_date": draw.choice(("1980-02-03", "1980-03-02", "03/02/1980", "1981-02-03", "1952-11-17", "")),
            "birth_place": draw.choice(("Québec", "St. John's", "...")), "occupation": draw.choice(("Infirmière", "é")),
            "age": draw.choice(("0", "44", "120", "", "x")),
            "house_number": draw.choice(("12-A", "12", "é")), "unit": draw.choice(("3", "Apt. 3")),
            "street": draw.choice(("rue St-Éloi", "Main", "av. des Érables")),
            "city": draw.choice(("Québec", "Lévis")), "postcode": draw.choice(("G5L 3A1", "75001")),
            **{name: draw.choice(IDENTIFIERS) for name in ("email", "phone", "loyalty_card", "user_id")},
        }  # fmt: skip
        numbers = {kind: draw.choice(IDENTIFIERS) for kind in KINDS if draw.random() > 0.6}
        told = {name: value for name, value in said.items() if draw.random() > 0.4}
        crowd.append(person(str(n), source=draw.choice(("till", "web")), numbers=numbers, **told))
    return crowd


def test_a_mailbox_may_spell_the_family_name_that_is_not_told(shop: Shop) -> None:
    told = {
        "adam.hargate77@x.ca": "hargate", "hargate_adam@x.ca": "hargate", "adamhargate@x.ca": "hargate",
        "a.hargate@x.ca": "hargate", "adam.saint-onge@x.ca": "saint onge", "b.hargate@x.ca": None,
        "adam77@x.ca": None, "adamant@x.ca": None, "adam.client@x.ca": None, "ahargate@x.ca": None,
    }  # fmt: skip
    shop.add([person(email, given_name="Adam", email=email) for email in told])
    shop.add([person("own", given_name="Adam", family_name="Roy", email="adam.hargate@x.ca")])
    with shop.engine.session() as session:
        with shop.store.read() as connection:
            read_records(connection, session)
        make_cards(session, shop.settings.match)
        cards = session.rows("select email, family from cards").to_pylist()
    assert {card["email"]: card["family"] for card in cards} == {**told, "adam.hargate@x.ca": "roy"}


def test_a_card_made_in_python_is_the_engine_s(shop: Shop) -> None:
    shop.add(_nasty(random.Random(5), 400))
    kinds, frequencies = (
        ("loyalty_card", "member"),
        {"given": {"anne": 0.1}, "family": {}, "city": {"quebec": 0.5}},
    )
    everyone = shop.settings.match.__class__(identifier_limit=1000, blocked_values=("Blocked 1",))
    with shop.engine.session() as session:
        with shop.store.read() as connection:
            read_records(connection, session)
            versions = {row.record: row._mapping for row in connection.execute(select(record_versions))}
            held: dict[int, list[tuple[str, str, int]]] = {}
            for row in connection.execute(select(identifiers)):
                held.setdefault(row.record, []).append((row.type, row.value, row.fact))
            known = {row.record: row.source for row in connection.execute(select(records))}
        make_cards(session, everyone, kinds)
        comparing.add_shares(session, frequencies)
        engine_s = session.rows("select * from cards_with_shares").to_pylist()
    maker = CardMaker(kinds, frequencies, everyone.blocked_values)
    assert len(engine_s) > 350
    for theirs in engine_s:
        record = theirs["record"]
        said = versions[record]
        told = [(name, said[name], said["fact"]) for name in ("email", "phone", "loyalty_card", "user_id")]
        ours = maker.make(record, known[record], said, [*told, *held.get(record, ())])
        assert {name: ours[name] for name in theirs if name != "card"} == {
            name: value for name, value in theirs.items() if name != "card"
        }
        assert maker.read(record, known[record], kept(ours)) == ours


def test_python_judges_every_pair_as_the_engine_does(shop: Shop) -> None:
    shop.add(_nasty(random.Random(6), 250))
    with shop.engine.session() as session:
        with shop.store.read() as connection:
            read_records(connection, session)
        make_cards(session, shop.settings.match)
        cards = {card["card"]: card for card in session.rows("select * from cards").to_pylist()}
        judge(
            session,
            "judged",
            "select l.card as a, r.card as b from cards as l join cards as r on l.card < r.card",
        )
        judged = session.rows("select * from judged").to_pylist()
    assert len(judged) > 20_000
    judging_one = judging()
    for pair in judged:
        a, b = pair.pop("a"), pair.pop("b")
        assert judging_one(cards[a], cards[b]) == pair
    told = [name for name in judged[0] if 0 < sum(pair[name] for pair in judged) < len(judged)]
    assert set(told) == set(judged[0])
