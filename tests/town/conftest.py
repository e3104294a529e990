"""One small town, built once for the tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from regulars.town import Town, build


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder: Path = tmp_path_factory.mktemp("town")
    return build(folder, customers=1500, seed=7)
