"""What the store knows of imports and mappings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from regulars.errors import NotFound
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import FileMapping, mapping_from
from regulars.model.outside import Terms
from regulars.sources.meaning.series import source_name
from regulars.sources.origin import Told, same_columns
from regulars.store.tables import imports as imports_table
from regulars.store.tables import outside_sources, source_mappings
from regulars.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One loading of one file. Counts are None until it is done."""

    import_id: int
    file: str
    file_hash: str  #: SHA-256 of the file's bytes
    source: str
    kind: str
    mapping: FileMapping
    formats: Mapping[
        str, ColumnFormat
    ]  #: by column: decided once for the file, and used for its mended rows too
    header: tuple[str, ...]  #: the file's columns; empty: not known
    state: str  #: loading, done, undone
    started_us: int
    finished_us: int | None
    rows_in: int | None
    accepted: int | None
    rejected: int | None
    duplicates: int | None

    def parts(self) -> tuple[str, ...]:
        """The columns of its file, as far as they are known: those of its header, and all that its mapping names."""
        named = (part for name, column in self.mapping.columns.items() for part in column.join or (name,))
        return tuple(dict.fromkeys((*self.header, *named)))


def imports(connection: Connection) -> list[Import]:
    """Every import, the oldest first."""
    found = connection.execute(select(imports_table).order_by(imports_table.c.import_id))
    return [_import(row) for row in found]


def one_import(connection: Connection, import_id: int) -> Import:
    """One import; `NotFound` when there is none of that number."""
    row = connection.execute(
        select(imports_table).where(imports_table.c.import_id == import_id)
    ).one_or_none()
    if row is None:
        raise NotFound(_("there is no import {number}", number=import_id), _("`regulars imports` lists them"))
    return _import(row)


def unfinished(connection: Connection) -> list[Import]:
    """Imports that began and did not end: a crash came between."""
    return [one for one in imports(connection) if one.state == "loading"]


def told(connection: Connection) -> list[Told]:
    """Every file that counts, the oldest import first."""
    return [
        Told(
            file=Path(one.file),
            file_hash=one.file_hash,
            source=one.source,
            kind=one.kind,
            header=one.header,
            import_id=one.import_id,
        )
        for one in imports(connection)
        if one.state == "done"
    ]


def repeated(
    connection: Connection, *, file: Path, file_hash: str, source: str, mapping: FileMapping
) -> Import | None:
    """The import of the very same bytes, read in the same way, that a file would only repeat; None when there is none.

    A file that held something else in between tells its old content anew. And where an import before it was undone,
    rows that it found already there are missing: it is to be read again.
    """
    of_it = [one for one in imports(connection) if one.source in (source, mapping.customers)]
    same = [
        one
        for one in of_it
        if one.state == "done" and one.file_hash == file_hash and _read_alike(one.mapping, mapping)
    ]
    if not same:
        return None
    last = same[-1]
    gaps = any(one.state == "undone" and one.import_id < last.import_id for one in of_it)
    held_other = any(
        one.state == "done"
        and one.import_id > last.import_id
        and source_name(Path(one.file)) == source_name(file)
        for one in of_it
    )
    return None if gaps or held_other else last


def of_columns(connection: Connection, source: str, header: Sequence[str]) -> frozenset[int]:
    """The imports of a source whose files had these columns, or nearly."""
    return frozenset(
        one.import_id
        for one in imports(connection)
        if one.source == source and one.state == "done" and same_columns(one.header, header)
    )


def _read_alike(one: FileMapping, other: FileMapping) -> bool:
    """Whether two mappings read the same from a file; whose customers it names may have been found out since."""
    return replace(one, source=None, customers=None) == replace(other, source=None, customers=None)


def remembered_mapping(connection: Connection, source: str, fingerprint: str) -> FileMapping | None:
    """What the columns of a header were last said to mean in a source; None when nobody said."""
    row = connection.execute(
        select(source_mappings.c.mapping).where(
            source_mappings.c.source == source, source_mappings.c.fingerprint == fingerprint
        )
    ).one_or_none()
    return mapping_from(json.loads(row.mapping), source) if row is not None else None


def terms(connection: Connection) -> dict[str, Terms]:
    """On what terms each source of data from outside was had, of those of which somebody said so."""
    c = outside_sources.c
    found = connection.execute(
        select(c.source, c.origin, c.price, c.licence, c.licence_until, c.of_day).order_by(c.source)
    )
    return {row.source: Terms(**{k: v for k, v in row._mapping.items() if k != "source"}) for row in found}


def _import(row: Row[tuple[object, ...]]) -> Import:
    values = dict(row._mapping)
    values["mapping"] = mapping_from(json.loads(values["mapping"]), values["file"])
    values["formats"] = {one["column"]: _format(one) for one in json.loads(values["formats"])}
    values["header"] = tuple(json.loads(values["header"] or "[]"))
    return Import(**values)


def _format(kept: dict[str, Any]) -> ColumnFormat:
    return ColumnFormat(**kept | {"date_formats": tuple(kept["date_formats"])})
