"""What is told of one person from outside, as the last build knew it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from regulars.flow import Ground
from regulars.flow.facts import lay_out_told


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldShown:
    """A trait of the person, or of the area they live in, and who tells it."""

    source: str
    about: str  #: area, person
    field: str  #: as its file calls it
    value: float | str


def told_of(ground: Ground, connection: Connection, person: int) -> list[ToldShown]:
    """What is told of a person from outside and may be used today; nothing before the first build."""
    made = ground.lake.result(connection, "outside")
    if made is None:
        return []
    with ground.engine.session() as session:
        lay_out_told(session, ground, connection, made[0])
        found = session.rows(
            f"select * from outside where person = {person} order by about desc, source, field"
        )
    return [
        ToldShown(
            source=row["source"],
            about=row["about"],
            field=row["field"],
            value=row["text"] if row["number"] is None else row["number"],
        )
        for row in found.to_pylist()
    ]
