"""A load that does not end leaves nothing, however it ended; only one command at a time works on a shop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from small_files import Exports, Write

from regulars.app import open_shop
from regulars.errors import Unavailable
from regulars.flow.loading import load as load_flow
from regulars.shop import Shop

pytestmark = pytest.mark.slow

HEADER = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,Status"
#: Loads a file in small chunks, and leaves the process in the middle, as a power cut would.
KILLED = """
import os, sys
from pathlib import Path
from regulars.app import open_shop
from regulars.flow.loading import load
load.CHUNK_ROWS = 100
def leave(what, done, of):
    if done >= 300:
        os._exit(9)
open_shop(Path(sys.argv[1])).load([sys.argv[2]], source="till", progress=leave)
"""
#: Loads a file in small chunks, says so, and waits to be told to go on.
SLOW = """
import sys
from pathlib import Path
from regulars.app import open_shop
from regulars.flow.loading import load
load.CHUNK_ROWS = 100
def wait(what, done, of):
    if 250 <= done < 350:
        print("halfway", flush=True)
        sys.stdin.readline()
open_shop(Path(sys.argv[1])).load([sys.argv[2]], source="till", progress=wait)
"""


def receipts(status: str = "paid", count: int = 1000) -> list[str]:
    return [f"{n},2024-02-{n % 28 + 1:02},C{n % 50},MUG,1,10.00,{status}" for n in range(count)]


@pytest.fixture
def loaded(shop: Shop, write: Write) -> Path:
    """A shop that has an import already; the path of a file in which every line of it changed."""
    shop.load([write("monday.csv", HEADER, *receipts(count=400))], source="till")
    return write("tuesday.csv", HEADER, *receipts("shipped"))


def rows(shop: Shop, table: str) -> int:
    with shop.ground.store.read() as connection:
        return int(connection.exec_driver_sql(f"select count(*) from {table}").scalar() or 0)


@pytest.mark.parametrize("when", [100, 1000])
def test_a_load_that_is_interrupted_leaves_nothing(
    shop: Shop, loaded: Path, exports_of: Exports, monkeypatch: pytest.MonkeyPatch, when: int
) -> None:
    monkeypatch.setattr(load_flow, "CHUNK_ROWS", 100)
    monkeypatch.setattr(load_flow, "PART_ROWS", 30)
    before = exports_of(shop)

    def interrupt(what: str, done: int, of: int | None) -> None:
        if done >= when:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shop.load([loaded], source="till", progress=interrupt)
    assert [one.state for one in shop.imports()] == ["done"]
    assert rows(shop, "order_lines") == 400
    assert exports_of(shop) == before
    listed = list((shop.ground.folder / "lake" / "order_lines").iterdir())
    assert len(listed) == 1
    (again,) = shop.load([loaded], source="till")
    assert (again.accepted, again.duplicates) == (1000, 0)


def test_a_load_that_was_killed_is_unseen_and_taken_back_by_the_next_command_that_writes(
    shop: Shop, loaded: Path, exports_of: Exports
) -> None:
    before = exports_of(shop)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(shop.ground.folder), str(loaded)], check=False)
    assert killed.returncode == 9
    assert rows(shop, "order_lines") > 400
    assert [one.state for one in shop.imports()] == ["done", "loading"]
    after = {
        name: sorted(str(row) for row in shop.table(name).to_pylist())
        for name in ("orders", "people", "identity")
    }
    assert after == {name: before[name] for name in after}
    assert len(shop.rejects()) == 0
    assert exports_of(shop) == before
    assert [one.state for one in shop.imports()] == ["done"]
    (again,) = shop.load([loaded], source="till")
    assert again.accepted == 1000
    assert len(shop.table("orders")) == 1000


def test_a_load_killed_from_outside_is_taken_back_by_the_next_load(shop: Shop, loaded: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(shop.ground.folder), str(loaded)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as slow:  # fmt: skip
        assert slow.stdout is not None
        assert slow.stdout.readline() == "halfway\n"
        slow.send_signal(signal.SIGKILL)
    (again,) = shop.load([loaded], source="till")
    assert (again.accepted, again.duplicates) == (1000, 0)
    assert len(shop.table("orders")) == 1000


def test_while_one_command_works_others_read_and_come_back_later_to_write(shop: Shop, loaded: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(shop.ground.folder), str(loaded)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as slow:  # fmt: skip
        assert slow.stdout is not None
        assert slow.stdin is not None
        assert slow.stdout.readline() == "halfway\n"
        for work in (shop.build, shop.match, shop.quality, shop.plan, lambda: shop.undo(1)):
            with pytest.raises(Unavailable, match="another command is at work"):
                work()
        assert len(shop.table("orders")) == 400
        (dry,) = shop.load([loaded], source="till", dry_run=True)
        assert dry.accepted == 1000
        slow.stdin.write("\n")
        slow.stdin.flush()
        assert slow.wait() == 0
    assert [one.state for one in shop.imports()] == ["done", "done"]
    assert len(shop.table("orders")) == 1000


@pytest.mark.parametrize("stored", [0, 1, 25_000])
def test_interrupted_at_any_moment_the_command_ends_with_130_and_the_shop_is_as_before(
    shop: Shop, loaded: Path, write: Write, stored: int
) -> None:
    large = write("large.csv", HEADER, *receipts("packed", 45_000))
    command = [sys.executable, "-m", "regulars", "load", str(large), "--source", "till"]
    with subprocess.Popen(
        [*command, "--shop", str(shop.ground.folder)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    ) as running:
        while len(shop.imports()) < 2 or rows(shop, "order_lines") < 400 + stored:
            with suppress(subprocess.TimeoutExpired):
                assert running.wait(0.01) is None, "it ended by itself"
        running.send_signal(signal.SIGINT)
        _out, err = running.communicate()
    assert (running.returncode, "interrupted" in err, "Traceback" in err) == (130, True, False)
    assert [one.state for one in shop.imports()] == ["done"]
    assert rows(shop, "order_lines") == 400


def test_two_threads_of_a_program_take_turns_too(shop: Shop) -> None:
    began, go_on = threading.Event(), threading.Event()
    other = open_shop(shop.ground.folder)

    def work(what: str, done: int, of: int | None) -> None:
        began.set()
        go_on.wait(30)

    builder = threading.Thread(target=shop.build, kwargs={"progress": work})
    builder.start()
    assert began.wait(30)
    with pytest.raises(Unavailable):
        other.build()
    go_on.set()
    builder.join()
    assert other.build().people == 0
    other.close()
    assert os.path.exists(shop.ground.folder / "turn.db")
