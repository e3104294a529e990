"""Signs that nobody sees: control signs, what turns the direction of a line, and codes that tell a terminal what to do.

They part two records that look alike, and a page that printed them would let a file colour or rewrite the screen.
Tabs and line ends stay, as they are spaces. What is left of a wrong encoding is among the control signs too
(U+0080 to U+009F): a name is mended with it, and only then does it go.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

#: Controls of the direction of a line: U+202A to U+202E, U+2066 to U+2069.
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_CODES = r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
_UNSEEN = rf"{_CODES}|[\x00-\x08\x0e-\x1f\x7f{_DIRECTIONS}]"
_ONE = re.compile(_UNSEEN)
_GARBLED = re.compile(rf"{_UNSEEN}|[\x80-\x84\x86-\x9f]")


def seen(text: str, *, garbled: bool = False) -> str:
    """A text without the signs that nobody sees; with `garbled` without those that a wrong encoding leaves as well.

    >>> seen("Jo\\x07hn\\x1b[31m"), seen("Roy\\u202e"), seen("Zo\\x9bé", garbled=True)
    ('John', 'Roy', 'Zoé')
    """
    return (_GARBLED if garbled else _ONE).sub("", text)


def seen_sql(text: str) -> str:
    """SQL for the same as `seen`."""
    return f"regexp_replace({text}, '{_UNSEEN}', '', 'g')"


def with_unseen(chunk: pa.Table) -> frozenset[str]:
    """The columns of text in which some cell has a sign that nobody sees."""
    return frozenset(
        field.name
        for field in chunk.schema
        if (pa.types.is_string(field.type) or pa.types.is_large_string(field.type))
        and pc.any(pc.match_substring_regex(chunk.column(field.name), _UNSEEN)).as_py()
    )
