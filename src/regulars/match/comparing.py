"""How near the two cards of a pair are in each field: from this the model learns, and by this it judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.fields import Field

SQL = statements(Path(__file__).with_name("comparing.sql"))
#: A value more common than this is weighed by its own frequency; a rarer one counts as if it were this common.
RARE = 0.0005
#: The columns whose common values are worth less than rare ones.
COUNTED = ("given", "family", "city")

#: The share of the records that have a common value, by column.
Frequencies = Mapping[str, Mapping[str, float]]


def count_values(session: Session) -> dict[str, dict[str, float]]:
    """The frequencies of common values in `cards`."""
    found: dict[str, dict[str, float]] = {}
    for column in COUNTED:
        rows = session.rows(SQL["common_values"].format(column=column), {"rare": RARE}).to_pylist()
        found[column] = {row["value"]: float(f"{row['share']:.6g}") for row in rows}
    return found


def weigh_cards(session: Session, frequencies: Frequencies) -> None:
    """Make the relation `weighed_cards`: cards with `<column>_share` for each counted column, 0..1."""
    for column, shares in frequencies.items():
        values = {
            "value": pa.array(list(shares), pa.string()),
            "share": pa.array(list(shares.values()), pa.float64()),
        }
        session.table(f"shares_of_{column}", pa.table(values))
    columns = "".join(f", coalesce({c}_counted.share, {RARE}) as {c}_share" for c in frequencies)
    joins = " ".join(
        f"left join shares_of_{c} as {c}_counted on {c}_counted.value = cards.{c}" for c in frequencies
    )
    session.create("weighed_cards", SQL["weighed_cards"].format(shares=columns, joins=joins))


def compare(session: Session, name: str, pairs: str, fields: Sequence[Field]) -> None:
    """Make a relation of the pairs (a statement with a, b): a, b, `inside` (1: of one source), and for field n its
    level `g_<n>`, and `f_<n>`, the share of the value they agree in where that is counted."""
    known = session.rows("select * from weighed_cards limit 0").column_names
    columns = ", ".join(f"l.{column} as {column}_l, r.{column} as {column}_r" for column in known)
    levels = ", ".join(part for n, field in enumerate(fields) for part in _columns(n, field))
    paired = SQL["paired"].format(columns=columns, pairs=pairs)
    session.create(name, SQL["compared"].format(levels=levels, paired=paired))


def _columns(n: int, field: Field) -> list[str]:
    top = len(field.levels)
    steps = " ".join(f"when {level.sql} then {top - i}" for i, level in enumerate(field.levels))
    found = [f"cast(case when {field.unknown} then null {steps} else 0 end as tinyint) as g_{n}"]
    for i, level in enumerate(field.levels):
        if level.frequency_of:
            found.append(f"case when g_{n} = {top - i} then {level.frequency_of}_share_l end as f_{n}")
    return found
