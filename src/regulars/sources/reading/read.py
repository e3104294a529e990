"""Found -> chunks of rows as found, and a sample of them. Memory holds one chunk, whatever the size of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from regulars.sources.found import Broken, Chunk, Found
from regulars.sources.reading import json_lines, parquet, sheets
from regulars.sources.reading.cells import chunk_of, no_row
from regulars.sources.reading.delimited import Row, ends_early
from regulars.sources.reading.delimited import rows as delimited_rows
from regulars.sources.reading.encodings import open_bytes, open_text
from regulars.sources.reading.sniff import dialect_of
from regulars.words import Text, both

_WINDOWS = 8  #: places of a long file that a sample looks at, beside its beginning
_WINDOW = 1 << 18  #: bytes


def read(found: Found, rows: int = 50_000) -> Iterator[Chunk]:
    """The rows of a file, `rows` at a time. Blank lines are no rows; a broken row stands beside the others."""
    match found.format:
        case "csv":
            return _read_delimited(found, rows)
        case "jsonl":
            return json_lines.read(found, rows)
        case "xlsx":
            return sheets.read(found, rows)
        case "parquet":
            return parquet.read(found, rows)


def sample(found: Found, rows: int = 20_000) -> pa.Table:
    """Rows to decide by: the first ones, and for a long CSV also some from all over it.

    Files are often sorted by date: their first rows may all lie in the first days of a month, and prove nothing.
    """
    chunks = read(found, rows)
    first = next(chunks, None)
    if first is None:
        return chunk_of(found.header, [], [], []).rows
    if first.count < rows or found.format != "csv" or found.compression:
        return first.rows
    return pa.concat_tables([first.rows, *_windows(found)])


def _read_delimited(found: Found, size: int) -> Iterator[Chunk]:
    lines: list[int] = []
    cells: list[list[str]] = []
    broken: list[Broken] = []
    width = len(found.header)
    for row, follower in _with_the_next(_rows_below(found)):
        good = _good(row, follower, width, found)
        if good is not None:
            lines.append(row.line)
            cells.append(good)
        else:
            broken.append(Broken(line=row.line, reason=_reason(row, width), raw=_raw(row, found.header)))
        if len(lines) + len(broken) >= size:
            yield chunk_of(found.header, lines, cells, broken)
            lines, cells, broken = [], [], []
    if lines or broken:
        yield chunk_of(found.header, lines, cells, broken)


def _rows_below(found: Found) -> Iterator[Row]:
    """The rows below the header that are not blank."""
    with open_text(found.path, found.compression, found.encoding or "utf-8") as text:
        for row in delimited_rows(iter(text), dialect_of(found), found.short or len(found.header)):
            if row.line > found.first_line and not _is_blank(row.cells):
                yield row


def _is_blank(cells: list[str]) -> bool:
    return not cells or (
        not cells[0].strip("\x1a \t\r\n") and not any(cell.strip("\x1a \t\r\n") for cell in cells)
    )


def _with_the_next(rows: Iterator[Row]) -> Iterator[tuple[Row, tuple[int, int]]]:
    """Each row, and how many cells the rows before and after it have."""
    before, held = 0, next(rows, None)
    while held is not None:
        after = next(rows, None)
        yield held, (before, len(after.cells) if after else 0)
        before, held = len(held.cells), after


def _good(row: Row, neighbours: tuple[int, int], width: int, found: Found) -> list[str] | None:
    """The cells of a whole row, one a column, or None; empty cells at its end may be too many, or left away."""
    cells, count = row.cells, len(row.cells)
    if row.unclosed or no_row(cells, width):
        return None
    if count == width:
        return cells
    if count > width:
        return cells[:width] if not any(cell.strip() for cell in cells[width:]) else None
    whole = count == found.short or ends_early(count, neighbours, width)
    return cells + [""] * (width - count) if whole else None


def _reason(row: Row, width: int) -> Text:
    if row.unclosed:
        return both("a quote is opened and not closed on this line")
    if reason := no_row(row.cells, width):
        return reason
    if len(row.cells) < width:
        return both("cells: {count} in the row, {width} in the header", count=len(row.cells), width=width)
    return both("cells: {count} in the row, only {width} in the header", count=len(row.cells), width=width)


def _raw(row: Row, header: tuple[str, ...]) -> dict[str, str]:
    more = [f"+{extra}" for extra in range(1, len(row.cells) - len(header) + 1)]
    return dict(zip((*header, *more), row.cells, strict=False))


def _windows(found: Found) -> Iterator[pa.Table]:
    size = Path(found.path).stat().st_size
    with open_bytes(found.path, None) as file:
        for part in range(1, _WINDOWS + 1):
            place = size * part // (_WINDOWS + 1)
            file.seek(place - place % 4)
            text = file.read(_WINDOW).decode(_without_mark(found.encoding, found.path), "replace")
            lines = text.splitlines(keepends=True)[1:-1]
            whole = list(delimited_rows(iter(lines), dialect_of(found), len(found.header)))
            good = [
                row.cells for row in whole if len(row.cells) == len(found.header) and not _is_blank(row.cells)
            ]
            yield chunk_of(found.header, [], good, []).rows


def _without_mark(encoding: str | None, path: Path) -> str:
    """The name of the encoding in the middle of a file, where no mark stands."""
    if encoding == "utf-16":
        with path.open("rb") as file:
            return "utf-16-le" if file.read(2) == b"\xff\xfe" else "utf-16-be"
    return (encoding or "utf-8").removesuffix("-sig")
