"""A model is kept as it is, and weighs pairs whatever the shop compares and calls its numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from small_shop import Shop, person

from regulars.engine.duckdb import DuckDBEngine
from regulars.match.comparison.fields import FAMILY_NAME, GENDER, PHONE, Field, number_field
from regulars.match.learning.mixture import Patterns
from regulars.match.learning.small_shops import believed_model
from regulars.match.people.evidence import last_model
from regulars.match.weight.model import Model
from regulars.match.weight.scorer import Scorer
from regulars.match.weight.weighing import weigh

CARD = "carte d'accès"
Levels = tuple[int | None, ...]


def believed(fields: Sequence[Field], kinds: tuple[str, ...] = ()) -> Model:
    drawn = Patterns(
        levels=np.zeros((1, len(fields)), np.int64), inside=np.zeros(1, np.int64), pairs=np.array([4_950.0])
    )
    return believed_model(kinds, fields, drawn, {}, records=100, pairs=np.array([4_950.0, 0.0]))


@pytest.mark.parametrize(
    ("fields", "levels", "comparable", "named"),
    [
        ((FAMILY_NAME, PHONE), (0, 3), True, True),
        ((FAMILY_NAME, PHONE), (None, 3), True, False),
        ((PHONE, GENDER), (3, None), True, True),  # no model compares who they are: what it compares must do
        ((PHONE, GENDER), (None, None), False, False),
    ],
)
def test_who_is_named_is_told_alike_by_both_engines(
    tmp_path: Path, fields: Sequence[Field], levels: Levels, comparable: bool, named: bool
) -> None:
    model = believed(fields)
    columns = {f"g_{n}": pa.array([level], pa.int8()) for n, level in enumerate(levels)}
    shares = {f"f_{n}": pa.array([None], pa.float64()) for n in range(len(fields))}
    pair = pa.table({"a": [0], "b": [1], "inside": [0], **columns, **shares})
    with DuckDBEngine(tmp_path).session() as session:
        session.table("compared", pair)
        weigh(session, "weighed", "compared", model)
        (told,) = session.rows("select comparable, named from weighed").to_pylist()
    said = Scorer(model).weigh({"source": "till"}, {"source": "web"}, levels)
    assert (told["comparable"], told["named"]) == (said.comparable, said.named) == (comparable, named)


def test_a_kind_of_number_may_have_an_apostrophe_in_its_name(tmp_path: Path) -> None:
    model = believed([number_field(CARD, "id_0")], (CARD,))
    pair = pa.table({"a": [0], "b": [1], "inside": [0], "g_0": pa.array([2], pa.int8())})
    with DuckDBEngine(tmp_path).session() as session:
        session.table("compared", pair)
        weigh(session, "weighed", "compared", model)
        (fields,) = session.rows("select fields from weighed")["fields"].to_pylist()
    assert json.loads(fields)[CARD] > 10


def test_a_model_that_was_kept_is_the_same_model_and_one_of_another_form_is_none() -> None:
    said = {"keys": ("email", "phone"), "threshold": 0.9, "precision": 0.99, "expected": 0.98, "floor": 0.8}
    model = replace(believed((FAMILY_NAME, PHONE)), learnt=True, **said)
    assert Model.from_json(model.to_json()) == model
    assert Model.from_json(json.dumps({**json.loads(model.to_json()), "form": "older"})) is None


def test_what_one_in_twenty_records_tell_is_compared_and_rarer_things_are_not(shop: Shop) -> None:
    """Twenty records each of two sources: 400 pairs of records across them, and 380 inside one."""
    two = {0: "female", 1: "male"}
    for source in ("till", "web"):
        shop.add(
            [
                person(
                    f"{source}{n}",
                    source,
                    given_name=f"Julie{n}",
                    family_name="Roy",
                    gender=two.get(n) if source == "till" else None,
                    occupation="plombier" if (source, n) == ("web", 7) else None,
                )
                for n in range(20)
            ]
        )
    shop.match()
    kept = last_model(shop.store)
    assert kept is not None
    assert [field.name for field in kept.model.fields] == ["given_name", "family_name", "gender"]
    assert kept.model.across.same == pytest.approx(0.3 * 40 / 400)
    assert kept.model.inside.same == pytest.approx(0.05 * 40 / 380)
