"""A row as found: the file's columns under the names of our fields, joined and defaulted as the mapping says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from regulars.clean.row.instants import instant_sql
from regulars.clean.row.unseen import seen_sql, with_unseen
from regulars.engine.statements import statements
from regulars.model.clock import from_us
from regulars.model.fields import IDENTIFIER_PREFIX, NAMING
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import FileMapping
from regulars.settings import Settings
from regulars.store.tables import PERSON_FIELDS

#: Instants that have one reading only: tried when nothing is known of a column.
PLAIN_INSTANTS = (
    "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",
)  # fmt: skip
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file whose rows are to be understood: whose it is, what its columns mean, and when it is loaded."""

    name: str = ""  #: without its folder; a record that somebody types stands in no file
    source: str
    mapping: FileMapping
    formats: Mapping[str, ColumnFormat]  #: how a column is written, where that was decided from its values
    settings: Settings  #: of the shop
    loaded_us: int
    dropped: frozenset[str] = frozenset()  #: columns of which nothing is kept

    @property
    def day(self) -> date:
        """The shop's day on which it is loaded."""
        return from_us(self.loaded_us, self.settings.shop.time_zone).date()

    @property
    def zone(self) -> str:
        """The IANA zone of naive times: the mapping's, else the source's, else the shop's."""
        of_source = self.settings.source(self.source).time_zone
        return self.mapping.options.time_zone or of_source or self.settings.shop.time_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the fields of one file stand, as SQL over its columns."""

    columns: Sequence[str]  #: of the file, in order, without `line`
    mapping: FileMapping
    formats: Mapping[str, ColumnFormat]
    zone: str  #: IANA zone of naive times
    dropped: frozenset[str] = frozenset()  #: columns of which nothing is kept
    unseen: frozenset[str] = (
        frozenset()
    )  #: columns with signs that cannot be seen; they are read without them

    @property
    def kept(self) -> list[str]:
        """The columns that are kept as they are found. A row is known again by all of them."""
        return [name for name in self.columns if name not in self.dropped]

    def names(self, field: str) -> list[str]:
        """The file's columns that mean a field and are there."""
        return [
            name
            for name, meaning in self.mapping.columns.items()
            if meaning.field == field and self._there(name)
        ]

    def has(self, field: str) -> bool:
        """Whether a field has a column or a default."""
        return bool(self.names(field)) or field in self.mapping.defaults

    def column_sql(self, name: str) -> str:
        """SQL for the text of one mapped column; null when it is blank."""
        joined = self.mapping.columns[name].join
        if not joined:
            return _blank(self._text(name))
        return _blank(
            "concat_ws(' ', "
            + ", ".join(_blank(self._text(part)) for part in joined if part in self.columns)
            + ")"
        )

    def field_sql(self, field: str) -> str:
        """SQL for the text of a field: its first column that is not blank, else the mapping's default."""
        if field not in self.mapping.defaults:
            return self.file_sql(field)
        return f"coalesce({self.file_sql(field)}, {literal(self.mapping.defaults[field])})"

    def file_sql(self, field: str) -> str:
        """SQL for the text of a field in its first column that is not blank, whatever the mapping's default."""
        texts = [self.column_sql(name) for name in self.names(field)]
        if len(texts) > 1:
            return f"coalesce({', '.join(texts)})"
        return texts[0] if texts else "cast(null as varchar)"

    def instant_sql(self, field: str) -> str:
        """SQL for the microseconds of an instant field, read in the format of its column."""
        readings = [self.column_instant_sql(name) for name in self.names(field)]
        return f"coalesce({', '.join(readings)})" if readings else "cast(null as bigint)"

    def column_instant_sql(self, name: str) -> str:
        """SQL for the microseconds of one column of dates or times, read in its format."""
        formats = self.date_formats(name) or PLAIN_INSTANTS
        return instant_sql(self.column_sql(name), formats, self.zone_of(name))

    def date_formats(self, name: str) -> tuple[str, ...]:
        """The date formats of a column: the mapping's, else what was decided from evidence."""
        authored = self.mapping.columns[name].format or self.mapping.options.date_format
        decided = self.formats[name].date_formats if name in self.formats else ()
        return (authored, *decided) if authored and authored not in decided else decided

    def zone_of(self, name: str) -> str:
        """The zone of a column's naive times."""
        return (self.formats[name].time_zone if name in self.formats else None) or self.zone

    def decimal_separator(self, field: str) -> str:
        """The decimal separator of a field's first column: the mapping's, else what was decided from evidence."""
        decided = (self.formats[name].decimal_separator for name in self.names(field) if name in self.formats)
        return self.mapping.options.decimal_separator or next(decided, ".")

    def named(self, field: str) -> str:
        """What the file calls a field; the field's own name when it has no column."""
        return next(iter(self.names(field)), field)

    def unmapped(self) -> list[str]:
        """The columns that mean nothing to us; they are kept as they are."""
        used = set(self.mapping.columns)
        used |= {part for column in self.mapping.columns.values() for part in column.join}
        return [name for name in self.kept if name not in used]

    def identifiers(self) -> tuple[tuple[str, str], ...]:
        """Type and SQL of every `identifier.<type>` of the file."""
        return tuple(
            (kind, self.field_sql(IDENTIFIER_PREFIX + kind)) for kind in self.mapping.identifier_types()
        )

    def _text(self, name: str) -> str:
        return seen_sql(_quoted(name)) if name in self.unseen else _quoted(name)

    def _there(self, name: str) -> bool:
        joined = self.mapping.columns[name].join
        return any(part in self.columns for part in joined) if joined else name in self.columns


def layout(chunk: pa.Table, file: KnownFile) -> Layout:
    """Where the fields stand in a chunk of rows, `line` among its columns."""
    return Layout(
        columns=[name for name in chunk.column_names if name != "line"],
        mapping=file.mapping,
        formats=file.formats,
        zone=file.zone,
        dropped=file.dropped,
        unseen=with_unseen(chunk),
    )


def found_sql(layout: Layout, relation: str) -> str:
    """SQL for every row as found: `line`, `raw`, `content_hash`, the key, the fields, further columns that name."""
    fields = [f"{layout.field_sql(name)} as {name}" for name in PERSON_FIELDS]
    more = [f"{layout.column_sql(name)} as {alias}" for _, alias, name in further(layout)]
    numbers = [f"{sql} as identifier_{place}" for place, (_, sql) in enumerate(layout.identifiers())]
    return _SQL["found"].format(
        raw=json_sql(layout.kept),
        whole=json_sql(layout.columns),
        source_key=layout.field_sql("source_key"),
        updated_us=layout.instant_sql("updated_at"),
        unseen=_unseen_sql(layout),
        fields=", ".join(fields + more + numbers),
        relation=relation,
    )


def further(layout: Layout) -> list[tuple[str, str, str]]:
    """Field, alias and column of every column after the first that also names the person: a second phone."""
    return [
        (field, f"{field}_{place}", name)
        for field in NAMING
        for place, name in enumerate(layout.names(field)[1:], 2)
    ]


def _unseen_sql(layout: Layout) -> str:
    """SQL for the fields of a row that held signs that cannot be seen, each between spaces."""
    as_found = replace(layout, unseen=frozenset())
    texts = [
        f"case when {found} is distinct from {seen} then ' {name} ' end"
        for name in PERSON_FIELDS
        if (found := as_found.field_sql(name)) != (seen := layout.field_sql(name))
    ]
    return f"concat_ws('', {', '.join(texts)})" if texts else "cast(null as varchar)"


def json_sql(columns: Sequence[str]) -> str:
    """SQL for the JSON of some columns of a row, as found."""
    return (
        "cast(json_object("
        + ", ".join(f"{literal(name)}, {_quoted(name)}" for name in columns)
        + ") as varchar)"
    )


def filled_json_sql(columns: Sequence[str]) -> str:
    """SQL for the JSON of some columns of a row; null when all of them are empty."""
    if not columns:
        return "cast(null as varchar)"
    filled = " or ".join(f"{_quoted(name)} is not null" for name in columns)
    return f"case when {filled} then {json_sql(columns)} end"


def hash_sql(text: str) -> str:
    """SQL for a 63-bit hash of a text, the same on every machine."""
    return f"cast(md5_number_lower({text}) >> 1 as bigint)"


def literal(text: str) -> str:
    """A text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _blank(text: str) -> str:
    """SQL for a text that is null when it has no sign but spaces."""
    return f"case when trim({text}, ' \t\r\n\u00a0\u202f') <> '' then {text} end"
