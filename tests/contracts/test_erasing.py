"""Erasing, on every store: every table that declares what erasing does to it is filled, and does that."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Double, Integer, Table, insert, select

from regulars.store import Store
from regulars.store.erasure import declared, pending
from regulars.store.lake import Lake
from regulars.store.tables import NOBODY, audit, imports, order_lines, orders, persons, suppressions

MINE, OTHERS = 7, 8
#: What is no text like any other.
SAID = {
    "identifiers.type": "email", "rejects.raw": '{{"Email": "{text}"}}',
    "match_models.model": '{{"frequencies": {{}}}}', "imports.mapping": "{{}}", "imports.state": "done",
}  # fmt: skip
#: Of whom one record is: somebody now, who stands for themselves.
NULL = {"identity.until_us", "persons.merged_into", "order_lines.superseded_by", "events.superseded_by"}


def value(table: Table, column: Column[Any], number: int) -> object:
    text = f"{'mine' if number == MINE else 'others'}@{table.name}"
    name = f"{table.name}.{column.name}"
    if name in NULL:
        return None
    match column.type:
        case Boolean():
            return False
        case BigInteger() | Integer() | Double():
            return number
        case _:
            stays = table.info["erasure"].what == "nobody" or table.name in ("orders", "match_models")
            kept = table.info["erasure"].what == "kept" or (stays and not column.info.get("personal"))
            text = "mine@identifiers" if table.name == "rejects" and number == MINE else text
            return SAID.get(name, str(number) if kept else text).format(text=text)


@pytest.fixture
def full(store: Store) -> Store:
    """A store with one row of each of two people in every table that has rows of people."""
    with store.write() as connection:
        for table, _erasure in declared():
            for number in (MINE, OTHERS):
                row = {column.name: value(table, column, number) for column in table.columns}
                connection.execute(insert(table).values(row))
    return store


def contents(store: Store) -> dict[str, list[dict[str, object]]]:
    with store.read() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table, _erasure in declared()
        }


def test_nothing_personal_of_an_erased_record_is_left(full: Store, tmp_path: Path) -> None:
    assert _mine(full) != []
    full.erase([MINE], Lake(tmp_path), who="us", now_us=9)
    assert _mine(full) == []


def _mine(store: Store) -> list[tuple[str, dict[str, object]]]:
    return [(name, row) for name, rows in contents(store).items() for row in rows if "mine" in str(row)]


def test_what_others_have_stays_as_it_was(full: Store, tmp_path: Path) -> None:
    def of_others() -> dict[str, list[dict[str, object]]]:
        named = {"record", "record_a", "person", "reject_id", "order_no", "version", "import_id"}
        return {
            name: [row for row in rows if any(row.get(key) in (OTHERS, str(OTHERS)) for key in named)]
            for name, rows in contents(full).items()
        }

    before = of_others()
    full.erase([MINE], Lake(tmp_path), who="us", now_us=9)
    assert of_others() == before


def test_a_sale_stays_a_sale_and_an_id_an_id(full: Store, tmp_path: Path) -> None:
    full.erase([MINE], Lake(tmp_path), who="us", now_us=9)
    with full.read() as connection:
        line = order_lines.c
        sold = connection.execute(select(line.record, line.paid).order_by(line.order_no)).all()
        ids = list(connection.execute(select(persons.c.person).order_by(persons.c.person)).scalars())
        names = list(connection.execute(select(orders.c.order_id).order_by(orders.c.order_no)).scalars())
    assert [tuple(row) for row in sold] == [(NOBODY, MINE), (OTHERS, OTHERS)]
    assert ids == [MINE, OTHERS]
    assert names[0].startswith("erased:")


def test_erasing_is_noted_once_and_twice_is_as_once(full: Store, tmp_path: Path) -> None:
    full.erase([MINE], Lake(tmp_path), who="us", now_us=9)
    before = contents(full)
    full.end_erasure(Lake(tmp_path), now_us=10)
    assert contents(full) == before
    with full.read() as connection:
        noted = connection.execute(select(audit.c.subject).where(audit.c.action == "erase")).scalars().all()
        assert noted == [str(MINE)]
        assert pending(connection) == []
        kinds = connection.execute(select(suppressions.c.kind).where(suppressions.c.at_us == 9)).scalars()
        assert sorted(kinds) == ["email", "record"]


def test_nobody_cannot_be_erased(full: Store, tmp_path: Path) -> None:
    before = contents(full)
    full.erase([NOBODY], Lake(tmp_path), who="us", now_us=9)
    assert contents(full) == before
    assert imports.name in before
