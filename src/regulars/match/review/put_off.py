"""Pairs in review that somebody puts off: no answer. They wait on, after all others, until either record tells more."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from regulars.match.records import refuse_unknown
from regulars.store import Store, ledgers, rows
from regulars.store.tables import identifiers, record_versions
from regulars.store.tables import put_off as put_off_pairs

_PAIR = ("record_a", "record_b")


def put_off(store: Store, record_a: int, record_b: int, who: str, now_us: int) -> None:
    """Ask about a pair after all others, until either record tells more."""
    pair = min(record_a, record_b), max(record_a, record_b)
    with store.write() as connection:
        refuse_unknown(connection, pair)
        fact = max(_newest_facts(connection, pair).values(), default=0)
        names = (*_PAIR, "fact", "who", "at_us")
        rows.put(connection, put_off_pairs, names, [(*pair, fact, who, now_us)], again=True)
        subject = f"{pair[0]} {pair[1]}"
        ledgers.note(connection, at_us=now_us, who=who, action="later", subject=subject, detail="")


def are_put_off(connection: Connection) -> set[tuple[int, int]]:
    """The pairs that somebody put off and of which neither record told more since."""
    found = rows.fetch(connection, rows.columns_of(put_off_pairs, "record_a", "record_b", "fact")).to_pylist()
    newest = _newest_facts(
        connection, sorted({row[end] for row in found for end in ("record_a", "record_b")})
    )
    then = {(row["record_a"], row["record_b"]): row["fact"] for row in found}
    return {pair for pair, fact in then.items() if max(newest.get(end, 0) for end in pair) == fact}


def answered(connection: Connection, pairs: Collection[tuple[int, int]]) -> None:
    """Forget that some pairs, each with its smaller record first, were put off: somebody said what they are."""
    rows.drop(connection, put_off_pairs, _PAIR, sorted(pairs))


def _newest_facts(connection: Connection, some: Sequence[int]) -> dict[int, int]:
    """The newest fact that each of some records tells, of who it is and by what it is known."""
    newest: dict[int, int] = {}
    for told in (record_versions, identifiers):
        statement = rows.columns_of(told, "record", "fact")
        for row in rows.fetch_where_in(connection, statement, [told.c.record], some).to_pylist():
            newest[row["record"]] = max(row["fact"], newest.get(row["record"], 0))
    return newest
