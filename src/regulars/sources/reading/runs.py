"""Chunks cut where a run of equal values ends: the rows of an order stay together."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from regulars.sources.found import Chunk


def whole_runs(chunks: Iterator[Chunk], column: str | None) -> Iterator[Chunk]:
    """The chunks, the last run of equal values in `column` of each put before the next; as they are without a column.

    A run longer than a chunk is cut where its chunk ends, so that memory holds two chunks at most; of the
    last chunk nothing is put off.
    """
    if column is None:
        yield from chunks
        return
    held: Chunk | None = None
    for chunk in chunks:
        if held is not None:
            whole, held = _parted(held, column)
            yield whole
        held = chunk if held is None else _joined(held, chunk)
    if held is not None:
        yield held


def _parted(chunk: Chunk, column: str) -> tuple[Chunk, Chunk | None]:
    """A chunk without its last run, and that run; a chunk that is one run stays whole."""
    first = _last_run(chunk.rows.column(column).to_pylist()) if column in chunk.rows.column_names else 0
    if not first:
        return chunk, None
    whole = Chunk(
        lines=chunk.lines[:first],
        rows=chunk.rows.slice(0, first),
        broken=chunk.broken,
        stands_on=chunk.stands_on,
    )
    return whole, Chunk(lines=chunk.lines[first:], rows=chunk.rows.slice(first), stands_on=chunk.stands_on)


def _joined(one: Chunk, other: Chunk) -> Chunk:
    return Chunk(
        lines=one.lines + other.lines,
        rows=pa.concat_tables([one.rows, other.rows]).combine_chunks(),
        broken=one.broken + other.broken,
        stands_on={**one.stands_on, **other.stands_on},
    )


def _last_run(values: list[str | None]) -> int:
    """Where the last run of equal values begins."""
    at = len(values)
    while at and values[at - 1] == values[-1]:
        at -= 1
    return at
