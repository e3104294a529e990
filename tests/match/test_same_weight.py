"""One pair has one weight, whichever engine weighs it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from small_shop import Person, Shop, person
from sqlalchemy import select

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.match.comparison import comparing
from regulars.match.comparison.dialects import SPARK_WORDS, duckdb
from regulars.match.comparison.words_in_python import edits, likeness, slip, slips
from regulars.match.contradictions import judging
from regulars.match.live.cards import SAID
from regulars.match.pairs import said_by_field
from regulars.match.records import make_cards, read_records
from regulars.match.weight.ceiling import Ceiling
from regulars.match.weight.model import Model, fields_of
from regulars.match.weight.scorer import Levels, Scorer
from regulars.match.weight.weighing import weigh
from regulars.store.tables import match_models

Row = dict[str, Any]
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
    "Жан",
    "جان",
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
            "gender": draw.choice(("female", "male")), "age": str(draw.randint(55, 65)),
            "birth_place": draw.choice(("Québec", "Quebec City", "Lévis", "Hà Nội")),
            "occupation": draw.choice(("infirmière", "infirmier", "plombier", "nurse")),
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


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Cards, the pairs that are drawn of them, and what is made of a pair by an engine."""

    cards: pa.Table
    model: Model

    def compared_in(self, session: Session) -> tuple[list[Row], list[Row]]:
        """The pairs with their levels, and with their weights."""
        fields = fields_of(self.model)
        session.table("cards", self.cards)
        comparing.add_shares(session, self.model.frequencies)
        drawn = (
            "select l.card as a, r.card as b from cards as l join cards as r on l.card < r.card"
            " where (l.card * 7 + r.card) % 11 = 0"
        )
        comparing.compare(session, "compared", drawn, fields)
        weigh(session, "weighed", "compared", self.model)
        levels = ", ".join(f"g_{n}" for n in range(len(fields)))
        compared = session.rows(f"select a, b, {levels} from compared order by a, b").to_pylist()
        return compared, session.rows("select * from weighed order by a, b").to_pylist()

    def in_python(self, engine: DuckDBEngine) -> tuple[Scorer, list[Row]]:
        """The scorer, and the cards as it takes them."""
        with engine.session() as session:
            session.table("cards", self.cards)
            comparing.add_shares(session, self.model.frequencies)
            return Scorer(self.model), session.rows(
                "select * from cards_with_shares order by card"
            ).to_pylist()


@pytest.fixture
def drawn(shop: Shop) -> Drawn:
    return _drawn(shop, _crowd(random.Random(11), 700))


def _drawn(shop: Shop, people: Sequence[Person]) -> Drawn:
    shop.add(people)
    assert shop.match().model
    with shop.store.read() as connection, shop.engine.session() as session:
        model = Model.from_json(connection.execute(select(match_models.c.model)).scalar_one())
        assert model
        read_records(connection, session)
        make_cards(session, shop.settings.match, model.kinds)
        return Drawn(cards=session.rows("select * from cards"), model=model)


def test_duckdb_and_python_give_every_pair_the_same_weight(drawn: Drawn, shop: Shop) -> None:
    scorer, cards = drawn.in_python(shop.engine)
    with shop.engine.session() as session:
        compared, weighed = drawn.compared_in(session)
    assert {field.name for field in scorer.fields} >= {"given_name", "email", "phone", "address", "member"}
    assert _in_python(scorer, cards, weighed) == [_levels(pair) for pair in compared]


#: Two whose names may stand in each other's place, and two of one mailbox, one of whom alone is a J. Jones.
TWO_WAYS = (
    person("a1", given_name="Michael", family_name="Carter"),
    person("a2", given_name="Dominic", family_name="Michaud"),
    person("a3", given_name="Jo", family_name="Jones", email="jjones@exemple.ca"),
    person("a4", email="jjones@autre.ca"),
)


def test_which_card_of_a_pair_comes_first_changes_nothing(shop: Shop) -> None:
    """So it does not matter in which order the records came."""
    drawn = _drawn(shop, [*TWO_WAYS, *_crowd(random.Random(11), 700)])
    scorer, cards = drawn.in_python(shop.engine)
    judged = judging()
    for left, right in combinations(sorted(cards, key=lambda card: card["record"])[:400], 2):
        assert scorer.compare(left, right) == scorer.compare(right, left)
        assert judged(left, right) == judged(right, left)


def test_what_the_fields_of_a_pair_say_comes_to_what_the_pair_says(drawn: Drawn, shop: Shop) -> None:
    with shop.engine.session() as session:
        compared, weighed = drawn.compared_in(session)
        flags = {"strong": [False] * len(compared), "suffix_alone": [False] * len(compared)}
        ends = {side: [pair[side] for pair in compared] for side in ("a", "b")}
        fields = said_by_field(session, drawn.model, pa.table(ends | flags))
    assert fields.shape == (len(weighed), len(drawn.model.fields) + 2, 3)
    said = np.nansum(fields, axis=1).min(axis=1)
    assert np.abs(said - [pair["evidence"] for pair in weighed]).max() < 1e-6
    assert np.isnan(fields[:, -1]).all()  # no number joined them


def test_no_pair_weighs_more_than_its_ceiling(drawn: Drawn, shop: Shop) -> None:
    scorer, cards = drawn.in_python(shop.engine)
    told = [name for name in SAID if name != "email"]
    for columns, fewest_below in ((told, 15_000), ((*SAID, "id_0"), 15_000), (("birth",), 0)):
        ceiling, below = Ceiling(drawn.model, columns), 0
        for left, right in combinations(cards[:250], 2):
            most = ceiling.of(_only(left, columns), _only(right, columns))
            assert most >= scorer.weigh(left, right).weight - 1e-9
            below += most < 0
        assert below >= fewest_below


def _only(card: Row, columns: Sequence[str]) -> Row:
    return {name: card[name] for name in (*columns, "source")}


@pytest.mark.slow
@pytest.mark.spark
def test_spark_gives_every_pair_that_weight(
    drawn: Drawn, shop: Shop, spark: dict[str, str], tmp_path: Path
) -> None:
    from regulars.engine.spark import SparkEngine

    scorer, cards = drawn.in_python(shop.engine)
    with shop.engine.session() as session:
        levels, weights = drawn.compared_in(session)
    with SparkEngine(tmp_path, words=SPARK_WORDS, settings=spark).session() as session:
        compared, weighed = drawn.compared_in(session)
    assert compared == levels
    assert _in_python(scorer, cards, weighed) == [_levels(pair) for pair in compared]
    for in_spark, in_duckdb in zip(weighed, weights, strict=True):
        assert abs(in_spark["weight"] - in_duckdb["weight"]) < 1e-6
        assert in_spark["rival"] == in_duckdb["rival"]


def _in_python(scorer: Scorer, cards: list[Row], weighed: list[Row]) -> list[Levels]:
    """The levels of the pairs in Python, where they must have the weights that an engine gave them."""
    assert len(weighed) >= 20_000
    for pair in weighed:
        said = scorer.weigh(cards[pair["a"]], cards[pair["b"]])
        assert abs(said.weight - pair["weight"]) < 1e-6
        assert abs(said.evidence - pair["evidence"]) < 1e-6
        assert abs(said.probability - pair["probability"]) < 1e-9
        assert (said.rival, said.personal) == (pair["rival"], pair["personal"])
        assert (said.comparable, said.named) == (pair["comparable"], pair["named"])
        fields = json.loads(pair["fields"])
        bits_of = scorer.bits(cards[pair["a"]], cards[pair["b"]])
        assert bits_of.keys() == fields.keys()
        assert all(abs(bits - fields[name]) < 0.011 for name, bits in bits_of.items())
    return [scorer.compare(cards[pair["a"]], cards[pair["b"]]) for pair in weighed]


def _levels(pair: Row) -> Levels:
    return tuple(level for name, level in pair.items() if name.startswith("g_"))


def test_an_engine_counts_letters_and_not_bytes(tmp_path: Path) -> None:
    """Of another alphabet a wrong letter is one slip too; and two words may be as long in bytes and not in letters."""
    told = [
        ("зоя", "зоэ"),
        ("ιων", "ионe"),
        ("éa", "abc"),
        ("김철수", "김철"),
        ("гагн", "гангн"),
        ("аб", "ба"),
        ("ян", "a"),
    ]
    texts = pa.table({"x_l": [a for a, _ in told], "x_r": [b for _, b in told]})
    words = ("likeness(x_l, x_r)", "edits(x_l, x_r)", "coalesce(slip(x_l, x_r), false)", "slips(x_l, x_r)")
    with DuckDBEngine(tmp_path).session() as session:
        session.table("texts", texts)
        asked = ", ".join(f"{duckdb(word)} as w{n}" for n, word in enumerate(words))
        counted = [tuple(row.values()) for row in session.rows(f"select {asked} from texts").to_pylist()]
    assert counted == [(pytest.approx(likeness(a, b)), edits(a, b), slip(a, b), slips(a, b)) for a, b in told]
    assert [said[3] for said in counted] == [1, 4, 3, 1, 1, 1, 2]
