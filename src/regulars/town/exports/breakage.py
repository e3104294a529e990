"""Rows that no reader can take: cut off, with a cell too many, with a date or a number that is none."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

RATE = 0.0004  #: of rows, for each kind of breakage; at least two a file


def some(among: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Which of these rows break."""
    count = min(len(among), max(2, round(len(among) * RATE)))
    return np.sort(rng.choice(among, size=count, replace=False))


def cut(lines: list[str], delimiter: str, rng: np.random.Generator) -> int:
    """Cut rows off in the middle; return how many."""
    plain = np.flatnonzero(['"' not in line for line in lines])
    rows = some(plain, rng)
    for row in rows:
        cells = lines[row].split(delimiter)
        lines[row] = delimiter.join(cells[: len(cells) // 2])
    return len(rows)


def overfull(lines: list[str], delimiter: str, rng: np.random.Generator) -> int:
    """Give rows a delimiter too many, as an address typed with one would; return how many."""
    whole = max((line.count(delimiter) for line in lines if '"' not in line), default=0)
    plain = np.flatnonzero(['"' not in line and line.count(delimiter) == whole for line in lines])
    rows = some(plain, rng)
    for row in rows:
        cells = lines[row].split(delimiter)
        cells.insert(len(cells) // 2, "bureau 2")
        lines[row] = delimiter.join(cells)
    return len(rows)


def spoiled(column: pa.Array, rows: np.ndarray, with_what: str) -> pa.Array:
    """A column with some cells that cannot be read."""
    mask = np.zeros(len(column), dtype=bool)
    mask[rows] = True
    return pc.if_else(pa.array(mask), with_what, column)
