"""The links between the records of one person."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from regulars.match import verdicts
from regulars.match.explain.said import Step
from regulars.store import rows
from regulars.store.tables import identity, links


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A reason why two records are one person."""

    record_a: int
    record_b: int
    kind: str  #: human, exact or model
    rule: str  #: who said so, which identifiers, or `model`
    weight: float | None  #: bits
    probability: float | None
    at_us: int  #: when it was found, or said


def holding(connection: Connection, among: Collection[int]) -> list[Link]:
    """The links that hold between some records, the strongest first: what people said, then what they share, then
    likeness by its bits; of one strength, the newest."""
    names = ("record_a", "record_b", "kind", "rule", "weight", "probability", "at_us")
    statement = select(*(links.c[name] for name in names))
    found = rows.fetch_where_in(connection, statement, [links.c.record_a], sorted(among)).to_pylist()
    standing = {
        (row["record_a"], row["record_b"])
        for row in verdicts.standing(connection).to_pylist()
        if row["verdict"] == verdicts.SAME
    }
    held = [
        Link(**row)
        for row in found
        if row["record_b"] in among
        and (row["kind"] != "human" or (row["record_a"], row["record_b"]) in standing)
    ]
    order = ("human", "exact", "model")
    return sorted(held, key=lambda link: (order.index(link.kind), -(link.weight or 0.0), -link.at_us))


def chain(connection: Connection, person: int, start: int, end: int) -> tuple[Step, ...]:
    """The shortest way from one record of a person to another, over the links between its records."""
    now = select(identity.c.record).where(identity.c.person == person, identity.c.until_us.is_(None))
    members = set(connection.execute(now).scalars())
    found = holding(connection, members)
    return _shortest(sorted(found, key=lambda link: (-link.at_us, link.kind)), start, end)


def _shortest(found: Iterable[Link], start: int, end: int) -> tuple[Step, ...]:
    near: dict[int, list[tuple[int, Link]]] = {}
    for link in found:
        near.setdefault(link.record_a, []).append((link.record_b, link))
        near.setdefault(link.record_b, []).append((link.record_a, link))
    came: dict[int, tuple[int, Link] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        record = waiting.popleft()
        for other, link in near.get(record, ()):
            if other not in came:
                came[other] = (record, link)
                waiting.append(other)
    steps: list[Step] = []
    at = came.get(end)
    while at is not None:
        before, link = at
        names = ("record_a", "record_b", "kind", "rule", "weight", "probability")
        steps.append(Step(**{name: getattr(link, name) for name in names}))
        at = came[before]
    return tuple(reversed(steps))
