"""What a room may ask of an engine, asked of each: the default one here, Spark where it is marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.engine import Engine, Session
from regulars.engine.duckdb import DuckDBEngine
from regulars.errors import Unavailable

SALES = pa.table(
    {"person": ["Zoé", "Zoé", "李", None], "paid": [1250, -250, 300, 7], "rate": [0.5, 0.25, None, 1.0]}
)


def _engine(name: str, scratch: Path, spark: dict[str, str]) -> Engine:
    if name == "duckdb":
        return DuckDBEngine(scratch)
    from regulars.engine.spark import SparkEngine

    return SparkEngine(scratch, settings=spark)


@pytest.fixture(
    params=["duckdb", pytest.param("spark", marks=[pytest.mark.slow, pytest.mark.spark])], scope="module"
)
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, spark: dict[str, str]
) -> Iterator[Session]:
    with _engine(request.param, tmp_path_factory.mktemp("s"), spark).session() as session:
        session.table("sales", SALES)
        yield session


def test_a_statement_means_the_same(session: Session) -> None:
    found = session.rows(
        "select person, cast(sum(paid) as bigint) as paid, count(*) filter (where rate > $least) as often,"
        " cast(7 // 2 as bigint) as whole, 7 / 2 as parts"
        " from sales group by person order by paid desc nulls last",
        {"least": 0.4},
    )
    assert found.to_pylist() == [
        {"person": person, "paid": paid, "often": often, "whole": 3, "parts": 3.5}
        for person, paid, often in (("Zoé", 1000, 1), ("李", 300, 0), (None, 7, 1))
    ]


def test_what_is_created_stays_and_what_is_viewed_follows(session: Session) -> None:
    session.table("now", pa.table({"n": [1]}))
    session.create("kept", "select n from now")
    session.view("seen", "select n + 1 as n from kept")
    session.create("kept", "select 5 as n")
    assert session.rows("select * from kept").to_pylist() == [{"n": 5}]
    session.drop("kept", "seen", "now")
    session.table("kept", pa.table({"n": pa.array([], pa.int64())}))
    assert session.rows("select * from kept").num_rows == 0


def test_rows_come_in_batches_and_go_to_parquet(session: Session, tmp_path: Path) -> None:
    batches = list(session.batches("select person, paid from sales order by paid", rows=2))
    assert pa.Table.from_batches(batches)["paid"].to_pylist() == [-250, 7, 300, 1250]
    file = tmp_path / "out.parquet"
    assert session.write_parquet("select * from sales where paid > 0", file) == 3
    assert sorted(pq.read_table(file)["paid"].to_pylist()) == [7, 300, 1250]
    session.parquet("read", [file], SALES.schema)
    assert session.rows("select count(*) as n from read")["n"][0].as_py() == 3
    session.parquet("read", [], SALES.schema)
    assert session.rows("select * from read").column_names == SALES.column_names


@pytest.mark.parametrize(
    "engine", ["duckdb", pytest.param("spark", marks=[pytest.mark.slow, pytest.mark.spark])]
)
def test_two_sessions_know_nothing_of_each_other(engine: str, tmp_path: Path, spark: dict[str, str]) -> None:
    made = _engine(engine, tmp_path, spark)
    with made.session() as one:
        one.table("sales", SALES)
        with made.session() as other:
            other.table("sales", SALES.slice(0, 1))
            assert other.rows("select count(*) as n from sales")["n"].to_pylist() == [1]
        assert one.rows("select count(*) as n from sales")["n"].to_pylist() == [4]


def test_a_session_that_fails_or_leaves_rows_unread_disturbs_no_other(tmp_path: Path) -> None:
    def fail(wrong: str) -> None:
        with engine.session() as failing:
            failing.create("sales", "select 2 as n")
            failing.rows(wrong)

    engine = DuckDBEngine(tmp_path / "scratch")
    with engine.session() as open_meanwhile:
        open_meanwhile.create("sales", "select 1 as n")
        for wrong in ("select nothing", "select error('no')"):
            with pytest.raises(duckdb.Error):
                fail(wrong)
        with engine.session() as unread:
            unread.create("sales", "select * from range(100000) as t(n)")
            next(unread.batches("select * from sales", 1000))
        with engine.session() as fresh, pytest.raises(duckdb.CatalogException):
            fresh.rows("select * from sales")
        assert open_meanwhile.rows("select n from sales")["n"].to_pylist() == [1]


def test_what_an_older_version_built_is_told_to_be_built_again(tmp_path: Path) -> None:
    def read(sql: str, columns: pa.Schema) -> None:
        with DuckDBEngine(tmp_path / "scratch").session() as session:
            session.parquet("built", [file], columns)
            session.rows(sql)

    file, unknown = tmp_path / "built.parquet", pa.schema([])
    pq.write_table(SALES, file)
    newer = SALES.schema.append(pa.field("persona", pa.string()))
    for sql in ("select persona from built", "select b.persona from built as b"):
        for columns in (unknown, newer):
            with pytest.raises(Unavailable) as said:
                read(sql, columns)
            assert "regulars build" in said.value.next_step
        with pytest.raises(duckdb.BinderException):  # the file has all columns: the statement is wrong
            read(sql, SALES.schema)
    with pytest.raises(duckdb.BinderException, match="column"):
        read("select person, sum(paid) from built", unknown)


def test_a_full_disk_is_said_in_one_sentence(tmp_path: Path) -> None:
    def write() -> None:
        with DuckDBEngine(tmp_path / "scratch").session() as session:
            session.rows("copy (select 1 as one) to '/dev/full' (format csv)")

    with pytest.raises(Unavailable) as said:
        write()
    assert said.value.sentence == "the disk is full"


def test_a_wrong_statement_over_tables_is_not_told_as_an_old_build(tmp_path: Path) -> None:
    def read() -> None:
        with DuckDBEngine(tmp_path / "scratch").session() as session:
            session.table("sales", SALES)
            session.rows("select persona from sales")

    with pytest.raises(duckdb.BinderException, match="not found in FROM clause"):
        read()
