"""What the store knows of a few records, read and written in little time."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection

from regulars.engine.statements import statements
from regulars.match.arrays import Pair
from regulars.match.people.evidence import TOO_MANY
from regulars.match.records import COMPARED
from regulars.match.review.verdicts import SAME
from regulars.model.fields import NAMING
from regulars.model.person import is_nobody
from regulars.store import rows
from regulars.store.tables import links, review_pairs

SQL = statements(Path(__file__).with_suffix(".sql"))
_VERSIONS = SQL["versions"].replace(
    "{columns}", ", ".join(f"v.{name}" for name in ("changes", "seen_us", *COMPARED))
)
_PLACEHOLDER = '_name":["invalid: placeholder'
_PAIR = ("record_a", "record_b")


class NewLink(NamedTuple):
    """A row of `links`, as it will be written."""

    record_a: int
    record_b: int
    kind: str
    rule: str
    weight: float | None
    probability: float | None
    fields: str | None
    model_version: str | None


class Question(NamedTuple):
    """A row of `review_pairs`."""

    record_a: int
    record_b: int
    weight: float
    probability: float
    fields: str
    reason: str


@dataclass(frozen=True, slots=True)
class StandingVerdicts:
    """What people said of some records, and it stands: by pair, the smaller record first."""

    same: dict[Pair, tuple[str, int]]  #: who said it, and the number of the verdict
    different: set[Pair]


class Version(NamedTuple):
    """What a record says now."""

    source: str
    said: dict[str, Any]  #: what is compared, as text or None, and `seen_us`
    identifiers: list[tuple[str, str, int]]  #: type, value, fact


def told(connection: Connection, some: Collection[int]) -> dict[int, Version]:
    """What some records say, by record; without those that are nobody or gone."""
    versions = {row[0]: row[1:] for row in rows.read_among(connection, _VERSIONS, some)}
    held: dict[int, list[tuple[str, str, int]]] = {}
    for record, *identifier in _read(connection, "identifiers", some):
        held.setdefault(record, []).append((identifier[0], identifier[1], identifier[2]))
    found = {}
    for record, (source, fact, changes, *values) in versions.items():
        said = dict(zip(("seen_us", *COMPARED), values, strict=True))
        if record in held or not _is_nobody(said, changes):
            naming = [(name, value, fact) for name in NAMING if (value := said[name])]
            found[record] = Version(source, said, [*naming, *held.get(record, ())])
    return found


def persons_with(connection: Connection, some: Collection[int]) -> dict[int, int]:
    """The person of each record that has one: of some records, and of all others of these people."""
    return dict(_read(connection, "persons_with", some))


def said(connection: Connection, some: Collection[int]) -> StandingVerdicts:
    """What people said of some records among each other."""
    return _said(_read(connection, "said", some))


def said_of(connection: Connection, some: Collection[int]) -> StandingVerdicts:
    """What people said of some records, and of whomever."""
    return _said(_read(connection, "said_of", some))


def _said(verdicts: Iterable[tuple[Any, ...]]) -> StandingVerdicts:
    told = StandingVerdicts({}, set())
    for record_a, record_b, verdict, who, number in verdicts:
        if verdict == SAME:
            told.same[record_a, record_b] = who, number
        else:
            told.different.add((record_a, record_b))
    return told


def in_order(connection: Connection, some: Collection[int]) -> list[int]:
    """Some records in the order in which a full run numbers its cards."""
    found = _read(connection, "in_order", some)  # a store may sort letters in its own way
    return [record for record, *_key in sorted(found, key=lambda row: row[1:])]


def write_links(connection: Connection, found: Sequence[NewLink], again: Collection[int], now_us: int) -> int:
    """Write the links that are not yet known, of records of which those `again` were linked before; how many."""
    ends = {link.record_a for link in found if link.record_a in again or link.record_b in again}
    known = set(_read(connection, "links", ends)) if ends else set()
    new = [(*link, now_us) for link in found if (*link[:4], link.model_version) not in known]
    rows.put(connection, links, (*NewLink._fields, "at_us"), new)
    return len(new)


def drop_questions(connection: Connection, again: Collection[int]) -> None:
    """Drop the questions about records that are looked at `again`."""
    for end in _PAIR:
        rows.drop(connection, review_pairs, (end,), [(record,) for record in again])


def one_each(asked: Mapping[Pair, Question], mine: Container[int | None]) -> dict[Pair, Question]:
    """Some questions, by whom each is about; of those that are too many for one person, the likeliest of each person in
    `mine`."""
    kept = {about: one for about, one in asked.items() if one.reason != TOO_MANY}
    crowd = sorted((-one.probability, one[:2], about) for about, one in asked.items() if about not in kept)
    seen: set[int] = set()
    for _chance, _pair, about in crowd:
        if any(person in mine and person not in seen for person in about):
            kept[about] = asked[about]
        seen |= {*about}
    return kept


def ask(connection: Connection, asked: Mapping[Pair, Question], touched: Collection[int]) -> None:
    """Put up questions for review, by whom each is about. Two people are asked about once, by their likeliest pair, and
    nobody about one person: these, and the questions that people `touched` have already."""
    persons = {*touched, *(person for about in asked for person in about)}
    standing = _read(connection, "asked", persons) if persons else ()
    likeliest = {about: (-one.probability, one[:2]) for about, one in asked.items()}
    for a, b, probability, one, other in standing:
        about = (one, other) if one < other else (other, one)
        here = (-probability, (a, b))
        likeliest[about] = min(here, likeliest.get(about, here))
    drop = [
        (a, b)
        for a, b, _bits, one, other in standing
        if one == other or likeliest[min(one, other), max(one, other)][1] != (a, b)
    ]
    rows.drop(connection, review_pairs, _PAIR, drop)
    new = [one for about, one in asked.items() if likeliest[about][1] == one[:2]]
    rows.put(connection, review_pairs, Question._fields, new, again=True)


def _is_nobody(values: dict[str, str | None], changes: str | None) -> bool:
    """As `nobodies` of `cards.sql`, of a record without identifiers of its own."""
    if any(values[name] for name in NAMING):
        return False
    parts = [values[name] for name in ("given_name", "family_name") if values[name]]
    name = " ".join(part for part in parts if part) or values["full_name"]
    if name is None:
        return _PLACEHOLDER in (changes or "")
    return is_nobody(name)


def _read(connection: Connection, name: str, some: Collection[int]) -> Sequence[tuple[Any, ...]]:
    return rows.read_among(connection, SQL[name], some)
