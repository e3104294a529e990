"""From which probability on the model joins: as many of the automatic joins as asked are to be right."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from regulars.engine.duckdb import DuckDBEngine
from regulars.match.learning.training import calibrated

#: Bits of a pair that the model holds for one person with a chance of .999, .99, .97, .9 and .75.
SURE, NEARLY, LIKELY, PERHAPS, HARDLY = 9.965, 6.629, 5.015, 3.17, 1.585
Pairs = list[tuple[float, bool, int]]


@pytest.mark.parametrize(
    ("pairs", "asked", "least"),
    [
        ([(SURE, False, 900), (PERHAPS, False, 5), (HARDLY, False, 500)], {}, 0.9),
        ([(SURE, False, 900), (PERHAPS, False, 500)], {}, 0.997),
        ([(HARDLY, False, 900)], {}, 0.997),
        ([(SURE, False, 900), (PERHAPS, False, 5)], {"at_least": 0.95}, 0.997),
        ([(SURE, False, 900), (PERHAPS, False, 5)], {"shift": -1.5}, 0.999),
    ],
    ids=["on average", "too many", "nobody", "no lower than asked", "answers that said no"],
)
def test_pairs_are_joined_as_long_as_enough_are_right(
    tmp_path: Path, pairs: Pairs, asked: dict[str, float], least: float
) -> None:
    assert _threshold(tmp_path, pairs, **asked) == pytest.approx(least, abs=1e-3)


def test_what_rules_join_does_not_keep_the_model_from_joining(tmp_path: Path) -> None:
    by_email_alone = (LIKELY, True, 20_000)
    assert _threshold(tmp_path, [by_email_alone, (SURE, False, 900), (PERHAPS, False, 5)]) < 0.901


def test_sure_joins_by_rule_leave_room_for_less_sure_ones(tmp_path: Path) -> None:
    less_sure = [(SURE, False, 900), (PERHAPS, False, 60)]
    assert _threshold(tmp_path, less_sure) > 0.99
    assert _threshold(tmp_path, [(SURE, True, 5_000), *less_sure]) < 0.901


def test_names_alone_are_sure_enough_where_nothing_surer_is_told(tmp_path: Path) -> None:
    assert _threshold(tmp_path, [(LIKELY, False, 900)]) == 0.95
    assert _threshold(tmp_path, [(LIKELY, False, 900)], learnt=False) == 0.997
    assert _threshold(tmp_path, [(LIKELY, False, 900)], precision=0.999) == pytest.approx(0.999)
    assert _threshold(tmp_path, [(LIKELY, False, 900)], precision=0.99) == pytest.approx(0.99)


def test_where_less_is_sure_enough_it_is_no_less_than_the_shop_s_own_floor(tmp_path: Path) -> None:
    assert _threshold(tmp_path, [(LIKELY, False, 900)], at_least=0.96) == pytest.approx(0.96)


def test_a_pair_below_the_floor_by_what_people_answered_is_not_joined(tmp_path: Path) -> None:
    """Answers took a bit and a half off: a chance of .9 is one of .76."""
    surest = (12.0, False, 900)
    assert _threshold(tmp_path, [surest, (PERHAPS, False, 1)], shift=-1.5) > 0.99
    assert _threshold(tmp_path, [surest], precision=0.5, shift=-1.5) == pytest.approx(0.919, abs=1e-3)


def test_a_pair_below_the_floor_by_the_model_is_not_joined_by_what_people_answered(tmp_path: Path) -> None:
    """Answers add a bit and a half: a chance of .75 is one of .89."""
    pairs = [(12.0, False, 900), (HARDLY, False, 5)]
    assert _threshold(tmp_path, pairs, shift=1.5) >= 0.8


def _threshold(
    folder: Path,
    pairs: Pairs,
    *,
    precision: float = 0.997,
    at_least: float = 0.8,
    shift: float = 0.0,
    learnt: bool = True,
) -> float:
    weight, exact = ([pair[n] for pair in pairs for _copy in range(pair[2])] for n in range(2))
    probability = [1 / (1 + 2**-bits) for bits in weight]
    with DuckDBEngine(folder).session() as session:
        session.table("joinable", pa.table({"weight": weight, "probability": probability, "exact": exact}))
        return calibrated(session, "joinable", precision, at_least, shift, learnt=learnt).threshold
