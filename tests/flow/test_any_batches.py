"""A shop that grew file by file knows the same people as one that loaded all at once, but for what its model learnt."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from small_files import NewShop

from regulars.shop import Shop
from regulars.town import build

pytestmark = pytest.mark.slow

Pairs = set[frozenset[tuple[str, str]]]
#: A large shop, which places what is new between full matches.
LARGE = "[match]\ncatch_up_from = 1\ncatch_up_share = 1.0\n"


def pairs(shop: Shop, files: Sequence[Path], *, file_by_file: bool) -> Pairs:
    """The pairs of records that are one person, when the files were loaded in this order."""
    for file in files:
        shop.load([file])
        if file_by_file:
            shop.match()
    shop.match()
    of_person: dict[str, list[tuple[str, str]]] = {}
    for row in shop.table("identity").to_pylist():
        of_person.setdefault(row["person_id"], []).append((row["source"], row["source_key"]))
    return {frozenset(pair) for own in of_person.values() for pair in combinations(own, 2)}


def test_files_matched_one_by_one_in_another_order_give_nearly_the_same_people(
    new_shop: NewShop, tmp_path: Path
) -> None:
    files = list(build(tmp_path, customers=120, end=date(2024, 5, 31), years=1.0).exports.values())
    shuffled = random.Random(0).sample(files, len(files))
    at_once = pairs(new_shop(), files, file_by_file=False)
    assert len(at_once) > 500
    assert pairs(new_shop(), shuffled, file_by_file=False) == at_once
    assert len(pairs(new_shop(), shuffled, file_by_file=True) ^ at_once) <= 0.02 * len(at_once)


def test_files_placed_one_by_one_give_nearly_the_people_of_a_full_match(
    new_shop: NewShop, tmp_path: Path
) -> None:
    files = list(build(tmp_path, customers=120, end=date(2024, 5, 31), years=1.0).exports.values())
    at_once = pairs(new_shop(), files, file_by_file=False)
    large = new_shop(LARGE)
    placed = []
    for file in files:
        large.load([file])
        report = large.match()
        placed.append(report.placed < report.records)
    assert any(placed)
    assert len(pairs(large, (), file_by_file=False) ^ at_once) <= 0.1 * len(at_once)
    large.match(full=True)
    assert len(pairs(large, (), file_by_file=False) ^ at_once) <= 0.02 * len(at_once)
