"""A terminal in a folder of its own, with the examples beside it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pages import ROOT, Terminal

from regulars.cli.command import out


@pytest.fixture
def terminal(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """A folder with a copy of `examples/`, a terminal 100 wide, English."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(out, "_width", 100)
    monkeypatch.setenv("LC_ALL", "en_CA.UTF-8")
    base = tmp_path_factory.getbasetemp()
    return Terminal(
        tmp_path, monkeypatch, (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demos"
    )
