"""The files of the exports, which grow by a part of each quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path


class Files:
    """Files in one folder; those of an older town there are written over."""

    def __init__(self, folder: Path) -> None:
        """Make the folder; a file comes with its first rows."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.rows: Counter[str] = Counter()  #: file name -> data rows so far

    def add(
        self, name: str, lines: Sequence[str], *, head: str = "", end: str = "\r\n", encoding: str = "utf-8"
    ) -> None:
        """Write rows behind those of the earlier quarters; `head` stands on top, once."""
        begins = name not in self.rows
        with (self.folder / name).open("wb" if begins else "ab") as file:
            if begins and head:
                file.write((head + end).encode(encoding))
            if lines:
                file.write((end.join(lines) + end).encode(encoding))
        self.rows[name] += len(lines)
