"""The tables that others rely on: their columns, their four forms, and sums that agree with each other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest
import python_calamine
from small_files import Clock, NewShop

from regulars.app import open_shop
from regulars.errors import NotFound, Refused
from regulars.flow.export import EXPORTS
from regulars.shop import Shop

pytestmark = pytest.mark.slow  # a shop for each test

COLUMNS = {
    "identity": "source source_key person_id",
    "people": "person_id given_name family_name email phone",
    "orders": "source order_id line day person_id product_id quantity paid currency",
    "indicators": "person_id as_of orders_lifetime spend_lifetime",
    "profiles": "person_id given_name email as_of orders_lifetime spend_lifetime",
    "segments": "segment person_id",
    "memberships": "segment person_id since until",
    "decisions": "person_id day treatment channel chosen holdout reason",
    "consents": "person_id source channel state basis",
    "rejects": "file line column reason raw",
    "households": "household_id person_id",
    "predictions": "person_id as_of enough_data next_order_day next_order_low next_order_high no_order_30d no_order_90d"
    " expected_orders_90d expected_spend_90d value_365d",
    "recommendations": "person_id list rank product_id reason",
    "personas": "person_id persona",
    "touchpoints": "touchpoint location events people known_share revenue_365d revenue_touched_365d"
    " first_day last_day silent_days",
    "journeys": "person_id order_id ordered_at paid touch touches touched_at event channel campaign days_before",
    "to_ask": "person_id given_name phone email question words met_at location expected_day worth",
    "outside": "person_id source about field number text",
    "importance": "what name on_what segment adds low high matters shuffled words words_fr",
    "assortment": "scope store persona kind how of rank key name had_by share alike low high lift worth_a_year reason",
    "voice_products": "product_id theme texts praised complained asked",
    "voice_people": "person_id sentiment complaints_365d",
    "voice_examples": "product_id theme tone sentence",
}


CLIENTS = (
    "Customer ID,First Name,Last Name,Email,Accepts Email,Address,City",
    "C1,Zoë,Lafrenière,zoe@example.ca,yes,12 rue Laurier,Québec",
    'C2,"=1+2","O\'Neil, ""Bob""",bob@example.ca,no,,',
    "C3,Marc,Lafrenière,marc@example.ca,no,12 rue Laurier,Québec",
)
RECEIPTS = (
    "Order ID,Order Date,Customer ID,Product ID,Product Name,Quantity,Price,Currency",
    "0042,2024-02-03,C1,MUG,Tasse à café,1,10.55,CAD",
    "0042,2024-02-03,C1,POST,Postage,1,7.00,CAD",
    "0043,2024-03-03,C1,MUG,Tasse à café,-1,10.55,CAD",
    "0044,2024-03-05,C2,POT,Pot,3,33.33,CAD",
    "0045,2024-03-05,,POT,Pot,1,33.33,CAD",
    "0046,2024-03-06,C2,POT,Pot,1,1500,JPY",
    "0047,2024-03-06,C2,POT,Pot,one,1500,CAD",
)


@pytest.fixture(scope="module")
def shop(empty_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A small shop with returns, a fee, a sale in yen, a nameless sale, and a name like a formula."""
    folder = tmp_path_factory.mktemp("tables")
    shutil.copytree(empty_shop, folder / "shop")
    with (folder / "shop" / "settings.toml").open("a", encoding="utf-8") as file:
        file.write('\n[sources.till]\ncustomers = "crm"\n')
    made = open_shop(folder / "shop", now=Clock())
    for name, lines in (("crm", CLIENTS), ("till", RECEIPTS)):
        (folder / f"{name}.csv").write_text("\n".join(lines), "utf-8")
        made.load([folder / f"{name}.csv"], source=name)
    made.plan("2024-06-01")
    made.importance()
    yield made
    made.close()


@pytest.mark.parametrize("name", EXPORTS)
def test_a_table_has_the_columns_of_its_contract(shop: Shop, name: str) -> None:
    assert set(COLUMNS[name].split()) <= set(shop.table(name).column_names)


def read(path: Path) -> list[list[str]]:
    """The rows of a file as texts, header first; nothing, an empty cell and null are one."""
    match path.suffix:
        case ".csv":
            options = pyarrow.csv.ConvertOptions(strings_can_be_null=False, null_values=[""])
            table = pyarrow.csv.read_csv(path, convert_options=options)
            rows = [table.column_names, *([*row.values()] for row in table.to_pylist())]
        case ".parquet":
            table = pyarrow.parquet.read_table(path)
            rows = [table.column_names, *([*row.values()] for row in table.to_pylist())]
        case ".jsonl":
            lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            rows = [list(lines[0]), *([*line.values()] for line in lines)] if lines else []
        case _:
            rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    return [[plain(cell) for cell in row] for row in rows]


def plain(cell: object) -> str:
    if isinstance(cell, bool) or cell is None:
        return str(cell or "").lower().replace("false", "")
    if isinstance(cell, float | int):
        return f"{cell:g}"
    text = str(cell)
    return (
        text.lstrip("0") if text.strip("0").isdigit() else text.removesuffix(" 00:00:00").replace("False", "")
    )


@pytest.mark.parametrize("name", EXPORTS)
def test_the_four_forms_of_a_table_say_the_same(shop: Shop, name: str, tmp_path: Path) -> None:
    said = {}
    for ending in (".parquet", ".jsonl", ".xlsx", ".csv"):
        path = tmp_path / f"{name}{ending}"
        count = shop.export(name, path)
        said[ending] = read(path) or [shop.table(name).column_names]  # nobody: JSON lines have no header
        assert count == len(said[ending]) - 1 == shop.table(name).num_rows
    assert said[".jsonl"] == said[".parquet"]
    assert said[".xlsx"] == said[".parquet"]
    assert [len(row) for row in said[".csv"]] == [len(row) for row in said[".parquet"]]


def test_money_and_days_are_as_people_write_them(shop: Shop) -> None:
    lines = {(row["order_id"], row["product_id"]): row for row in shop.table("orders").to_pylist()}
    assert lines["0042", "MUG"]["day"] == "2024-02-03"
    assert lines["0042", "MUG"]["paid"] == 10.55
    assert lines["0043", "MUG"]["paid"] == -10.55
    assert lines["0044", "POT"]["paid"] == 99.99
    assert (lines["0046", "POT"]["paid"], lines["0046", "POT"]["currency"]) == (1500, "JPY")
    assert lines["0045", "POT"]["person_id"] is None


def test_the_sums_of_lines_quality_and_indicators_agree(shop: Shop) -> None:
    lines = [row for row in shop.table("orders").to_pylist() if row["currency"] == "CAD"]
    (books,) = [one for one in shop.quality().orders if one.currency == "CAD"]
    assert round(100 * sum(row["paid"] for row in lines)) == books.total == 14_032
    assert (books.goods, books.fees, books.adjustments) == (13_332, 700, 0)
    assert books.goods + books.fees + books.adjustments == books.total
    assert (books.lines, books.lines_without_customer, books.total_without_customer) == (5, 1, 3_333)
    spent = sum(row["spend_lifetime"] for row in shop.table("indicators").to_pylist())
    assert round(100 * spent) == books.total - books.total_without_customer


def test_profiles_are_people_joined_with_indicators(shop: Shop) -> None:
    profiles = {row["person_id"]: row for row in shop.table("profiles").to_pylist()}
    for name in ("people", "indicators"):
        for row in shop.table(name).to_pylist():
            assert row.items() <= profiles[row["person_id"]].items()
    members = shop.table("segments").to_pylist()
    assert {row["person_id"] for row in members} <= set(profiles)
    assert {row["person_id"] for row in shop.table("decisions").to_pylist()} == set(profiles)


def test_an_empty_table_still_has_its_header(new_shop: NewShop, tmp_path: Path) -> None:
    shop = new_shop()
    assert shop.export("rejects", tmp_path / "rejects.csv") == 0
    assert "file,line,column,reason,raw" in (tmp_path / "rejects.csv").read_text("utf-8").replace('"', "")


def test_what_was_answered_by_somebody_not_yet_matched_is_exported_without_a_person(
    new_shop: NewShop, tmp_path: Path
) -> None:
    (tmp_path / "crm.csv").write_text("\n".join(CLIENTS), "utf-8")
    shop = new_shop()
    shop.load([tmp_path / "crm.csv"], source="crm")
    assert {row["person_id"] for row in shop.table("consents").to_pylist()} == {None}


def test_a_table_that_is_not_there_or_not_built_is_said(new_shop: NewShop) -> None:
    shop = new_shop()
    with pytest.raises(NotFound, match="no table 'peoples'"):
        shop.table("peoples")
    with pytest.raises(Refused, match="nothing has been built"):
        shop.table("profiles")
