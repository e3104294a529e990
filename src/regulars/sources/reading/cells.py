"""Cells as text, and rows of them as an Arrow table in which an empty cell is null."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, time

import pyarrow as pa
import pyarrow.compute as pc

from regulars.sources.found import Broken, Chunk

#: The first word of a line that sums up the others, in English and French.
_TOTAL = re.compile(
    r"(grand[\s-]?|sub[\s-]?|sous[\s-]?)?(total|totals|totaux)(\s(général|generale?|amount|sales|ventes|rows|lignes))*\s*:?",
    re.IGNORECASE,
)
_AS_TEXT = '^="(.*)"$'  #: how a spreadsheet is told to leave a number as it is


def is_total(cells: Sequence[str | None], width: int) -> bool:
    """Whether a row sums up the others: it begins with such a word, and at most half of its cells are filled.

    >>> is_total(["Total", "4"], 5), is_total(["Total", "Anne", "a@example.com"], 3)
    (True, False)
    """
    first = next((cell for cell in cells if cell and not cell.isspace()), " ").lstrip()
    if first[:1] not in "tTgGsS" or not _TOTAL.fullmatch(first.rstrip()):
        return False
    return 2 * sum(1 for cell in cells if cell and not cell.isspace()) <= max(width, 2)


def as_text(value: object) -> str | None:
    """A typed value as text: whole numbers without a point, ISO dates, lists and objects as compact JSON.

    >>> as_text(17850.0), as_text(2.55), as_text(True), as_text([1, "é"])
    ('17850', '2.55', 'true', '[1,"é"]')
    """
    match value:
        case None:
            return None
        case str():
            return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case list() | dict() | tuple():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
        case _:
            return str(value)


def _number(value: float) -> str | None:
    if value != value:
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def chunk_of(
    header: Sequence[str], lines: list[int], rows: Sequence[Sequence[str | None]], broken: list[Broken]
) -> Chunk:
    """A chunk of rows that all have a cell a column."""
    columns = zip(*rows, strict=True) if rows else ([] for _name in header)
    arrays = [empty_as_null(_bare(pa.array(column, pa.string()))) for column in columns]
    return Chunk(lines=lines, rows=pa.table(arrays, names=list(header)), broken=broken)


def _bare(column: pa.Array) -> pa.Array:
    """Cells such as `="1001"` as what they show."""
    if not pc.any(pc.starts_with(column, '="')).as_py():
        return column
    return pc.replace_substring_regex(column, _AS_TEXT, r"\1")


def empty_as_null(column: pa.Array) -> pa.Array:
    """Cells of nothing but blanks as nulls; the others exactly as they are."""
    blank = pc.equal(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0)
    return pc.if_else(blank, pa.scalar(None, pa.string()), column)
