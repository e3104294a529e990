"""A real engine session, and a way to write a small file of people by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from regulars.clean.people import People, understand
from regulars.clean.row.found import KnownFile
from regulars.engine import Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import mapping_from
from regulars.settings import Settings

LOADED_US = 1_800_000_000_000_000  #: 2027-01-15 08:00 UTC
Row = Mapping[str, str | None]
Understand = Callable[..., People]


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with DuckDBEngine(Path(tmp_path_factory.mktemp("scratch"))).session() as opened:
        yield opened


@pytest.fixture
def people(session: Session) -> Understand:
    def run(
        rows: Sequence[Row],
        columns: Mapping[str, object] | None = None,
        *,
        settings: Settings | None = None,
        formats: Mapping[str, tuple[str, ...]] | None = None,
        **mapping: object,
    ) -> People:
        names = list(dict.fromkeys(name for row in rows for name in row))
        chunk = pa.table(
            {"line": pa.array(range(2, 2 + len(rows)), pa.int64())}
            | {name: pa.array([row.get(name) or None for row in rows], pa.string()) for name in names}
        )
        meaning = {"kind": "people", "columns": columns or {name: name for name in names}, **mapping}
        decided = {
            name: ColumnFormat(column=name, date_formats=given) for name, given in (formats or {}).items()
        }
        file = KnownFile(
            name="people.csv",
            source="crm",
            mapping=mapping_from(meaning, "test"),
            formats=decided,
            settings=settings or Settings(),
            loaded_us=LOADED_US,
        )
        return understand(session, chunk, file)

    return run
