"""Columns: the raw text of a field, as SQL over the rows found, by its mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.model.formats import ColumnFormat
from regulars.model.mapping import FileMapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where each field of a file is found."""

    mapping: FileMapping
    formats: Mapping[str, ColumnFormat]

    def text(self, field: str) -> str:
        """SQL for a field's raw text: its column, the columns it joins, else its default; null when it has none."""
        name = self.mapping.column_of(field)
        if name is None:
            default = self.mapping.defaults.get(field)
            return "cast(null as varchar)" if default is None else literal(default)
        parts = self.mapping.columns[name].join or (name,)
        found = quoted(parts[0]) if len(parts) == 1 else f"concat_ws(' ', {', '.join(map(quoted, parts))})"
        default = self.mapping.defaults.get(field)
        found = f"nullif(trim({found}), '')"
        return found if default is None else f"coalesce({found}, {literal(default)})"

    def has(self, field: str) -> bool:
        """Whether a field has a column or a default."""
        return field in self.mapping.fields()

    def decimal_separator(self, field: str) -> str:
        """The decimal separator of a field's column."""
        found = self._format(field)
        return found.decimal_separator if found else "."

    def date_formats(self, field: str) -> tuple[str, ...]:
        """The strptime formats of a field's column."""
        name = self.mapping.column_of(field)
        if name is not None and (given := self.mapping.columns[name].format):
            return (given,)
        found = self._format(field)
        return found.date_formats if found else ()

    def time_zone(self, field: str) -> str | None:
        """The zone of a field's naive times, when its column says so."""
        found = self._format(field)
        return found.time_zone if found else None

    def name(self, field: str) -> str:
        """The column's name, for a reject."""
        return self.mapping.column_of(field) or field

    def unmapped(self, header: list[str]) -> list[str]:
        """The columns that mean nothing to us; they are kept as they are."""
        used = set(self.mapping.columns)
        used |= {part for column in self.mapping.columns.values() for part in column.join}
        return [name for name in header if name not in used]

    def _format(self, field: str) -> ColumnFormat | None:
        name = self.mapping.column_of(field)
        return self.formats.get(name) if name is not None else None


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def json_sql(header: list[str]) -> str:
    """SQL for the JSON of the columns of a row that are not empty; null when there is none."""
    if not header:
        return "cast(null as varchar)"
    packed = ", ".join(f"{literal(name)}, {quoted(name)}" for name in header)
    filled = " or ".join(f"{quoted(name)} is not null" for name in header)
    return f"case when {filled} then cast(json_object({packed}) as varchar) end"


def hash_sql(text: str) -> str:
    """SQL for a 63-bit hash of a text, the same on every machine."""
    return f"cast(md5_number_lower({text}) >> 1 as bigint)"
