from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from pages import PAGES, ROOT

from regulars.cli import regulars as program
from regulars.indicators import INDICATORS
from regulars.model.mapping import mapping_from
from regulars.segment.ready import ready_segments
from regulars.settings import settings_from

BY_HAND = [page for page in PAGES if page.parent.name != "reference"]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_catalogues_say(generate: ModuleType) -> None:
    written = {page.name: page.read_text("utf-8") for page in (ROOT / "docs" / "reference").glob("*.md")}
    for name, text in generate.pages().items():
        assert written.pop(name) == text, f"docs/reference/{name} is old: run `make docs`"
    assert not written, "pages that nothing writes"


@pytest.mark.parametrize("page", BY_HAND, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    gone = [
        link for link in links if "://" not in link and not (page.parent / link.partition("#")[0]).exists()
    ]
    assert not gone


@pytest.mark.parametrize("page", BY_HAND, ids=lambda page: page.stem)
def test_no_page_speaks_of_a_command_that_is_not_there(page: Path) -> None:
    named = set(re.findall(r"(?:\$ |`)regulars ([a-z]+)", page.read_text("utf-8")))
    assert named <= set(program.commands)


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "howto").glob("*.md")), ids=lambda page: page.stem)
def test_every_settings_and_mapping_example_is_valid(page: Path) -> None:
    for text in re.findall(r"^```toml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        document = tomllib.loads(text)
        if "kind" in document:
            mapping_from(document, page.name)
        else:
            settings_from(document, page.name)


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "why").glob("*.md")), ids=lambda page: page.stem)
def test_every_decision_says_what_was_given_up_and_what_would_change_it(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.name[:4]}. ")
    parts = ("**We saw.**", "**We chose.**", "**We gave up.**", "**We would change our mind if**")
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [page.name[:4] for page in sorted((ROOT / "docs" / "why").glob("*.md"))]
    assert numbers == [f"{n + 1:04}" for n in range(len(numbers))]


def test_the_readme_shows_an_owner_the_picture_the_demo_and_their_own_shop_on_one_screen() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    screen = "\n".join(lines[:50])
    for shown in (
        "docs/pictures/the-walk.svg",
        "$ make demo",
        "$ regulars init",
        "$ regulars run",
        "$ regulars plan",
    ):
        assert shown in screen, shown
    assert lines.index("## For engineers") < 70
    assert len(lines) < 135


def test_the_changelog_counts_right() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"{len(INDICATORS)} indicators, {len(ready_segments())} ready groups" in text
