"""What people decided: merge, unmerge, and that two who look alike are two.

A verdict outranks every score and holds across runs. The next `match` makes it so. Verdicts are kept for ever; a later
one withdraws those it contradicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

import pyarrow as pa
from sqlalchemy import Connection, select, update

from regulars.errors import Invalid, Refused
from regulars.match.people.identity import fellows
from regulars.match.records import refuse_nobody, refuse_unknown
from regulars.match.review.put_off import answered
from regulars.store import Store, ledgers, rows
from regulars.store.tables import verdicts
from regulars.words import _

SAME, DIFFERENT = "same", "different"
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a pair looked like when somebody answered, and how it came to be asked."""

    asked: str  #: `review`, `sample`, or `named`: nobody asked
    zone: str | None = None  #: automatic, review, held (sure enough, and held back) or none
    weight: float | None = None  #: bits; None when the model had not weighed it, as are the others then
    probability: float | None = None  #: 0..1
    fields: str | None = None  #: JSON: bits a field
    model_version: str | None = None


NAMED = Seen(asked="named")


def merge(store: Store, record_a: int, record_b: int, who: str, now_us: int, seen: Seen = NAMED) -> None:
    """Say that two records are one person: their persons become one, whatever kept them apart before."""
    with store.write() as connection:
        _check(connection, (record_a, record_b))
        if record_a == record_b:
            raise Invalid(_("a record is already itself"), _("name two different records"))
        sides = fellows(connection, [record_a]), fellows(connection, [record_b])
        across = _across(*sides)
        _withdraw(connection, DIFFERENT, across, now_us)
        answered(connection, across)
        pair = _pair(record_a, record_b)
        _say(connection, SAME, [pair], who, now_us, {pair: seen})
        _note(connection, "merge", (record_a, record_b), who, now_us)


def unmerge(
    store: Store, apart: Sequence[int], who: str, now_us: int, *, held: Collection[Pair] = ()
) -> None:
    """Say that some records of a person are somebody else than the rest of it.

    The records named stay together: it is said of those that neither `held`, the pairs that something else than a word
    holds today, nor a word holds. When they are all the person has, each becomes a person of its own.
    """
    named = set(apart)
    with store.write() as connection:
        _check(connection, apart)
        refuse_nobody(connection, apart)
        members = fellows(connection, apart[:1])
        if not named <= members:
            raise Invalid(
                _("these records are not of one person"), _("unmerge the records of one person at a time")
            )
        if len(members) == 1:
            raise Refused(_("this record is a person of its own already"), _("there is nothing to unmerge"))
        rest = members - named
        pairs = _across(named, rest) if rest else [_pair(one, other) for one, other in combinations(named, 2)]
        _withdraw(connection, SAME, pairs, now_us)
        _say(connection, DIFFERENT, pairs, who, now_us)
        if rest:  # what held them may have been one of the rest
            first, *others = _loose(connection, named, held)
            _say(connection, SAME, [_pair(first, other) for other in others], who, now_us)
        _note(connection, "unmerge", apart, who, now_us)


def tell_apart(store: Store, record_a: int, record_b: int, who: str, now_us: int, seen: Seen = NAMED) -> None:
    """Say that the people of two records are two, and stay so, whatever they have in common."""
    with store.write() as connection:
        _check(connection, (record_a, record_b))
        here, there = fellows(connection, [record_a]), fellows(connection, [record_b])
        if record_a == record_b:
            raise Invalid(
                _("a record is already itself"),
                _("name two records of a pair that `regulars review --list` shows"),
            )
        if record_b in here:
            raise Refused(_("these records are one person now"), _("`regulars unmerge` parts them"))
        across = _across(here, there)
        _say(connection, DIFFERENT, across, who, now_us, {_pair(record_a, record_b): seen})
        answered(connection, across)
        _note(connection, "different", (record_a, record_b), who, now_us)


def disjoin(store: Store, record_a: int, record_b: int, who: str, now_us: int, seen: Seen) -> None:
    """Say that two records of one person are two people. With whom its others go, the next `match` finds out."""
    pair = _pair(record_a, record_b)
    with store.write() as connection:
        _check(connection, pair)
        _withdraw(connection, SAME, [pair], now_us)
        _say(connection, DIFFERENT, [pair], who, now_us, {pair: seen})
        _note(connection, "different", pair, who, now_us)


def standing(connection: Connection) -> pa.Table:
    """The verdicts that stand: record_a, record_b, verdict, who, verdict_id, at_us, asked, zone."""
    names = ("record_a", "record_b", "verdict", "who", "verdict_id", "at_us", "asked", "zone")
    return rows.fetch(
        connection, select(*(verdicts.c[name] for name in names)).where(verdicts.c.withdrawn_us.is_(None))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SameVerdict:
    """A standing verdict that two records are one person."""

    record_a: int
    record_b: int
    who: str
    at_us: int


def said_same(connection: Connection, among: Collection[int]) -> list[SameVerdict]:
    """Which of some records people said to be one person, the first said first."""
    verdict = verdicts.c
    statement = select(verdict.record_a, verdict.record_b, verdict.who, verdict.at_us).where(
        verdict.verdict == SAME, verdict.withdrawn_us.is_(None)
    )
    found = rows.fetch_where_in(
        connection, statement.order_by(verdict.verdict_id), [verdict.record_a], sorted(among)
    )
    return [SameVerdict(**row) for row in found.to_pylist() if row["record_b"] in among]


def _loose(connection: Connection, some: Collection[int], held: Iterable[Pair]) -> list[int]:
    """The first of each of the parts that some records fall into, as only what is `held` between them, and words about
    them, holds them together."""
    said = ((one.record_a, one.record_b) for one in said_same(connection, some))
    part = {record: record for record in some}
    for one, other in (*(pair for pair in held if part.keys() >= {*pair}), *said):
        low, high = sorted((part[one], part[other]))
        part = {record: low if of == high else of for record, of in part.items()}
    return sorted(set(part.values()))


def _check(connection: Connection, wanted: Sequence[int]) -> None:
    if not wanted:
        raise Invalid(_("no record was named"), _("name the records to unmerge"))
    refuse_unknown(connection, wanted)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _across(some: Iterable[int], others: Iterable[int]) -> list[Pair]:
    others = list(others)
    return sorted({_pair(one, other) for one in some for other in others if one != other})


def _standing_of(connection: Connection, verdict: str, pairs: Sequence[Pair]) -> dict[Pair, int]:
    """Of these pairs, those with a standing verdict, and its number."""
    statement = select(verdicts.c.record_a, verdicts.c.record_b, verdicts.c.verdict_id).where(
        verdicts.c.verdict == verdict, verdicts.c.withdrawn_us.is_(None)
    )
    found = rows.fetch_where_in(
        connection, statement, [verdicts.c.record_a, verdicts.c.record_b], list(pairs)
    )
    return {(row["record_a"], row["record_b"]): row["verdict_id"] for row in found.to_pylist()}


def _withdraw(connection: Connection, verdict: str, pairs: Sequence[Pair], now_us: int) -> None:
    numbers = list(_standing_of(connection, verdict, pairs).values())
    for at in range(0, len(numbers), 1000):
        chosen = verdicts.c.verdict_id.in_(numbers[at : at + 1000])
        connection.execute(update(verdicts).where(chosen).values(withdrawn_us=now_us))


def _say(
    connection: Connection,
    verdict: str,
    pairs: Sequence[Pair],
    who: str,
    now_us: int,
    seen: Mapping[Pair, Seen] | None = None,
) -> None:
    said = _standing_of(connection, verdict, pairs)
    new = [pair for pair in pairs if pair not in said]
    columns: dict[str, Sequence[object]] = {
        "record_a": [one for one, _other in new],
        "record_b": [other for _one, other in new],
        "verdict": [verdict] * len(new),
        "who": [who] * len(new),
        "at_us": [now_us] * len(new),
    }
    looked = [(seen or {}).get(pair) for pair in new]
    columns |= {f.name: [getattr(one, f.name, None) for one in looked] for f in fields(Seen)}
    kinds = rows.schema_of(verdicts, without=("verdict_id", "withdrawn_us"))
    rows.insert(connection, verdicts, pa.table(columns, schema=kinds))


def _note(connection: Connection, action: str, which: Sequence[int], who: str, now_us: int) -> None:
    subject = " ".join(str(record) for record in which)
    ledgers.note(connection, at_us=now_us, who=who, action=action, subject=subject, detail="")
