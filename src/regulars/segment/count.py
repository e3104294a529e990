"""How many people a rule holds, who is lost at each of its conditions, and who is in which segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulars.engine import Session
from regulars.segment.rules import Rule
from regulars.words import Text

MEMBERS = "segment_members"  #: the relation that `members` makes: segment VARCHAR, person BIGINT


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How many remain after one condition and all before it."""

    sentence: Text
    remaining: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many people a rule holds."""

    members: int
    of: int  #: everybody in `profiles`
    steps: tuple[Step, ...]  #: one for each condition that the rule joins by AND, in the order written


def count(session: Session, rule: Rule) -> Count:
    """Count the people of a rule over the relation `profiles`, and how many remain after each condition."""
    checks = ", ".join(f'coalesce({term.condition}, false) as "c{i}"' for i, term in enumerate(rule.terms))
    so_far = [" and ".join(f'"c{j}"' for j in range(i + 1)) for i in range(len(rule.terms))]
    counts = ", ".join(f'count(*) filter (where {held}) as "s{i}"' for i, held in enumerate(so_far))
    row = session.rows(
        f"select count(*) as everybody, {counts} from (select {checks} from profiles) as checked",
        rule.parameters,
    ).to_pylist()[0]
    steps = tuple(Step(sentence=term.sentence, remaining=row[f"s{i}"]) for i, term in enumerate(rule.terms))
    return Count(members=steps[-1].remaining, of=row["everybody"], steps=steps)


def members(session: Session, rules: Mapping[str, Rule]) -> None:
    """Make the relation `segment_members` (segment, person) of all the rules, in one pass over `profiles`."""
    parameters: dict[str, int | float | str] = {}
    flags = []
    for name, rule in rules.items():
        condition, values = rule.named(name)
        parameters.update(values)
        flags.append(f'({condition}) as "{name}"')
    chosen = " union all ".join(
        f"select '{name}' as segment, person from flags where \"{name}\"" for name in rules
    )
    session.create(
        MEMBERS, f"with flags as (select person, {', '.join(flags)} from profiles) {chosen}", parameters
    )


def sizes(session: Session, names: Mapping[str, object]) -> Mapping[str, int]:
    """How many people each of the named segments holds in `segment_members`; 0 when nobody is in it."""
    rows = session.rows(f"select segment, count(*) as members from {MEMBERS} group by segment").to_pylist()
    found = {row["segment"]: row["members"] for row in rows}
    return {name: found.get(name, 0) for name in names}
