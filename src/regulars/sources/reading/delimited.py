"""Delimited text: how its lines are cut into cells, and its rows one by one.

Python's csv module cuts the lines. Around it stands what real files need: the line each row starts on, and a quote
that is opened and never closed costs its own line, not the rest of the file.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|", "~", "^", "\x1f", " ")
_LONGEST_ROW = 500  #: lines; a quoted note is shorter, an unclosed quote is not
csv.field_size_limit(1 << 24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Delimiter and quotes."""

    delimiter: str
    quote: str | None = '"'
    spaced: bool = False  #: a blank follows each delimiter and belongs to no cell

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Rows of cells."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or '"',
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            skipinitialspace=self.spaced or self.delimiter == " ",
        )

    def is_open(self, lines: Sequence[str]) -> bool:
        """Does a quote stay open at the end of these lines?"""
        if not self.quote:
            return False
        strict = csv.reader(
            lines, delimiter=self.delimiter, quotechar=self.quote, skipinitialspace=self.spaced, strict=True
        )
        try:
            for _row in strict:
                pass
        except csv.Error as problem:
            return "unexpected end of data" in str(problem)
        return False


@dataclass(frozen=True, slots=True)
class Row:
    """One row and where it stands."""

    line: int
    cells: list[str]
    unclosed: bool = False  #: a quote is opened and never closed; `cells` holds the line as it is


class _Unclosed(Exception):
    """A row has become too long to be one."""


class _Lines:
    """Lines with their numbers; lines that were taken too many can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.back: list[str] = []
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _LONGEST_ROW:
            raise _Unclosed
        line = self.back.pop() if self.back else next(self.lines)
        if "\0" in line or line.startswith("\ufeff"):  # a mark stands where files were put end to end
            line = line.replace("\0", "").removeprefix("\ufeff")
        self.number += 1
        self.taken.append(line)
        return line

    def return_all_but_first(self) -> str:
        """The first of the lines that were taken; the others are read again."""
        first, *rest = self.taken
        self.back.extend(reversed(rest))
        self.number -= len(rest)
        return first


def rows(lines: Iterator[str], dialect: Dialect, width: int | None = None) -> Iterator[Row]:
    """The rows of some lines, blank ones included; `width` is the number of cells to expect, when it is known."""
    source = _Lines(lines)
    reader = dialect.reader(source)
    while True:
        start = source.number + 1
        source.taken.clear()
        try:
            found = next(reader, None)
            unclosed = found is not None and _swallowed(source.taken, found, dialect, width)
        except (_Unclosed, csv.Error):
            found, unclosed = [], True
        if found is None:
            return
        if unclosed:
            first = source.return_all_but_first()
            yield Row(start, [first.rstrip("\r\n")], unclosed=True)
            reader = dialect.reader(source)
        else:
            yield Row(start, found)


def _swallowed(taken: Sequence[str], found: Sequence[str], dialect: Dialect, width: int | None) -> bool:
    """Has an unclosed quote drawn lines into a row that are rows of their own?"""
    if width is None or not taken:
        return False
    if len(found) == width:
        return found[-1].endswith(("\n", "\r")) and dialect.is_open(taken)
    if len(taken) == 1:
        return dialect.is_open(taken)
    return len(next(dialect.reader(iter(taken[1:2])), [])) == width or dialect.is_open(taken)


def ends_early(cells: int, neighbours: Iterable[int], width: int) -> bool:
    """Does a row of so many cells lack its last ones, which are empty then, rather than what stands in a neighbour?

    >>> ends_early(3, (4, 4), 4), ends_early(3, (4, 2), 4)
    (True, False)
    """
    return width / 2 < cells < width and all(cells + other != width + 1 for other in neighbours)


def decide_dialect(lines: Sequence[str], delimiter: str | None = None) -> Dialect:
    """The dialect under which the first lines of a file fall into rows of one width."""
    quote = _quote(lines)
    choices = [delimiter] if delimiter else DELIMITERS
    dialects = [
        Dialect(delimiter=choice, quote=quote, spaced=_is_spaced(lines, choice)) for choice in choices
    ]
    return max(dialects, key=lambda dialect: _regularity(lines, dialect))


def _quote(lines: Sequence[str]) -> str | None:
    """Double quotes, unless single quotes close around at least half of the cells."""
    text = "".join(lines[:50])
    single = len(re.findall(r"(?:^|[,;\t|])\s?'[^'\n]*'(?=[,;\t|\r\n]|$)", text, re.MULTILINE))
    all_cells = len(re.findall(r"[,;\t|]|$", text, re.MULTILINE))
    return "'" if '"' not in text and single * 2 > all_cells else '"'


def _is_spaced(lines: Sequence[str], delimiter: str) -> bool:
    """Does a blank follow nearly every delimiter that is not followed by another one?"""
    if delimiter in (" ", "\t"):
        return False
    text = "".join(lines[:50])
    followed = re.findall(re.escape(delimiter) + r"(.)", text)
    told = [character for character in followed if character != delimiter]
    return len(told) > 1 and sum(character == " " for character in told) >= 0.9 * len(told)


def _regularity(lines: Sequence[str], dialect: Dialect) -> tuple[float, int]:
    """How well a dialect fits: the share of rows of the usual width, then the width itself.

    Blanks stand inside cells, too: they part cells only where they part all lines into as many.
    """
    try:
        widths = Counter(_width(row, dialect) for row in dialect.reader(iter(lines)) if any(row))
    except csv.Error:
        return (0.0, 0)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide or (dialect.delimiter == " " and (len(widths) > 1 or sum(widths.values()) < 2)):
        return (0.01, 1)
    usual = max(wide, key=lambda width: (wide[width], width))
    share = wide[usual] / sum(widths.values())
    doubt = 0.5 if dialect.delimiter == " " else 1.0
    return (round(share * doubt, 1), usual)


def _width(row: Sequence[str], dialect: Dialect) -> int:
    """How many cells a row has; blanks at the end of its line begin none."""
    return len(row) - (dialect.delimiter == " " and not row[-1])
