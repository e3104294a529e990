"""JSON lines: one object a line. Nested keys become columns such as `address.city`, as text.

An order with its lines in a list, as the interfaces of web shops give it, is a row a line: `line_items.sku` beside the
columns of the order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from regulars.errors import Invalid
from regulars.sources.found import Broken, Chunk, Found
from regulars.sources.reading.cells import as_text, chunk_of
from regulars.sources.reading.encodings import Compression, Encoding, open_text
from regulars.words import _, both, plural

Object = dict[str, object]
#: Keys whose list of objects holds the lines of an order.
_LINES = ("line_items", "lineItems", "order_items", "orderItems", "order_lines", "lines", "items")


def is_json(lines: Sequence[str]) -> bool:
    """Do these first lines look like JSON?"""
    first = next((line.strip() for line in lines if line.strip()), "")
    return first.startswith(("{", "[{")) or first == "["


def sniff(path: Path, compression: Compression, encoding: Encoding) -> Found:
    """What a file of JSON lines is; its columns are the keys of all its objects, in the order they come."""
    columns: dict[str, None] = {}
    lines = more = 0
    found = Found(
        path=path,
        format="jsonl",
        header=(),
        compression=compression,
        encoding=encoding.name,
        notes=encoding.notes,
    )
    for position, (_number, line) in enumerate(_lines(found)):
        rows = _rows(line)
        if position == 0 and not rows:
            _refuse_document(path, line)
        lines, more = position + 1, more + max(len(rows) - 1, 0)
        for row in rows:
            columns.update(dict.fromkeys(row))
    if not columns:
        raise Invalid(_("'{file}' has no object with a key", file=path.name), _("write one object a line"))
    notes = (*found.notes, *([_a_row_a_line(lines, lines + more)] if more else []))
    return replace(found, header=tuple(columns), notes=notes)


def _a_row_a_line(lines: int, rows: int) -> str:
    return plural(
        "each line of an order counts as a row: {count} line of the file makes {rows} rows",
        "each line of an order counts as a row: {count} lines of the file make {rows} rows",
        lines,
        rows=rows,
    )


def read(found: Found, size: int) -> Iterator[Chunk]:
    """The rows of a file of JSON lines; those of one line are numbered on from it, and `stands_on` knows its line."""
    more = 0  #: rows so far beyond one a line
    lines: list[int] = []
    rows: list[list[str | None]] = []
    broken: list[Broken] = []
    stands_on: dict[int, int] = {}
    for number, line in _lines(found):
        found_rows = _rows(line)
        if more or len(found_rows) > 1:
            stands_on |= dict.fromkeys(range(number + more, number + more + max(len(found_rows), 1)), number)
        if not found_rows:
            broken.append(
                Broken(
                    line=number + more,
                    reason=both("this line is not a JSON object"),
                    raw={"line": line[:10_000]},
                )
            )
        for place, row in enumerate(found_rows):
            lines.append(number + more + place)
            rows.append([as_text(row.get(name)) for name in found.header])
        more += max(len(found_rows) - 1, 0)
        if len(lines) + len(broken) >= size:
            yield replace(chunk_of(found.header, lines, rows, broken), stands_on=stands_on)
            lines, rows, broken, stands_on = [], [], [], {}
    if lines or broken:
        yield replace(chunk_of(found.header, lines, rows, broken), stands_on=stands_on)


def _refuse_document(path: Path, first: str) -> None:
    """Stop at a file that is JSON, but not one object a line."""
    if first.startswith("["):
        raise Invalid(
            _("'{file}' is one JSON list, not JSON lines", file=path.name),
            _(
                "write one object a line: jq -c '.[]' {file} > {stem}-lines.jsonl",
                file=path.name,
                stem=path.stem,
            ),
        )
    if first == "{":
        raise Invalid(
            _("'{file}' is one JSON document, not JSON lines", file=path.name), _("write one object a line")
        )


def _lines(found: Found) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers from 1."""
    with open_text(found.path, found.compression, found.encoding or "utf-8") as text:
        for number, line in enumerate(text, start=1):
            if stripped := line.strip().lstrip("\ufeff"):
                yield number, stripped


def _rows(line: str) -> list[Object]:
    """The rows of one line: one an order line where it has them in a list, else one; none when it is no object.

    >>> _rows('{"id": 7, "line_items": [{"sku": "T"}, {"sku": "C"}]}')
    [{'id': 7, 'line_items.sku': 'T'}, {'id': 7, 'line_items.sku': 'C'}]
    >>> _rows('{"id": 8, "line_items": []}')
    [{'id': 8}]
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return []
    if not isinstance(value, dict):
        return []
    for key in _LINES:
        parts = value.get(key)
        if isinstance(parts, list) and parts and all(isinstance(part, dict) and part for part in parts):
            whole = _flat({name: inner for name, inner in value.items() if name != key}, "")
            return [whole | _flat(part, f"{key}.") for part in parts]
    return [_flat({name: inner for name, inner in value.items() if name not in _LINES or inner != []}, "")]


def _flat(value: Object, prefix: str) -> Object:
    """Nested objects as dotted keys.

    >>> _flat({"a": 1, "b": {"c": [1, 2]}}, "")
    {'a': 1, 'b.c': [1, 2]}
    """
    flat: Object = {}
    for key, inner in value.items():
        if isinstance(inner, dict) and inner:
            flat |= _flat(inner, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = inner
    return flat
