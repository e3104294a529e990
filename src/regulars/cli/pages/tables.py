"""Tables on a terminal. Numbers, ids and names of files are never cut nor broken; texts wrap at their words.

Where the columns do not fit beside each other the frame goes; then each row stands by itself, with its titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import HEAVY_HEAD
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text as Line

from regulars.cli.command import out
from regulars.cli.terminal import wrapped
from regulars.words import _

Cell = str | Line
#: What stands between the columns takes so much of a line: with a frame, and without.
_FRAMED, _BARE = 3, 2
_BETWEEN = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its title, and how long a word in it must be to be broken; None: its values stand in one piece."""

    title: str
    longest: int | None = None
    right: bool = False

    def most(self, values: Sequence[str]) -> int:
        """The width in which every value has a line; one letter where there is none."""
        return max(1, *(cell_len(value) for value in (self.title, *values)))

    def least(self, values: Sequence[str]) -> int:
        """The width below which a value would be broken."""
        if self.longest is None:
            words = [cell_len(value) for value in values]
        else:
            words = [min(cell_len(word), self.longest) for value in values for word in value.split(" ")]
        return max([*words, *(cell_len(word) for word in self.title.split())], default=0)


def text(title: str, *, longest: int = 24) -> Column:
    """A column of texts, which wrap; a word of more letters than `longest` may be broken."""
    return Column(title=title, longest=longest)


def whole(title: str) -> Column:
    """A column of what is written again elsewhere: ids, e-mails, names of files, of sources, of segments."""
    return Column(title=title)


def number(title: str) -> Column:
    """A column of numbers."""
    return Column(title=title, right=True)


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, title: str = "") -> None:
    """Print rows under the titles of their columns; a row without cells draws a line."""
    values = [[_plain(row[at]) for row in rows if row] for at in range(len(columns))]
    framed = _widths(columns, values, out.width - 1 - _FRAMED * len(columns))
    widths = framed or _widths(columns, values, out.width - _BARE * (len(columns) - 1))
    if widths is None:
        _print_lines(columns, rows, title)
        return
    if title:
        out.print(title, style="italic", markup=False)
    table = Table(
        box=HEAVY_HEAD if framed else None,
        padding=(0, 1) if framed else (0, _BARE, 0, 0),
        pad_edge=framed is not None,
    )
    for column, width in zip(columns, widths, strict=True):
        table.add_column(
            Line(column.title),
            justify="right" if column.right else "left",
            width=width,
            overflow="fold",
        )
    for row in rows:
        if row:
            table.add_row(
                *(
                    Line(wrapped(cell, width)) if isinstance(cell, str) else cell
                    for cell, width in zip(row, widths, strict=False)
                )
            )
        else:
            table.add_section()
    out.print(table)


def _widths(columns: Sequence[Column], values: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """How wide each column is when all of them have so much room; None when that breaks what must not be."""
    both = list(zip(columns, values, strict=True))
    least, widths = ([column.least(own) for column, own in both], [column.most(own) for column, own in both])
    if sum(least) > room:
        return None
    while sum(widths) > room:
        wide = [width if width > small else 0 for width, small in zip(widths, least, strict=True)]
        widths[wide.index(max(wide))] -= 1
    return widths


def _print_lines(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], title: str) -> None:
    """Each row by itself: the title and the value of each column that has one, as many on a line as fit."""
    if title:
        out.print(title, style="italic", markup=False)
    for row in rows:
        line = Line()
        for column, cell in zip(columns, row, strict=False):
            if not _plain(cell):
                continue
            titled = _("{title}:", title=column.title) + " " if column.title else ""
            said = Line.assemble((titled, "dim"), cell)
            if line and line.cell_len + cell_len(_BETWEEN) + said.cell_len > out.width:
                out.print(line)
                line = Line("  ")
            line.append(_BETWEEN if line.plain.strip() else "").append_text(said)
        if line:
            out.print(line)


def _plain(cell: Cell) -> str:
    return cell.plain if isinstance(cell, Line) else cell
