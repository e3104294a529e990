"""The house is as its plan says: rooms on the map, tables with one owner, personal data declared, quick to enter."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import regulars
from regulars.store import Store, tables
from regulars.store.sqlite import sqlite

SOURCE = Path(regulars.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = sorted(
    path.stem if path.is_file() else path.name
    for path in SOURCE.iterdir()
    if not path.name.startswith("_") and (path.suffix == ".py" or (path / "__init__.py").exists())
)
#: What writes rows: SQLAlchemy's own words, and the store's.
WRITERS = {"mend", "drop", "insert", "update", "delete", "upsert", "insert_rows"}
#: How a statement, or a piece of one, begins.
SQL = re.compile(r"\s*(select|with|insert|update|delete|case|coalesce|count|nullif|cast)\b[\s(]")
#: Names of columns that are about somebody.
ABOUT_SOMEBODY = re.compile(
    r"^(?!consent_)(.+_)?(name|email|phone|birth|address|street|city|postcode|region|country|house|unit|gender|"
    r"language|age|card|user|source_key|raw|proof|extra|properties)(_|$)"
)
#: They look so and are not: goods, files, settings, and the language in which a message is written.
ABOUT_THINGS = {
    "norms.name", "results.name", "orders.name", "products.product_name", "order_lines.product_name", "products.extra",
    "decisions.language", "baselines.unit", "products.unit_price", "products.unit_cost",
}  # fmt: skip


def test_every_room_is_on_the_map() -> None:
    on_map = re.findall(r"^    (\w+)  ", regulars.__doc__ or "", re.MULTILINE)
    assert sorted(on_map) == [room for room in ROOMS if room != "locale"]


def test_the_rooms_stand_in_the_order_data_walks() -> None:
    walk = re.search(r"files ──► (.*)", regulars.__doc__ or "")
    assert walk is not None
    rooms = [room.strip() for room in walk.group(1).split("─►")]
    on_map = re.findall(r"^    (\w+)  +\d", regulars.__doc__ or "", re.MULTILINE)
    assert rooms == on_map


def test_no_module_has_a_name_that_says_nothing() -> None:
    for path in MODULES:
        assert path.stem not in {
            "utils",
            "util",
            "helpers",
            "helper",
            "common",
            "core",
            "base",
            "manager",
            "misc",
        }, path


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_table_is_written_by_the_room_that_owns_it(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0]
    if path == SOURCE / "store" / "erasure.py":
        return  # the stated exception: it does to each table what the table declares
    for line, table in written_tables(path):
        owner = tables.metadata.tables[table].info["owner"]
        assert owner == room, f"{path}:{line} writes {table}, which is {owner}'s"


def written_tables(path: Path) -> Iterator[tuple[int, str]]:
    """The tables that a module's calls write, by name, as far as the names tell."""
    tree = ast.parse(path.read_text("utf-8"))
    known = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in WRITERS:
            for argument in node.args[:2]:
                named = _table(argument, known)
                if named is not None:
                    yield node.lineno, named


def imported(tree: ast.Module) -> dict[str, str]:
    """The tables that a module imports, by the name they have in it."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "regulars.store.tables"
        for alias in node.names
        if alias.name in tables.metadata.tables
    }


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _table(argument: ast.expr, known: dict[str, str]) -> str | None:
    if isinstance(argument, ast.Name):
        return known.get(argument.id)
    if isinstance(argument, ast.Attribute) and _name(argument.value) == "tables":
        return argument.attr if argument.attr in tables.metadata.tables else None
    return None


def test_writing_is_told_apart_from_reading(tmp_path: Path) -> None:
    module = tmp_path / "writes.py"
    module.write_text(
        "from regulars.store.tables import people as cards\nfrom regulars.store import tables\n"
        "insert(connection, cards, rows)\nconnection.execute(delete(tables.norms))\nselect(cards)\n"
    )
    assert sorted(written_tables(module)) == [(3, "people"), (4, "norms")]


def test_ledgers_are_written_in_the_store_alone() -> None:
    for path in [*MODULES, *SOURCE.rglob("*.sql")]:
        if path.is_relative_to(SOURCE / "store"):
            continue
        sql = re.findall(
            r"\b(?:insert into|update|delete from)\s+(\w+)", path.read_text("utf-8"), re.IGNORECASE
        )
        assert not {name for name in sql if name in tables.metadata.tables}, path


def test_sql_of_more_than_two_lines_stands_in_a_file_of_its_own() -> None:
    catalogue = SOURCE / "indicators" / "families"  # an indicator says all about itself, its expression too
    for path in (path for path in MODULES if not path.is_relative_to(catalogue)):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant | ast.JoinedStr) and SQL.match(_beginning(node)):
                assert (node.end_lineno or 0) - node.lineno < 2, f"{path}:{node.lineno}"


def _beginning(node: ast.expr) -> str:
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def test_columns_about_somebody_are_declared_personal() -> None:
    for table in tables.metadata.sorted_tables:
        if table.info["owner"] in ("sources", "store") and table.name not in ("rejects", "audit"):
            continue
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if ABOUT_SOMEBODY.search(column.name) and name not in ABOUT_THINGS:
                assert column.info.get("personal"), f"{name} looks personal and is not declared so"


def test_each_table_has_an_owner_that_is_a_room() -> None:
    assert {table.info["owner"] for table in tables.metadata.sorted_tables} <= set(ROOMS)


def test_the_package_is_entered_quickly_and_without_the_heavy_libraries() -> None:
    program = (
        "import sys, time; began = time.perf_counter(); import regulars; took = time.perf_counter() - began\n"
        "assert took < 0.5, took\n"
        "assert not {'duckdb', 'numpy', 'sqlalchemy', 'pyarrow', 'click'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_command_line_does_not_load_what_only_migrations_and_spreadsheets_need() -> None:
    program = (
        "import sys, regulars.app, regulars.cli; assert not {'alembic', 'xlsxwriter'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    "words", [["--help"], ["show", "--help"], ["demo", "--help"], ["--version"], ["shwo"], ["load"]]
)
def test_help_and_a_mistaken_command_load_no_store_no_engine_and_nothing_that_cleans(
    words: list[str],
) -> None:
    program = (
        "import sys, regulars.cli\n"
        "try:\n    regulars.cli.main()\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'sqlalchemy', 'duckdb', 'pyarrow', 'numpy', 'sqlglot', 'rapidfuzz', 'phonenumbers', 'ftfy'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", program, *words], check=True, capture_output=True)


def test_a_new_store_has_the_tables_that_the_code_says(tmp_path: Path) -> None:
    store = Store(sqlite(tmp_path / "shop.db"))
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    store.close()


def test_every_table_with_rows_of_people_says_what_erasing_does_to_it() -> None:
    for table in tables.metadata.sorted_tables:
        of_people = {"record", "record_a", "person"} & set(table.c.keys())
        personal = [column.name for column in table.columns if column.info.get("personal")]
        erasure = table.info["erasure"]
        assert erasure is not None or not (of_people or personal), table.name
        if erasure is not None:
            assert set(erasure.of) <= set(table.c.keys()), table.name
            assert bool(erasure.why) == (erasure.what == "kept"), table.name
