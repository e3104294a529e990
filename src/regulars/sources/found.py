"""The nouns of this room: a file as found, its rows, and what its columns are proposed to mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pyarrow as pa

from regulars.model.mapping import FileMapping
from regulars.words import Text

Format = Literal["csv", "xlsx", "jsonl", "parquet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One file, and how to read it."""

    path: Path
    format: Format
    header: tuple[str, ...]  #: one name a column, unique and not empty
    compression: Literal["gzip"] | None = None
    encoding: str | None = None  #: Python's name of it; None for xlsx and parquet
    delimiter: str | None = None  #: csv only; a blank stands for any run of blanks
    quote: str | None = None  #: csv only; None when nothing is quoted
    spaced: bool = False  #: csv only: a blank follows each delimiter and belongs to no cell
    sheet: str | None = None  #: xlsx only
    first_line: int = 1  #: line of the header, from 1
    short: int | None = None  #: csv only: every row has so many cells, fewer than the header
    notes: tuple[str, ...] = ()  #: sentences for the person who loads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A row that cannot be cut into the header's cells."""

    line: int
    reason: Text
    raw: Mapping[str, str]  #: cells by column as far as they go; what is left over under `+1`, `+2`, …


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some rows of a file, as found."""

    lines: list[
        int
    ]  #: where each row starts: line of a text file, row of a sheet or Parquet file, from 1; unique
    rows: pa.Table  #: every column is a string, named as in the header; an empty cell is null
    broken: list[Broken] = field(default_factory=list)
    #: where rows of one line stand in the file, by their number in `lines` or `broken`; of others the number itself
    stands_on: Mapping[int, int] = field(default_factory=dict)

    def line_of(self, number: int) -> int:
        """The line of the file on which a row stands."""
        return self.stands_on.get(number, number)

    @property
    def count(self) -> int:
        """How many data rows the chunk stands for, broken ones included."""
        return len(self.lines) + len(self.broken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the columns of a file are thought to mean, and why."""

    mapping: FileMapping
    export: str | None = None  #: the known export it was recognised as
    confidence: Mapping[str, float] = field(default_factory=dict)  #: 0..1, by mapped column
    why: Mapping[str, str] = field(default_factory=dict)  #: a sentence, by mapped column
    ignored: tuple[str, ...] = ()  #: columns that stay in the raw record
    questions: tuple[str, ...] = ()  #: what a person should confirm, as sentences
    fill_down: tuple[str, ...] = ()  #: columns blank on later rows of an order: take its first row's value
    order_column: str | None = None  #: the column that tells orders apart, when `fill_down` is not empty
