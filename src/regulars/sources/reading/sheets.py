"""Workbooks: XLSX, and what else calamine reads (XLS, XLSM, ODS). One sheet is one table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from regulars.errors import Invalid, did_you_mean
from regulars.sources.found import Broken, Chunk, Found
from regulars.sources.reading.cells import as_text, chunk_of, no_row
from regulars.sources.reading.headers import header_row, no_header, title_notes, unique_names
from regulars.words import _

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def is_workbook(begin: bytes) -> bool:
    """Do these first bytes begin a workbook?"""
    inside = begin[:4000]
    zipped = begin.startswith(b"PK\x03\x04") and any(
        name in inside for name in (b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/", b"opendocument")
    )
    return zipped or begin.startswith(_OLD_EXCEL)


def sniff(path: Path, wanted: str | None) -> Found:
    """What a workbook is: the sheet that is wanted, else its first one with rows."""
    book = _open(path)
    name = _sheet(book, path, wanted)
    first = [
        [as_text(cell) or "" for cell in row] for row in islice(book.get_sheet_by_name(name).iter_rows(), 400)
    ]
    index = header_row(first)
    if index is None:
        shown = next((row for row in first if any(cell.strip() for cell in row)), [])
        raise no_header(path, shown)
    header = first[index]
    while header and not header[-1].strip():
        header = header[:-1]
    others = [other for other in book.sheet_names if other != name and book.get_sheet_by_name(other).height]
    notes = title_notes(first[:index], index + 1)
    if others:
        also = ", ".join(others)
        notes = (
            _("only the sheet '{sheet}' is read; there are also {others}", sheet=name, others=also),
            *notes,
        )
    return Found(
        path=path,
        format="xlsx",
        header=unique_names(header),
        sheet=name,
        first_line=index + 1,
        notes=notes,
    )


def read(found: Found, size: int) -> Iterator[Chunk]:
    """The rows of a sheet; cells to the right of the header have no name and are left out."""
    sheet = _open(found.path).get_sheet_by_name(found.sheet or "")
    width = len(found.header)
    lines: list[int] = []
    rows: list[list[str | None]] = []
    broken: list[Broken] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [as_text(cell) for cell in row[:width]]
        if number <= found.first_line or not any(cell and cell.strip() for cell in cells):
            continue
        if reason := no_row(cells, width):
            raw = {name: cell for name, cell in zip(found.header, cells, strict=False) if cell}
            broken.append(Broken(line=number, reason=reason, raw=raw))
        else:
            lines.append(number)
            rows.append(cells + [None] * (width - len(cells)))
        if len(lines) + len(broken) >= size:
            yield chunk_of(found.header, lines, rows, broken)
            lines, rows, broken = [], [], []
    if lines or broken:
        yield chunk_of(found.header, lines, rows, broken)


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError):
        if _is_other_zip(path):
            raise Invalid(
                _("'{file}' is a document, not a workbook", file=path.name), _("export it as XLSX or CSV")
            ) from None
        raise Invalid(
            _("'{file}' is a workbook that cannot be opened: damaged, cut off or locked", file=path.name),
            _("open it, take off its password if it has one, and save it as XLSX or CSV"),
        ) from None


def _is_other_zip(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return any(name.startswith(("word/", "ppt/")) for name in archive.namelist())
    except (BadZipFile, OSError):
        return False


def _sheet(book: CalamineWorkbook, path: Path, wanted: str | None) -> str:
    names: list[str] = book.sheet_names
    if wanted is not None:
        if wanted in names:
            return wanted
        raise Invalid(
            _("'{file}' has no sheet '{sheet}'", file=path.name, sheet=wanted),
            did_you_mean(wanted, names) or _("its sheets are {sheets}", sheets=", ".join(names)),
        )
    for name in names:
        sheet: CalamineSheet = book.get_sheet_by_name(name)
        if sheet.height:
            return name
    raise Invalid(_("'{file}' is empty", file=path.name), _("export it again, or leave it out"))
