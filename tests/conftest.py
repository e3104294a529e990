"""What every test shares: the folder of real data, when it is given, what Spark is started with, how much is tried."""

from __future__ import annotations

import gc
from importlib.util import find_spec
from pathlib import Path

import pytest

from properties import all_longer

all_longer()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--data", default=None, help="the folder of real data; without it, tests that need it are left out"
    )


@pytest.fixture(scope="session")
def takes_seconds() -> None:
    """What gives a test a shop to fill asks for this, and so does whatever else takes seconds: of the tests of a file
    that come to it the first is quick and the others are slow."""


def _mark_slow(items: list[pytest.Item]) -> None:
    """Mark the tests that take seconds, but for the first of each file that no mark leaves out already."""
    quick: set[Path] = set()
    for item in items:
        left_out = any(item.get_closest_marker(name) for name in ("slow", "data", "spark"))
        if "takes_seconds" in getattr(item, "fixturenames", ()) and not left_out:
            if item.path in quick:
                item.add_marker("slow")
            quick.add(item.path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _mark_slow(items)
    missing = {
        "data": "" if config.getoption("--data") else "real data (make test DATA=DIR)",
        "spark": "" if find_spec("pyspark") else "Spark (make test installs it)",
    }
    why = {item: need for item in items for mark, need in missing.items() if need and mark in item.keywords}
    config.hook.pytest_deselected(items=list(why))
    items[:] = [item for item in items if item not in why]
    config.stash[_left_out] = sorted(
        f"left out, it needs {need}: {item.nodeid}" for item, need in why.items()
    )


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: it is not searched for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """At the end it is let go: DuckDB would tell of everything that is still held."""
    gc.unfreeze()


_left_out = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(_left_out, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def data(pytestconfig: pytest.Config) -> Path:
    return Path(pytestconfig.getoption("--data")).resolve()


@pytest.fixture(scope="session")
def spark() -> dict[str, str]:
    """Spark on two processors, with a Java that does not spend more on compiling than small tables take."""
    return {"spark.master": "local[2]", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
