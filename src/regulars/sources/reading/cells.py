"""Cells as text, and rows of them as an Arrow table in which an empty cell is null."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime, time

import pyarrow as pa
import pyarrow.compute as pc

from regulars.sources.found import Broken, Chunk
from regulars.words import Text, both

#: The first word of a line that sums up the others, in English and French.
_TOTAL = re.compile(
    r"(grand[\s-]?|sub[\s-]?|sous[\s-]?)?(total|totals|totaux)(\s(général|generale?|amount|sales|ventes|rows|lignes))*\s*:?",
    re.IGNORECASE,
)
#: How a line begins that tells about the file: what it counts, when it was made, where it ends.
_ABOUT = re.compile(
    r"""\W*(?:
        (?:grand\s)?(?:total|totaux|nombre)\s(?:number\s)?(?:of\s|de\s|des\s)?[^\W\d]+(?:\s[^\W\d]+){0,2}\s*[:=]\s*\d.*
        | (?:report|list|file)?\s?(?:exported|generated|printed|created|downloaded)\s(?:on|at|by|from)\b.*
        | (?:rapport|liste|fichier)?\s?(?:exporté|généré|imprimé|créé|téléchargé)e?s?\s(?:le|par|de|du|à)\b.*
        | page\s\d+(?:\s?(?:of|de|/|sur)\s?\d+)?
        | \d[\d\s.,]*\s(?:rows|records|customers|contacts|clients|lignes|enregistrements)(?:\s(?:exported|exportée?s))?
        | end\sof\s(?:file|report|list|export) | fin\sd[ue]\s.*(?:fichier|rapport|liste|export)\w*
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_AS_TEXT = '^="(.*)"$'  #: how a spreadsheet is told to leave a number as it is


def no_row(cells: Sequence[str | None], width: int) -> Text | None:
    """Why a line of a table is no row of it, as a sentence; None when it is one."""
    if is_total(cells, width):
        return both("a line of totals")
    if is_about_the_file(cells, width):
        return both("a line about the file, not a row of it")
    return None


def is_total(cells: Sequence[str | None], width: int) -> bool:
    """Whether a row sums up the others: it begins with such a word, and at most half of its cells are filled.

    >>> is_total(["Total", "4"], 5), is_total(["Total", "Anne", "a@example.com"], 3)
    (True, False)
    """
    first = next((cell for cell in cells if cell and not cell.isspace()), " ").lstrip()
    if first[:1] not in "tTgGsS" or not _TOTAL.fullmatch(first.rstrip()):
        return False
    return 2 * sum(1 for cell in cells if cell and not cell.isspace()) <= max(width, 2)


def is_about_the_file(cells: Sequence[str | None], width: int) -> bool:
    """Whether a row of a table is a sentence about its file: all that it says stands in its first cell.

    >>> is_about_the_file(["Total customers: 40", "", ""], 3), is_about_the_file(["Exporté le 3 mai", "", ""], 3)
    (True, True)
    >>> is_about_the_file(["Paige Total", "", ""], 3), is_about_the_file(["Exported on Monday", "a@b.ca", ""], 3)
    (False, False)
    """
    if width < 2 or not cells or not cells[0] or any(cell and not cell.isspace() for cell in cells[1:]):
        return False
    return _ABOUT.fullmatch(cells[0][:200]) is not None


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
