"""Figures on public data with known truth."""

from __future__ import annotations

from pathlib import Path

import pytest
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
