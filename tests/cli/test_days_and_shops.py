"""Days that are written otherwise, days of which nothing can be known, and a record cleaned without a shop."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Run


def test_a_day_in_another_order_is_answered_with_its_iso_forms(run: Run, here: Path) -> None:
    for asked in (
        ("count", "first_order_day > 03/02/2024"),
        ("count", "first_order_day > '03/02/2024'"),
        ("plan", "--as-of", "03/02/2024"),
        ("lock", "P1", "birth_date=03/02/2024"),
    ):
        said = run(*asked)
        assert said.code == 2, asked
        assert "2024-02-03 or 2024-03-02" in said.err, asked
    assert "write it as 2024-03-02" in run("count", "first_order_day >= 2024-3-2").err
    assert run("count", "first_order_day >= 2024-03-02 and city <> '1/2/2024'").code == 0


def test_a_plan_for_a_day_of_which_nothing_is_known_says_so(run: Run, here: Path) -> None:
    assert "2150-01-01 is still to come" in run("plan", "--as-of", "2150-01-01").err
    assert "the first order or event is of 2026-08-03" in run("plan", "--as-of", "2001-01-01").err
    assert run("plan", "--as-of", "2026-10-31").err == ""


def test_a_record_is_cleaned_where_there_is_no_shop(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("clean", "--phone", "(514) 555-0123")
    assert (said.code, "+15145550123" in said.out) == (0, True)
    assert run("clean", "--phone", "514 555-0123", "--shop", str(tmp_path / "none")).code == 3
    assert list(tmp_path.iterdir()) == []


def test_the_list_is_of_the_plan_made_last_though_another_is_of_a_later_day(run: Run, here: Path) -> None:
    run("plan", "--as-of", "2150-01-01")
    run("plan", "--as-of", "2026-10-31", "--list", "list.csv")
    assert "2150" not in (here / "list.csv").read_text("utf-8-sig")
    assert "Plan for Nov 1, 2026" in run("show", "P1").out
