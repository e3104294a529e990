"""Forms: the files that tables are written to, by the ending of their names."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from regulars.engine import Session
from regulars.errors import Invalid, Refused
from regulars.model import cells
from regulars.words import _

Write = Callable[[Session, str, Path], int]


def writer(output: Path) -> Write:
    """What writes the rows of a statement to such a file and says their number."""
    ending = output.suffix.lower()
    if ending not in _WRITERS:
        raise Invalid(
            _("'{file}' does not say how to write it", file=output.name),
            _("end the name with {endings}", endings=", ".join(_WRITERS)),
        )
    return _WRITERS[ending]


def _write_csv(session: Session, sql: str, output: Path) -> int:
    rows = 0
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    batches = _batches(session, sql)
    first = next(batches)
    with (
        output.open("wb") as file,
        pyarrow.csv.CSVWriter(file, first.schema, write_options=options) as writer,
    ):
        for batch in chain([first], batches):
            writer.write_batch(_harmless(batch))
            rows += batch.num_rows
    return rows


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows with no text that a spreadsheet would run."""
    columns = []
    for column in batch.columns:
        if pa.types.is_string(column.type):
            runs = pc.and_not(
                pc.match_substring_regex(column, cells.RISKY), pc.match_substring_regex(column, cells.PLAIN)
            )
            column = pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _write_parquet(session: Session, sql: str, output: Path) -> int:
    return session.write_parquet(sql, output)


def _write_jsonl(session: Session, sql: str, output: Path) -> int:
    rows = 0
    with output.open("w", encoding="utf-8") as file:
        for batch in _batches(session, sql):
            for row in batch.to_pylist():
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                rows += 1
    return rows


def _write_xlsx(session: Session, sql: str, output: Path) -> int:
    import xlsxwriter

    rows = 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with _in_its_own_words(), xlsxwriter.Workbook(str(output), options) as book:
        sheet = book.add_worksheet()
        for batch in _batches(session, sql):
            if rows == 0:
                sheet.write_row(0, 0, batch.schema.names)
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                rows += 1
                if rows >= 1_048_576:
                    raise Refused(
                        _("an Excel sheet holds no more than 1,048,575 rows"), _("write .csv or .parquet")
                    )
                sheet.write_row(rows, 0, ["" if value is None else value for value in row])
    return rows


@contextmanager
def _in_its_own_words() -> Iterator[None]:
    """A workbook that cannot be written is said as the operating system says it."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except FileCreateError as problem:
        raise problem.args[0] from None


def _batches(session: Session, sql: str) -> Iterator[pa.RecordBatch]:
    """At least one batch, so that an empty table still has its header."""
    empty = True
    for batch in session.batches(sql):
        empty = False
        yield batch
    if empty:
        yield from session.rows(sql).schema.empty_table().to_batches() or [
            pa.RecordBatch.from_pylist([], session.rows(sql).schema)
        ]


_WRITERS: Mapping[str, Write] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".xlsx": _write_xlsx,
    ".jsonl": _write_jsonl,
}
