"""Found -> rows: what is a row, what is a broken one, and typed values as text."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from properties import tried
from regulars.sources.found import Chunk
from regulars.sources.reading.read import read, sample
from regulars.sources.reading.sniff import sniff


def chunk_of(path: Path, text: str) -> Chunk:
    path.write_text(text, newline="")
    (chunk,) = read(sniff(path))
    return chunk


def test_a_row_knows_the_line_it_starts_on(tmp_path: Path) -> None:
    text = 'id,note\n1,"two\nlines"\n\n2,"a ""quote"""\r\n3,x\n'
    chunk = chunk_of(tmp_path / "a.csv", text)
    assert chunk.lines == [2, 5, 6]
    assert chunk.rows["note"].to_pylist() == ["two\nlines", 'a "quote"', "x"]


def test_ragged_rows_stand_beside_the_others_with_their_reason(tmp_path: Path) -> None:
    chunk = chunk_of(
        tmp_path / "a.csv", "id;name;city\n1;Ann;Laval\n2;Bob\n3;Cy;Laval;extra;more\n5\n4;Di;Laval\n"
    )
    assert chunk.rows["id"].to_pylist() == ["1", "2", "4"]
    assert chunk.rows["city"].to_pylist() == ["Laval", None, "Laval"]
    assert [row.line for row in chunk.broken] == [4, 5]
    assert chunk.broken[0].raw == {"id": "3", "name": "Cy", "city": "Laval", "+1": "extra", "+2": "more"}
    assert chunk.broken[1].raw == {"id": "5"}
    assert all(row.reason for row in chunk.broken)
    assert chunk.count == 5


def test_empty_cells_too_many_break_no_row(tmp_path: Path) -> None:
    chunk = chunk_of(tmp_path / "a.csv", "id,name\n1,Ann,,\n2,Bob\n")
    assert (chunk.lines, chunk.broken) == ([2, 3], [])


def test_a_last_column_that_no_row_has_is_empty(tmp_path: Path) -> None:
    chunk = chunk_of(tmp_path / "a.csv", "id,name,note\n1,Ann\n2,Bob\n")
    assert chunk.rows["note"].to_pylist() == [None, None]


def test_an_unclosed_quote_costs_its_own_line_and_no_other(tmp_path: Path) -> None:
    rows = "".join(f"{number},name {number},x\n" for number in range(3, 2000))
    chunk = chunk_of(tmp_path / "a.csv", '1id,name,city\n1,Ann,x\n2,"Bob,x\n' + rows)
    assert chunk.count == 1999
    assert [(row.line, row.raw) for row in chunk.broken] == [(3, {"1id": '2,"Bob,x'})]


def test_an_unclosed_quote_on_the_last_line_is_broken(tmp_path: Path) -> None:
    chunk = chunk_of(tmp_path / "a.csv", 'id,name\n1,Ann\n2,"Bob\n')
    assert (chunk.lines, [row.line for row in chunk.broken]) == ([2], [3])


def test_nothing_but_blanks_is_null_and_all_else_is_as_found(tmp_path: Path) -> None:
    chunk = chunk_of(tmp_path / "a.csv", "id,name,city\n1,  , Laval \n2,\u00a0,\n")
    assert chunk.rows["name"].to_pylist() == [None, None]
    assert chunk.rows["city"].to_pylist() == [" Laval ", None]


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n")
    assert list(read(sniff(tmp_path / "a.csv"))) == []
    assert sample(sniff(tmp_path / "a.csv")).num_rows == 0


def test_chunks_have_the_size_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n" + "1,Ann\n" * 25)
    assert [chunk.count for chunk in read(sniff(tmp_path / "a.csv"), rows=10)] == [10, 10, 5]


def test_json_lines_become_columns_of_text(tmp_path: Path) -> None:
    first = {"id": 17850, "price": 2.55, "ok": True, "who": {"city": "Montréal", "tags": [1, "é"]}}
    lines = [json.dumps(first), "", json.dumps({"id": "b", "late": None, "n": 3.0}), "{broken", "[1]"]
    chunk = chunk_of(tmp_path / "a.jsonl", "\n".join(lines))
    assert chunk.rows.to_pylist() == [
        {"id": "17850", "price": "2.55", "ok": "true", "who.city": "Montréal", "who.tags": '[1,"é"]'}
        | {"late": None, "n": None},
        {"id": "b", "price": None, "ok": None, "who.city": None, "who.tags": None} | {"late": None, "n": "3"},
    ]
    assert (chunk.lines, [row.line for row in chunk.broken]) == ([1, 3], [4, 5])


def test_a_sheet_becomes_text_as_people_see_it(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Ventes")
        sheet.write_row(1, 1, ["Ventes de juin"])
        sheet.write_row(3, 1, ["Client", "Prix", "Jour", "Instant", "Heure"])
        sheet.write_row(4, 1, [17850, 2.55])
        for column, value, form in (
            (3, datetime(2024, 2, 3), "yyyy-mm-dd"),  # noqa: DTZ001 - sheets know no zone
            (4, datetime(2024, 2, 3, 8, 26), "yyyy-mm-dd hh:mm"),  # noqa: DTZ001
            (5, time(8, 26), "hh:mm"),
        ):
            sheet.write_datetime(4, column, value, book.add_format({"num_format": form}))
        sheet.write_row(6, 1, ["B", 12])
    found = sniff(tmp_path / "a.xlsx")
    (chunk,) = read(found)
    assert found.first_line == 4
    assert chunk.lines == [5, 7]
    assert chunk.rows.slice(0, 1).to_pylist()[0] | {"Jour": ""} == {
        "Client": "17850",
        "Prix": "2.55",
        "Jour": "",
        "Instant": "2024-02-03 08:26:00",
        "Heure": "08:26:00",
    }
    assert chunk.rows["Jour"].to_pylist()[0].startswith("2024-02-03")


def test_parquet_values_become_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([17850, None]),
            "float_id": pa.array([17850.0, float("nan")]),
            "price": pa.array([2.55, 1e-7]),
            "at": pa.array([datetime(2010, 12, 1, 8, 26), datetime(2010, 12, 1, 8, 26, 0, 500)]),  # noqa: DTZ001
            "day": pa.array([date(2010, 12, 1), None]),
            "who": pa.array([{"city": "Laval", "tags": ["a"]}, None]),
            "word": pa.array(["x", " "]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    (chunk,) = read(sniff(tmp_path / "a.parquet"))
    assert chunk.lines == [1, 2]
    assert chunk.rows.to_pylist() == [
        {
            "id": "17850",
            "float_id": "17850",
            "price": "2.55",
            "at": "2010-12-01 08:26:00",
            "day": "2010-12-01",
            "who.city": "Laval",
            "who.tags": '["a"]',
            "word": "x",
        },
        {
            "id": None,
            "float_id": None,
            "price": "1e-07",
            "at": "2010-12-01 08:26:00.0005",
            "day": None,
            "who.city": None,
            "who.tags": None,
            "word": None,
        },
    ]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=12)


@tried(100)
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=30), delimiter=st.sampled_from(",;\t|"))
def test_whatever_csv_was_written_is_read_back(
    tmp_path: Path, rows: list[tuple[str, str]], delimiter: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("identifier", "left", "right"), *((f"k{i}", *row) for i, row in enumerate(rows))])
    chunk = chunk_of(tmp_path / "any.csv", text.getvalue())
    kept = [tuple(cell if cell.strip() else None for cell in row) for row in rows]
    assert list(zip(chunk.rows["left"].to_pylist(), chunk.rows["right"].to_pylist(), strict=True)) == kept
    assert chunk.broken == []


def test_a_sample_of_a_long_file_sees_its_middle_and_its_end(tmp_path: Path) -> None:
    days = (f"{number},{1 + number // 8000:02d}/02/2024\n" for number in range(200_000))
    (tmp_path / "long.csv").write_text("id,jour\n" + "".join(days))
    seen = sample(sniff(tmp_path / "long.csv"), rows=5000)
    assert len(set(seen["jour"].to_pylist())) > 5
    assert seen.num_rows < 150_000


@pytest.mark.data
def test_the_online_shop_has_all_its_rows(data: Path) -> None:
    found = sniff(data / "orders" / "online_retail_uci.parquet")
    assert sum(chunk.count for chunk in read(found)) == 541_909


@pytest.mark.data
def test_the_cdnow_purchases_have_all_their_rows(data: Path) -> None:
    found = sniff(data / "orders" / "CDNOW_master.txt.gz")
    assert found.header == ("customer_id", "date", "number_of_cds", "dollar_value")
    assert sum(chunk.count for chunk in read(found)) == 69_659
