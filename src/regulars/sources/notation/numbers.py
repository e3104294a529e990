"""What the numbers of a column prove about their decimal separator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SIGNS = re.compile(r"[^\d.,]")  #: currency, blanks of every width, apostrophes, brackets, minus


@dataclass(slots=True)
class Decimals:
    """How many values prove a decimal comma, a decimal point, or neither."""

    commas: int = 0
    points: int = 0
    open: int = 0  #: such as 1,234: it may be a thousand or a fraction
    comma_example: str = ""
    point_example: str = ""
    open_example: str = ""


def look_at_numbers(values: Sequence[str]) -> Decimals:
    """What the values prove."""
    seen = Decimals()
    for value in values:
        match _decimal(_SIGNS.sub("", value).strip(".,")):
            case ",":
                seen.commas += 1
                seen.comma_example = seen.comma_example or value
            case ".":
                seen.points += 1
                seen.point_example = seen.point_example or value
            case "?":
                seen.open += 1
                seen.open_example = seen.open_example or value
            case _:
                pass
    return seen


def _decimal(digits: str) -> str | None:
    """The separator that a number proves, `?` when it could be either, None when it has none.

    >>> _decimal("1.234,56"), _decimal("12,5"), _decimal("1,234,567"), _decimal("1,234"), _decimal("0.125")
    (',', ',', '.', '?', '.')
    """
    marks = [character for character in digits if character in ".,"]
    if not marks:
        return None
    last = marks[-1]
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else None
    other = "." if last == "," else ","
    if len(marks) > 1:
        return other
    before, after = digits.split(last)
    grouped = len(after) == 3 and 1 <= len(before) <= 3 and not before.startswith("0")
    return "?" if grouped else last
