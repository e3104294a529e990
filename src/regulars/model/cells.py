"""Cells of the CSV files that a spreadsheet opens: no cell may be run as a formula.

A text that begins with `=`, `+`, `-`, `@`, a tab or a line end gets an apostrophe before it. Numbers, telephone numbers
and e-mail addresses stay as they are: a spreadsheet may show them in its own way, and can run nothing in them.
"""

from __future__ import annotations

import re

#: How a text begins that a spreadsheet would run, or that has got its apostrophes already.
RISKY = r"^'*[=+\-@\t\r\n\x00]"
#: What begins so and can do nothing: a number, a telephone number, an e-mail address of common characters.
PLAIN = r"^([+\-]?[0-9 ().,/\-]*(;ext=[0-9]+)?|[\w.+=\-]+@[\w.\-]+)$"
_RISKY, _PLAIN = re.compile(RISKY), re.compile(PLAIN)


def harmless(value: object) -> str:
    """A value as the text of a cell that no spreadsheet runs.

    >>> harmless("=1+1"), harmless("+15145550123"), harmless("-12.50"), harmless(None)
    ("'=1+1", '+15145550123', '-12.50', '')
    >>> harmless("+ann@example.ca"), harmless("@ann"), harmless("'=1")
    ('+ann@example.ca', "'@ann", "''=1")
    """
    text = "" if value is None else str(value)
    return f"'{text}" if _RISKY.match(text) and not _PLAIN.match(text) else text


def as_it_was(cell: str) -> str:
    """The text that `harmless` made a cell of.

    >>> as_it_was("'=1+1"), as_it_was("''=1"), as_it_was("'t Hof")
    ('=1+1', "'=1", "'t Hof")
    """
    bare = cell.removeprefix("'")
    return bare if bare != cell and harmless(bare) == cell else cell
