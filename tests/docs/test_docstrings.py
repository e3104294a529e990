"""The examples in docstrings are what Python says."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import regulars

HOUSE = Path(regulars.__file__).parent
MODULES = sorted(
    ".".join(("regulars", *file.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__")
    for file in HOUSE.rglob("*.py")
    if "\n    >>> " in file.read_text("utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_of_a_module_hold(module: str) -> None:
    found = doctest.testmod(importlib.import_module(module))
    assert found.attempted > 0
    assert found.failed == 0
