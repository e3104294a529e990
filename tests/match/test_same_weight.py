"""One pair has one weight, whichever engine weighs it."""

from __future__ import annotations

import json
import random

import pytest
from small_shop import Person, Shop, person
from sqlalchemy import select

from regulars.match.comparison import comparing
from regulars.match.records import make_cards, read_records
from regulars.match.weight.model import Model
from regulars.match.weight.scorer import Scorer
from regulars.match.weight.weighing import weigh
from regulars.store.tables import match_models

GIVEN = (
    "Anne",
    "Marie-Ève",
    "Jean",
    "Bob",
    "Robert",
    "Liz",
    "Élisabeth",
    "A",
    "Зоя",
    "Ñandú",
    "李",
    "Jean François",
)
FAMILY = (
    "Tremblay",
    "Trembley",
    "Côté-Roy",
    "Roy",
    "Lefèvre",
    "O'Neil",
    "Nguyễn",
    "Иванова",
    "Jean",
    "Gagnon",
)
STREETS = ("rue Saint-Éloi", "rue St Eloi", "avenue des Érables", "ул. Ленина", "Main")


def _crowd(draw: random.Random, size: int) -> list[Person]:
    """People of few names, written in several alphabets, with slips of the hand and holes."""
    crowd = []
    for n in range(size):
        birth = f"{draw.randint(1960, 1963)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        said = {
            "given_name": draw.choice(GIVEN), "family_name": draw.choice(FAMILY),
            "middle_name": draw.choice(("M", "Marie", "é")), "birth_date": birth,
            "house_number": str(draw.randint(1, 5)), "street": draw.choice(STREETS),
            "city": draw.choice(("Québec", "Rimouski", "Lévis")), "postcode": f"G5L {draw.randint(1, 3)}A1",
            "phone": f"+1418555{draw.randint(100, 140):04}",
            "email": f"{draw.choice(('zoé', 'marie.roy', 'j.roy', 'anne'))}{draw.randint(1, 30)}@exemple.ca",
        }  # fmt: skip
        kept = {name: _slipped(draw, value) for name, value in said.items() if draw.random() > 0.25}
        numbers = {"member": f"n°{draw.randint(1000, 1300)}"} if draw.random() > 0.5 else {}
        crowd.append(person(str(n), source=draw.choice(("till", "web")), numbers=numbers, **kept))
    return crowd


def _slipped(draw: random.Random, text: str) -> str:
    at = draw.randrange(len(text))
    swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    return draw.choice([text] * 12 + [text[:at] + text[at + 1 :], swapped, text[:at] + "é" + text[at:]])


@pytest.fixture
def crowd(shop: Shop) -> Shop:
    shop.add(_crowd(random.Random(11), 700))
    assert shop.match().model
    return shop


def _model(shop: Shop) -> Model:
    with shop.store.read() as connection:
        model = Model.from_json(connection.execute(select(match_models.c.model)).scalar_one())
    assert model
    return model


def test_duckdb_and_python_give_every_pair_the_same_weight(crowd: Shop) -> None:
    model = _model(crowd)
    scorer = Scorer(model)
    with crowd.engine.session() as session:
        with crowd.store.read() as connection:
            read_records(connection, session)
        make_cards(session, crowd.settings.match, model.kinds)
        comparing.weigh_cards(session, model.frequencies)
        drawn = (
            "select l.card as a, r.card as b from cards as l join cards as r on l.card < r.card"
            " where (l.card * 7 + r.card) % 11 = 0"
        )
        comparing.compare(session, "compared", drawn, scorer.fields)
        weigh(session, "weighed", "compared", model)
        cards = session.rows("select * from weighed_cards order by card").to_pylist()
        weighed = session.rows("select * from weighed").to_pylist()
    assert len(weighed) >= 20_000
    assert {field.name for field in scorer.fields} >= {"given_name", "email", "phone", "address", "member"}
    for pair in weighed:
        said = scorer.weigh(cards[pair["a"]], cards[pair["b"]])
        assert abs(said.weight - pair["weight"]) < 1e-6
        assert abs(said.evidence - pair["evidence"]) < 1e-6
        assert abs(said.probability - pair["probability"]) < 1e-9
        assert (said.rival, said.personal) == (pair["rival"], pair["personal"])
        fields = json.loads(pair["fields"])
        assert said.fields.keys() == fields.keys()
        assert all(abs(bits - fields[name]) < 0.011 for name, bits in said.fields.items())
