"""A large town is built quarter by quarter, and is one town all the same."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.town import Town, build
from regulars.town.census import census
from regulars.town.people import people
from regulars.town.quarters import QUARTER, quarters
from regulars.town.registry import Registry


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder: Path = tmp_path_factory.mktemp("large")
    return build(folder, customers=1000, seed=7, quarter=300)


def cells(town: Town, name: str, column: str, encoding: str = "utf-8", delimiter: str = ",") -> list[str]:
    with town.exports[name].open(encoding=encoding, newline="") as file:
        return [row[column] or "" for row in csv.DictReader(file, delimiter=delimiter)]


def prints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_small_town_is_one_quarter() -> None:
    assert [part.customers for part in quarters(QUARTER, 7)] == [QUARTER]


def test_quarters_are_of_about_one_size_so_that_none_is_a_hamlet() -> None:
    assert [part.customers for part in quarters(QUARTER + 1, 7)] == [QUARTER // 2, QUARTER // 2 + 1]
    assert [part.customers for part in quarters(1000, 7, 300)] == [250, 250, 250, 250]


def test_the_same_seed_builds_the_same_large_town_to_the_byte(large: Town, tmp_path: Path) -> None:
    build(tmp_path, customers=1000, seed=7, quarter=300)
    assert prints(tmp_path) == prints(large.folder)


def test_a_large_town_over_a_small_one_leaves_nothing_of_it(large: Town, tmp_path: Path) -> None:
    build(tmp_path, customers=60)
    build(tmp_path, customers=1000, seed=7, quarter=300)
    assert prints(tmp_path) == prints(large.folder)


def test_the_files_of_all_quarters_are_one_file_with_one_header(large: Town) -> None:
    for name, path in large.exports.items():
        if path.suffix != ".csv":
            continue
        encoding, delimiter = ("cp1252", ";") if name.startswith("crm") else ("utf-8", ",")
        with path.open(encoding=encoding, newline="") as file:
            head, *rows = csv.reader(file, delimiter=delimiter)
        assert head not in rows, name
        assert len(rows) == large.rows[name], name


def test_people_and_households_are_numbered_through_the_town(large: Town) -> None:
    table = pq.read_table(large.truth["people"])
    household = table["household"].to_numpy()
    assert table["person"].to_pylist() == list(range(1000))
    assert np.array_equal(np.unique(household), np.arange(large.households))
    assert (np.flatnonzero(table["place"].to_numpy() == 0)[household] <= np.arange(1000)).all()
    assert set(table["referred_by"].to_pylist()) <= set(range(-1, 1000))


def test_no_record_of_one_quarter_is_taken_for_one_of_another(large: Town) -> None:
    truth = pq.read_table(large.truth["records"])
    names = list(zip(truth["source"].to_pylist(), truth["source_key"].to_pylist(), strict=True))
    assert len(names) == len(set(names))
    person, chain = truth["person"].to_numpy(), truth["chain"].to_numpy()
    assert len(set(zip(chain, person, strict=True))) == len(set(chain))


def test_clients_cards_accounts_and_receipts_have_numbers_of_their_own(large: Town) -> None:
    for name, column in (("crm_clients.csv", "No client"), ("shopify_customers.csv", "Customer ID")):
        encoding, delimiter = ("cp1252", ";") if name.startswith("crm") else ("utf-8", ",")
        numbers = cells(large, name, column, encoding, delimiter)
        assert len(numbers) == len(set(numbers)), name
    orders = cells(large, "shopify_orders.csv", "Name")
    totals = cells(large, "shopify_orders.csv", "Total")
    assert sum(bool(total) for total in totals) == len(set(orders))
    truth = pq.read_table(large.truth["orders"])
    assert Counter(truth["order_id"].to_pylist()).most_common(1)[0][1] == 1


def test_no_two_quarters_share_a_mailbox(large: Town) -> None:
    truth = pq.read_table(large.truth["people"])
    quarter = np.array(truth["person"]) // 250
    mailboxes = {
        (address, part)
        for column in ("email", "email_other")
        for address, part in zip(truth[column].to_pylist(), quarter, strict=True)
        if address
    }
    assert len(mailboxes) == len({address for address, _ in mailboxes})


def test_who_comes_late_to_an_address_takes_a_number_also_in_another_quarter() -> None:
    registry = Registry()
    one = registry.mailboxes(pa.array(["a.roy@mel.example", "a.roy@mel.example"]))
    two = registry.mailboxes(pa.array(["a.roy@mel.example", "b.roy@mel.example"]))
    assert one.to_pylist() == ["a.roy@mel.example", "a.roy.1@mel.example"]
    assert two.to_pylist() == ["a.roy.2@mel.example", "b.roy@mel.example"]


def test_a_telephone_number_of_an_earlier_quarter_is_given_to_nobody_else() -> None:
    registry = Registry()
    assert registry.lines(pa.array(["5145550123", "0612345678"])).to_pylist() == ["5145550123", "0612345678"]
    assert registry.lines(pa.array(["5145550123", "0612345679"])).to_pylist() == ["5145550124", "0612345679"]


def test_a_name_is_counted_in_the_whole_town() -> None:
    parts = [people(400, 20_000, 20_730, np.random.default_rng(seed), Registry()) for seed in (1, 2)]
    called: Counter[tuple[str, str]] = Counter()
    for part in parts:
        called.update(zip(part.given.to_pylist(), part.family.to_pylist(), strict=True))
    names = census(parts)
    given, family = (pa.array(column) for column in zip(*called, strict=True))
    assert names.people == 800
    assert names.bearers(given, family).tolist() == list(called.values())
    assert names.bearers(given[:1], pa.array(["Nobody"])).tolist() == [0]
    first = sum(count for (name, _), count in called.items() if name == given[0].as_py())
    last = sum(count for (_, name), count in called.items() if name == family[0].as_py())
    assert names.expected(given[:1], family[:1]).tolist() == [first * last / 800]
