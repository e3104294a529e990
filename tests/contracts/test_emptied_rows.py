"""Rows as found are emptied a few at a time, the same way on every store."""

import pyarrow as pa

from regulars.clean.writes.retention import empty_as_found, rows_as_found
from regulars.store import Store
from regulars.store.rows import columns_of, fetch, insert
from regulars.store.tables import imports, record_versions

_IMPORT = dict.fromkeys(("file", "file_hash", "source", "kind", "mapping", "formats", "state"), "")


def test_a_walk_over_some_imports_empties_each_of_their_rows_once(store: Store) -> None:
    rows = [
        {
            "record": n // 3,
            "fact": n,
            "import_id": n % 2 + 1,
            "line": n,
            "content_hash": "",
            "seen_us": 0,
            "raw": "{}",
        }
        for n in range(20)
    ]
    walked, after = [], ()
    with store.write() as connection:
        begun = [{"import_id": n, "started_us": 10 * n, **_IMPORT} for n in (1, 2, 3)]
        insert(connection, imports, pa.Table.from_pylist(begun))
        insert(connection, record_versions, pa.Table.from_pylist(rows))
        while keys := rows_as_found(connection, record_versions, (20, 30), after=after, most=3):
            empty_as_found(connection, record_versions, keys)
            walked += keys
            after = keys[-1]
        left = fetch(connection, columns_of(record_versions, "fact", "raw")).to_pylist()
    assert walked == [(n // 3, n) for n in range(20) if n % 2]
    assert {row["fact"]: row["raw"] for row in left} == {n: None if n % 2 else "{}" for n in range(20)}
