"""Small shops for predictions: orders as lists of customer, day and amount."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.model.report import ModelReport
from regulars.predict import PREDICTORS, Evening

Order = tuple[int, int, int]  #: person, day, minor units
Foretold = tuple[dict[int, dict[str, object]], dict[str, ModelReport]]
Foretell = Callable[..., Foretold]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with DuckDBEngine(tmp_path).session() as opened:
        yield opened


@pytest.fixture
def foretell(session: Session) -> Foretell:
    """What is foretold on an evening of people by number, from their orders, and what the models say."""

    def run(orders: Sequence[Order], as_of: int, *, people: int = 0) -> Foretold:
        lay_out(session, orders, as_of, people)
        evening = Evening(as_of=as_of, currency="CAD")
        reports = PREDICTORS["timing"].predict(session, evening)
        rows = session.rows(PREDICTORS["timing"].results["predictions"]).to_pylist()
        return {row["person"]: row for row in rows}, {one.name: one for one in reports}

    return run


def lay_out(session: Session, orders: Sequence[Order], as_of: int, people: int) -> None:
    """The relations that a build makes before predictions, of orders of one article each."""
    seen = [(number, *order) for number, order in enumerate(orders, 1) if order[1] <= as_of]
    columns = [pa.array([row[n] for row in seen], pa.int64()) for n in range(4)]
    lines = pa.table(
        {
            "order_no": columns[0], "person": columns[1], "day": columns[2], "paid": columns[3],
            "age": pa.array([as_of - row[2] for row in seen], pa.int64()),
            "product_id": pa.array([str(row[0] % 7) for row in seen], pa.string()),
            "is_return": pa.array([False] * len(seen)), "line_kind": pa.array(["goods"] * len(seen), pa.string()),
        }
    )  # fmt: skip
    everybody = sorted({row[1] for row in seen} | set(range(1, people + 1)))
    persons = pa.table({"person": pa.array(everybody, pa.int64())})
    session.table("lines", lines)
    session.create("orders", "select person, order_no, day, paid from lines")
    session.table("persons", persons)
    session.create("indicators", "select person, cast(10 as bigint) as facts_lifetime from persons")


def made_up(
    customers: int, days: int, *, seed: int = 5, busy: Callable[[int], float] = lambda day: 1.0
) -> list[Order]:
    """Orders of customers who come at random, each at their own rate, and some of whom leave; `busy` is the season."""
    chance = np.random.default_rng(seed)
    orders = []
    for person in range(1, customers + 1):
        day = first = int(chance.integers(0, days))
        rate, spend = chance.gamma(1.5, 1 / 60), chance.gamma(4, 1000)
        leaves = chance.beta(1, 12)
        orders.append((person, day, int(chance.gamma(5, spend / 5)) + 1))
        for day in range(first + 1, days):
            if chance.random() < rate * busy(day):
                orders.append((person, day, int(chance.gamma(5, spend / 5)) + 1))
                if chance.random() < leaves:
                    break
    return orders
