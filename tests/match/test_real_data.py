"""Figures on public data with known truth."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench.match import ours, senzing, sets, table
from small_shop import Shop, febrl
from small_shop import pairwise as by_key

from regulars.town.grade import pairwise

#: The F1 that is asked for of the people joined without a human, and the precision of these joins.
ASKED = {
    "febrl3": (0.999, 0.99),
    "febrl3 without its number": (0.995, 0.99),
    "fake_1000": (0.91, 0.99),
    "pseudopeople": (0.85, 0.99),
    "pseudopeople +noise 2": (0.85, 0.99),
    "pseudopeople +noise 3": (0.85, 0.99),
}


def _matched(
    records: Iterable[table.Row], folder: Path
) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    """Who each record is in truth, and as matched by itself, and what waits for review."""
    file = folder / "records.parquet"
    table.write(records, file)
    ours.fill(file, folder)
    ours.run(folder)
    person, review = ours.found(folder)
    return pq.read_table(file)["truth"].to_pylist(), person, review


@pytest.mark.data
@pytest.mark.parametrize("name", ASKED)
def test_public_records_are_matched_as_well_as_is_asked(tmp_path: Path, data: Path, name: str) -> None:
    truth, person, review = _matched(sets.sets(data / "match")[name](), tmp_path)
    found = pairwise(truth, person)
    f1, precision = ASKED[name]
    assert found.f1 >= f1
    assert found.precision >= precision
    assert len(review) <= 0.05 * len(truth)


@pytest.mark.data
@pytest.mark.parametrize("number", [1])
def test_febrl_records_are_matched_nearly_without_error(shop: Shop, data: Path, number: int) -> None:
    people, truth = febrl(data / "match" / f"febrl{number}.csv")
    shop.add(people)
    report = shop.match()
    precision, _recall, f1 = by_key(shop.people(), truth)
    assert report.model is not None
    assert precision >= 0.999
    assert f1 >= 0.99


@pytest.mark.data
def test_every_hand_made_case_is_right_or_asked_about(tmp_path: Path, data: Path) -> None:
    truth, person, review = _matched(senzing.people(data / "match"), tmp_path)
    found = senzing.cases(truth, person, review)
    assert found["wrong"] == []
    assert found["missed"] == []
    assert len(found["right"]) >= 65
