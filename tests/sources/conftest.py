"""A file in memory: its header and a few rows, as `sniff` and `sample` would give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from regulars.settings import ShopSettings
from regulars.sources.found import Found, Proposal
from regulars.sources.meaning.columns import propose
from regulars.sources.reading.cells import chunk_of
from regulars.sources.reading.headers import unique_names

Table = Callable[..., tuple[Found, pa.Table]]
Propose = Callable[..., Proposal]


@pytest.fixture
def table() -> Table:
    """Make a file of a header and rows, both written with `|` between cells."""

    def make(header: str, *rows: str, delimiter: str = ",") -> tuple[Found, pa.Table]:
        names = unique_names(header.split("|"))
        found = Found(
            path=Path("some.csv"),
            format="csv",
            header=names,
            delimiter=delimiter,
            encoding="utf-8",
            quote='"',
        )
        cells: Sequence[Sequence[str]] = [row.split("|") for row in rows]
        return found, chunk_of(names, list(range(2, 2 + len(rows))), cells, []).rows

    return make


@pytest.fixture
def meant(table: Table) -> Callable[..., Proposal]:
    """What the columns of a header and rows are proposed to mean."""

    def propose_for(header: str, *rows: str, **more: object) -> Proposal:
        found, sample = table(header, *rows)
        return propose(found, sample, ShopSettings(), **more)  # type: ignore[arg-type]

    return propose_for
