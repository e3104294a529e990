"""Fields of people that several columns make together: a birth date in three of them, two family names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regulars.model.mapping import Column
from regulars.sources.notation.shapes import Shape
from regulars.sources.vocabulary.lexicon import lexicon

#: How the columns of a field are called, in the order in which they are read: the standard words of each.
_DAY_OF_BIRTH = (({"birth", "year"}, {"birthyear"}), ({"birth", "month"},), ({"birth", "day"},))
_BOTH_FAMILY_NAMES = (({"first", "lastname"},), ({"second", "lastname"},))


def with_joins(
    columns: Mapping[str, Column], header: Sequence[str], shapes: Mapping[str, Shape]
) -> dict[str, Column]:
    """The columns of a file of people, those that only together say something as one."""
    found = dict(columns)
    birth = _called(header, _DAY_OF_BIRTH)
    if birth and all(shapes[name].share("number") >= 0.5 for name in birth):
        found = _joined(found, Column(field="birth_date", join=birth, format="%Y %m %d"))
    if family := _called(header, _BOTH_FAMILY_NAMES):
        found = _joined(found, Column(field="family_name", join=family))
    return found


def _called(header: Sequence[str], parts: Sequence[Sequence[set[str]]]) -> tuple[str, ...]:
    """The columns that are called so, one for each part; empty when one of them is not there."""
    words = {name: set(lexicon().words(name)) for name in header}
    found = [next((name for name in header if words[name] in ways), None) for ways in parts]
    return tuple(name for name in found if name is not None) if None not in found else ()


def _joined(columns: Mapping[str, Column], column: Column) -> dict[str, Column]:
    left = {
        name: one for name, one in columns.items() if name not in column.join and one.field != column.field
    }
    return left | {" + ".join(column.join): column}
