"""Figures on public data with known truth."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bench.match import ours, senzing, table
from small_shop import Shop, febrl, pairwise


@pytest.mark.data
@pytest.mark.parametrize("number", [1, 2, 3])
def test_febrl_records_are_matched_nearly_without_error(shop: Shop, data: Path, number: int) -> None:
    people, truth = febrl(data / "match" / f"febrl{number}.csv")
    shop.add(people)
    report = shop.match()
    precision, _recall, f1 = pairwise(shop.people(), truth)
    assert report.model is not None
    assert precision >= 0.999
    assert f1 >= 0.99


@pytest.mark.data
def test_no_hand_made_case_is_merged_wrongly_and_all_but_one_are_right_or_asked_about(
    tmp_path: Path, data: Path
) -> None:
    file = tmp_path / "records.parquet"
    table.write(senzing.people(data / "match"), file)
    ours.fill(file, tmp_path)
    ours.run(tmp_path)
    person, review = ours.found(tmp_path)
    truth = pq.read_table(file)["truth"].to_pylist()
    found = senzing.cases(truth, person, review)
    assert found["wrong"] == []
    assert found["missed"] == []
    assert len(found["right"]) >= 65
