"""How values and rows are written in files: money, times, telephone numbers, addresses, CSV lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.model.clock import day_date
from regulars.town.exports.files import Files

ZONE = ZoneInfo("America/Toronto")
_ALPHABET = np.frombuffer(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789", dtype="S1")


def text(values: np.ndarray | pa.Array) -> pa.Array:
    """Numbers as digits."""
    return pc.cast(pa.array(values), pa.string())


def amount(cents: np.ndarray) -> pa.Array:
    """Cents as `-12.05`."""
    units, rest = np.divmod(np.abs(cents), 100)
    return _joined(np.where(cents < 0, "-", ""), text(units), ".", pc.utf8_lpad(text(rest), 2, "0"))


def dollars(cents: np.ndarray) -> pa.Array:
    """Cents as a till writes them: `$1,240.00`, `-$5.00`."""
    units, rest = np.divmod(np.abs(cents), 100)
    grouped = _joined(text(units // 1000), ",", pc.utf8_lpad(text(units % 1000), 3, "0"))
    whole = pc.if_else(pa.array(units >= 1000), grouped, text(units))
    return _joined(np.where(cents < 0, "-$", "$"), whole, ".", pc.utf8_lpad(text(rest), 2, "0"))


def iso_days(day: np.ndarray) -> pa.Array:
    """Days as `2026-05-01`; -1 as nothing."""
    written = pa.array(np.datetime_as_string(np.maximum(day, 0).astype("datetime64[D]")))
    return pc.if_else(pa.array(day < 0), "", written)


def french_days(iso: pa.Array) -> pa.Array:
    """ISO days as `01/05/2026`; what is no date stays as it is."""
    return pc.replace_substring_regex(iso, r"^(\d{4})-(\d{2})-(\d{2})$", r"\3/\2/\1")


def clock(second: np.ndarray) -> pa.Array:
    """Seconds of a day as `09:59:00`."""
    return pc.utf8_slice_codeunits(pa.array(np.datetime_as_string(second.astype("datetime64[s]"))), 11, 19)


def offsets(day: np.ndarray) -> np.ndarray:
    """Seconds east of Greenwich of the town's clocks at noon of days."""
    days, where = np.unique(day, return_inverse=True)
    at_noon = [datetime.combine(day_date(int(d)), datetime.min.time(), ZONE).replace(hour=12) for d in days]
    seconds = [
        int(offset.total_seconds()) for moment in at_noon if (offset := moment.utcoffset()) is not None
    ]
    return np.array(seconds, dtype=np.int64)[where]


def with_offset(day: np.ndarray, second: np.ndarray) -> pa.Array:
    """Local times as the web shop writes them: `2026-05-01 09:59:00 -0400`."""
    hours = text(-offsets(day) // 3600)
    zone = pc.binary_join_element_wise("-", pc.utf8_lpad(hours, 2, "0"), "00", "")
    return pc.binary_join_element_wise(iso_days(day), clock(second), zone, " ")


def universal(day: np.ndarray, second: np.ndarray) -> pa.Array:
    """Local times in UTC: `2026-05-01T13:59:00Z`."""
    instant = day * 86_400 + second - offsets(day)
    return pc.binary_join_element_wise(
        pa.array(np.datetime_as_string(instant.astype("datetime64[s]"))), "Z", ""
    )


def codes(count: int, length: int, rng: np.random.Generator) -> pa.Array:
    """Random ids of capital letters and digits."""
    drawn = _ALPHABET[rng.integers(0, len(_ALPHABET), size=(count, length))]
    return pa.array(np.ascontiguousarray(drawn).view(f"S{length}").ravel().astype(str), pa.string())


def telephones(digits: pa.Array, nation: pa.Array, rng: np.random.Generator) -> pa.Array:
    """Ten digits as people and clerks write them, each in another way."""
    french = _ways(
        digits,
        r"^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$",
        (r"\1 \2 \3 \4 \5", r"\1.\2.\3.\4.\5", r"+33 (0)\1\2\3\4\5"),
        rng,
    )
    american = _ways(
        digits, r"^(\d{3})(\d{3})(\d{4})$",
        (r"(\1) \2-\3", r"\1-\2-\3", r"\1\2\3", r"\1 \2-\3", r"\1.\2.\3", r"+1 \1 \2 \3", r"1-\1-\2-\3",
         r"\1 \2-\3 poste 45"), rng,
    )  # fmt: skip
    french = pc.replace_substring(french, "(0)0", "(0)")
    return pc.if_else(pc.equal(nation, "FR"), french, american)


def international(digits: pa.Array, nation: pa.Array) -> pa.Array:
    """Ten digits as E.164, as a web shop keeps them; nothing stays nothing."""
    french = pc.binary_join_element_wise("+33", pc.utf8_slice_codeunits(digits, 1), "")
    american = pc.binary_join_element_wise("+1", digits, "")
    return pc.if_else(pc.equal(digits, ""), "", pc.if_else(pc.equal(nation, "FR"), french, american))


def address_lines(table: pa.Table, rng: np.random.Generator) -> pa.Array:
    """Number, street and apartment in one line, in the ways that people write them."""
    number, unit, street = (table[c].combine_chunks() for c in ("number", "unit", "street"))
    base = pc.utf8_trim_whitespace(pc.binary_join_element_wise(number, street, " "))
    comma = pc.utf8_trim_whitespace(pc.binary_join_element_wise(number, street, ", "))
    flats = (
        _joined(base, ", app. ", unit), _joined(base, " Apt ", unit), _joined(unit, "-", base),
        _joined(base, " #", unit), _joined(comma, " app ", unit),
    )  # fmt: skip
    way = rng.choice(len(flats), size=len(table), p=(0.35, 0.25, 0.2, 0.1, 0.1))
    bare = pc.or_(pc.equal(unit, ""), pc.equal(street, ""))
    return pc.if_else(bare, base, pc.choose(pa.array(way), *flats))


def csv_lines(columns: Sequence[pa.Array], delimiter: str) -> list[str]:
    """Rows as CSV lines without their ends; a cell is quoted where it must be."""
    cells = [_quoted(column, delimiter) for column in columns]
    joined: list[str] = pc.binary_join_element_wise(*cells, delimiter).to_pylist()
    return joined


def write_csv(
    files: Files,
    name: str,
    names: Sequence[str],
    columns: Mapping[str, pa.Array],
    *,
    by: np.ndarray | None = None,
) -> None:
    """Add rows to a comma-separated file in UTF-8; `by` gives them another order."""
    count = len(next(iter(columns.values())))
    lines = csv_lines(in_order(names, columns, count), ",")
    files.add(name, lines if by is None else [lines[row] for row in by], head=",".join(names))


def same(value: str, rows: int) -> pa.Array:
    """A column of one value."""
    return pa.array([value]).take(pa.array(np.zeros(rows, dtype=np.int64)))


def apostrophe(values: pa.Array) -> pa.Array:
    """Values behind an apostrophe, as the web shop writes what spreadsheets would take for numbers."""
    return pc.if_else(pc.equal(values, ""), "", pc.binary_join_element_wise("'", values, ""))


def in_order(names: Sequence[str], columns: Mapping[str, pa.Array], rows: int) -> list[pa.Array]:
    """Columns in the order of a header; those it has and we have not are empty."""
    empty = same("", rows)
    return [columns.get(name, empty) for name in names]


def _quoted(column: pa.Array, delimiter: str) -> pa.Array:
    column = pc.fill_null(column, "")
    risky = pc.match_substring_regex(column, f'[{delimiter}"\r\n]')
    if not pc.any(risky).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(risky, pc.binary_join_element_wise('"', doubled, '"', ""), column)


def _ways(digits: pa.Array, pattern: str, forms: Sequence[str], rng: np.random.Generator) -> pa.Array:
    weights = 1 / (np.arange(len(forms)) + 1.0)
    way = rng.choice(len(forms), size=len(digits), p=weights / weights.sum())
    return pc.choose(pa.array(way), *(pc.replace_substring_regex(digits, pattern, form) for form in forms))


def _joined(*parts: pa.Array | np.ndarray | str) -> pa.Array:
    columns = [pa.array(p) if isinstance(p, np.ndarray) else p for p in parts]
    return pc.binary_join_element_wise(*columns, "")
