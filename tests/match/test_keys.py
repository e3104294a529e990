"""Where candidate pairs are sought, and how few of them tell what they are worth."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.match.comparison import candidates
from regulars.match.comparison.fields import Key

COLUMNS = (
    "given", "family", "birth", "phone", "email", "mailbox", "door", "street", "postcode", "street_word", "city"
)  # fmt: skip


def some_cards(session: Session, size: int) -> None:
    draw = random.Random(5)
    cards = {name: [f"{name}{draw.randrange(size // 4)}" for _ in range(size)] for name in COLUMNS}
    session.table("cards", pa.table({"card": range(size), **cards}))


@pytest.fixture
def engine(tmp_path: Path) -> DuckDBEngine:
    return DuckDBEngine(tmp_path)


def test_some_candidates_stand_for_all_and_say_which_keys_found_them(engine: DuckDBEngine) -> None:
    with engine.session() as session:
        some_cards(session, 2_000)
        sought = candidates.seek(session, ())
        one_in = candidates.find_some(session, sought, sought.pairs // 4 + 1)
        some = session.rows("select * from some_candidates")
        candidates.find(session, sought)
        every = session.rows("select a, b from candidates")
        both = session.rows("select a, b from some_candidates semi join candidates using (a, b)")
    assert one_in == 4
    assert some.num_rows == both.num_rows
    assert 0.15 * every.num_rows < some.num_rows < 0.35 * every.num_rows
    assert all(0 < found_by < 1 << len(sought.keys) for found_by in some["found_by"].to_pylist())


def test_a_key_is_sought_alone(engine: DuckDBEngine) -> None:
    with engine.session() as session:
        some_cards(session, 400)
        sought = candidates.seek(session, (), only=("phone",))
        candidates.find(session, sought)
        apart = session.rows(
            "select a from candidates join cards l on l.card = a join cards r on r.card = b where l.phone <> r.phone"
        )
        found = session.rows("select a from candidates").num_rows
        blocks = session.rows("select * from blocks where largest > 0").num_rows
    assert found
    assert not apart.num_rows
    assert blocks == 1


def test_a_key_that_finds_what_others_do_not_is_worthwhile() -> None:
    sought = candidates.Sought(
        keys=tuple(Key(value=name, telling=True) for name in ("email", "birth", "city", "phone", "family")),
        largest=(9, 9, 9, 0, 9),
        pairs=0,
    )
    found = pa.table({
        "found_by": [0b00001, 0b00011, 0b00010, 0b00100, 0b10000],
        "pairs": [10, 10, 1_000, 100_000, 100_000],
        "likely": [10, 10, 1, 1, 400],
    })  # fmt: skip
    assert candidates.worthwhile(sought, found) == ("email", "birth", "family")
