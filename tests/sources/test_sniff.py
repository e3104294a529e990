"""Bytes -> what a file is: encoding, delimiter, header; and what is said of files that are no tables."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from properties import tried
from regulars.errors import Invalid
from regulars.model.mapping import Options
from regulars.sources.reading.read import read
from regulars.sources.reading.sniff import sniff

FRENCH = "No client;Nom;Prénom;Ville\n1;Lafrenière;Hélène;Montréal\n2;Côté;Noël;L’Île-Perrot\n"
Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writes(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return writes


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_french_is_read_as_it_was_written(write: Write, encoding: str, end: str) -> None:
    found = sniff(write("crm.csv", FRENCH.replace("\n", end).encode(encoding)))
    rows = pa.concat_tables([chunk.rows for chunk in read(found)])
    assert found.header == ("No client", "Nom", "Prénom", "Ville")
    assert rows["Nom"].to_pylist() == ["Lafrenière", "Côté"]
    assert rows["Ville"].to_pylist() == ["Montréal", "L’Île-Perrot"]


def test_lines_of_another_encoding_in_a_utf8_file_keep_their_accents(write: Write) -> None:
    found = sniff(write("crm.csv", FRENCH.encode() + b"3;Tremblay;Andr\xe9;Laval\n"))
    (chunk,) = read(found)
    assert found.encoding == "utf-8"
    assert chunk.rows["Nom"].to_pylist() == ["Lafrenière", "Côté", "Tremblay"]
    assert chunk.rows["Prénom"].to_pylist()[2] == "André"
    assert "another encoding" in found.notes[0]


def test_the_encoding_is_decided_over_the_whole_file(write: Write) -> None:
    plain = "id,name\n" + "1,Ann\n" * 400_000
    assert sniff(write("late.csv", plain.encode() + "2,Lafrenière\n".encode("cp1252"))).encoding == "cp1252"


def test_a_very_long_cell_is_looked_through_once(write: Write) -> None:
    """A picture in a cell, beside an accent: a search that begins anew at each of its signs takes hours."""
    picture = b"A" * 3_000_000
    assert (
        sniff(write("crm.csv", b"no,nom,note\n1,Zo\xc3\xab," + picture + b"\n2,Luc,\n")).encoding == "utf-8"
    )


def test_an_encoding_that_is_given_is_taken_at_its_word(write: Write) -> None:
    path = write("crm.csv", FRENCH.encode("mac_roman"))
    assert sniff(path, Options(encoding="mac_roman")).encoding == "mac-roman"
    with pytest.raises(Invalid, match="no encoding 'klingon'"):
        sniff(path, Options(encoding="klingon"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "~", "^"])
def test_the_delimiter_is_found_beside_decimal_commas(write: Write, delimiter: str) -> None:
    rows = [("Nom", "Montant", "Note"), ("A, B", "1 234,56", "x"), ("C", "2,50", "y, z"), ("D", "3,00", "")]
    text = "".join(delimiter.join(f'"{c}"' if "," in c else c for c in row) + "\n" for row in rows)
    assert sniff(write("a.csv", text.encode())).delimiter == delimiter


def test_columns_set_apart_by_blanks_are_read(write: Write) -> None:
    found = sniff(
        write("cd.txt", b" customer_id  date  value\n 00001 19970101  11.77\n 00002 19970112  12.00\n")
    )
    (chunk,) = read(found)
    assert chunk.rows.to_pylist()[1] == {"customer_id": "00002", "date": "19970112", "value": "12.00"}


def test_a_blank_after_each_comma_belongs_to_no_cell(write: Write) -> None:
    found = sniff(write("a.csv", b'id, name, city\n1, "Lee, Ann", \n2, Bob, Reno\n3, , Reno\n'))
    (chunk,) = read(found)
    assert found.header == ("id", "name", "city")
    assert chunk.rows["name"].to_pylist() == ["Lee, Ann", "Bob", None]


def test_single_quotes_are_quotes_when_they_close_around_cells(write: Write) -> None:
    found = sniff(write("a.csv", b"'id','name'\n'1','Lee, Ann'\n'2','Bob'\n"))
    assert found.header == ("id", "name")
    assert next(read(found)).rows["name"].to_pylist() == ["Lee, Ann", "Bob"]


def test_a_leading_apostrophe_is_no_quote(write: Write) -> None:
    found = sniff(write("a.csv", b"Customer ID,Zip,Phone\n'123,'1234AB,'+31612345678\n"))
    assert next(read(found)).rows.to_pylist() == [
        {"Customer ID": "'123", "Zip": "'1234AB", "Phone": "'+31612345678"}
    ]


def test_title_lines_above_the_header_are_passed_over(write: Write) -> None:
    found = sniff(write("a.csv", b"Sales of June\n\nid,name,email\n1,Ann,a@x.ca\n2,Bob,b@x.ca\n"))
    assert (found.header, found.first_line) == (("id", "name", "email"), 3)
    assert found.notes
    assert next(read(found)).lines == [4, 5]


def test_the_line_that_excel_writes_for_itself_is_no_header(write: Write) -> None:
    found = sniff(write("a.csv", b"sep=;\nid;name\n1;Ann\n2;Bob\n"))
    assert (found.header, found.delimiter) == (("id", "name"), ";")


def test_empty_and_repeated_names_are_made_unique(write: Write) -> None:
    found = sniff(write("a.csv", b"Note,,Note,id\na,b,c,1\nd,e,f,2\n"))
    assert found.header == ("Note", "column 2", "Note (2)", "id")


def test_gzip_is_unpacked_whatever_the_file_is_called(write: Write) -> None:
    found = sniff(write("crm.csv", gzip.compress(FRENCH.encode("cp1252"))))
    assert (found.compression, found.encoding) == ("gzip", "cp1252")
    assert next(read(found)).count == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\r\n\n", "is empty"),
        (b"ann@example.com,Ann,2024-02-03\nbob@example.com,Bob,2024-02-04\n", "has no header"),
        (b"1;2;3\n4;5;6\n", "has no header"),
        (b"%PDF-1.7 ...", "is a PDF file"),
        (b"\x89PNG\r\n\x1a\n....", "is a PNG file"),
        (b"PK\x05\x06" + b"\0" * 18, "is a zip archive"),
        (bytes(range(256)) * 40, "is not text"),
        (b"\n<!DOCTYPE html>\n<html><body>Please log in</body></html>\n", "is a web page"),
        (b"<html><body>404</body></html>", "is a web page"),
        (gzip.compress(b"a,b\n1,2\n" * 9000, mtime=0)[:60], "damaged gzip"),
        (b'[{"a": 1}]\n', "one JSON list"),
        (b'{\n  "a": 1\n}\n', "one JSON document"),
        (b"PAR1 and nothing more", "Parquet file that cannot be opened: damaged, or cut off"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence_and_a_next_step(
    write: Write, content: bytes, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as problem:
        sniff(write("thing.csv", content))
    assert problem.value.next_step


def test_a_workbook_that_was_cut_off_is_called_a_workbook(write: Write) -> None:
    with pytest.raises(Invalid, match="is a workbook that cannot be opened: damaged, cut off or locked"):
        sniff(write("sales.xlsx", b"PK\x03\x04" + b"\0" * 30))


@pytest.mark.parametrize("name", ["sales.xlsx", "sales.XLS", "sales.parquet"])
def test_a_file_whose_content_is_not_what_its_name_says_is_called_damaged(write: Write, name: str) -> None:
    with pytest.raises(Invalid, match="is damaged: its content is not what its name says"):
        sniff(write(name, bytes(range(256)) * 40))


def test_a_sheet_that_is_not_there_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("Clients").write_row(0, 0, ["id", "name"])
        book.add_worksheet("Notes").write_row(0, 0, ["word", "other"])
    assert sniff(tmp_path / "a.xlsx").sheet == "Clients"
    assert "Notes" in sniff(tmp_path / "a.xlsx").notes[0]
    with pytest.raises(Invalid) as problem:
        sniff(tmp_path / "a.xlsx", Options(sheet="Client"))
    assert "Clients" in problem.value.next_step


@tried(150)
@given(content=st.binary(max_size=400))
def test_no_bytes_whatever_break_the_reader(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(b"id,name\n1,Ann\n" + content)
    try:
        found = sniff(path)
    except Invalid:
        return
    for chunk in read(found):
        assert chunk.rows.num_rows == len(chunk.lines)


def test_a_list_of_one_column_keeps_its_first_line_as_header(write: Write) -> None:
    for stray in ("not an email", "not;an;e;mail", "no, mail"):
        found = sniff(write("list.csv", f"email\na@ex.com\nb@ex.com\n{stray}\n".encode()))
        assert (found.header, found.first_line, found.notes) == (("email",), 1, ())
        (chunk,) = read(found)
        assert (chunk.count, chunk.rows["email"].to_pylist()[:2]) == (3, ["a@ex.com", "b@ex.com"])


def test_a_line_of_totals_below_a_list_takes_no_header_away(write: Write) -> None:
    for total in ("Total 3", "Total,3"):
        assert sniff(write("list.csv", f"Email\na@ex.com\n\n{total}\n".encode())).header == ("Email",)


def test_blanks_part_cells_only_when_all_lines_have_as_many(write: Write) -> None:
    assert sniff(write("a.txt", b"id day \n1 2024-01-02\n2 2024-01-03 \n")).delimiter == " "
    assert sniff(write("b.txt", b"name\nAnn Roy\nBob Lee\n")).header == ("name",)


def test_lines_of_values_are_no_title(write: Write) -> None:
    with pytest.raises(Invalid, match="no header"):
        sniff(write("a.csv", b"a@ex.com\n514 555-0101\nid,name,city\n1,Ann,Laval\n2,Bob,Laval\n"))
    with pytest.raises(Invalid, match="no header"):
        sniff(write("b.csv", b"Sales of June\nid,name,city\n"))


def test_a_title_is_told_word_for_word(write: Write, tmp_path: Path) -> None:
    text = (
        b"Sales of June\nShop;info@shop.example\n2024\nid;name;city;street;postcode\n1;Ann;Laval;Main;H7A\n"
    )
    found = sniff(write("a.csv", text))
    assert (found.header, found.first_line) == (("id", "name", "city", "street", "postcode"), 4)
    assert "'Sales of June / Shop info@shop.example / 2024'" in found.notes[0]
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("Clients")
        for line, row in enumerate((["Sales of June"], ["id", "name", "city"], ["1", "Ann", "Laval"])):
            sheet.write_row(line, 0, row)
    assert "'Sales of June'" in sniff(tmp_path / "a.xlsx").notes[0]


@pytest.mark.parametrize("content", ["not a zip", "email,name\n", "<td>a</td>\n<td>b</td>\n", '{"a": 1}\n'])
def test_a_text_called_a_workbook_is_refused_when_it_is_no_table(write: Write, content: str) -> None:
    with pytest.raises(Invalid, match="its content is not one") as problem:
        sniff(write("fake.xlsx", content.encode()))
    assert "save it as XLSX or CSV" in problem.value.next_step


def test_a_table_of_text_called_a_workbook_is_read_and_it_is_said(write: Write) -> None:
    found = sniff(write("till.xls", b"email\tname\na@ex.com\tAnn\n"))
    assert (found.format, found.header) == ("csv", ("email", "name"))
    assert "it is called a workbook, but is text" in found.notes[0]


@pytest.mark.parametrize("row", ["Ann,a@ex.com", "Ann,Roy"])
def test_a_header_with_another_delimiter_than_its_rows_is_told(write: Write, row: str) -> None:
    with pytest.raises(
        Invalid, match="has ';' between the names of its first line, 'name;email', and ','"
    ) as problem:
        sniff(write("a.csv", f"name;email\n{row}\n{row}\n".encode()))
    assert "','" in problem.value.next_step
    assert sniff(write("b.csv", b"Sales, June\nid;name\n1;Ann\n2;Bob\n")).header == ("id", "name")


def test_values_in_columns_without_a_name_are_kept(write: Write) -> None:
    (chunk,) = read(sniff(write("a.csv", b"email,name,,,\na@ex.com,Ann,,x,\nb@ex.com,Bob,,,\n")))
    assert (chunk.rows.column_names, chunk.broken) == (["email", "name", "column 3", "column 4"], [])
    assert chunk.rows["column 4"].to_pylist() == ["x", None]
