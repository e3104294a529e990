"""Personas: the kinds of customers of the last build, and five typical people of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from regulars.engine.statements import statements
from regulars.errors import Refused
from regulars.flow import Ground
from regulars.words import Text, _

_SQL = statements(Path(__file__).with_suffix(".sql"))
_RELATIONS = ("persona_cards", "persona_typical")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """One kind of customers, and what is usual among them."""

    persona: str  #: its id, which lasts
    title: Text
    people: int
    share: float  #: of all buyers
    orders: float  #: the median
    days_since_last_order: float  #: the median
    average_basket: int  #: the median, minor units
    typical: tuple[int, ...]  #: five people nearest to its middle


def personas(ground: Ground) -> list[Persona]:
    """The personas, the largest first; none where too few have bought."""
    with ground.store.read() as connection:
        found = {name: ground.lake.result(connection, name) for name in _RELATIONS}
    with ground.engine.session() as session:
        for name, one in found.items():
            if one is None:
                raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
            session.parquet(name, [one[0]], pa.schema([]))
        typical: dict[str, list[int]] = {}
        for row in session.rows(_SQL["typical"]).to_pylist():
            typical.setdefault(row["persona"], []).append(row["person"])
        return [
            Persona(
                **{name: row[name] for name in row if not name.startswith("title_")},
                title=Text(en=row["title_en"], fr=row["title_fr"]),
                typical=tuple(typical.get(row["persona"], ())),
            )
            for row in session.rows(_SQL["cards"]).to_pylist()
        ]
