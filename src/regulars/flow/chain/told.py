"""What is told from outside, laid beside the profiles for the rules that name it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.flow import Ground
from regulars.flow.chain.fresh import laid_over
from regulars.flow.facts import usable_imports
from regulars.segment.language import operands
from regulars.segment.language.operands import Operand
from regulars.segment.language.told import ToldField, told_names, told_operands
from regulars.store.rows import fetch

_SQL = statements(Path(__file__).with_suffix(".sql"))


def told(ground: Ground) -> Mapping[str, ToldField]:
    """The fields that the last build knew from outside, by the names that rules give them."""
    with ground.store.read() as connection, ground.engine.session() as session:
        built = ground.lake.result(connection, "outside")
        if built is None:
            return {}
        session.parquet("outside", [built[0]], pa.schema([]))
        return told_names(ToldField(**row) for row in session.rows(_SQL["fields"]).to_pylist())


def catalogue(named: Mapping[str, ToldField]) -> Mapping[str, Operand]:
    """Everything that rules may speak of in this shop."""
    return {**operands.catalogue(), **told_operands(named)}


def lay_told(session: Session, ground: Ground, asked: Mapping[str, ToldField]) -> None:
    """Make `profiles`: the relation `own_profiles`, and beside it what these fields tell and may still be used."""
    laid_over(session, ground, ("outside",), prefix="all_")
    with ground.store.read() as connection:
        session.table("usable", fetch(connection, usable_imports(connection, ground)))
    rows = [{"name": name, "source": one.source, "field": one.field} for name, one in asked.items()]
    session.table("told_fields", pa.Table.from_pylist(rows))
    values = ", ".join(
        f"max(case when f.name = '{name}' then o.{'number' if one.is_number else 'text'} end) as \"{name}\""
        for name, one in asked.items()
    )
    session.create("told", _SQL["told"].format(values=values))
    columns = ", ".join(f'told."{name}"' for name in asked)
    session.view("profiles", _SQL["profiles"].format(columns=columns))
