"""How the values of one column are written: decided once for the whole column, from evidence, never per cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFormat:
    """How one column of a file is written, and how we know."""

    column: str
    decimal_separator: str = "."  #: "." or ","; the other one, spaces and apostrophes group thousands
    date_formats: tuple[str, ...] = ()  #: strptime formats to try in order; they never contradict each other
    time_zone: str | None = None  #: IANA zone of naive times; None: the source's, else the shop's
    ambiguous: bool = False  #: the values allow another reading too; a person should confirm
    settled: bool = False  #: some values alone could be read in two ways, or a comma is decimal: worth saying
    evidence: str = ""  #: a sentence: what the values showed
