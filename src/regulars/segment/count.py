"""How many people a rule holds, who is lost at each of its conditions, and who is in which segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pyarrow as pa

from regulars.engine import Session
from regulars.segment.language.rules import Rule, held
from regulars.segment.language.vocabulary import plain_word
from regulars.words import Text

_NEAR = 4
EVENT = "event"  #: what `Nobody.operand` is when a rule asks for what nobody did
MEMBERS = "segment_members"  #: the relation that `members` makes
NOBODY = pa.schema([("segment", pa.string()), ("person", pa.int64())])  #: its columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How many remain after one condition and all before it."""

    sentence: Text
    remaining: int
    lost: int  #: those who remained before it, and do not any more
    unknown: int  #: of the lost, those for whom it is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """How many one of several conditions holds, where any of them is enough."""

    sentence: Text
    members: int
    added: int  #: those that none before it holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Nobody:
    """A text that a rule compares with, and that is nobody's: perhaps it is written otherwise."""

    operand: str  #: `EVENT` when it is what somebody did
    value: str
    instead: dict[str, int]  #: the values like it, else the commonest; and how many people have each


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many people a rule holds."""

    members: int
    of: int  #: everybody in `profiles`
    steps: tuple[Step, ...]  #: one for each condition that the rule joins by AND, in the order written
    alternatives: tuple[Alternative, ...]  #: one for each that it joins by OR; empty when it joins by AND
    nobody: tuple[Nobody, ...]  #: texts it names that nobody has


def count(session: Session, rule: Rule) -> Count:
    """Count the people of a rule over the relation `profiles`: what remains after each condition, or is added by it."""
    checks = ", ".join(f'{term.condition} as "c{i}"' for i, term in enumerate(rule.terms))
    whole = f" {rule.joined} ".join(f'"c{i}"' for i in range(len(rule.terms)))
    counts = [f"count(*) filter (where {whole}) as members"]
    for i in range(len(rule.terms)):
        before = " and ".join(["true", *(f'"c{j}"' for j in range(i))])
        others = " or ".join(["false", *(f'coalesce("c{j}", false)' for j in range(i))])
        counts += [
            f'count(*) filter (where {before} and "c{i}") as "remaining{i}"',
            f'count(*) filter (where {before} and "c{i}" is null) as "unknown{i}"',
            f'count(*) filter (where "c{i}") as "alone{i}"',
            f'count(*) filter (where "c{i}" and not ({others})) as "added{i}"',
        ]
    sql = f"select count(*) as everybody, {', '.join(counts)} from (select *, {checks} from profiles) as checked"
    row = session.rows(sql, rule.parameters).to_pylist()[0]
    return Count(
        members=row["members"],
        of=row["everybody"],
        steps=() if rule.joined == "or" else _steps(rule, row),
        alternatives=() if rule.joined == "and" else _alternatives(rule, row),
        nobody=tuple(
            found
            for operand, value in (*rule.texts, *((EVENT, event) for event in rule.events))
            if (found := _nobody(session, operand, value)) is not None
        ),
    )


def _nobody(session: Session, operand: str, value: str) -> Nobody | None:
    if operand == EVENT:
        sql = (
            "select event as value, count(distinct person) as people from happened"
            " group by event order by people desc, value asc"
        )
        if session.rows(
            "select 1 as one from happened where event = $value limit 1", {"value": value}
        ).num_rows:
            return None
    else:
        sql = (
            f'select "{operand}" as value, count(*) as people from profiles where "{operand}" is not null'
            f' group by "{operand}" order by people desc, value asc'
        )
    people = {row["value"]: row["people"] for row in session.rows(sql).to_pylist()}
    if value in people:
        return None
    plain = {one: plain_word(one) for one in people}
    near = set(get_close_matches(plain_word(value), plain.values(), n=_NEAR, cutoff=0.7))
    alike = [one for one in people if plain[one] in near] or list(people)
    return Nobody(operand=operand, value=value, instead={one: people[one] for one in alike[:_NEAR]})


def _steps(rule: Rule, row: Mapping[str, int]) -> tuple[Step, ...]:
    remaining = [row["everybody"], *(row[f"remaining{i}"] for i in range(len(rule.terms)))]
    return tuple(
        Step(
            sentence=term.sentence,
            remaining=remaining[i + 1],
            lost=remaining[i] - remaining[i + 1],
            unknown=row[f"unknown{i}"],
        )
        for i, term in enumerate(rule.terms)
    )


def _alternatives(rule: Rule, row: Mapping[str, int]) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(sentence=term.sentence, members=row[f"alone{i}"], added=row[f"added{i}"])
        for i, term in enumerate(rule.terms)
    )


def members(session: Session, rules: Mapping[str, Rule]) -> None:
    """Make the relation `segment_members` (segment, person) of all the rules, in one pass over `profiles`."""
    flags, parameters = held(rules)
    chosen = " union all ".join(
        f"select '{name}' as segment, person from flags where \"{name}\"" for name in rules
    )
    session.create(MEMBERS, f"with flags as (select person, {flags} from profiles) {chosen}", parameters)


def sizes(session: Session, rules: Mapping[str, Rule], needs: Mapping[str, Rule]) -> Mapping[str, int | None]:
    """How many people of `segment_members` are in each segment of the rules; 0 when nobody is.

    None where the segment needs data, and nobody in `profiles` has any.
    """
    found = members_of(session)
    known = {name for name, rule in needs.items() if count(session, rule).members}
    return {name: None if name in needs and name not in known else found.get(name, 0) for name in rules}


def members_of(session: Session) -> dict[str, int]:
    """How many people of `segment_members` are in each segment; one in which nobody is is not named."""
    rows = session.rows(f"select segment, count(*) as members from {MEMBERS} group by segment").to_pylist()
    return {row["segment"]: row["members"] for row in rows}
