"""Imports and mappings on record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine

from regulars.errors import NotFound
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import Column, FileMapping, Options
from regulars.sources import reads, writes
from regulars.store.tables import metadata

MAPPING = FileMapping(
    kind="people",
    source="crm",
    columns={"Nom": Column(field="family_name"), "Né le": Column(field="birth_date", format="%d/%m/%Y")},
    options=Options(decimal_separator=","),
    defaults={"country": "CA"},
)
FORMATS = {
    "Né le": ColumnFormat(column="Né le", date_formats=("%d/%m/%Y", "%Y-%m-%d"), evidence="31/05/1980")
}


@pytest.fixture
def store() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def begin(store: Connection, file: str) -> int:
    return writes.begin_import(
        store,
        file=file,
        file_hash="00",
        source="crm",
        kind="people",
        mapping=MAPPING,
        formats=FORMATS,
        header=("Nom", "Né le"),
        started_us=1,
    )


def test_an_import_is_on_record_from_its_first_instant(store: Connection) -> None:
    number = begin(store, "a.csv")
    (one,) = reads.unfinished(store)
    assert (one.import_id, one.state, one.mapping, one.rows_in) == (number, "loading", MAPPING, None)


def test_a_finished_import_says_what_became_of_its_rows(store: Connection) -> None:
    number = begin(store, "a.csv")
    writes.finish_import(store, number, rows_in=10, accepted=7, rejected=2, duplicates=1, finished_us=2)
    one = reads.one_import(store, number)
    assert (one.state, one.rows_in, one.accepted, one.rejected, one.duplicates) == ("done", 10, 7, 2, 1)
    assert reads.unfinished(store) == []


def test_an_undone_import_stays_on_record_and_a_forgotten_one_does_not(store: Connection) -> None:
    first, second = begin(store, "a.csv"), begin(store, "b.csv")
    writes.mark_undone(store, first)
    writes.forget_import(store, second)
    assert [(one.import_id, one.state) for one in reads.imports(store)] == [(first, "undone")]
    with pytest.raises(NotFound, match="no import 2"):
        reads.one_import(store, second)


def test_the_last_mapping_of_a_header_is_remembered(store: Connection) -> None:
    changed = FileMapping(kind="people", columns={"Nom": Column(field="full_name")})
    assert reads.remembered_mapping(store, "crm", "abc") is None
    writes.remember_mapping(store, source="crm", fingerprint="abc", mapping=MAPPING, confirmed_us=None)
    assert reads.remembered_mapping(store, "crm", "abc") == MAPPING
    writes.remember_mapping(store, source="crm", fingerprint="abc", mapping=changed, confirmed_us=5)
    assert reads.remembered_mapping(store, "crm", "abc") == changed
    assert reads.remembered_mapping(store, "till", "abc") is None
