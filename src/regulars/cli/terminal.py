"""The terminal: a sentence goes on in the next line between two words, under where it began; a file takes it whole."""

from __future__ import annotations

import re
import textwrap
from typing import Any

from rich.console import Console

#: A space between a word and a sign that belongs to it, as French has; not every text is written with the firm one.
_BEFORE_A_SIGN = re.compile(r" (?=[:;?!»%$](?:\s|$))|(?<=«) ")
#: Where the text of a line begins: behind its columns, else behind its bullet or its number.
_COLUMNS = re.compile(r"^.{0,48}\s{2,}(?=\S)")
_BULLET = re.compile(r"^\s*(?:· |\d+\. )?")
#: The fewest letters a line must have left for its text to stand under its beginning.
_ROOM = 36


class Terminal(Console):
    """Where pages are printed. `no_wrap` leaves a line whole also on a terminal: a command, to be copied."""

    def print(self, *objects: Any, **more: Any) -> None:
        """Print as `Console` does, sentences broken between words."""
        if self.is_terminal and not more.get("no_wrap"):
            objects = tuple(broken(one, self.width) if isinstance(one, str) else one for one in objects)
        super().print(*objects, **more)


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
