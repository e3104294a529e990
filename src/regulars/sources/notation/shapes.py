"""What the values of a column look like: e-mail addresses, telephones, dates, amounts, postal codes, a few words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

_LOOKED_AT = 1000  #: values a column, enough to tell shares
_MONTH = r"[a-zéûô]{3,9}\.?"
_CLOCK = r"\d{1,2}\s?[:h]\s?\d{2}"
_DAY = rf"""(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}} | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}} | (?:19|20)\d{{6}}
    | \d{{1,2}}(?:er|st|nd|rd|th)?[-\s]{_MONTH}[-\s,]+\d{{2,4}} | {_MONTH}\s\d{{1,2}},?\s\d{{4}})"""
_KINDS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "phone": re.compile(r"['’]?\+?[\d\s().\-/]{7,22}(?:\s*(?:x|ext|poste|p|#)\.?\s*\d{1,6})?", re.IGNORECASE),
    "date": re.compile(rf"(?:[a-z]{{3,9}}\.?,?\s)?{_DAY}(?:[T\s,].*)?", re.IGNORECASE | re.VERBOSE),
    "time": re.compile(rf"{_CLOCK}.*", re.IGNORECASE),
    "number": re.compile(r"[-+−(]?\s*(?:[A-Z]{0,3}[$€£])?\s*[-−]?\d[\d\s.,'’]*\s*[%$€£)-]?(?:\s?[A-Z]{3})?"),
    "rating": re.compile(
        r"-?\d+(?:[.,]\d+)?(?:\s*(?:/|out of|of|sur)\s*\d+)?(?:\s*(?:stars?|étoiles?|etoiles?|★|⭐))?|[★⭐☆✩ \ufe0f]+",
        re.IGNORECASE,
    ),
    "postcode": re.compile(
        r"['’]?(?:[a-z]\d[a-z][\s-]?\d[a-z]\d|\d{5}(?:-\d{4})?|[a-z]\d[a-z])", re.IGNORECASE
    ),
    "postcode_ca": re.compile(r"['’]?[a-z]\d[a-z][\s-]?\d[a-z]\d", re.IGNORECASE),
    "postcode_gb": re.compile(r"[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}", re.IGNORECASE),
    "order_no": re.compile(r"#\s?[\w-]*\d[\w-]*"),
    "words": re.compile(r"[^\d@]*[^\W\d_][^\d@]*"),
    "phrase": re.compile(r"[^\d@]*[^\W\d_]{2,}[.,]?\s+[^\d@]*[^\W\d_][^\d@]*"),
    "letter": re.compile(r".*[^\W\d_].*", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """The values of one column, counted by what they look like."""

    values: int  #: values looked at; 0: the column is empty
    filled: float  #: share of rows with a value
    distinct: int  #: different values among those looked at
    own: float  #: share of all values that differ, 1: none comes twice
    shares: dict[str, float]  #: 0..1 by kind of value

    def share(self, kind: str) -> float:
        """The share of values that look like that kind."""
        return self.shares.get(kind, 0.0)

    @property
    def unique(self) -> bool:
        """Is every value looked at another one?"""
        return self.values > 1 and self.own == 1


#: Signs of a value that are looked at: a cell may hold a book, and a form has to read it at once.
_LONGEST = 200


def shape_of(column: pa.ChunkedArray | pa.Array) -> Shape:
    """What the values of a column look like."""
    values = some_values(column)
    filled = 1 - column.null_count / len(column) if len(column) else 0.0
    if not values:
        return Shape(0, 0.0, 0, 1.0, {})
    shares = {
        kind: sum(1 for v in values if form.fullmatch(v[:_LONGEST])) / len(values)
        for kind, form in _KINDS.items()
    }
    own = pc.count_distinct(column).as_py() / (len(column) - column.null_count)
    return Shape(len(values), filled, len(set(values)), own, shares)


def some_values(column: pa.ChunkedArray | pa.Array, most: int = _LOOKED_AT) -> Sequence[str]:
    """At most that many values of a column, trimmed, from all over it."""
    full = pc.drop_null(column)
    if len(full) > most:
        step = len(full) / most
        full = full.take(pa.array([int(index * step) for index in range(most)]))
    return [text for value in full.to_pylist() if (text := value.strip())]


def fit(shape: Shape, wanted: str) -> float:
    """How well values agree with a field's shape: 1 they do, or there is none to tell; below 0.5 they contradict it."""
    if not shape.values:
        return 1.0
    match wanted:
        case "email":
            return max(0.55, 0.3 + 0.7 * shape.share("email"))  # `checks` stops a column with few
        case "phone":
            return 1.0 if shape.share("phone") >= 0.4 else 0.35
        case "date" | "instant":
            return 1.0 if shape.share("date") >= 0.5 or _is_serial(shape) else 0.3
        case "number" | "money":
            return 1.0 if shape.share("number") >= 0.5 and shape.share("date") < 0.5 else 0.3
        case "rating":
            return 1.0 if shape.share("rating") >= 0.5 and shape.share("date") < 0.5 else 0.3
        case "name":
            return 0.3 if shape.share("letter") < 0.5 or shape.share("email") >= 0.5 else 1.0
        case "consent" | "gender":
            odd = max(shape.share("date"), shape.share("phone"), shape.share("email"))
            return 1.0 if shape.distinct <= 12 and odd < 0.5 else 0.3
        case "opt_out":
            return 1.0 if shape.distinct <= 12 or shape.share("date") >= 0.5 else 0.3
        case "language":
            return 1.0 if shape.share("words") >= 0.5 and shape.distinct <= 60 else 0.3
        case "postcode":
            return 0.3 if shape.share("words") >= 0.5 else 1.0
        case "key":
            if shape.share("phone") >= 0.8 and shape.share("number") < 0.5:
                return 0.6
            return 0.5 if shape.share("phrase") >= 0.5 or shape.share("email") >= 0.5 else 1.0
        case _:
            return 0.5 if shape.share("email") >= 0.5 else 1.0


def _is_serial(shape: Shape) -> bool:
    """Whole numbers may be a spreadsheet's day numbers or seconds since 1970; `formats` decides."""
    return shape.share("number") >= 0.9
