"""What is known of people from outside: by the area they live in, and by what others tell of them."""

from __future__ import annotations

from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements

_SQL = statements(Path(__file__).with_suffix(".sql"))
_ENOUGH = 0.95  #: share of a field's values from which it is one of numbers
#: What stands in a cell of which nothing is known.
_NOTHING = (
    "('', 'na', 'n/a', 'nan', 'null', 'none', 'nil', '-', '–', '—', '.', '..', '...',"
    " 'unknown', 'inconnu', 'inconnue')"
)
_STEPS = (
    "outside_told", "outside_codes", "outside_places", "outside_lying", "outside_figures", "outside_known",
    "outside_readings", "outside_kinds",
)  # fmt: skip


def from_outside(session: Session, *, until_us: int) -> None:
    """Make `outside`: person, source, import_id, about (area or person), field, and its number, or its text.

    Reads `people` (golden cards), `identity`, `outside_traits` (record, source, import_id, at_us, fact, attributes),
    `outside_areas` (source, import_id, key, attributes) and `outside_keys` (import_id, column_name: those that name the
    area and are no figure). What was told after `until_us` is not seen. A postal code lies in the smallest area that
    holds it: H2X 1Y4 in H2X, 75011 in 75.
    """
    for step in (*_STEPS, "outside"):
        session.create(step, _SQL[step].format(until_us=until_us, enough=_ENOUGH, nothing=_NOTHING))
    session.drop(*_STEPS)
