"""Where the header stands among the first rows of a file, and its names made unique."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from regulars.errors import Invalid
from regulars.words import _

#: Cells that no column is called.
_VALUE = re.compile(
    r"""[^@\s]+@[^@\s]+\.\w+                     # an e-mail address
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*          # a date
    | [-+$€£('’]*\s*\d[\d\s.,'’()-]*\s*[%$€£)]*  # a number, an amount, a telephone
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"[^\W\d_]")


def header_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the header among a file's first rows, or None; lines of title above it are passed over.

    The header is the first row about as wide as most rows below it, whose cells read like names. When no row is,
    because stray quotes ran the few there are together, it is the first row.
    """
    wide = [_filled(row) for row in rows]
    if not any(wide):
        return None
    usual = _usual(wide)
    for index, row in enumerate(rows[:20]):
        if wide[index] and wide[index] >= min(usual, 2 if usual < 4 else (usual + 1) // 2):
            if _reads_like_names(row):
                return index
            break
    return 0 if wide[0] > 1 and _reads_like_names(rows[0]) else None


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


def _usual(widths: Sequence[int]) -> int:
    """The usual number of filled cells; rows with blanks count less than full ones."""
    counts = Counter(width for width in widths if width)
    return max(counts, key=lambda width: (counts[width] * width, width))


def _reads_like_names(row: Sequence[str]) -> bool:
    names = [cell.strip() for cell in row if cell.strip()]
    values = sum(1 for name in names if _VALUE.fullmatch(name))
    return values * 3 <= len(names) and sum(1 for name in names if _LETTER.search(name)) * 2 > len(names)
