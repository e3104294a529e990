"""How the numbers and dates of a file are written: one decision a column, with its evidence, never one a cell.

`1,234` and `03/02/2024` can be read in two ways. A column is decided by the values that can be read in one way only;
then by the other columns of the file; then by the signs of French (decimal commas, `;` between cells, French column
names); and what is still open is decided by the shop's country and language, and marked as ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from regulars.model.fields import KINDS
from regulars.model.formats import ColumnFormat
from regulars.model.mapping import Column, FileMapping
from regulars.settings import ShopSettings
from regulars.sources.found import Found
from regulars.sources.notation.dates import Dates, look_at_dates
from regulars.sources.notation.numbers import Decimals, look_at_numbers
from regulars.sources.notation.shapes import some_values
from regulars.sources.vocabulary.lexicon import lexicon
from regulars.words import _

_LOOKED_AT = 5_000  #: values a column
_SLIPS = 0.05  #: share of values that may prove the contrary: swapped by hand, damaged
_DATED = ("date", "instant", "opt_out")  #: shapes that may hold dates
_MONTH_FIRST = (
    "US",
    "PH",
)  #: countries that write 02/03/2024 for the third of February, all others the day first


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habits:
    """What the file as a whole, and then the shop, make likely."""

    comma: bool  #: decimal comma
    comma_because: str  #: empty: only the shop says so
    day_first: bool
    day_first_because: str


def decide(
    sample: pa.Table, mapping: FileMapping, shop: ShopSettings, found: Found
) -> dict[str, ColumnFormat]:
    """The format of every mapped column of numbers, money, dates and times."""
    shapes = {name: _shape(mapping.kind, column) for name, column in mapping.columns.items()}
    read = {name: some_values(sample[name], _LOOKED_AT) for name in shapes if name in sample.column_names}
    numbers = {
        name: look_at_numbers(values)
        for name, values in read.items()
        if shapes[name] in ("number", "rating", "money")
    }
    dates = {name: look_at_dates(values) for name, values in read.items() if shapes[name] in _DATED}
    habits = _habits(numbers, dates, shop, found)
    decided = {name: _number_format(name, seen, mapping, habits) for name, seen in numbers.items()}
    return decided | {name: _date_format(name, seen, mapping, habits) for name, seen in dates.items()}


def notes(decided: Mapping[str, ColumnFormat]) -> tuple[str, ...]:
    """What was decided where a value alone could be read in two ways: the columns and the evidence, as sentences."""
    sure = [one for one in decided.values() if one.settled and not one.ambiguous]
    return tuple(
        _("{style} in {columns}: {evidence}", style=style, columns=_listed(alike), evidence=alike[0].evidence)
        for style, alike in _by_style(sure).items()
    )


def questions(decided: Mapping[str, ColumnFormat]) -> tuple[str, ...]:
    """What a person should confirm, as sentences."""
    unsure = [one for one in decided.values() if one.ambiguous]
    return tuple(
        _("{style} in {columns}? {evidence}", style=style, columns=_listed(alike), evidence=alike[0].evidence)
        for style, alike in _by_style(unsure).items()
    )


def _by_style(formats: Sequence[ColumnFormat]) -> dict[str, list[ColumnFormat]]:
    alike: dict[str, list[ColumnFormat]] = {}
    for one in formats:
        alike.setdefault(_style(one), []).append(one)
    return alike


def _listed(columns: Sequence[ColumnFormat]) -> str:
    return ", ".join(f"'{one.column}'" for one in columns)


def _style(one: ColumnFormat) -> str:
    if not one.date_formats:
        return _("decimal comma") if one.decimal_separator == "," else _("decimal point")
    day_first = any(
        form.find("%d") < form.find("%m") for form in one.date_formats if form[:2] in ("%d", "%m")
    )
    return _("day before month") if day_first else _("month before day")


def _shape(kind: str, column: Column) -> str:
    if column.field == "ordered_time":
        return "instant"
    known = KINDS[kind].fields.get(column.field)
    return known.shape if known else "key"


def _habits(
    numbers: Mapping[str, Decimals], dates: Mapping[str, Dates], shop: ShopSettings, found: Found
) -> _Habits:
    commas = sum(seen.commas for seen in numbers.values())
    points = sum(seen.points for seen in numbers.values())
    day_first = sum(seen.day_first for seen in dates.values())
    month_first = sum(seen.month_first for seen in dates.values())
    french = _french_signs(found, commas > points)
    comma, comma_because = _comma(commas, points, french, found, shop)
    day, day_because = _day(day_first, month_first, french, shop)
    return _Habits(comma=comma, comma_because=comma_because, day_first=day, day_first_because=day_because)


def _comma(commas: int, points: int, french: str, found: Found, shop: ShopSettings) -> tuple[bool, str]:
    if commas != points:
        return commas > points, _("other columns of the file have it")
    if french:
        return True, french
    if found.delimiter == ",":
        return False, ""
    return shop.languages[:1] == ("fr",) and shop.country != "US", ""


def _day(day_first: int, month_first: int, french: str, shop: ShopSettings) -> tuple[bool, str]:
    if day_first != month_first:
        return day_first > month_first, _("other columns of the file have it")
    return (True, french) if french else (shop.country not in _MONTH_FIRST, "")


def _french_signs(found: Found, commas: bool) -> str:
    """What in the file speaks French, as a sentence; empty when nothing does."""
    if lexicon().is_french(found.header):
        return _("the column names are French")
    if found.delimiter == ";" and commas:
        return _("the file has ';' between cells and decimal commas, as French ones have")
    return ""


def _number_format(name: str, seen: Decimals, mapping: FileMapping, habits: _Habits) -> ColumnFormat:
    if given := mapping.options.decimal_separator:
        return ColumnFormat(column=name, decimal_separator=given, evidence=_("the mapping says so"))
    if seen.commas or seen.points:
        comma = seen.commas > seen.points
        evidence = _shown(seen.commas, seen.comma_example, seen.points, seen.point_example)
        mixed = _contested(seen.commas, seen.points)
        return ColumnFormat(
            column=name,
            decimal_separator="," if comma else ".",
            ambiguous=mixed,
            settled=comma or bool(seen.open or seen.commas),
            evidence=evidence,
        )
    if not seen.open:
        return ColumnFormat(column=name, evidence=_("the numbers are whole"))
    return ColumnFormat(
        column=name,
        decimal_separator="," if habits.comma else ".",
        ambiguous=not habits.comma_because,
        settled=True,
        evidence=habits.comma_because
        or _("'{example}' can be read in two ways; the shop's language decides", example=seen.open_example),
    )


def _date_format(name: str, seen: Dates, mapping: FileMapping, habits: _Habits) -> ColumnFormat:
    zone = mapping.options.time_zone or seen.zone
    if given := mapping.columns[name].format or mapping.options.date_format:
        return ColumnFormat(
            column=name, date_formats=(given,), time_zone=zone, evidence=_("the mapping says so")
        )
    day_first, ambiguous, evidence = _order(seen, habits)
    formats = Counter({_either(form, day_first): 0 for form in seen.formats})
    for form, count in seen.formats.items():
        formats[_either(form, day_first)] += count
    short_years_first = sorted(formats, key=lambda form: ("%y" not in form, -formats[form]))
    ordered = tuple(short_years_first)  # `%Y` would read the year 24 where `%y` reads 2024
    return ColumnFormat(
        column=name,
        date_formats=ordered,
        time_zone=zone,
        ambiguous=ambiguous,
        settled=bool(seen.open or seen.day_first or seen.month_first),
        evidence=evidence,
    )


def _shown(one: int, example: str, other: int, contrary: str) -> str:
    """How many values show one of two readings, and how many the other, whichever there are more of."""
    if other > one:
        return _shown(other, contrary, one, example)
    if not other:
        return _("{example} shows it (values like it: {count})", example=example, count=one)
    return _(
        "{example} shows it (values like it: {count}), {contrary} shows the contrary ({other})",
        example=example, count=one, contrary=contrary, other=other,
    )  # fmt: skip


def _contested(one: int, other: int) -> bool:
    """Do too many values prove the contrary for it to be slips?"""
    return min(one, other) > _SLIPS * max(one, other)


def _either(form: str, day_first: bool) -> str:
    """A format whose first two numbers may be day and month or month and day, in the order decided."""
    return form.replace("<1>", "%d" if day_first else "%m").replace("<2>", "%m" if day_first else "%d")


def _order(seen: Dates, habits: _Habits) -> tuple[bool, bool, str]:
    """Does the day come first? Is that a guess? How do we know?"""
    if not seen.open and not seen.day_first and not seen.month_first:
        shown = _("written as {example}", example=seen.example) if seen.formats else _("no value is a date")
        return True, False, shown
    if seen.day_first != seen.month_first:
        evidence = _shown(seen.day_first, seen.day_example, seen.month_first, seen.month_example)
        return seen.day_first > seen.month_first, _contested(seen.day_first, seen.month_first), evidence
    if habits.day_first_because:
        return habits.day_first, False, habits.day_first_because
    doubt = _("'{example}' can be read in two ways; the shop's country decides", example=seen.example)
    return habits.day_first, True, doubt
