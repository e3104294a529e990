"""Column names as the engine can hold them: it knows no upper and lower case, and `line` is a column of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from regulars.model.formats import ColumnFormat
from regulars.model.mapping import FileMapping


def engine_names(header: Sequence[str]) -> dict[str, str]:
    """For each column of a file the name it goes by in the engine: its own, unless that is taken.

    >>> engine_names(["Line", "Note", "note"])
    {'Line': 'Line (2)', 'Note': 'Note', 'note': 'note (2)'}
    """
    taken, named = {"line", *(name.casefold() for name in header)}, {}
    seen = {"line"}
    for name in header:
        own, copy = name, 1
        while own.casefold() in (seen if own == name else taken):
            copy += 1
            own = f"{name} ({copy})"
        seen.add(own.casefold())
        taken.add(own.casefold())
        named[name] = own
    return named


def renamed(
    mapping: FileMapping, formats: Mapping[str, ColumnFormat], names: Mapping[str, str]
) -> tuple[FileMapping, dict[str, ColumnFormat]]:
    """A mapping and its formats in the engine's names."""
    columns = {
        names.get(name, name): replace(column, join=tuple(names.get(part, part) for part in column.join))
        for name, column in mapping.columns.items()
    }
    return replace(mapping, columns=columns), {names.get(name, name): one for name, one in formats.items()}
