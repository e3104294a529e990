"""What CONTRIBUTING tells newcomers to copy, put into a copy of the house and used there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pages import ROOT

pytestmark = pytest.mark.slow

_EXAMPLE = re.compile(
    r"^<!-- example: (?P<path>\S+) -->\n+```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_USE = """
from pathlib import Path
from regulars.app import init_shop
from regulars.indicators import INDICATORS
from regulars.treat.catalogue import treatments

shop = init_shop(Path("shop"))
sales, clients = shop.load(["sales.csv"]) + shop.load(["first-day"])[:1]
shop.build("2026-10-31")
print("export", sales.export, sales.accepted)
print("indicator", shop.count("orders_30d >= 2")[1].members)
print("segment", shop.segments()["weekend"])
print("treatment", shop.plan("2026-10-31").treatments.keys() <= treatments().keys(), treatments()["thank_you"].title)
shop.close()
"""
_SALES = "Ticket No,Sold On,Tea Code,Qty,Amount,Member\n" + "".join(
    f"T{number},2026-10-{day:02},TEA-01,1,12.50,{card}\n"
    for number, (day, card) in enumerate([(3, 600100), (10, 600100), (17, 600100), (21, 600101), (1, 600101)])
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a house with all four examples in it says."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for example in _EXAMPLE.finditer((ROOT / "CONTRIBUTING.md").read_text("utf-8")):
        _follow(folder / example["path"], example["text"])
    shutil.copytree(ROOT / "examples" / "first-day", folder / "first-day")
    (folder / "sales.csv").write_text(_SALES, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "LC_ALL": "en_CA.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", _USE], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _follow(place: Path, text: str) -> None:
    """A new file is written; a piece of Python goes to the beginning of its family."""
    if place.suffix == ".toml":
        assert not place.exists()
        place.write_text(text, "utf-8")
    else:
        before = place.read_text("utf-8")
        assert before.count("FAMILY = (\n") == 1
        place.write_text(before.replace("FAMILY = (\n", f"FAMILY = (\n{text}"), "utf-8")


def test_a_known_export_is_one_file(printed: str) -> None:
    assert "export TeaPOS sales 5" in printed


def test_an_indicator_is_one_declaration_and_rules_can_name_it(printed: str) -> None:
    assert "indicator 1\n" in printed


def test_a_segment_is_one_file(printed: str) -> None:
    assert "segment 2\n" in printed  # Hélène's three October Saturdays, and Patrick who comes on Saturdays


def test_a_treatment_is_one_file(printed: str) -> None:
    assert "treatment True Thank-you" in printed
