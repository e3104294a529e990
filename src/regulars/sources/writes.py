"""The only place that writes `imports`, `source_mappings` and `outside_sources`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, update

from regulars.model.formats import ColumnFormat
from regulars.model.mapping import FileMapping, mapping_to
from regulars.model.outside import Terms
from regulars.store.tables import imports, outside_sources, source_mappings


def begin_import(
    connection: Connection,
    *,
    file: str,
    file_hash: str,
    source: str,
    kind: str,
    mapping: FileMapping,
    formats: Mapping[str, ColumnFormat],
    header: Sequence[str],
    started_us: int,
) -> int:
    """Note that a file begins to be loaded, and how it is read; return the number of this import."""
    number: int = connection.execute(
        insert(imports)
        .values(
            file=file,
            file_hash=file_hash,
            source=source,
            kind=kind,
            mapping=_as_json(mapping),
            formats=json.dumps([asdict(one) for one in formats.values()], ensure_ascii=False),
            header=json.dumps(list(header), ensure_ascii=False),
            state="loading",
            started_us=started_us,
        )
        .returning(imports.c.import_id)
    ).scalar_one()
    return number


def finish_import(
    connection: Connection,
    import_id: int,
    *,
    rows_in: int,
    accepted: int,
    rejected: int,
    duplicates: int,
    finished_us: int,
) -> None:
    """Note that a file is loaded, and what became of its rows: `rows_in = accepted + rejected + duplicates`."""
    connection.execute(
        update(imports)
        .where(imports.c.import_id == import_id)
        .values(
            state="done",
            rows_in=rows_in,
            accepted=accepted,
            rejected=rejected,
            duplicates=duplicates,
            finished_us=finished_us,
        )
    )


def mark_undone(connection: Connection, import_id: int) -> None:
    """Note that an import was taken back; its counts stay."""
    connection.execute(update(imports).where(imports.c.import_id == import_id).values(state="undone"))


def forget_import(connection: Connection, import_id: int) -> None:
    """Forget an import that was rolled back: it left nothing."""
    connection.execute(delete(imports).where(imports.c.import_id == import_id))


def remember_mapping(
    connection: Connection, *, source: str, fingerprint: str, mapping: FileMapping, confirmed_us: int | None
) -> None:
    """Keep what the columns of a header mean in a source; `confirmed_us` is when a person said so, None: nobody did."""
    key = (source_mappings.c.source == source) & (source_mappings.c.fingerprint == fingerprint)
    values = {"mapping": _as_json(mapping), "confirmed_us": confirmed_us}
    if connection.execute(update(source_mappings).where(key).values(values)).rowcount == 0:
        connection.execute(insert(source_mappings).values(source=source, fingerprint=fingerprint, **values))


def remember_terms(connection: Connection, source: str, terms: Terms, at_us: int) -> None:
    """Keep what is said of a source of data from outside; what is not said now stays as it was."""
    said = {name: value for name, value in asdict(terms).items() if value is not None} | {"said_us": at_us}
    if (
        connection.execute(
            update(outside_sources).where(outside_sources.c.source == source).values(said)
        ).rowcount
        == 0
    ):
        connection.execute(insert(outside_sources).values(source=source, **said))


def _as_json(mapping: FileMapping) -> str:
    return json.dumps(mapping_to(mapping), ensure_ascii=False)
