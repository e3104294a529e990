"""How near the two cards of a pair are in each field: from this the model learns, and by this it judges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.comparison.fields import MEASURES, Field

SQL = statements(Path(__file__).with_name("comparing.sql"))
#: A value more common than this is weighed by its own frequency; a rarer one counts as if it were this common.
RARE = 0.0001
#: The columns whose common values are worth less than rare ones.
COUNTED = ("given", "family", "birth_place", "occupation", "city")

#: The share of the records that have a common value, by column.
Frequencies = Mapping[str, Mapping[str, float]]


def count_values(session: Session) -> dict[str, dict[str, float]]:
    """The frequencies of common values in `cards`."""
    found: dict[str, dict[str, float]] = {}
    for column in COUNTED:
        rows = session.rows(SQL["common_values"].format(column=column), {"rare": RARE}).to_pylist()
        found[column] = {row["value"]: float(f"{row['share']:.6g}") for row in rows}
    return found


def add_shares(session: Session, frequencies: Frequencies) -> None:
    """Make the relation `cards_with_shares`: the cards, with `<column>_share` for each counted column, 0..1."""
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
    session.create("cards_with_shares", SQL["cards_with_shares"].format(shares=columns, joins=joins))


def sort_by_pattern(session: Session, pairs: str, fields: Sequence[Field]) -> None:
    """Make `patterned` of the pairs (a statement with a, b): a, b and `pattern`, a number for what the pair looks like;
    and `patterns`, as `count_patterns` does."""
    levels = ", ".join(_level(session, n, field) for n, field in enumerate(fields))
    paired = _paired(session, pairs)
    session.create("patterned", SQL["patterned"].format(code=_pattern(fields), levels=levels, paired=paired))
    _count(session, "patterned", "pattern", fields)


def count_patterns(
    session: Session, compared: str, fields: Sequence[Field], one_in: int = 1, name: str = "patterns"
) -> None:
    """Make a relation of one that `compare` made, each pair of which stands for so many.

    Each pattern with `inside` (1: of one source), its levels `g_<n>`, and how many `pairs` have it.
    """
    _count(session, compared, _pattern(fields), fields, one_in, name)


def _count(
    session: Session,
    relation: str,
    pattern: str,
    fields: Sequence[Field],
    one_in: int = 1,
    name: str = "patterns",
) -> None:
    digits = "".join(
        f", cast(nullif(pattern // {step} % {span}, 0) - 1 as tinyint) as g_{n}"
        for n, (step, span) in enumerate(_steps(fields))
    )
    said = {"digits": digits, "pattern": pattern, "relation": relation, "one_in": one_in}
    session.create(name, SQL["patterns"].format(**said))


def _pattern(fields: Sequence[Field]) -> str:
    """SQL of all levels and `inside` as the digits of one number."""
    digits = (f"{step}::bigint * (coalesce(g_{n}, -1) + 1)" for n, (step, _span) in enumerate(_steps(fields)))
    return " + ".join(["inside", *digits])


def _steps(fields: Sequence[Field]) -> list[tuple[int, int]]:
    """What the digit of each field counts in the number of a pattern, and how many digits there are."""
    spans = [2, *(len(field.levels) + 2 for field in fields)]
    return [(prod(spans[:n]), spans[n]) for n in range(1, len(spans))]


def compare(
    session: Session,
    name: str,
    pairs: str,
    fields: Sequence[Field],
    parameters: Mapping[str, object] | None = None,
) -> None:
    """Make a relation of the pairs (a statement with a, b, and `parameters` of its own): a, b, `inside` (1: of one
    source), and for field n its level `g_<n>`, and `f_<n>`, the share of the value they agree in where that is
    counted."""
    columns = ((_level(session, n, field), *_shares(n, field)) for n, field in enumerate(fields))
    levels = ", ".join(column for group in columns for column in group)
    session.create(name, SQL["compared"].format(levels=levels, paired=_paired(session, pairs)), parameters)


def rarest(fields: Sequence[Field]) -> str:
    """SQL of the patterns as if all their pairs agreed in rare values: the most that a pair of a pattern can say."""
    shares = "".join(
        f", case when g_{n} = {top} then {RARE!r} end as f_{n}"
        for n, field in enumerate(fields)
        for top, _column in _counted(field)
    )
    return SQL["rarest"].format(shares=shares)


def _paired(session: Session, pairs: str) -> str:
    from regulars.match.comparison.dialects import SAID_IN  # it brings a parser of SQL, slow to import

    said = SAID_IN[session.dialect]
    known = session.rows("select * from cards_with_shares limit 0").column_names
    columns = ", ".join(f"l.{column} as {column}_l, r.{column} as {column}_r" for column in known)
    measures = ", ".join(f"{said(measure)} as {name}" for name, measure in MEASURES.items())
    return SQL["paired"].format(columns=columns, pairs=pairs, measures=measures)


def _level(session: Session, n: int, field: Field) -> str:
    from regulars.match.comparison.dialects import SAID_IN

    said = SAID_IN[session.dialect]
    top = len(field.levels)
    steps = " ".join(f"when {said(level.condition)} then {top - i}" for i, level in enumerate(field.levels))
    return f"cast(case when {said(field.unknown)} then null {steps} else 0 end as tinyint) as g_{n}"


def _shares(n: int, field: Field) -> list[str]:
    return [f"case when g_{n} = {top} then {column}_share_l end as f_{n}" for top, column in _counted(field)]


def _counted(field: Field) -> list[tuple[int, str]]:
    """The levels, by number, of a field that count how common a value of a column is."""
    top = len(field.levels)
    return [(top - i, level.frequency_of) for i, level in enumerate(field.levels) if level.frequency_of]
