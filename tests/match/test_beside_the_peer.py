"""The bench of matching, where the peer is not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bench.match import peer_line

HERE = Path(__file__).parents[2]


def test_without_the_peer_its_line_says_how_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)  # as where it is not installed
    assert peer_line(tmp_path / "records.parquet") == "splink   is not installed; `make bench` installs it"
    makefile = (HERE / "Makefile").read_text("utf-8")
    assert "--group bench" in makefile.partition("\nbench:")[2].partition("\n\n")[0]
    assert (
        "splink" in (HERE / "pyproject.toml").read_text("utf-8").partition("\nbench = [")[2].partition("]")[0]
    )
