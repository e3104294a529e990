"""The links between the records of one person."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from regulars.match.explain.explanation import Step
from regulars.match.people.evidence import last_version
from regulars.match.records import blocked_forms, names, too_common
from regulars.match.review import verdicts
from regulars.settings import MatchSettings
from regulars.store import rows
from regulars.store.tables import identifiers, identity, links


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingLink:
    """A row of `links` that holds today: a reason why two records are one person."""

    record_a: int
    record_b: int
    kind: str  #: human, exact or model
    rule: str  #: who said so, which identifiers, or `model`
    weight: float | None  #: bits
    probability: float | None
    at_us: int  #: when it was found, or said


def holding(connection: Connection, among: Collection[int], settings: MatchSettings) -> list[HoldingLink]:
    """The links that hold between some records, the strongest first: what people said, then what they share, then
    likeness by its bits; of one strength, the newest.

    Links are only ever added to: those that hold are by a word that stands, since it was said, by identifiers that both
    still carry and that still name somebody, or by the model of today.
    """
    names = ("record_a", "record_b", "kind", "rule", "weight", "probability", "at_us")
    statement = select(*(links.c[name] for name in names)).where(
        (links.c.kind != "model") | (links.c.model_version == last_version(connection))
    )
    found = rows.fetch_where_in(connection, statement, [links.c.record_a], sorted(among)).to_pylist()
    words = {
        (one.record_a, one.record_b, one.who): one.at_us for one in verdicts.said_same(connection, among)
    }
    own = carried(connection, among, settings)

    def holds(link: HoldingLink) -> bool:
        """Whether a link is true today: by a word that stands, the model, or every identifier of its rule."""
        if link.kind == "human":
            return (link.record_a, link.record_b, link.rule) in words
        one, other = (own.get(record, {}) for record in (link.record_a, link.record_b))
        return link.kind == "model" or all(
            one.get(kind, set()) & other.get(kind, set()) for kind in link.rule.split("+")
        )

    held = [link for row in found if row["record_b"] in among and holds(link := HoldingLink(**row))]
    held = [
        replace(link, at_us=words[link.record_a, link.record_b, link.rule]) if link.kind == "human" else link
        for link in held
    ]
    order = ("human", "exact", "model")
    return sorted(held, key=lambda link: (order.index(link.kind), -(link.weight or 0.0), -link.at_us))


def carried(
    connection: Connection, among: Collection[int], settings: MatchSettings
) -> dict[int, dict[str, set[str]]]:
    """The identifiers that some records carry and that name somebody, by record and type."""
    own = identifiers.c
    statement = select(own.record, own.type, own.value)
    blocked = {form for value in settings.blocked_values for form in blocked_forms(value)}
    common = set(too_common(connection, sorted(among), settings))
    found: dict[int, dict[str, set[str]]] = {}
    for row in rows.fetch_where_in(connection, statement, [own.record], sorted(among)).to_pylist():
        if row["value"] not in common and blocked.isdisjoint(blocked_forms(row["value"])):
            found.setdefault(row["record"], {}).setdefault(row["type"], set()).add(row["value"])
    return found


def chain(
    connection: Connection, settings: MatchSettings, person: int, start: int, end: int
) -> tuple[Step, ...]:
    """The shortest way from one record of a person to another, over the links between its records."""
    now = select(identity.c.record).where(identity.c.person == person, identity.c.until_us.is_(None))
    members = set(connection.execute(now).scalars())
    found = holding(connection, members, settings)
    ways = _shortest(sorted(found, key=lambda link: (-link.at_us, link.kind)), start, end)
    named = names(connection, {start, *(there for _here, there, _link in ways)})
    return tuple(
        Step(
            record_a=here, record_b=there, name_a=named[here], name_b=named[there],
            kind=link.kind, rule=link.rule, weight=link.weight, probability=link.probability,
        )
        for here, there, link in ways
    )  # fmt: skip


def _shortest(found: Iterable[HoldingLink], start: int, end: int) -> list[tuple[int, int, HoldingLink]]:
    """The fewest links that lead from one record to another, each with the records in the order of the way."""
    near: dict[int, list[tuple[int, HoldingLink]]] = {}
    for link in found:
        near.setdefault(link.record_a, []).append((link.record_b, link))
        near.setdefault(link.record_b, []).append((link.record_a, link))
    came: dict[int, tuple[int, HoldingLink] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        record = waiting.popleft()
        for other, link in near.get(record, ()):
            if other not in came:
                came[other] = (record, link)
                waiting.append(other)
    ways: list[tuple[int, int, HoldingLink]] = []
    there, at = end, came.get(end)
    while at is not None:
        here, link = at
        ways.append((here, there, link))
        there, at = here, came[here]
    return ways[::-1]
