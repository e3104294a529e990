"""Rejects of a chunk: the line, the file's own column, and the reason, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from regulars.words import Text

_SCHEMA = pa.schema(
    [("line", pa.int64()), ("column", pa.string()), ("reason", pa.string()), ("reason_fr", pa.string())]
)


def rejected(rows: Iterable[tuple[int, str | None, Text]]) -> pa.Table:
    """The table of some rejects: line, column (None: the row as a whole), reason, reason_fr."""
    said = [
        {"line": line, "column": column, "reason": reason.en, "reason_fr": reason.fr}
        for line, column, reason in rows
    ]
    return pa.Table.from_pylist(said, _SCHEMA)
