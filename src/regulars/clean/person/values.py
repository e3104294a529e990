"""How every kind of value is settled: SQL on the distinct values of a chunk, Python on those it could not settle.

A statement reads the distinct values and returns, for each, the standard ones, the rules that made them, and
`settled`. What is not settled goes through a Python function, once a distinct value; both answers end under one name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa

from regulars.engine import Session

Answer = tuple[str | None, ...]


def distinct(relation: str, columns: Sequence[str]) -> str:
    """SQL for the distinct values of several columns of one kind, as `found`.

    >>> distinct("rows", ["email"])
    'select distinct email as found from rows where email is not null'
    """
    return " union ".join(
        f"select distinct {one} as found from {relation} where {one} is not null" for one in columns
    )


def settle(
    session: Session,
    name: str,
    sql: str,
    *,
    keys: Sequence[str],
    answers: Sequence[str],
    by_hand: Callable[..., Answer],
    parameters: dict[str, object] | None = None,
) -> None:
    """Leave under `name` one row for each distinct value: its `keys`, then its `answers`."""
    session.create(f"{name}_read", sql, parameters)
    listed = ", ".join((*keys, *answers))
    open_ones = session.rows(f"select {', '.join(keys)} from {name}_read where not settled")
    session.table(f"{name}_by_hand", _answered(open_ones, keys, answers, by_hand))
    session.create(
        name, f"select {listed} from {name}_read where settled union all select {listed} from {name}_by_hand"
    )


def _answered(
    open_ones: pa.Table, keys: Sequence[str], answers: Sequence[str], by_hand: Callable[..., Answer]
) -> pa.Table:
    columns = [open_ones.column(key).to_pylist() for key in keys]
    answered = [by_hand(*values) for values in zip(*columns, strict=True)]
    found = [open_ones.column(key).cast(pa.string()) for key in keys]
    made = [pa.array([answer[place] for answer in answered], pa.string()) for place in range(len(answers))]
    return pa.table([*found, *made], names=[*keys, *answers])
