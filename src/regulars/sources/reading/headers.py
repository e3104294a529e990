"""Where the header stands among the first rows of a file, and its names made unique."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from regulars.errors import Invalid
from regulars.words import _, shortened

#: Cells that no column is called.
_VALUE = re.compile(
    r"""[^@\s]+@[^@\s]+\.\w+                     # an e-mail address
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*          # a date
    | [-+$€£('’]*\s*\d[\d\s.,'’()-]*\s*[%$€£)]*  # a number, an amount, a telephone
    """,
    re.VERBOSE,
)
#: A date or a year, which stand alone in titles.
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|(?:19|20)\d\d")
_LETTER = re.compile(r"[^\W\d_]")


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the header among a file's first rows, or None; lines of title above it are passed over.

    The header is the first row about as wide as most rows below it, whose cells read like names. Lines above it are
    a title when rows follow it and none of them is nothing but values. Else the header is the first row: where stray
    quotes ran the few rows there are together, and in a list of one column in which some lines hold a delimiter.
    """
    wide = [_filled(row) for row in rows]
    if not any(wide):
        return None
    usual = _usual(wide)
    enough = min(usual, 2 if usual < 4 else (usual + 1) // 2)
    index = next((index for index, width in enumerate(wide[:20]) if width and width >= enough), None)
    if index is not None and _reads_like_names(rows[index]):
        follow = any(width >= enough for width in wide[index + 1 :])
        if index == 0 or (follow and not any(_is_data(row) for row in rows[:index])):
            return index
    is_list = len(rows) > 2 and 2 * sum(1 for width in wide[1:] if width == 1) >= len(rows) - 1
    return 0 if _reads_like_names(rows[0]) and (wide[0] > 1 or is_list) else None


def title_notes(above: Sequence[Sequence[str]], line: int) -> tuple[str, ...]:
    """What to say of the rows passed over above a header on a line, word for word; nothing when there are none."""
    told = [text for row in above if (text := " ".join(cell.strip() for cell in row if cell.strip()))]
    if not told:
        return ()
    shown = " / ".join(told)
    return (
        _("the lines above line {line} are a title, not data: '{title}'", line=line, title=shortened(shown)),
    )


def unique_names(row: Sequence[str]) -> tuple[str, ...]:
    """The header's names: trimmed, an empty one called `column 3`, a second `Note` called `Note (2)`.

    >>> unique_names([" Nom", "", "Note", "Note"])
    ('Nom', 'column 2', 'Note', 'Note (2)')
    """
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(row, start=1):
        plain = " ".join(cell.split()) or f"column {position}"
        name, copy = plain, 1
        while name in taken:
            copy += 1
            name = f"{plain} ({copy})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def no_header(path: Path, first: Sequence[str]) -> Invalid:
    """What to say of a file whose first line is a row like any other."""
    shown = " | ".join(cell for cell in first if cell.strip())[:80]
    return Invalid(
        _("'{file}' has no header: its first line is '{line}'", file=path.name, line=shown),
        _("put the names of the columns on its first line, for example: email,first name,last name"),
    )


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _is_data(row: Sequence[str]) -> bool:
    """Is a row nothing but values, such as an e-mail address or a number? Titles have words, or the day alone."""
    cells = [cell.strip() for cell in row if cell.strip()]
    values = all(_VALUE.fullmatch(cell) for cell in cells)
    return bool(cells) and values and not all(_DAY.fullmatch(cell) for cell in cells)


def _usual(widths: Sequence[int]) -> int:
    """The usual number of filled cells; rows with blanks count less than full ones."""
    counts = Counter(width for width in widths if width)
    return max(counts, key=lambda width: (counts[width] * width, width))


def _reads_like_names(row: Sequence[str]) -> bool:
    names = [cell.strip() for cell in row if cell.strip()]
    values = sum(1 for name in names if _VALUE.fullmatch(name))
    return values * 3 <= len(names) and sum(1 for name in names if _LETTER.search(name)) * 2 > len(names)
