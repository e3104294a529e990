"""Parquet files, their typed values as text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.errors import Invalid
from regulars.sources.found import Chunk, Found
from regulars.sources.reading.cells import as_text, empty_as_null
from regulars.sources.reading.headers import unique_names
from regulars.words import _


def sniff(path: Path) -> Found:
    """What a Parquet file is; a struct is a column for each of its fields, `address.city`."""
    try:
        schema = pq.ParquetFile(path).schema_arrow
    except pa.ArrowException:
        raise Invalid(
            _("'{file}' is a Parquet file that cannot be opened: damaged, or cut off", file=path.name),
            _("write it again, or copy it again"),
        ) from None
    names = _flat(schema.empty_table()).column_names
    if not names:
        raise Invalid(_("'{file}' has no column", file=path.name), _("write it again with its columns"))
    return Found(path=path, format="parquet", header=unique_names(names), first_line=0)


def read(found: Found, size: int) -> Iterator[Chunk]:
    """The rows of a Parquet file, numbered from 1."""
    before = 0
    with pq.ParquetFile(found.path) as file:
        for batch in file.iter_batches(batch_size=size):
            table = _flat(pa.Table.from_batches([batch]))
            columns = [_as_text(column.combine_chunks()) for column in table.columns]
            lines = list(range(before + 1, before + 1 + table.num_rows))
            before += table.num_rows
            yield _without_blank_rows(Chunk(lines=lines, rows=pa.table(columns, names=list(found.header))))


def _flat(table: pa.Table) -> pa.Table:
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def _as_text(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return empty_as_null(column.cast(pa.string()))
    if pa.types.is_integer(kind) or pa.types.is_date(kind) or pa.types.is_boolean(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind):
        return pc.replace_substring_regex(column.cast(pa.string()), r"(\.\d*[1-9])0+|\.0+", r"\1")
    return pa.array([as_text(value) for value in column.to_pylist()], pa.string())


def _without_blank_rows(chunk: Chunk) -> Chunk:
    """A row without a single value is not a row, in Parquet as in a sheet."""
    filled = pc.is_valid(chunk.rows.column(0))
    for column in chunk.rows.columns[1:]:
        filled = pc.or_(filled, pc.is_valid(column))
    if pc.all(filled).as_py() is not False:
        return chunk
    kept = [line for line, keep in zip(chunk.lines, filled.to_pylist(), strict=True) if keep]
    return Chunk(lines=kept, rows=chunk.rows.filter(filled))
