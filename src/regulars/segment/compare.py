"""Segments beside each other: whom two of them share, how they spread over shops and regions, who is on which rung."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.segment.ladder import ladder

_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Whom two segments share."""

    one: str
    other: str
    shared: int
    share_of_one: float  #: 0..1; 0 when nobody is in it
    share_of_other: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How many people of each segment belong to one shop, region or city."""

    place: str | None  #: None: not known
    people: int
    segments: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many people stand on a rung, and how many of them each next step is for, the commonest first."""

    rung: str
    people: int | None  #: None: not known, for want of data
    steps: dict[str, int]


def overlaps(session: Session, sizes: dict[str, int]) -> list[Overlap]:
    """Each two of the segments and whom they share, those that share most first; also those that share nobody."""
    found = {(row["one"], row["other"]): row["shared"] for row in session.rows(_SQL["overlap"]).to_pylist()}
    names = list(sizes)
    made = []
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            shared = found.get((min(one, other), max(one, other)), 0)
            made.append(
                Overlap(
                    one=one,
                    other=other,
                    shared=shared,
                    share_of_one=shared / max(sizes[one], 1),
                    share_of_other=shared / max(sizes[other], 1),
                )
            )
    return sorted(made, key=lambda pair: -pair.shared)


def spread(session: Session, operand: str, segments: Sequence[str]) -> list[Place]:
    """The segments by the values of a column of `profiles`, where most people are first and the unknown last."""
    counted: dict[str | None, dict[str, int]] = {}
    for row in session.rows(_SQL["spread"].format(operand=operand)).to_pylist():
        counted.setdefault(row["place"], {})[row["segment"]] = row["members"]
    rows = session.rows(_SQL["places"].format(operand=operand)).to_pylist()
    rows.sort(key=lambda row: (row["place"] is None, -row["people"], row["place"] or ""))
    return [
        Place(
            place=row["place"],
            people=row["people"],
            segments={name: counted.get(row["place"], {}).get(name, 0) for name in segments},
        )
        for row in rows
    ]


def standings(session: Session, sizes: Mapping[str, int | None]) -> list[Standing]:
    """Each rung of the ladder, the highest first; a rung that needs a segment of unknown size is unknown too."""
    counted: dict[str, dict[str, int]] = {name: {} for name in reversed(list(ladder().rungs))}
    for row in session.rows(_SQL["rungs"]).to_pylist():
        counted[row["rung"]][row["next_step"]] = row["people"]
    made = []
    for name, steps in counted.items():
        needs = ladder().rungs[name].needs
        unknown = needs is not None and sizes[needs] is None
        commonest = dict(sorted(steps.items(), key=lambda step: (-step[1], step[0])))
        made.append(Standing(rung=name, people=None if unknown else sum(steps.values()), steps=commonest))
    return made
