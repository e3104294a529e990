"""What is named in the earlier half of a real shop holds in the later one; of articles dealt at random nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.smart.assortment import dealt, described, halves, pairs, sold, still_together


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize("shop", ["online_retail", "retail_year"])
def test_pairs_of_the_earlier_half_are_pairs_in_the_later(data: Path, shop: str) -> None:
    earlier, later = halves(sold(shop, data))
    named = list(pairs(earlier))
    assert len(named) >= 15
    assert sum(lift >= 2 for lift in still_together(later, named)) >= 0.9 * len(named)


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize("shop", ["online_retail", "retail_year"])
def test_real_receipts_whose_articles_are_dealt_at_random_name_nothing(data: Path, shop: str) -> None:
    lines = sold(shop, data)
    found = [sum(one["sure"] for one in described(dealt(lines, seed))) for seed in (101, 102)]
    assert sum(found) <= 1
