"""Pages are run as they are printed: each `$ ` command of a `console` block, in order, and its output compared.

In what is printed, `…` stands for anything on a line, and a line with only `…` for any lines. A block that begins with
```` ```console about ```` may have other figures, near those printed: they depend on chance, as control groups do.
The commands of a comment `<!-- set up` run too, and what they print is not compared.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from regulars.cli import main

ROOT = Path(__file__).parents[2]
PAGES = tuple(
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_BLOCK = re.compile(
    r"^(?:```console(?P<about> about)?|<!-- (?P<setup>set up))\n(?P<text>.*?)^(?:```|-->)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(slots=True)
class Step:
    """One command of a page, and what the page says it prints."""

    command: str
    expected: list[str]
    about: bool  #: whether figures may differ a little


def steps(page: Path) -> Iterator[Step]:
    """The commands of a page, in order."""
    for block in _BLOCK.finditer(page.read_text("utf-8")):
        parts = re.split(r"^\$ ", block["text"], flags=re.MULTILINE)
        for part in parts[1:]:
            command, *expected = part.splitlines()
            yield Step(command, expected=["…"] if block["setup"] else expected, about=bool(block["about"]))


@dataclass(slots=True)
class Terminal:
    """A folder, and what a command prints in it."""

    folder: Path
    patch: pytest.MonkeyPatch
    demos: Path  #: where the demo is kept from page to page: to invent a town takes longer than most pages

    def run(self, command: str) -> str:
        words = shlex.split(command)
        match words[0]:
            case "regulars" if words[1:] == ["demo"]:
                return self._demo(words)
            case "regulars":
                return self._regulars(words)
            case "cd":
                self.patch.chdir(words[1])
                return ""
            case _:
                path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
                done = subprocess.run(
                    command, shell=True, capture_output=True, text=True, check=False,
                    env={**os.environ, "PATH": path},
                )  # fmt: skip
                return done.stdout + done.stderr

    def _demo(self, words: list[str]) -> str:
        kept, shop = self.demos / "shop", Path("demo-shop")
        if kept.exists():
            shutil.copytree(kept, shop)
            return (self.demos / "printed").read_text("utf-8")
        printed = self._regulars(words)
        self.demos.mkdir(exist_ok=True)
        (self.demos / "printed").write_text(printed, "utf-8")
        with contextlib.suppress(OSError):  # another page was faster
            shutil.copytree(shop, self.folder / "kept").rename(kept)
        return printed

    def _regulars(self, words: list[str]) -> str:
        printed = io.StringIO()
        self.patch.setattr(sys, "argv", words)
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            contextlib.suppress(SystemExit),
        ):
            main()
        return printed.getvalue()


def follow(page: Path, terminal: Terminal) -> int:
    """Run a page from its first command to its last, and say how many there were."""
    followed = list(steps(page))
    for step in followed:
        printed = terminal.run(step.command)
        found, expected = _plain(printed), _plain("\n".join(step.expected))
        same = re.fullmatch(_pattern(expected, step.about), found)
        assert same, f"$ {step.command}\n{printed}"
        told = _FIGURE.findall(expected) if step.about else []
        far = [pair for pair in zip(told, same.groups(), strict=True) if not _near(*pair)]
        assert not far, f"$ {step.command}\n{printed}\nfar from what is told: {far}"
    return len(followed)


def _plain(text: str) -> str:
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def _pattern(expected: str, about: bool) -> str:
    """Every line as it is; `…` anything on its line, and alone on one, any lines. For `about` figures are groups."""
    pattern = ""
    for line in expected.splitlines():
        pattern += (
            r"(?:.*\n)*" if line == "…" else ".*".join(_part(part, about) for part in line.split("…")) + r"\n"
        )
    return pattern


def _part(text: str, about: bool) -> str:
    return f"({_FIGURE.pattern})".join(map(re.escape, _FIGURE.split(text))) if about else re.escape(text)


def _near(told: str, found: str) -> bool:
    """Whether a figure is within a half of the one told, or within 3 when they are few. Years and days stay."""
    expected, figure = (float(text.replace(",", "")) for text in (told, found))
    return abs(figure - expected) <= max(3, expected / 2) and (
        expected < 1000 or "," in told or figure == expected
    )
