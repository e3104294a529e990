"""Decimals and dates: one decision a column, with its evidence; doubt is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.engine.duckdb import DuckDBEngine
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import Column, FileMapping, Options
from regulars.settings import ShopSettings
from regulars.sources.found import Found
from regulars.sources.notation.dates import date_format
from regulars.sources.notation.formats import decide, notes, questions

Table = Callable[..., tuple[Found, pa.Table]]
FIELDS = {
    "Date": "ordered_at",
    "Paid": "paid",
    "Price": "unit_price",
    "Heure": "ordered_time",
    "Montant": "paid",
}
US = ShopSettings(country="US", languages=("en",))
QUEBEC = ShopSettings(country="CA", languages=("fr", "en"))


def decided(
    file: tuple[Found, pa.Table], shop: ShopSettings = QUEBEC, options: Options | None = None
) -> dict[str, ColumnFormat]:
    found, sample = file
    columns = {name: Column(field=FIELDS[name]) for name in found.header if name in FIELDS}
    mapping = FileMapping(kind="orders", columns=columns, options=options or Options())
    return decide(sample, mapping, shop, found)


@pytest.mark.parametrize(
    ("values", "separator"),
    [
        (["1 234,56", "12,00"], ","),
        (["1\u00a0234,56 $", "12"], ","),
        (["1\u202f234,5", "7"], ","),
        (["$1,240.00", "-$0.93"], "."),
        (["1.234,56", "99"], ","),
        (["1'234.50", "(12.00)"], "."),
        (["1,234,567", "1,234"], "."),
        (["0,125", "3"], ","),
        (["12", "7"], "."),
    ],
)
def test_a_decimal_separator_is_proved_by_values(table: Table, values: list[str], separator: str) -> None:
    found = decided(table("Id|Paid", *(f"{i}|{value}" for i, value in enumerate(values))))["Paid"]
    assert (found.decimal_separator, found.ambiguous) == (separator, False)
    assert found.evidence


def test_an_open_number_is_decided_by_the_other_columns(table: Table) -> None:
    found = decided(table("Paid|Price", "1,234|10.50", "2,345|11.50"))
    assert (found["Paid"].decimal_separator, found["Paid"].ambiguous) == (".", False)


def test_an_open_number_alone_is_said_to_be_open(table: Table) -> None:
    file = table("Id|Paid", "1|1,234", "2|2,345")
    assert (decided(file, US)["Paid"].decimal_separator, decided(file, US)["Paid"].ambiguous) == (".", True)
    between_commas = (
        decided(file, QUEBEC)["Paid"].decimal_separator,
        decided(file, QUEBEC)["Paid"].ambiguous,
    )
    assert between_commas == (".", True), "a file with commas between its cells has no decimal commas"
    other = table("Id|Paid", "1|1,234", "2|2,345", delimiter=";")
    assert (decided(other, QUEBEC)["Paid"].decimal_separator, decided(other, QUEBEC)["Paid"].ambiguous) == (
        ",",
        True,
    )
    assert "1,234" in decided(file)["Paid"].evidence


def test_a_french_file_has_the_day_first(table: Table) -> None:
    file = table(
        "No commande|Date|Montant|Qté", "1|03/02/2024|1 234,56|2", "2|04/02/2024|2,50|1", delimiter=";"
    )
    found = decided(file, US)["Date"]
    assert (found.date_formats, found.ambiguous) == (("%d/%m/%Y",), False)
    assert found.evidence


def test_one_value_over_twelve_decides_for_its_column(table: Table) -> None:
    assert decided(table("Id|Date", "1|03/02/2024", "2|13/02/2024"), US)["Date"].date_formats == ("%d/%m/%Y",)
    assert decided(table("Id|Date", "1|03/02/2024", "2|02/13/2024"))["Date"].date_formats == ("%m/%d/%Y",)


def test_dates_that_nothing_decides_are_said_to_be_open(table: Table) -> None:
    file = table("Id|Date", "1|03/02/2024", "2|04/02/2024")
    assert (decided(file, US)["Date"].date_formats, decided(file, US)["Date"].ambiguous) == (
        ("%m/%d/%Y",),
        True,
    )
    assert (decided(file)["Date"].date_formats, decided(file)["Date"].ambiguous) == (("%d/%m/%Y",), True)


def test_a_day_that_is_its_month_is_no_doubt(table: Table) -> None:
    assert not decided(table("Id|Date", "1|2024-02-03", "2|2024-02-04"))["Date"].ambiguous


def test_short_years_are_tried_before_long_ones(table: Table) -> None:
    found = decided(table("Id|Date", "1|13/02/2024", "2|14/02/2024", "3|15/02/24"))
    assert found["Date"].date_formats == ("%d/%m/%y", "%d/%m/%Y")


def test_a_mapping_decides_without_evidence(table: Table) -> None:
    options = Options(decimal_separator=",", date_format="%m/%d/%Y", time_zone="Europe/Paris")
    found = decided(table("Paid|Date", "1.50|13/02/2024"), options=options)
    assert found["Paid"].decimal_separator == ","
    assert (found["Date"].date_formats, found["Date"].time_zone) == (("%m/%d/%Y",), "Europe/Paris")


def test_a_time_column_has_a_format_too(table: Table) -> None:
    assert decided(table("Date|Heure", "2024-02-03|2:30:00 PM"))["Heure"].date_formats == ("%I:%M:%S %p",)


WRITTEN = [
    ("2024-02-03", "2024-02-03 00:00:00"),
    ("2024.02.03", "2024-02-03 00:00:00"),
    ("20240203", "2024-02-03 00:00:00"),
    ("2024-02-03 10:05", "2024-02-03 10:05:00"),
    ("2024-02-03T10:05:06.500", "2024-02-03 10:05:06.5"),
    ("2024/02/03 10:05:06", "2024-02-03 10:05:06"),
    ("3 Feb 2024", "2024-02-03 00:00:00"),
    ("03-Feb-24", "2024-02-03 00:00:00"),
    ("Feb 3, 2024", "2024-02-03 00:00:00"),
    ("February 3, 2024 2:30 PM", "2024-02-03 14:30:00"),
    ("Saturday, February 3, 2024", "2024-02-03 00:00:00"),
    ("2024-02-03 10:05:06 +0200", "2024-02-03 08:05:06+00"),
    ("2024-02-03T10:05:06-05:00", "2024-02-03 15:05:06+00"),
    ("2024-02-03 14 h 30", "2024-02-03 14:30:00"),
]


@pytest.mark.parametrize(("text", "instant"), WRITTEN)
def test_the_engine_reads_what_a_format_was_found_for(tmp_path: object, text: str, instant: str) -> None:
    form = date_format(text)
    with DuckDBEngine(tmp_path).session() as session:  # type: ignore[arg-type]
        read = session.rows("select try_strptime($text, $form)::varchar as at", {"text": text, "form": form})
    assert read["at"].to_pylist() == [instant]


@pytest.mark.parametrize(
    ("text", "form"),
    [("3 février 2024", "fr_long"), ("1er mars 2024", "fr_long"), ("45325", "excel_serial"), ("13/13/2024", None),
     ("hello", None), ("", None), ("05/23", None), ("2024-02-03T10:05:06Z", "%Y-%m-%dT%H:%M:%S%z")],
)  # fmt: skip
def test_what_is_not_strptime_s_has_a_name_or_none(text: str, form: str | None) -> None:
    assert date_format(text) == form


@given(st.text(max_size=30))
def test_no_text_whatever_breaks_the_reader_of_dates(text: str) -> None:
    date_format(text)


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%y", "%d.%m.%Y"]),
)
def test_a_written_date_is_found_to_be_one(day: date, form: str) -> None:
    found = date_format(f"{day:{form}}")
    assert found is not None
    assert found.replace("<1>", "%d").replace("<2>", "%m") == form


def test_a_load_says_what_was_decided_and_why(table: Table) -> None:
    file = table("Date|Paid|Price", "03/02/2024|12,50|3", "25/12/2024|1,250|4")
    assert notes(decided(file)) == (
        "decimal comma in 'Paid': 12,50 shows it (values like it: 1)",
        "day before month in 'Date': 25/12/2024 shows it (values like it: 1)",
    )


def test_what_is_written_in_one_way_only_is_not_talked_about(table: Table) -> None:
    found = decided(table("Date|Paid", "2024-02-03|12.50", "2024-12-25|3"))
    assert (notes(found), questions(found)) == ((), ())


def test_a_column_that_contradicts_itself_is_asked_about_by_name(table: Table) -> None:
    (question,) = questions(decided(table("Id|Paid", "1|12,50", "2|13,50", "3|14.50")))
    assert ("'Paid'" in question, "14.50" in question) == (True, True)
