"""Targets of the published comparisons, on the same people in the same run."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.smart.products import reports

from regulars.model.report import ModelReport


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize(
    ("shop", "until", "people", "least"),
    [("online_retail", "2100-01-01", 1_998, 0.195), ("retail_year", "2017-07-01", 2_200, 0.160)],
)
def test_what_is_bought_again_is_found_better_than_by_how_often_it_was_bought(
    data: Path, shop: str, until: str, people: int, least: float
) -> None:
    again, new = reports(shop, data, until)
    assert isinstance(again, ModelReport)
    assert isinstance(new, ModelReport)
    assert again.backtest is not None
    assert again.backtest.n >= people
    assert again.backtest.ours >= least
    assert again.backtest.gain_low is not None
    assert again.backtest.gain_low > 0
    assert new.backtest is not None
    assert new.speaks == new.backtest.beats
