"""Rows that cannot be understood are kept with their reason, mended in a spreadsheet, and taken in again."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from small_files import Exports, NewShop, Write

from properties import tried
from regulars.errors import Invalid, NotFound
from regulars.shop import Shop
from regulars.words import speak

HEADER = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
GOOD = ("1,25/02/2024,C1,MUG,1,10.00", "2,26/02/2024,C2,MUG,1,10.00")
BAD_DATE = "3,31/31/2024,C1,POT,1,25.00"
BAD_PRICE = "4,27/02/2024,C2,POT,1,ten"
FRENCH = "«\u00a0ten\u00a0» dans «\u00a0Price\u00a0» n’est pas un nombre"
TORN = '5,28/02/2024,C2,"POT,1,25.00'


def mend(path: Path, **changes: str) -> Path:
    """Change cells of a file of rejects, as a person would in a spreadsheet; `column__wrong=right`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for name, value in row.items():
            row[name] = changes.get(value, value)
    return save(path, rows)


def save(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_reason_is_in_the_language_of_its_reader_whatever_was_spoken_at_the_load(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_PRICE)])
    try:
        speak("fr")
        assert [one["reason"] for one in shop.rejects()] == [FRENCH]
        shop.write_rejects(tmp_path / "mend.csv")
        assert "n’est pas un nombre" in (tmp_path / "mend.csv").read_text("utf-8-sig")
        assert "n’est pas un nombre" in str(shop.quality().problems)
    finally:
        speak(None)
    assert [one["reason"] for one in shop.rejects()] == ["'ten' in 'Price' is not a number"]
    assert {one["reason_fr"] for one in shop.table("rejects").to_pylist()} == {FRENCH}


def mended(shop: Shop, folder: Path) -> Path:
    """The shop's rejects, written out and mended."""
    path = folder / "mend.csv"
    shop.write_rejects(path)
    return mend(path, **{"31/31/2024": "03/02/2024", "ten": "10.00"})


def days(shop: Shop) -> dict[str, str]:
    return {row["order_id"]: row["day"] for row in shop.table("orders").to_pylist()}


def test_a_reject_says_file_line_column_reason_and_the_row_as_found(shop: Shop, write: Write) -> None:
    file = write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE, TORN)
    (loaded,) = shop.load([file])
    assert (loaded.rows_in, loaded.accepted, loaded.rejected, loaded.duplicates) == (5, 2, 3, 0)
    torn, date, price = sorted(shop.rejects(), key=lambda row: (row["column"] or "", row["line"]))
    assert (date["file"], date["line"], date["column"]) == (str(file), 4, "Order Date")
    assert "31/31/2024" in str(date["reason"])
    assert json.loads(str(price["raw"])) == dict(zip(HEADER.split(","), BAD_PRICE.split(","), strict=True))
    assert (torn["line"], torn["column"]) == (6, None)


def test_mended_rows_are_read_in_the_formats_of_their_file_and_are_no_longer_listed(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE)], source="till")
    (replayed,) = shop.replay(mended(shop, tmp_path))
    assert (replayed.rows_in, replayed.accepted, replayed.rejected) == (2, 2, 0)
    assert (replayed.source, replayed.kind) == ("till", "orders")
    assert days(shop) == {"1": "2024-02-25", "2": "2024-02-26", "3": "2024-02-03", "4": "2024-02-27"}
    assert shop.rejects() == []


def test_a_mended_month_first_date_stays_month_first(shop: Shop, write: Write, tmp_path: Path) -> None:
    lines = [line.replace("25/02", "02/25").replace("26/02", "02/26") for line in GOOD]
    shop.load([write("till.csv", HEADER, *lines, BAD_DATE)], source="till")
    shop.replay(mended(shop, tmp_path))
    assert days(shop)["3"] == "2024-03-02"


def test_a_reject_is_replayed_once(shop: Shop, write: Write, tmp_path: Path) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE)])
    file = mended(shop, tmp_path)
    shop.replay(file)
    with pytest.raises(NotFound, match="reject 1, which is not waiting"):
        shop.replay(file)
    assert len(days(shop)) == 3


def test_a_row_that_is_still_wrong_waits_again_under_its_new_reason(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE)])
    path = tmp_path / "mend.csv"
    shop.write_rejects(path)
    (replayed,) = shop.replay(mend(path, ten="10.00", POT="CUP", **{"31/31/2024": "soon"}))
    assert (replayed.rows_in, replayed.accepted, replayed.rejected) == (2, 1, 1)
    (left,) = shop.rejects()
    assert (left["file"], left["line"]) == (str(path), 2)
    assert "soon" in str(left["reason"])


def test_a_file_that_nobody_mended_changes_nothing_and_can_still_be_mended(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    too_many = "6,28/02/2024,C2,POT,1,25.00,call in the morning"
    too_few = "7,28/02/2024"
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE, TORN, too_many, too_few)])
    waiting, imports = shop.rejects(), shop.imports()
    path = tmp_path / "mend.csv"
    shop.write_rejects(path)
    (replayed,) = shop.replay(path)
    assert (replayed.rows_in, replayed.accepted, replayed.rejected, replayed.import_id) == (5, 0, 5, None)
    assert replayed.notes == ["5 rows are as they were: they wait on, under the same numbers"]
    assert (shop.rejects(), shop.imports()) == (waiting, imports)
    (replayed,) = shop.replay(mend(path, ten="10.00"))
    assert (replayed.rows_in, replayed.accepted, replayed.rejected) == (5, 1, 4)
    assert shop.rejects() == [one for one in waiting if one["column"] != "Price"]


def test_a_row_with_text_left_beyond_the_header_is_rejected_again_for_that(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    header = "Customer ID,First Name,Email"
    shop.load([write("crm.csv", header, "C1,Ann,ann@example.ca", "C2,Bob,bob@example.ca,Lee,call first")])
    path = tmp_path / "mend.csv"
    shop.write_rejects(path)
    ((before,), (replayed,)) = shop.rejects(), shop.replay(mend(path, Lee=""))
    assert (replayed.accepted, replayed.rejected) == (0, 1)
    (left,) = shop.rejects()
    assert left["reason"] == before["reason"] == "cells: 5 in the row, only 3 in the header"
    assert json.loads(str(left["raw"]))["+2"] == "call first"
    shop.write_rejects(path)
    (replayed,) = shop.replay(mend(path, **{"call first": ""}))
    assert (replayed.accepted, shop.rejects()) == (1, [])


def test_a_quote_that_never_closed_makes_no_person_until_its_cells_are_mended(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    shop.load([write("crm.csv", "id,name,email", "1,Ann Roy,ann@example.ca", '3,"Bob Lee,bob@example.ca')])
    path = tmp_path / "mend.csv"
    shop.write_rejects(path)
    assert shop.replay(path)[0].accepted == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    save(path, [{**row, "id": "3", "name": "Bob Lee", "email": "bob@example.ca"}])
    assert (shop.replay(path)[0].accepted, shop.rejects()) == (1, [])
    shop.match()
    assert {one["source_key"] for one in shop.table("identity").to_pylist()} == {"1", "3"}


@pytest.mark.slow
def test_undo_of_a_replay_opens_its_rejects_again(
    shop: Shop, write: Write, tmp_path: Path, exports_of: Exports
) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE)])
    before = exports_of(shop)
    file = mended(shop, tmp_path)
    shop.replay(file)
    shop.undo(2)
    assert exports_of(shop) == before
    assert shop.replay(file)[0].accepted == 2


def test_the_first_file_again_after_a_replay_brings_nothing_not_even_its_rejects(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    twice = GOOD[0].replace("10.00", "ten")
    file = write("till.csv", HEADER, *GOOD, GOOD[0], twice, twice, BAD_DATE)
    shop.load([file], source="till")
    (replayed,) = shop.replay(mended(shop, tmp_path))
    assert replayed.accepted == 3
    lines = shop.table("orders").to_pylist()
    (again,) = shop.load([file], source="till")
    assert (again.accepted, again.rejected, again.duplicates) == (0, 0, 6)
    assert shop.rejects() == []
    assert shop.table("orders").to_pylist() == lines
    assert sum(1 for line in lines if line["order_id"] == "1") == 4


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx", ".parquet"])
def test_the_export_of_rejects_can_be_mended_and_replayed(
    shop: Shop, write: Write, tmp_path: Path, ending: str
) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE)])
    path = tmp_path / f"rejects{ending}"
    shop.export("rejects", path)
    if ending == ".csv":
        path.write_text(
            path.read_text("utf-8").replace("31/31/2024", "03/02/2024").replace("ten", "9"), "utf-8"
        )
        assert shop.replay(path)[0].accepted == 2
    else:
        assert shop.replay(path)[0].rejected == 2


def test_a_file_whose_own_columns_are_called_line_and_reason_is_mended_too(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    header = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,line,reason,file,raw.line"
    shop.load([write("till.csv", header, f"{BAD_DATE},7,gift,f1,x", f"{GOOD[0]},8,,f2,y")])
    path = mended(shop, tmp_path)
    (replayed,) = shop.replay(path)
    assert (replayed.accepted, shop.rejects()) == (1, [])
    with shop.ground.store.read() as connection:
        extra = connection.exec_driver_sql("select extra from order_lines where import_id = 2").scalar()
    assert json.loads(str(extra)) == {"line (2)": "7", "reason": "gift", "file": "f1", "raw.line": "x"}


def test_columns_that_differ_in_capitals_alone_are_two_columns(shop: Shop, write: Write) -> None:
    header = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price,PRICE,Line"
    shop.load([write("till.csv", header, f"{GOOD[0]},99,1", f"{GOOD[1]},98,2", f"{BAD_DATE},97,3")])
    assert [row["paid"] for row in shop.table("orders").to_pylist()] == [10.0, 10.0]
    (reject,) = shop.rejects()
    assert json.loads(str(reject["raw"]))["PRICE"] == "97"
    assert (json.loads(str(reject["raw"]))["Line"], reject["line"]) == ("3", 4)


def test_rows_taken_out_of_the_file_stay_rejected(shop: Shop, write: Write, tmp_path: Path) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE)])
    path = mended(shop, tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    shop.replay(save(path, rows[:1]))
    assert [row["column"] for row in shop.rejects()] == ["Price"]


def test_a_file_of_rejects_that_was_spoilt_is_refused_with_a_sentence(
    shop: Shop, write: Write, tmp_path: Path
) -> None:
    shop.load([write("till.csv", HEADER, *GOOD, BAD_DATE, BAD_PRICE)])
    path = mended(shop, tmp_path)
    lines = path.read_text("utf-8-sig").splitlines()
    with pytest.raises(Invalid, match="reject 1 twice"):
        shop.replay(write("twice.csv", lines[0], lines[1], lines[1]))
    with pytest.raises(Invalid, match="not the number of a reject"):
        shop.replay(write("letters.csv", lines[0], f"x{lines[1]}", lines[2]))
    with pytest.raises(Invalid, match="no column 'reject_id'"):
        shop.replay(write("other.csv", HEADER, *GOOD))
    assert len(shop.rejects()) == 2


def test_mended_people_are_taken_in_under_their_own_key(shop: Shop, write: Write, tmp_path: Path) -> None:
    header = "Customer ID,First Name,Last Name,Email"
    shop.load([write("crm.csv", header, "C1,Ann,Roy,ann@example.ca", "C2,Bob,Lee,bob@example.ca,x,y", ",,,")])
    path = tmp_path / "mend.csv"
    assert shop.write_rejects(path) == 1
    (replayed,) = shop.replay(mend(path, x="", y=""))
    assert replayed.accepted == 1
    shop.match()
    assert {row["source_key"] for row in shop.table("identity").to_pylist()} == {"C1", "C2"}


CELLS = st.sampled_from(
    [
        "1",
        "2",
        "1001",
        "#1001",
        "",
        " ",
        "2024-02-03",
        "03/02/2024",
        "31/31/2024",
        "12,50",
        "12.50",
        "ten",
        "C1",
        "a,b",
        '"',
        "é",
        "NULL",
        "-1",
    ]
)


@pytest.mark.slow
@tried(10)
@given(rows=st.lists(st.lists(CELLS, min_size=5, max_size=7), max_size=12))
def test_every_row_is_accepted_rejected_or_a_duplicate(
    new_shop: NewShop, tmp_path: Path, rows: list[list[str]]
) -> None:
    file = tmp_path / "dirty.csv"
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    lines = [HEADER, *(",".join(row) for row in rows), *GOOD]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    shop = new_shop()
    for _time in ("first", "again"):
        try:
            (one,) = shop.load([file], source="till")
        except Invalid:
            reject()  # most rows are wider than the header: refused whole, with a sentence
        assert one.rows_in == one.accepted + one.rejected + one.duplicates
        assert len(shop.rejects()) == one.rejected  # kept once, counted again
    assert (one.accepted, one.rows_in) == (0, one.duplicates + one.rejected)
    if not any('"' in cell for row in rows for cell in row):
        assert one.rows_in == len(kept) + len(GOOD)
