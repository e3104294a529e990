"""What every test shares: the folder of real data, when it is given."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--data", default=None, help="the folder of real data; without it, tests that need it are left out"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--data"):
        return
    without = [item for item in items if "data" in item.keywords]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if "data" not in item.keywords]
    config.stash[_left_out] = sorted(item.nodeid for item in without)


_left_out = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name in config.stash.get(_left_out, []):
        terminalreporter.write_line(f"left out, it needs real data (make test DATA=DIR): {name}")


@pytest.fixture(scope="session")
def data(pytestconfig: pytest.Config) -> Path:
    return Path(pytestconfig.getoption("--data")).resolve()
