"""Each table is written by the room that owns it alone, whatever a shop does: seen where the statements are run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy

import regulars
from regulars.app import init_shop
from regulars.shop import Shop
from regulars.store import tables

SOURCE = Path(regulars.__file__).parent
ERASURE = "erasure"
FIRST_DAY = Path(__file__).parents[2] / "examples" / "first-day"
_WRITES = re.compile(
    r'^\s*(?:insert(?: or \w+)? into|update|delete from|replace into)\s+"?(\w+)', re.IGNORECASE
)
FILES = {
    "survey.csv": ("Customer ID,Question,Answer", "C9,Do you have a garden?,yes"),
    "visits.csv": ("email,timestamp,event", "helene.tremblay@example.com,2026-10-05 10:00:00,Unsubscribed"),
    "goods.csv": ("Product ID,Product Name,Category,Price", "TEA-01,Earl Grey 100 g,Tea,12.50"),
    "shops.csv": ("Store ID,Store Name,City", "1,Rue Laurier,Montréal"),
    "sales.csv": (
        "order id,date,customer,product,qty,paid", "9,2026-10-01,C9,TEA-01,1,12.50", "10,soon,C9,TEA-01,1,9.00",
    ),
}  # fmt: skip
KINDS = {"visits.csv": "events", "goods.csv": "products", "shops.csv": "stores", "sales.csv": "orders"}


def room_that_writes() -> str:
    """The room whose code runs a statement: the innermost, and the store only when it writes on its own behalf.

    Erasure writes to every table, as these declare: that is the stated exception.
    """
    frame, inner = sys._getframe(1), ""
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path == SOURCE / "store" / "erasure.py":
            return ERASURE
        if path.is_relative_to(SOURCE) and path != SOURCE / "store" / "rows.py":
            room = path.relative_to(SOURCE).parts[0]
            inner = inner or room
            if room != "store":
                return inner
        frame = frame.f_back
    return inner


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Every (table, room that wrote it) in a month of a shop's life."""
    folder = tmp_path_factory.mktemp("house")
    for name, lines in FILES.items():
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    found: set[tuple[str, str]] = set()

    def note(statement: str) -> None:
        if (writes := _WRITES.match(statement)) is not None:
            found.add((writes[1], room_that_writes()))

    shop = init_shop(folder / "shop")
    sqlalchemy.event.listen(
        shop.ground.store.database, "checkout", lambda opened, *_rest: opened.set_trace_callback(note)
    )
    for _step in month(shop, folder):
        pass
    shop.close()
    return found


def month(shop: Shop, folder: Path) -> Iterator[object]:
    """All that a shop can do, and some of it twice."""
    yield shop.load([FIRST_DAY])
    for name, kind in KINDS.items():
        yield shop.load([folder / name], source="till", kind=kind)
    yield shop.load([folder / "survey.csv"], customers="till")
    yield shop.write_rejects(folder / "mend.csv")
    (folder / "mend.csv").write_text(
        (folder / "mend.csv").read_text("utf-8").replace("soon", "2026-10-02"), "utf-8"
    )
    yield shop.replay(folder / "mend.csv")
    yield shop.match()
    yield shop.build("2026-10-30")
    yield shop.plan("2026-10-31")
    yield shop.quality()
    for pair in shop.review(1):
        yield shop.postpone_review(pair, "the owner")
    yield shop.merge("till:C9", "clients:1001", "the owner")
    yield shop.unmerge(["till:C9"], "the owner")
    yield shop.lock("clients:1001", {"given_name": "Hélène"}, who="the owner")
    yield shop.unlock("clients:1001", who="the owner")
    yield shop.baseline()
    yield shop.erase(["clients:1002"], "the owner")
    for one in reversed(shop.imports()):
        yield shop.undo(one.import_id)
    yield shop.load([FIRST_DAY])
    yield shop.plan("2026-11-01")


def test_each_table_is_written_by_its_owner_alone(written: set[tuple[str, str]]) -> None:
    ours = {(table, room) for table, room in written if table in tables.metadata.tables}
    strangers = {(table, room) for table, room in ours if tables.metadata.tables[table].info["owner"] != room}
    assert {(table, room) for table, room in strangers if room != ERASURE} == set()
    others = [tables.metadata.tables[table] for table, _room in strangers]
    assert [
        table.name for table in others if table.info["owner"] != "store" and not table.info["erasure"]
    ] == []
    assert {table for table, _room in ours} == set(tables.metadata.tables), "some were not written at all"
