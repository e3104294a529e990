"""One file -> `Found`: its format by its first bytes, then its encoding, dialect and header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from regulars.errors import Invalid
from regulars.model.mapping import Options
from regulars.sources.found import Found
from regulars.sources.reading import json_lines, parquet, sheets
from regulars.sources.reading.cells import no_row
from regulars.sources.reading.delimited import DELIMITERS, Dialect, decide_dialect, ends_early, rows
from regulars.sources.reading.encodings import Compression, decide_encoding, open_bytes, open_text
from regulars.sources.reading.headers import header_row, no_header, title_notes, unique_names
from regulars.words import _

_FIRST_LINES = 400
_LONGEST_LINE = 1 << 20
#: What a file begins with that is no table, and what it is.
_NOT_TABLES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x7fELF": "ELF",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"SQLite format 3": "SQLite",
    b"BZh": "bzip2",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ": "xz",
}


def sniff(path: str | Path, options: Options = Options()) -> Found:  # noqa: B008 - frozen
    """What a file is and how to read it; `options` are taken at their word."""
    path = Path(path)
    if path.suffix.lower() == ".toml":
        raise Invalid(
            _("'{file}' is a file of settings or a mapping, not of data", file=path.name),
            _("name the data to load; a mapping file is given with --mapping"),
        )
    compression: Compression = "gzip" if _begin(path, None).startswith(b"\x1f\x8b") else None
    begin = _begin(path, compression)
    if not begin.strip():
        raise Invalid(_("'{file}' is empty", file=path.name), _("export it again, or leave it out"))
    if begin.startswith(b"PAR1"):
        _unpacked(path, compression)
        return parquet.sniff(path)
    if sheets.is_workbook(begin) or (begin.startswith(b"PK") and _is_called_workbook(path)):
        _unpacked(path, compression)
        return sheets.sniff(path, options.sheet)
    _refuse_binary(path, begin)
    encoding = decide_encoding(path, compression, options.encoding)
    with open_text(path, compression, encoding.name) as text:
        lines = list(islice(iter(lambda: text.readline(_LONGEST_LINE), ""), _FIRST_LINES))
    if is_called_workbook := _is_called_workbook(path):
        _refuse_no_rows(path, lines)
    elif json_lines.is_json(lines):
        return json_lines.sniff(path, compression, encoding)
    else:
        _refuse_web_page(path, lines)
    notes = encoding.notes
    if is_called_workbook:
        notes = (_("it is called a workbook, but is text: it is read as such"), *notes)
    return _delimited(path, compression, encoding.name, notes, lines, options.delimiter)


def _begin(path: Path, compression: Compression) -> bytes:
    with open_bytes(path, compression) as file:
        try:
            return file.read(1 << 16)
        except (EOFError, OSError):
            raise Invalid(
                _("'{file}' is a damaged gzip file", file=path.name), _("export it again, or copy it again")
            ) from None


def _unpacked(path: Path, compression: Compression) -> None:
    if compression:
        raise Invalid(
            _("'{file}' is a workbook or a Parquet file inside gzip", file=path.name),
            _("unpack it first: gunzip {file}", file=path.name),
        )


def _refuse_binary(path: Path, begin: bytes) -> None:
    for mark, name in _NOT_TABLES.items():
        if begin.startswith(mark):
            raise Invalid(
                _("'{file}' is a {name} file, not a table", file=path.name, name=name), _export_as()
            )
    if begin.startswith(b"PK"):
        raise Invalid(
            _("'{file}' is a zip archive", file=path.name), _("unpack it, then load what was in it")
        )
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    control = sum(begin.count(byte) for byte in [*range(1, 9), *range(14, 26)])
    zeros = begin.count(0)
    wide = max(begin[0::2].count(0), begin[1::2].count(0)) > 0.9 * zeros  # UTF-16 has its zeros on one side
    if control * 20 > len(begin) or (zeros * 20 > len(begin) and not wide):
        if _is_called_workbook(path) or path.suffix.lower() in (".parquet", ".pq"):
            raise Invalid(
                _("'{file}' is damaged: its content is not what its name says", file=path.name),
                _("export it again, or copy it again"),
            )
        raise Invalid(_("'{file}' is not text", file=path.name), _export_as())


def _is_called_workbook(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith((".xlsx", ".xlsm", ".xls", ".ods"))


def _refuse_no_rows(path: Path, lines: Sequence[str]) -> None:
    """Tills call tables of text workbooks, too; a line alone, a web page or JSON are neither."""
    full = [line for line in lines if line.strip()]
    if len(full) < 2 or full[0].lstrip().startswith(("<", "{", "[")):
        raise Invalid(
            _("'{file}' is called a workbook, but its content is not one", file=path.name),
            _("open it in a spreadsheet and save it as XLSX or CSV, or export it again"),
        )


def _refuse_web_page(path: Path, lines: Sequence[str]) -> None:
    """What a browser saves under the name of an export when nobody is signed in any more."""
    first = next((line.strip().lower() for line in lines if line.strip()), "")
    if first.startswith(("<!doctype html", "<html")):
        raise Invalid(
            _("'{file}' is a web page, not a table", file=path.name),
            _("sign in where it comes from, and download it again"),
        )


def _export_as() -> str:
    return _("export it as CSV, XLSX, JSON lines or Parquet")


def _delimited(
    path: Path,
    compression: Compression,
    encoding: str,
    notes: tuple[str, ...],
    lines: Sequence[str],
    delimiter: str | None,
) -> Found:
    full = [line for line in lines if line.strip()]
    if not full:
        raise Invalid(_("'{file}' is empty", file=path.name), _("export it again, or leave it out"))
    told = _told_delimiter(full[0])
    dialect = decide_dialect(_uncut(full), _one_character(delimiter or told))
    found = [row for row in rows(iter(lines), dialect) if any(cell.strip() for cell in row.cells)]
    found = found[1:] if told and len(found) > 1 else found
    index = _header_place(path, full[0].strip(), [row.cells for row in found], dialect.delimiter)
    below = [row.cells for row in found[index + 1 :]]
    header = _named_or_filled(found[index].cells, below)
    if not _short(len(header), below) and _some_end_early(len(header), below):
        notes = (*notes, _("some rows end before the last column; the cells left away are taken as empty"))
    notes += title_notes([row.cells for row in found[:index]], found[index].line)
    return Found(
        path=path,
        format="csv",
        compression=compression,
        encoding=encoding,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        spaced=dialect.spaced,
        header=unique_names(header),
        first_line=found[index].line,
        short=_short(len(header), below),
        notes=notes,
    )


def _told_delimiter(first: str) -> str | None:
    """The delimiter that the first line tells when it is `sep=;`, which Excel writes for itself."""
    line = first.strip()
    return line[4] if first.lower().startswith("sep=") and len(line) == 5 else None


def _header_place(path: Path, first: str, cells: Sequence[Sequence[str]], delimiter: str) -> int:
    """Which of the rows is the header, counted from 0; `first` is the first line of the file."""
    index = header_row(cells)
    if index != 0 and (other := _other_delimiter(cells, delimiter)):
        raise _cut_in_two_ways(path, first, other, delimiter)
    if index is None:
        raise no_header(path, cells[0])
    return index


def _uncut(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the last one, which the end of the sample may have cut inside a quote."""
    return lines[:-1] if len(lines) > 20 else lines


def _one_character(delimiter: str | None) -> str | None:
    known = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
    wanted = known.get(delimiter.lower(), delimiter) if delimiter else None
    if wanted is not None and len(wanted) != 1:
        raise Invalid(
            _("the delimiter '{delimiter}' is not one character", delimiter=wanted),
            _("for example ; or , or tab"),
        )
    return wanted


def _other_delimiter(rows_found: Sequence[Sequence[str]], delimiter: str) -> str | None:
    """The delimiter between the names of the first row, when it is another than between the cells of most others.

    A blank follows the commas of a title, so that it is none of such rows.
    """
    first = [cell for cell in rows_found[0] if cell.strip()]
    widths = Counter(len(row) for row in rows_found[1:])
    if len(first) != 1 or not widths:
        return None
    usual, count = widths.most_common(1)[0]
    for other in (mark for mark in DELIMITERS if mark not in (" ", delimiter)):
        names = first[0].split(other)
        plain = all(name.strip() and not name.startswith(" ") for name in names)
        if len(names) == usual > 1 and plain and 2 * count > len(rows_found) - 1:
            return other
    return None


def _cut_in_two_ways(path: Path, first: str, other: str, delimiter: str) -> Invalid:
    shown = {"\t": _("tab")}
    return Invalid(
        _(
            "'{file}' has '{one}' between the names of its first line, '{line}', and '{other}' between the cells below",
            file=path.name,
            one=shown.get(other, other),
            line=first[:80],
            other=shown.get(delimiter, delimiter),
        ),
        _("write its first line with '{other}', too", other=shown.get(delimiter, delimiter)),
    )


def _named_or_filled(header: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """The header without the empty names at its end below which nothing stands."""
    kept = list(header)
    while kept and not kept[-1].strip() and not any(_fills(row, len(kept), len(header)) for row in below):
        kept.pop()
    return kept


def _fills(row: Sequence[str], column: int, width: int) -> bool:
    """Has a row that is no wider than its header a value in a column, counted from 1?"""
    return column <= len(row) <= width and bool(row[column - 1].strip())


def _some_end_early(width: int, below: Sequence[Sequence[str]]) -> bool:
    """Does any row that will be taken in lack cells at its end?"""
    counts = [0, *map(len, below), 0]
    return any(
        ends_early(len(row), (before, after), width) and not no_row(row, width)
        for before, row, after in zip(counts, below, counts[2:], strict=False)
    )


def _short(width: int, below: Sequence[Sequence[str]]) -> int | None:
    """The one width of all rows, when it is less than the header's: a last column that the export never fills."""
    widths = Counter(len(row) for row in below)
    if len(widths) == 1 and len(below) > 1 and (only := next(iter(widths))) < width:
        return only
    return None


def dialect_of(found: Found) -> Dialect:
    """The dialect of a delimited file as found."""
    return Dialect(delimiter=found.delimiter or ",", quote=found.quote, spaced=found.spaced)
