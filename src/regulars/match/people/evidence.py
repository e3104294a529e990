"""Why: a row for each link that made somebody one person, and the pairs that a human should look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Column, Connection, Select, delete, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.people.identity import ROWS_A_TURN
from regulars.match.people.parts import AGAINST, EITHER, TOLD_APART, TOO_LARGE, TWO_OF_EACH
from regulars.match.weight.model import Model
from regulars.store import Store, rows
from regulars.store.tables import links, match_models, review_pairs

_KEY = ("record_a", "record_b", "kind", "rule", "model_version")
#: Why two wait for review whom a link would have joined, by what became of it.
TOO_MANY = "too many"
REASONS = {
    TOO_LARGE: TOO_MANY,
    EITHER: "either",
    TOLD_APART: "others told apart",
    TWO_OF_EACH: "two of each",
    AGAINST: "others contradict",
}
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptModel:
    """A model and its name in `match_models`."""

    version: str
    model: Model
    at_us: int  #: when it was kept, or its threshold calibrated again


def last_model(store: Store) -> KeptModel | None:
    """The model that was learnt last."""
    with store.read() as connection:
        row = connection.execute(_newest(match_models.c.model, match_models.c.at_us)).first()
    model = Model.from_json(row.model) if row else None
    return KeptModel(version=row.version, model=model, at_us=row.at_us) if row and model else None


def last_version(connection: Connection) -> str | None:
    """The version of that model."""
    return connection.execute(_newest()).scalar()


def _newest(*columns: Column[Any]) -> Select[Any]:
    newest = (match_models.c.at_us.desc(), match_models.c.version)
    return select(match_models.c.version, *columns).order_by(*newest).limit(1)


def keep_model(store: Store, model: Model, now_us: int) -> KeptModel:
    """Keep a model; the same model twice is kept once."""
    kept = KeptModel(version=model.version, model=model, at_us=now_us)
    row = {"version": kept.version, "at_us": now_us, "records": model.records, "model": model.to_json()}
    with store.write() as connection:
        rows.upsert(connection, match_models, pa.table({name: [value] for name, value in row.items()}))
    return kept


def write_links(store: Store, session: Session, holds: NDArray[np.bool_], now_us: int) -> None:
    """Write the links of the relation `every_link` that hold, by their number, and are not yet known.

    Each reason is written down once: what or who it is, when it was first found to hold, and its bits of that time. It
    is never changed, nor taken away when it ceases, and one that comes back is no second row: whether a reason holds
    today is asked of what is known today (`explain.chain.holding`), and when two were one person of `identity`.
    """
    with store.read() as connection:
        kept = rows.fetch(connection, select(*(links.c[name] for name in _KEY)))
    session.table("holding", pa.table({"n": np.flatnonzero(holds)}))
    session.table("kept", kept)
    for new in session.batches(_SQL["new_links"], ROWS_A_TURN):
        at_us = pa.repeat(pa.scalar(now_us, pa.int64()), new.num_rows)
        with store.write() as connection:
            rows.insert(connection, links, pa.Table.from_batches([new]).append_column("at_us", at_us))


def write_review(store: Store, pairs: pa.Table) -> None:
    """Replace the pairs to review, when they are not the same ones."""
    order = select(review_pairs).order_by(review_pairs.c.record_a, review_pairs.c.record_b)
    with store.read() as connection:
        if rows.fetch(connection, order).to_pylist() == pairs.to_pylist():
            return
    with store.write() as connection:
        connection.execute(delete(review_pairs))
    for at in range(0, pairs.num_rows, ROWS_A_TURN):
        with store.write() as connection:
            rows.insert(connection, review_pairs, pairs.slice(at, ROWS_A_TURN))
