"""What people decided: merge, unmerge, and that two who look alike are two.

A verdict outranks every score and holds across runs. The next `match` makes it so. Verdicts are kept for ever; a later
one withdraws those it contradicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Select, select, update

from regulars.errors import Invalid, Refused
from regulars.match.arrays import Pair
from regulars.match.people.few import each_once, together
from regulars.match.people.identity import members_with
from regulars.match.records import names, refuse_nobody, refuse_unknown
from regulars.match.review.put_off import answered
from regulars.store import Store, ledgers, rows
from regulars.store.tables import verdicts
from regulars.words import _, shortened

SAME, DIFFERENT = "same", "different"
#: Where the store says up to which word, of either kind, a run has made them so.
_HEARD = "match_heard"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A word of somebody about two records."""

    record_a: int
    record_b: int
    who: str
    at_us: int


def merge(
    store: Store, record_a: int, record_b: int, who: str, now_us: int, seen: Seen = NAMED
) -> list[Verdict]:
    """Say that two records are one person: their persons become one, whatever kept them apart before.

    Returns the words that they are two, which it withdraws; also of those whom words that no run has heard yet join to
    either.
    """
    with store.write() as connection:
        _check(connection, (record_a, record_b))
        if record_a == record_b:
            raise Invalid(_("the same record was named twice"), _("name two different records"))
        across = _across(_to_be_with(connection, record_a), _to_be_with(connection, record_b))
        withdrawn = _withdraw(connection, DIFFERENT, across, now_us)
        answered(connection, across)
        pair = _pair(record_a, record_b)
        _say(connection, SAME, [pair], who, now_us, {pair: seen})
        _note(connection, "merge", (record_a, record_b), who, now_us)
        return withdrawn


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
        members = members_with(connection, apart[:1])
        if not named <= members:
            raise Invalid(
                _("these records are not of one person"), _("unmerge the records of one person at a time")
            )
        if len(members) == 1:
            (alone,) = names(connection, apart).values()
            raise Refused(
                _("{record} is a person of its own already", record=shortened(alone)),
                _("there is nothing to unmerge"),
            )
        rest = members - named
        pairs = _across(named, rest) if rest else [_pair(one, other) for one, other in combinations(named, 2)]
        _withdraw(connection, SAME, pairs, now_us)
        _say(connection, DIFFERENT, pairs, who, now_us)
        if rest:  # what held them may have been one of the rest
            first, *others = _loose(connection, named, held)
            _say(connection, SAME, [_pair(first, other) for other in others], who, now_us)
        _note(connection, "unmerge", apart, who, now_us)


def tell_apart(
    store: Store, record_a: int, record_b: int, who: str, now_us: int, seen: Seen = NAMED
) -> list[Verdict]:
    """Say that the people of two records are two, and stay so, whatever they have in common; with them those whom words
    that no run has heard yet join to either.

    Returns the words that they are one, which it withdraws: no run had joined them yet.
    """
    with store.write() as connection:
        _check(connection, (record_a, record_b))
        here, there = members_with(connection, [record_a]), members_with(connection, [record_b])
        if record_a == record_b:
            raise Invalid(
                _("the same record was named twice"),
                _("name two records of a pair that `regulars review --list` shows"),
            )
        if record_b in here:
            raise Refused(_("these records are one person now"), _("`regulars unmerge` parts them"))
        to_be = _to_be_with(connection, record_a), _to_be_with(connection, record_b)
        if record_b not in to_be[0]:
            here, there = to_be
        across = _across(here, there)
        withdrawn = _withdraw(connection, SAME, across, now_us)
        _say(connection, DIFFERENT, across, who, now_us, {_pair(record_a, record_b): seen})
        answered(connection, across)
        _note(connection, "different", (record_a, record_b), who, now_us)
        return withdrawn


def disjoin(store: Store, record_a: int, record_b: int, who: str, now_us: int, seen: Seen) -> list[Verdict]:
    """Say that two records of one person are two people. With whom its others go, the next `match` finds out.

    Returns the words that they are one, which it withdraws.
    """
    pair = _pair(record_a, record_b)
    with store.write() as connection:
        _check(connection, pair)
        withdrawn = _withdraw(connection, SAME, [pair], now_us)
        _say(connection, DIFFERENT, [pair], who, now_us, {pair: seen})
        _note(connection, "different", pair, who, now_us)
        return withdrawn


def standing(connection: Connection) -> pa.Table:
    """The verdicts that stand: record_a, record_b, verdict, who, verdict_id, at_us, asked, zone."""
    columns = ("record_a", "record_b", "verdict", "who", "verdict_id", "at_us", "asked", "zone")
    return rows.fetch(
        connection, select(*(verdicts.c[name] for name in columns)).where(verdicts.c.withdrawn_us.is_(None))
    )


def said_same(connection: Connection, among: Collection[int]) -> list[Verdict]:
    """Which of some records people said to be one person, the first said first."""
    verdict = verdicts.c
    found = rows.fetch_where_in(
        connection, _words(SAME).order_by(verdict.verdict_id), [verdict.record_a], sorted(among)
    )
    return [Verdict(**row) for row in found.to_pylist() if row["record_b"] in among]


def remember_heard(connection: Connection, last: int) -> None:
    """Keep that a run has made so every word up to a number."""
    ledgers.remember(connection, _HEARD, str(last))


def heard(connection: Connection) -> int | None:
    """Up to which word a run has made them so; None where none ever ran."""
    last = ledgers.recall(connection, _HEARD)
    return None if last is None else int(last)


def unheard(connection: Connection, verdict: str) -> list[Verdict]:
    """The standing words that no run has made so yet, the first said first: it was broken off, or is still to come."""
    last, said = heard(connection), verdicts.c
    newer = _words(verdict).where(said.verdict_id > (last or 0)).order_by(said.verdict_id)
    return [] if last is None else [Verdict(**row._mapping) for row in connection.execute(newer)]


def _to_be_with(connection: Connection, record: int) -> set[int]:
    """The records of the person of a record, and of those whom words that no run has made so yet join to it."""
    found, to_come = members_with(connection, [record]), unheard(connection, SAME)
    while joined := {
        end for one in to_come if len({one.record_a, one.record_b} & found) == 1
        for end in (one.record_a, one.record_b) if end not in found
    }:  # fmt: skip
        found |= members_with(connection, sorted(joined))
    return found


def _words(verdict: str) -> Select[Any]:
    said = verdicts.c
    columns = (said[one.name] for one in fields(Verdict))
    return select(*columns).where(said.verdict == verdict, said.withdrawn_us.is_(None))


def _loose(connection: Connection, some: Collection[int], held: Iterable[Pair]) -> list[int]:
    """The first of each of the parts that some records fall into, as only what is `held` between them, and words about
    them, holds them together."""
    said = ((one.record_a, one.record_b) for one in said_same(connection, some))
    ties = (*(pair for pair in held if {*pair} <= {*some}), *said)
    return sorted(min(part) for part in each_once(together(some, ties)))


def _check(connection: Connection, wanted: Sequence[int]) -> None:
    if not wanted:
        raise Invalid(_("no record was named"), _("name the records to unmerge"))
    refuse_unknown(connection, wanted)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _across(some: Iterable[int], others: Iterable[int]) -> list[Pair]:
    others = list(others)
    return sorted({_pair(one, other) for one in some for other in others if one != other})


def _standing_of(connection: Connection, verdict: str, pairs: Sequence[Pair]) -> dict[int, Verdict]:
    """The standing verdicts about these pairs, by number."""
    statement = _words(verdict).add_columns(verdicts.c.verdict_id)
    found = rows.fetch_where_in(
        connection, statement, [verdicts.c.record_a, verdicts.c.record_b], list(pairs)
    )
    return {row.pop("verdict_id"): Verdict(**row) for row in found.to_pylist()}


def _withdraw(connection: Connection, verdict: str, pairs: Sequence[Pair], now_us: int) -> list[Verdict]:
    """Withdraw what was said of these pairs; returns it."""
    found = _standing_of(connection, verdict, pairs)
    numbers = list(found)
    for at in range(0, len(numbers), 1000):
        chosen = verdicts.c.verdict_id.in_(numbers[at : at + 1000])
        connection.execute(update(verdicts).where(chosen).values(withdrawn_us=now_us))
    return list(found.values())


def _say(
    connection: Connection,
    verdict: str,
    pairs: Sequence[Pair],
    who: str,
    now_us: int,
    seen: Mapping[Pair, Seen] | None = None,
) -> None:
    standing = _standing_of(connection, verdict, pairs).values()
    said = {(one.record_a, one.record_b) for one in standing}
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
