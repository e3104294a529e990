"""Pages are run as they are printed: each `$ ` command of a `console` block, in order, and its output compared.

In what is printed, `…` stands for anything on a line, and a line with only `…` for any lines. A block that begins with
```` ```console about ```` is compared with its figures left out: those depend on chance (the draw of control groups).
The commands of a comment `<!-- set up` run too, and what they print is not compared.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
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
_BLOCK = re.compile(
    r"^(?:```console(?P<about> about)?|<!-- (?P<setup>set up))\n(?P<text>.*?)^(?:```|-->)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(slots=True)
class Step:
    """One command of a page, and what the page says it prints."""

    command: str
    expected: list[str]
    about: bool  #: whether figures may differ


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

    def run(self, command: str) -> str:
        words = shlex.split(command)
        match words[0]:
            case "regulars":
                return self._regulars(words)
            case "cd":
                self.patch.chdir(words[1])
                return ""
            case _:
                done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
                return done.stdout + done.stderr

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
        found, expected = (_plain(text, step.about) for text in (printed, "\n".join(step.expected)))
        assert re.fullmatch(_pattern(expected), found), f"$ {step.command}\n{printed}"
    return len(followed)


def _plain(text: str, about: bool) -> str:
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.splitlines())
    said = "".join(f"{line}\n" for line in lines if line)
    return re.sub(r"\d+([.,]\d+)*", "0", said) if about else said


def _pattern(expected: str) -> str:
    """Every line as it is; `…` anything on its line, and alone on one, any lines."""
    pattern = ""
    for line in expected.splitlines():
        pattern += r"(.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
    return pattern
