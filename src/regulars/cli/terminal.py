"""The terminal: a sentence goes on in the next line between two words, under where it began; a file takes it whole.

Whatever the data says, no control sign is printed: nothing that was loaded may colour or rewrite a screen.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

#: A space between a word and a sign that belongs to it, as French has; not every text is written with the firm one.
_BEFORE_A_SIGN = re.compile(r" (?=[:;?!»%$](?:\s|$))|(?<=«) ")
#: Where the text of a line begins: behind its columns, else behind its bullet or its number.
_COLUMNS = re.compile(r"^.{0,48}\s{2,}(?=\S)")
_BULLET = re.compile(r"^\s*(?:· |\d+\. )?")
#: The fewest letters a line must have left for its text to stand under its beginning.
_ROOM = 36
#: Control signs but tab and line end, and what turns the direction of a line.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Terminal(Console):
    """Where pages are printed. `no_wrap` leaves a line whole also on a terminal: a command, to be copied."""

    def print(self, *objects: Any, **more: Any) -> None:
        """Print as `Console` does, sentences broken between words."""
        if self.is_terminal and not more.get("no_wrap"):
            objects = tuple(broken(one, self.width) if isinstance(one, str) else one for one in objects)
        super().print(*objects, **more)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The pieces of a page, each without control signs; what moves the cursor is the page's own."""
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(_CONTROL.sub("", piece.text), piece.style)


def escaped(document: str) -> str:
    """A JSON document that says the same in signs that can be printed.

    >>> print(escaped('["Roy\x9b"]'))
    ["Roy\\u009b"]
    """
    return _CONTROL.sub(lambda found: f"\\u{ord(found.group()):04x}", document)


def broken(text: str, width: int) -> str:
    """Text whose long lines are broken between words, never before a sign that belongs to the last one.

    >>> print(broken("  133  Left out: nobody said that they may be written to", 50))
      133  Left out: nobody said that they may be
           written to
    """
    return "\n".join(
        wrapped(line, width, " " * _start(line, width)) if len(line) > width else line
        for line in text.split("\n")
    )


def wrapped(line: str, width: int, indent: str = "") -> str:
    """One line broken between words, `indent` before what goes on; a word longer than `width` stays whole."""
    return "\n".join(
        textwrap.wrap(
            _BEFORE_A_SIGN.sub("\u00a0", line), width, subsequent_indent=indent,
            break_long_words=False, break_on_hyphens=False, expand_tabs=False, replace_whitespace=False,
        )
    )  # fmt: skip


def _start(line: str, width: int) -> int:
    """Where the text of a line begins, when that leaves it room."""
    starts = (match.end() for pattern in (_COLUMNS, _BULLET) if (match := pattern.match(line)))
    return next((start for start in starts if start <= width - _ROOM), 0)
