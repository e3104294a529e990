"""A person's id as people read it: `P` and a number of ours, which never changes its meaning."""

from __future__ import annotations

import re

#: SQL that makes the id of a person's number.
PERSON_ID_SQL = "concat('P', cast({person} as varchar))"


def person_id(person: int) -> str:
    """The id of a person's number.

    >>> person_id(123)
    'P123'
    """
    return f"P{person}"


def person_number(text: str) -> int | None:
    """The number of a person's id; None when the text is not one.

    >>> person_number("p123"), person_number("123")
    (123, None)
    """
    found = re.fullmatch(r"[Pp](\d{1,18})", text.strip())
    return int(found.group(1)) if found else None
