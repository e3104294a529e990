"""What is known of people from outside: by the area they live in, and by what others tell of them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements

_SQL = statements(Path(__file__).with_suffix(".sql"))
_ENOUGH = 0.8  #: share of a field's values from which it is one of numbers
#: The columns of `outside_kinds`.
KINDS = pa.schema(
    [("source", pa.string()), ("field", pa.string()), ("kind", pa.string()), ("odd", pa.int64()),
     ("odd_value", pa.string())]
)  # fmt: skip
#: What stands in a cell of which nothing is known.
_NOTHING = (
    "('', 'na', 'n/a', 'nan', 'null', 'none', 'nil', '-', '–', '—', '.', '..', '...',"
    " 'unknown', 'inconnu', 'inconnue')"
)
_STEPS = (
    "outside_told", "outside_codes", "outside_places", "outside_lying", "outside_figures", "outside_known",
    "outside_readings",
)  # fmt: skip


def from_outside(session: Session, *, until_us: int, home: str, known_kinds: str = "") -> None:
    """Make `outside`: person, source, import_id, about (area or person), field, and its number, or its text.

    And `outside_kinds`, how the values of each field are read; of the fields of the relation `known_kinds` as it says,
    for a few people do not tell.

    Reads `people` (golden cards), `identity`, `outside_traits` (record, source, import_id, at_us, fact, attributes),
    `outside_areas` (source, import_id, key, attributes) and `outside_keys` (import_id, column_name: those that name the
    area and are no figure). What was told after `until_us` is not seen. A postal code lies in the smallest area that
    holds it: H2X 1Y4 in H2X, 75011 in 75; an area or a person of no known country is of the shop's, `home`.
    """
    for step in (*_STEPS, "outside_kinds", "outside"):
        sql = _SQL[step].format(until_us=until_us, enough=_ENOUGH, nothing=_NOTHING, home=home)
        if known_kinds and step == "outside_kinds":
            sql = _SQL["outside_kinds_known"].format(made=sql, known=known_kinds)
        session.create(step, sql)
    session.drop(*_STEPS)
