"""A town's files are those of a real shop, dirty as they are, and the truth knows every record in them."""

import csv
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from regulars.errors import Invalid
from regulars.model.person import is_nobody
from regulars.model.text import plain_words
from regulars.town import Town, build
from regulars.town.goods import CATEGORIES

Row = dict[str, str]


def rows(town: Town, name: str, encoding: str = "utf-8", delimiter: str = ",") -> Iterator[Row]:
    with town.exports[name].open(encoding=encoding, newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def clients(town: Town) -> list[Row]:
    return list(rows(town, "crm_clients.csv", "cp1252", ";"))


def whole(row: Row) -> bool:
    return None not in row and None not in row.values()


def cents(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    return sign * int(re.sub(r"[^0-9]", "", text))


def prints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_builds_the_same_town_to_the_byte(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build(tmp_path / name, customers=120, seed=3)
    assert prints(tmp_path / "one") == prints(tmp_path / "two")


def test_another_seed_builds_another_town(tmp_path: Path) -> None:
    build(tmp_path / "one", customers=120, seed=3)
    build(tmp_path / "two", customers=120, seed=4)
    one, two = prints(tmp_path / "one"), prints(tmp_path / "two")
    assert [name for name in one if one[name] == two[name]] == []


@pytest.mark.parametrize("customers", [50, 77])
def test_the_smallest_towns_stand(tmp_path: Path, customers: int) -> None:
    town = build(tmp_path, customers=customers, years=0.5, end=date(2024, 2, 29))
    assert pq.read_metadata(town.truth["people"]).num_rows == customers


def test_a_hamlet_is_refused_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="too small") as refusal:
        build(tmp_path, customers=3)
    assert "at least 50" in refusal.value.next_step


def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    build(tmp_path, customers=60, progress=lambda what, done, total: told.append((done, total)))
    assert told == [(n, 4) for n in range(5)]


def test_a_person_has_about_three_records_and_ten_lines(town: Town) -> None:
    known = pq.read_metadata(town.truth["records"]).num_rows
    assert 2.3 < town.records / town.customers < 3.2
    assert 2.3 < known / town.customers < 4.0
    assert 7 < town.order_lines / town.customers < 13


def test_files_have_the_rows_that_the_town_says(town: Town) -> None:
    for name, path in town.exports.items():
        if path.suffix == ".csv":
            encoding, delimiter = ("cp1252", ";") if name.startswith("crm") else ("utf-8", ",")
            assert len(list(rows(town, name, encoding, delimiter))) == town.rows[name], name
    assert (
        len(town.exports["app_events.jsonl"].read_text("utf-8").splitlines()) == town.rows["app_events.jsonl"]
    )


def test_the_client_file_is_french_and_of_the_old_kind(town: Town) -> None:
    raw = town.exports["crm_clients.csv"].read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert raw.startswith("No client;Civilité;Nom;Prénom;".encode("cp1252"))
    assert {row["Infolettre"] for row in clients(town) if whole(row)} == {"Oui", "Non", ""}


def called(name: str) -> str:
    """What a name adds to the key of a buyer."""
    return "" if is_nobody(name) else "/" + plain_words(name).replace(" ", "-")


def test_the_truth_knows_every_record_of_every_file(town: Town) -> None:
    truth = pq.read_table(town.truth["records"])
    known = set(zip(truth["source"].to_pylist(), truth["source_key"].to_pylist(), strict=True))
    assert len(known) == len(truth)
    found = {("crm", row["No client"]) for row in clients(town)}
    found |= {("shopify", row["Customer ID"].lstrip("'")) for row in rows(town, "shopify_customers.csv")}
    found |= {("square", row["Square Customer ID"]) for row in rows(town, "square_customers.csv")}
    bills = {
        row["Name"]: row["Billing Name"]
        for row in rows(town, "shopify_orders.csv")
        if row["Financial Status"]
    }
    found |= {
        ("shopify", f"email:{row['Email'].lower()}{called(bills[row['Name']])}")
        for row in rows(town, "shopify_orders.csv")
    }
    for name in ("mailchimp_subscribed.csv", "mailchimp_unsubscribed.csv"):
        found |= {("mailchimp", f"email:{row['Email Address'].lower()}") for row in rows(town, name)}
    found |= {("square", row["Customer ID"]) for row in rows(town, "square_items.csv") if row["Customer ID"]}
    assert {key for key in known if key[0] != "app"} == found


def test_the_truth_knows_everybody_whom_an_event_names(town: Town) -> None:
    truth = pq.read_table(town.truth["records"]).to_pylist()
    known = {row["source_key"] for row in truth if row["source"] == "app"}
    for line in town.exports["app_events.jsonl"].read_text("utf-8").splitlines():
        if line.endswith("}"):
            event = json.loads(line)
            named = [f"user:{event['user_id']}"] if "user_id" in event else []
            named += [f"email:{event['email']}"] if "email" in event else []
            assert named
            assert set(named) <= known


def test_money_of_the_web_shop_adds_up(town: Town) -> None:
    truth = {
        r["order_id"]: r for r in pq.read_table(town.truth["orders"]).to_pylist() if r["source"] == "shopify"
    }
    lines: defaultdict[str, int] = defaultdict(int)
    subtotal: dict[str, int] = {}
    for row in rows(town, "shopify_orders.csv"):
        order = row["Name"].lstrip("#")
        if truth[order]["broken"]:
            continue
        lines[order] += cents(row["Lineitem price"]) * int(row["Lineitem quantity"]) - cents(
            row["Lineitem discount"]
        )
        if row["Subtotal"]:
            subtotal[order] = cents(row["Subtotal"])
            assert cents(row["Total"]) == subtotal[order] + cents(row["Taxes"]) + cents(row["Shipping"])
    assert lines == subtotal == {order: r["paid"] for order, r in truth.items() if not r["broken"]}


def test_money_of_the_tills_adds_up_returns_and_all(town: Town) -> None:
    truth = {
        r["order_id"]: r for r in pq.read_table(town.truth["orders"]).to_pylist() if r["source"] == "square"
    }
    paid: defaultdict[str, int] = defaultdict(int)
    for row in rows(town, "square_items.csv"):
        if not truth[row["Transaction ID"]]["broken"]:
            net = cents(row["Net Sales"])
            assert net == cents(row["Gross Sales"]) + cents(row["Discounts"])
            assert (net < 0) == (row["Event Type"] == "Refund") == row["Qty"].startswith("-")
            paid[row["Transaction ID"]] += net
    assert paid == {order: r["paid"] for order, r in truth.items() if not r["broken"]}
    assert any(value < 0 for value in paid.values())


def test_what_was_broken_and_repeated_is_counted(town: Town) -> None:
    ragged = [row for row in clients(town) if not whole(row)]
    assert len(ragged) == town.dirt["ragged rows"] >= 4
    till, web = list(rows(town, "square_items.csv")), list(rows(town, "shopify_orders.csv"))
    dates = sum(r["Date"] == "2026-13-45" for r in till) + sum(
        r["Created at"].startswith("2026-02-30") for r in web
    )
    assert dates == town.dirt["impossible dates"]
    numbers = sum(r["Qty"] == "#VALUE!" for r in till) + sum(r["Lineitem price"] == "#REF!" for r in web)
    assert numbers == town.dirt["impossible numbers"]
    events = town.exports["app_events.jsonl"].read_text("utf-8").splitlines()
    assert sum(not line.endswith("}") for line in events) == town.dirt["cut JSON lines"]
    alike = Counter((r["Transaction ID"], r["SKU"], r["Qty"], r["Net Sales"], r["Event Type"]) for r in till)
    assert sum(count - 1 for count in alike.values()) >= town.dirt["equal lines of one receipt"] - 4 > 20


def test_the_web_shop_writes_an_order_s_own_cells_on_its_first_row_alone(town: Town) -> None:
    seen: set[str] = set()
    for row in rows(town, "shopify_orders.csv"):
        assert bool(row["Total"]) == (row["Name"] not in seen)
        assert re.fullmatch(r"(|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d -0[45]00)", row["Created at"])
        seen.add(row["Name"])


def test_most_sales_of_the_shops_have_no_customer(town: Town) -> None:
    named = [bool(row["Customer ID"]) for row in rows(town, "square_items.csv")]
    assert 0.2 < np.mean(named) < 0.5


def test_a_mailing_list_holds_an_address_once(town: Town) -> None:
    emails = [
        row["Email Address"].lower() for n in ("", "un") for row in rows(town, f"mailchimp_{n}subscribed.csv")
    ]
    assert len(emails) == len(set(emails))


def test_the_last_day_is_the_last_day(town: Town) -> None:
    days = [row["Date"] for row in rows(town, "square_items.csv") if row["Date"] != "2026-13-45"]
    assert max(days) == "2026-10-31"
    assert min(days) == "2024-11-01"


def test_every_shelf_sells(town: Town) -> None:
    sold = {row["Category"] for row in rows(town, "square_items.csv")}
    assert sold == {shelf.title.fr for shelf in CATEGORIES}
