"""Values that the settings block or allow and that no record has: mistyped perhaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.records import blocked_forms
from regulars.model.phones import also_as_kept
from regulars.settings import MatchSettings

_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A value of the settings of matching that no record has."""

    setting: str  #: blocked_values or allowed_values
    value: str  #: as it is written there


def unmet(session: Session, settings: MatchSettings, country: str) -> tuple[Unmet, ...]:
    """The values that no record of a session has: identifiers, telephones as in a country; addresses (relation
    `at_blocked_doors`) where they are blocked; birth dates where they are allowed."""
    written = [
        {"setting": setting, "value": value, "place": place, "form": form}
        for setting in ("blocked_values", "allowed_values")
        for place, value in enumerate(_authored(getattr(settings, setting), country))
        for kept in also_as_kept([value], country)
        for form in {kept, *blocked_forms(kept)}
    ]
    if not written:
        return ()
    session.table("written", pa.Table.from_pylist(written))
    return tuple(
        Unmet(setting=row["setting"], value=row["value"]) for row in session.rows(_SQL["unmet"]).to_pylist()
    )


def _authored(values: Sequence[str], country: str) -> Iterator[str]:
    """Some values without the telephones that were added to them as they are kept."""
    added: set[str] = set()
    for value in values:
        if value not in added:
            yield value
        added.update(also_as_kept([value], country)[1:])
