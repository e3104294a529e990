"""What goes wrong is a sentence, a next step and an exit code; nothing is lost, and nobody sees a traceback."""

from __future__ import annotations

import errno
import os
import random
import resource
import shlex
import signal
import sqlite3
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy
from said import Run, Said

from regulars.app import open_shop
from regulars.cli.sentences import sentences
from regulars.flow import turn
from regulars.store import sqlite as sqlite_store

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
FILES = {
    "empty.csv": b"",
    "blank.csv": b"\n\n  \n",
    "header.csv": b"Order ID,Order Date,Customer ID,Product ID,Quantity,Price\n",
    "no_header.csv": b"ann@example.ca,514 555-0101\nbob@example.ca,514 555-0102\n",
    "picture.csv": PNG,
    "nothing.csv": b"alpha,beta\nx,y\n",
    "swapped.csv": b"Customer ID,First Name,Email\n1,ann@example.ca,Ann\n2,bob@example.ca,Bob\n",
    "orders.csv": b"Order ID,Order Date,Customer ID,Product ID,Quantity,Price\n7,2026-09-01,1,MUG,1,10.00\n",
    "kind.toml": b'kind = "persons"\n[columns]\n"Order ID" = "order_id"\n',
    "field.toml": b'kind = "orders"\n[columns]\n"Order ID" = "order_nr"\n',
    "column.toml": b'kind = "orders"\n[columns]\n"Order No" = "order_id"\n"Order Date" = "ordered_at"\n',
    "bad.toml": b"kind = orders\n",
    "mend.csv": b"reject_id,Order ID\n99,5\n",
}

#: What is asked -> exit code, and words of the sentence or of the next step.
ASKED = {
    "load files/empty.csv": (2, "is empty"),
    "load files/blank.csv": (2, "is empty"),
    "load files/no_header.csv": (2, "has no header"),
    "load files/picture.csv": (2, "is a PNG file"),
    "load files/nothing.csv": (2, ""),
    "load files/swapped.csv": (2, "@"),
    "load files/swapped.csv --dry-run": (2, "@"),
    "load files/missing.csv": (3, "there is no file"),
    "load files/*.parquet": (3, "no file is like"),
    "load nofiles": (2, "has no file to load"),
    "load": (2, "--help"),
    "load files/orders.csv --mapping files/kind.toml": (2, "there is no kind 'persons'"),
    "load files/orders.csv --mapping files/field.toml": (2, "did you mean 'order_id'"),
    "load files/orders.csv --mapping files/column.toml": (2, "has no column 'Order No'"),
    "load files/orders.csv --mapping files/bad.toml": (2, "is not TOML"),
    "load files/orders.csv --mapping files/none.toml": (2, "no mapping file"),
    "load files/orders.csv --mapping files/picture.csv": (2, "is not text in UTF-8"),
    "load files/orders.csv --source web:shop": (2, "has a colon"),
    "load files/orders.csv --kind order": (2, "did you mean 'orders'"),
    "load files/orders.csv --sauce till": (2, "--sauce"),
    "lod files/orders.csv": (2, "did you mean 'load'"),
    "indicators spend_9d": (3, "did you mean 'spend_90d'"),
    "indicators xyzzy": (3, "lists them"),
    "lookalike has_email --also xyzzy": (2, "there is no indicator 'xyzzy'"),
    "lock shop:3 xyzzy=1": (2, "fields are"),
    "unlock shop:3": (4, "locks a field"),
    "segments --shop files/orders.csv": (3, "it is a file"),
    "count 'spend_9d > 3'": (2, "spend_90d"),
    "count 'spend_90d >'": (2, ""),
    "count ''": (2, ""),
    "undo 99": (3, "there is no import 99"),
    "undo first": (2, "IMPORT is a whole number"),
    "explain shop:1 shop:99": (3, "there is no record 'shop:99'"),
    "undo 99999999999999999999": (2, "IMPORT is a whole number"),
    "review --most 99999999999999999999": (2, "--most is a whole number"),
    "review --lang de": (2, "one of en, fr"),
    "imports all": (2, "more words"),
    "load files/orders.csv --source": (2, "a value is missing after --source"),
    "show \udcff": (2, "UTF-8"),
    "clean --name \udcff": (2, "UTF-8"),
    "plan --as-of 9999-12-31": (2, "no shop was or will be open"),
    "review --different shop:1 shop:1": (2, "name two records of a pair that `regulars review --list` shows"),
    "review --different P1 P1": (2, "'P1' was named twice"),
    "merge P1 P1": (2, "'P1' was named twice"),
    "explain shop:1 shop:1": (2, "the same record was named twice"),
    "restore none.zip new": (3, "there is no file 'none.zip'"),
    "restore files/orders.csv new": (2, "is not a backup"),
    "backup files": (2, "is a folder"),
    "merge shop:1 nowhere": (3, "nobody is known as 'nowhere'"),
    "unmerge shop:99": (3, "there is no record"),
    "show nobody-at-all": (3, "nobody is known as"),
    "show ''": (2, "nobody is asked for"),
    "show ' '": (2, "nobody is asked for"),
    "show P99999": (3, "nobody is known as"),
    "build --as-of 9/12/2011": (2, "is not a date"),
    "build --as-of 2011-13-45": (2, "is not a date"),
    "plan --as-of yesterday": (2, "is not a date"),
    "run --as-of ''": (2, "is not a date"),
    "export peple --output x.csv": (3, "did you mean 'people'"),
    "export people --output x.pdf": (2, ".csv, .parquet"),
    "export people --output nowhere/x.csv": (2, "there is no folder"),
    "export people": (2, "output is missing"),
    "rejects --replay files/mend.csv": (3, "reject 99"),
    "rejects --replay files/orders.csv": (2, "reject_id"),
    "rejects --replay files/none.csv": (2, "not there"),
    "rejects --output nowhere/mend.csv": (2, "there is no folder"),
    "plan --list nowhere/list.csv": (2, "there is no folder"),
    "clean": (2, "nothing to clean"),
    "init .": (4, "a shop in '.' already"),
    "init files/orders.csv": (2, "is a file"),
    "show P1 --shop nowhere": (3, "there is no shop in 'nowhere'"),
    "demo .": (4, "already"),
}  # fmt: skip


def well_said(said: Said) -> None:
    assert "Traceback" not in said.err
    first, *rest = said.err.strip().splitlines()
    assert first.startswith("regulars: ")
    assert rest, "a next step stands below"
    assert all(line.startswith("          ") for line in rest)
    assert said.out == ""


@pytest.fixture
def asked(here: Path) -> Path:
    """A shop, and beside it files that are wrong in their own ways."""
    (here / "files").mkdir()
    (here / "nofiles").mkdir()
    for name, content in FILES.items():
        (here / "files" / name).write_bytes(content)
    return here


def facts(folder: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "shop.db") as connection:
        tables = ("imports", "order_lines", "record_versions", "rejects", "decisions", "people", "verdicts")
        return [
            row for table in tables for row in connection.execute(f"select '{table}', count(*) from {table}")
        ]


@pytest.mark.parametrize("words", ASKED)
def test_a_mistake_is_answered_with_a_sentence_and_a_next_step(run: Run, asked: Path, words: str) -> None:
    before = facts(asked)
    code, sentence = ASKED[words]
    said = run(*shlex.split(words))
    assert said.code == code, said
    well_said(said)
    assert sentence in said.err
    french = run("--lang", "fr", *shlex.split(words))
    assert french.code == code
    well_said(french)
    assert facts(asked) == before


def test_no_words_at_all_show_the_help(run: Run) -> None:
    said = run()
    assert (said.code, said.err) == (0, "")
    assert said.out == run("--help").out


def test_a_file_with_a_header_alone_is_an_import_of_no_rows(run: Run, asked: Path) -> None:
    said = run("load", "files/header.csv", "--json")
    assert said.code == 0
    assert isinstance(said.data, dict)
    assert said.data["files"][0]["rows_in"] == 0


@pytest.mark.parametrize(
    "words",
    [
        "show Roy",
        "count stage='new'",
        "segments",
        "export profiles --output x.csv",
        "export people --output x.csv",
    ],
)
def test_what_needs_a_build_says_so(run: Run, empty: Path, words: str) -> None:
    said = run(*words.split(" ", 1) if words.startswith("count") else words.split())
    assert (said.code, "nothing has been built yet" in said.err) == (4, True)
    well_said(said)


def test_a_key_that_is_nobody_is_told_so_before_any_build(run: Run, empty: Path) -> None:
    said = run("explain", "ghost", "P1")
    assert (said.code, "there is no record and nobody known as 'ghost'" in said.err) == (3, True)
    well_said(said)


def test_records_that_were_never_compared_are_told_of(run: Run, empty: Path) -> None:
    assert "load customers or orders" in run("review").out
    (empty / "crm.csv").write_text(
        "Customer ID,First Name,Email\n1,Ann,ann@example.ca\n2,Bob,bob@example.ca\n"
    )
    run("load", "crm.csv")
    assert "2 records were not compared with the others yet: run `regulars match` first" in run("review").out
    assert "not compared" in run("review", "--sample", "3").out
    run("match")
    assert "No pair" in run("review").out


def test_a_match_of_nobody_says_what_to_load(run: Run, empty: Path) -> None:
    assert "load customers or orders" in run("match").out


def test_where_records_say_too_little_to_be_sure_match_tells_so(run: Run, empty: Path) -> None:
    """Couples of whom a till and a club know the names and the street alone."""
    draw = random.Random(4)
    word = ["".join(draw.choices(string.ascii_lowercase, k=7)) for _ in range(600)]
    homes = [f"{name},{street} Street" for name, street in zip(word[:250], word[300:550], strict=True)]
    people = [f"{given},{home}" for home in homes for given in draw.sample(word[550:], 2)]
    for source in ("till", "club"):
        lines = [f"{source}{n},{one}" for n, one in enumerate(people) if draw.random() < 0.7]
        (empty / f"{source}.csv").write_text("\n".join(["Customer ID,First Name,Last Name,Street", *lines]))
        run("load", f"{source}.csv")
    assert "95% of the joins by likeness should be right" in run("match").out.replace("\n", " ")


def test_a_person_without_locks_is_told_so(run: Run, here: Path) -> None:
    assert "Nothing of this person is locked" in run("lock", "shop:3").out
    assert run("lock", "shop:3", "--json").data == {"locks": []}


def test_a_file_that_a_library_may_not_open_is_named_alone(capsys: pytest.CaptureFixture[str]) -> None:
    refused = (
        "[Errno 13] Failed to open local file 'shop/lake/x.parquet'. Detail: [errno 13] Permission denied"
    )
    with pytest.raises(SystemExit) as left, sentences():
        raise PermissionError(errno.EACCES, refused)
    assert left.value.code == 4
    assert "regulars: 'shop/lake/x.parquet' may not be opened\n" in capsys.readouterr().err


def test_a_folder_that_may_not_be_opened_is_said(
    run: Run, asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access  # of root everything may be opened, so the folder is refused here
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "files" and may(path, mode))
    said = run("load", "files")
    assert (said.code, "may not be opened" in said.err) == (4, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["build", "match", "plan", "run", "quality", "imports", "rejects", "review"]
)
def test_in_a_shop_without_data_nothing_is_wrong(run: Run, empty: Path, words: str) -> None:
    for more in ([], ["--json"]):
        said = run(words, *more)
        assert (said.code, "Traceback" in said.err) == (0, False), said.err


def test_an_import_is_undone_once(run: Run, here: Path) -> None:
    assert run("undo", "2").code == 0
    said = run("undo", "2")
    assert said.code == 4
    well_said(said)


def test_a_locked_store_is_waited_for_and_then_said(
    run: Run, asked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(asked / "shop.db", isolation_level=None)
    other.execute("begin immediate")
    said = run("load", "files/orders.csv")
    assert (said.code, "locked" in said.err) == (75, True)
    well_said(said)
    other.execute("rollback")
    other.close()
    assert run("load", "files/orders.csv").code == 0


def test_a_full_disk_is_said_and_nothing_is_lost(
    asked: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    before = facts(asked)
    lines = [b"%d,2026-09-01,%d,MUG,1,10.00" % (n, n) for n in range(5000)]
    (asked / "files" / "large.csv").write_bytes(FILES["header.csv"] + b"\n".join(lines))
    pages = sqlite3.connect(asked / "shop.db").execute("pragma page_count").fetchone()[0]
    with monkeypatch.context() as full:
        full.setattr(sqlite_store, "_PRAGMAS", (*sqlite_store._PRAGMAS, f"max_page_count = {pages + 20}"))
        said = run("load", "files/large.csv")
    assert (said.code, "the disk is full" in said.err) == (75, True)
    well_said(said)
    assert facts(asked) == before
    assert run("load", "files/large.csv").code == 0


def test_a_lake_that_cannot_be_written_is_said(run: Run, asked: Path) -> None:
    lake = asked / "lake" / "order_lines"
    for file in lake.iterdir():
        file.unlink()
    lake.rmdir()
    lake.write_text("a file stands where the folder was")
    said = run("load", "files/orders.csv")
    assert said.code in (4, 75)
    well_said(said)
    assert [one.state for one in open_shop(asked).imports()] == ["done", "done"]


@pytest.mark.slow
def test_a_limit_on_the_size_of_files_is_said_and_nothing_is_lost(asked: Path) -> None:
    before = facts(asked)
    lines = [b"%d,2026-09-01,%d,MUG,1,10.00" % (n, n) for n in range(20_000)]
    (asked / "files" / "large.csv").write_bytes(FILES["header.csv"] + b"\n".join(lines))
    size = (asked / "shop.db").stat().st_size + 200_000
    done = subprocess.run(
        [sys.executable, "-m", "regulars", "load", "files/large.csv"],
        check=False, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip
    assert done.returncode == 75
    assert "Traceback" not in done.stderr
    again = subprocess.run(
        [sys.executable, "-m", "regulars", "quality", "--json"], check=False, capture_output=True, text=True
    )
    assert again.returncode == 0
    assert facts(asked) == before


@contextmanager
def pressing_ctrl_c(statement: str) -> Iterator[None]:
    """Somebody presses Ctrl-C at the moment when the store is asked to run a statement."""

    pressed = []

    def press(_connection: object, _cursor: object, asked: str, *_rest: object) -> None:
        if asked.startswith(statement) and not pressed:
            pressed.append(asked)
            signal.raise_signal(signal.SIGINT)

    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", press)
    try:
        yield
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", press)
        signal.signal(signal.SIGINT, heard)
    assert pressed, "it was never run"


def test_ctrl_c_is_130_and_nothing_is_left(run: Run, asked: Path) -> None:
    before = facts(asked)
    with pressing_ctrl_c("UPDATE imports"):
        said = run("load", "files/orders.csv")
    assert said.code == 130
    assert said.err.strip().endswith("nothing is left half done: run it again to go on")
    assert facts(asked) == before


def test_a_store_of_a_newer_version_is_not_touched(run: Run, asked: Path) -> None:
    with sqlite3.connect(asked / "shop.db") as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    said = run("imports")
    assert said.code in (2, 4, 75)
    well_said(said)


def test_a_damaged_store_is_said(run: Run, asked: Path) -> None:
    for more in ("-wal", "-shm"):
        (asked / f"shop.db{more}").unlink(missing_ok=True)
    (asked / "shop.db").write_bytes(b"this is no database" * 500)
    said = run("imports")
    assert said.code == 75
    well_said(said)


def test_settings_that_are_wrong_are_said_by_every_command(run: Run, asked: Path) -> None:
    (asked / "settings.toml").write_text('[shop]\ncurency = "CAD"\n')
    for words in ("imports", "build", "load files/orders.csv"):
        said = run(*words.split())
        assert (said.code, "did you mean 'currency'" in said.err) == (2, True)
        well_said(said)


def test_a_folder_with_an_odd_file_is_loaded_and_the_odd_file_told_of(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.csv").write_bytes(b"")
    (folder / "people.csv").write_text("Customer ID,First Name,Email\n1,Ann,ann@example.ca\n")
    run("init", str(tmp_path / "shop"))
    said = run("load", str(folder), "--shop", str(tmp_path / "shop"), "--json")
    good, odd = said.data["files"]  # type: ignore[index]
    assert said.code == 2
    assert (good["accepted"], good["error"]) == (1, None)
    assert odd["error"] in said.err


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        ("database is locked", "another command"),
        ("database or disk is full", "the disk is full"),
        ("attempt to write a readonly database", "cannot be written"),
    ],
)
def test_a_turn_that_cannot_be_taken_is_said_in_words_of_the_house(refused: str, said: str) -> None:
    sentence = turn._sentence(sqlite3.OperationalError(refused)).sentence
    assert said in sentence
    assert refused not in sentence


def test_a_word_that_is_missing_is_named_as_the_help_names_it(run: Run) -> None:
    assert "FICHE_B" in run("explain", "--help", "--lang", "fr").out
    assert "il manque FICHE_B" in run("explain", "shop:1", "--lang", "fr").err
