"""What every store promises, on each of them."""

from pathlib import Path
from zlib import crc32

import pyarrow as pa
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from regulars.clean.order.occurrences import Occurrences
from regulars.clean.writes import undo
from regulars.clean.writes.happenings import store_order_lines
from regulars.clean.writes.versions import Provenance, Stored
from regulars.store import Store, ledgers, tables
from regulars.store.lake import Lake, LakeFile
from regulars.store.rows import columns_of, fetch, fetch_where_in, insert, upsert


def lines(*contents: tuple[str, int], order: str = "1") -> pa.Table:
    """Understood order lines: (product, paid), each of one piece, of one order."""
    rows = [
        {
            "line": number,
            "order_space": "till",
            "order_id": order,
            "sold_at_us": 1_700_000_000_000_000,
            "day": 19_675,
            "hour": 12,
            "weekday": 1,
            "source_key": "c1",
            "product_id": product,
            "quantity": 1.0,
            "paid": paid,
            "discount": 0,
            "tax": 0,
            "shipping": 0,
            "currency": "CAD",
            "line_kind": "goods",
            "is_return": False,
            "key_hash": crc32(product.encode()),
            "content_hash": paid,
            "nth": 0,
        }
        for number, (product, paid) in enumerate(contents, 1)
    ]
    return pa.Table.from_pylist(rows)


def store_lines(store: Store, table: pa.Table, import_id: int) -> Stored:
    with store.write() as connection, Occurrences() as met:
        of = Provenance(source="till", customers="till", import_id=import_id, now_us=1)
        return store_order_lines(connection, table, met, of)


def current(store: Store) -> list[tuple[str, int]]:
    with store.read() as connection:
        statement = columns_of(tables.order_lines, "product_id", "paid").where(
            tables.order_lines.c.superseded_by.is_(None)
        )
        return sorted(zip(*fetch(connection, statement).to_pydict().values(), strict=True))


def test_the_migrated_schema_is_the_declared_one(store: Store) -> None:
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_rows_come_back_as_they_went_in(store: Store) -> None:
    given = pa.table(
        {"record": [1, 2], "source": ["a", "a"], "source_key": ["é", "'; drop table records; --"]}
    )
    with store.write() as connection:
        insert(connection, tables.records, given)
    with store.read() as connection:
        assert fetch(connection, columns_of(tables.records)).equals(given)


def test_the_values_of_every_type_keep_their_type(store: Store) -> None:
    stored = store_lines(store, lines(("a", 100)), 1)
    with store.read() as connection:
        row = fetch(connection, columns_of(tables.order_lines)).to_pylist()[0]
    assert stored.accepted == 1
    assert (row["is_return"], row["quantity"], row["paid"], row["coupon"]) == (False, 1.0, 100, None)


def test_an_upsert_stands_in_the_place_of_the_old_row(store: Store) -> None:
    for value in ("old", "new"):
        with store.write() as connection:
            upsert(connection, tables.meta, pa.table({"key": ["k"], "value": [value]}))
    with store.write() as connection:
        insert(connection, tables.meta, pa.table({"key": ["l"], "value": ["other"]}))
    with store.read() as connection:
        assert fetch(connection, columns_of(tables.meta)).sort_by("key").to_pylist() == [
            {"key": "k", "value": "new"},
            {"key": "l", "value": "other"},
        ]


def test_many_rows_come_whole_and_many_keys_are_found_in_few_statements(store: Store) -> None:
    many = list(range(1, 70_001))
    given = pa.table({"record": many, "at_us": many})
    with store.write() as connection:
        insert(connection, tables.touched, given)
    with store.read() as connection:
        assert fetch(connection, columns_of(tables.touched).order_by(tables.touched.c.record)).equals(given)
        found = fetch_where_in(
            connection, columns_of(tables.touched), [tables.touched.c.record], many[:65_000]
        )
        nobody = fetch_where_in(connection, columns_of(tables.touched), [tables.touched.c.record], [])
    assert (found.num_rows, nobody.num_rows) == (65_000, 0)


def test_a_transaction_counts_whole_or_not_at_all(store: Store) -> None:
    def half() -> None:
        with store.write() as connection:
            ledgers.remember(connection, "k", "v")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with store.rehearse() as connection:
        ledgers.remember(connection, "k", "v")
    with store.read() as connection:
        assert ledgers.recall(connection, "k") is None


def test_numbers_are_never_given_twice(store: Store) -> None:
    given = []
    for count in (3, 1, 5):
        with store.write() as connection:
            first = ledgers.next_facts(connection, count)
            given += range(first, first + count)
    assert given == list(range(1, 10))


def test_equal_lines_are_kept_and_the_same_file_adds_nothing(store: Store) -> None:
    receipt = lines(("a", 100), ("a", 100), ("b", 5))
    assert store_lines(store, receipt, 1).accepted == 3
    again = store_lines(store, receipt, 2)
    assert (again.accepted, again.duplicates) == (0, 3)
    assert current(store) == [("a", 100), ("a", 100), ("b", 5)]


def test_a_changed_line_is_a_new_version_and_taking_it_back_revives_the_old_one(store: Store) -> None:
    store_lines(store, lines(("a", 100), ("b", 5)), 1)
    changed = store_lines(store, lines(("a", 90), ("b", 5)), 2)
    assert (changed.accepted, changed.duplicates, changed.changed_imports) == (1, 1, {1})
    assert current(store) == [("a", 90), ("b", 5)]
    with store.write() as connection:
        assert undo.take_back(connection, 2, now_us=2) == {1}
    assert current(store) == [("a", 100), ("b", 5)]


def test_taking_back_everything_leaves_no_record(store: Store) -> None:
    store_lines(store, lines(("a", 100)), 1)
    with store.write() as connection:
        undo.take_back(connection, 1, now_us=2)
    with store.read() as connection:
        assert connection.execute(select(tables.records)).all() == []


def test_the_lake_reads_the_files_on_its_manifest_and_no_orphan(store: Store, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    stored = store_lines(store, lines(("a", 100), ("b", 5)), 1)
    file = LakeFile(lake, tables.order_lines, 1)
    file.add(stored.rows)
    file.close()
    with store.read() as connection:
        assert lake.files(connection, tables.order_lines) == [], (
            "a closed file does not count before it is entered"
        )
    with store.write() as connection:
        file.enter(connection)
    with store.read() as connection:
        listed = lake.files(connection, tables.order_lines)
        assert [pa.parquet.read_table(path).num_rows for path in listed] == [2]
        orphan = listed[0].with_name("orphan.parquet")
        orphan.write_bytes(listed[0].read_bytes())
        lake.sweep(connection)
    assert not orphan.exists()
    assert listed[0].exists()
