"""Which pairs people are asked about, beside those in review, and what a pair looked like when it was answered.

A *sample* of the pairs that the model joined by itself is drawn at random, so that the share of it that people find
right is an unbiased estimate for all of them. Whom an identifier joined too are not among them: they would be joined
without the model, and nearly all are right. Every pair has its own place in one order by chance, for ever: who asks
for thirty and later for thirty more has sixty of one draw, and a pair that joins later takes its place among them
(permanent random numbers: Ohlsson 1995, in Business Survey Methods, chapter 9).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, exists, select

from regulars.engine import Engine
from regulars.engine.statements import statements
from regulars.match.people.evidence import last_model
from regulars.match.people.identity import few_owners
from regulars.match.records import is_named, make_cards, read_records, too_common
from regulars.match.review.verdicts import Seen
from regulars.settings import MatchSettings
from regulars.store import Store, rows
from regulars.store.tables import identity, links, review_pairs, verdicts

_SQL = statements(Path(__file__).with_suffix(".sql"))
_SEED = "20261122"
#: Why a pair waits for review that is in doubt for what it is, and not for what others say or for a rule.
_IN_DOUBT = ("undecided", "same household", "same family name", "same name")


def sample(store: Store, engine: Engine, most: int) -> pa.Table:
    """Pairs that likeness alone joined, in an order by chance, nobody having settled them: record_a, record_b,
    person, weight, probability, fields."""
    kept = last_model(store)
    with store.read() as connection, engine.session() as session:
        session.table("joined", _joined(connection, kept.version if kept else ""))
        settled = select(verdicts.c.record_a, verdicts.c.record_b).where(verdicts.c.withdrawn_us.is_(None))
        session.table("settled", rows.fetch(connection, settled))
        return session.rows(_SQL["sample"], {"seed": _SEED, "most": most})


def seen_in_review(store: Store, record_a: int, record_b: int) -> Seen | None:
    """What a pair looks like that waits for review; None when it does not wait."""
    kept = last_model(store)
    pair = min(record_a, record_b), max(record_a, record_b)
    waiting = select(review_pairs).where(
        review_pairs.c.record_a == pair[0], review_pairs.c.record_b == pair[1]
    )
    with store.read() as connection:
        found = connection.execute(waiting).first()
    if found is None:
        return None
    if (
        kept is None or found.fields == "{}"
    ):  # it waits for an identifier that the two share, and was not weighed
        return Seen(asked="review", zone="held")
    in_doubt = found.reason in _IN_DOUBT and found.probability < kept.model.threshold
    return Seen(
        asked="review",
        zone="review" if in_doubt else "held",
        weight=found.weight,
        probability=found.probability,
        fields=found.fields,
        model_version=kept.version,
    )


def seen_in_sample(store: Store, record_a: int, record_b: int) -> Seen:
    """What a pair of the sample looked like: as a model joined it last, whatever was learnt while it was asked."""
    link = links.c
    statement = select(links).where(
        link.record_a == min(record_a, record_b), link.record_b == max(record_a, record_b), link.kind == "model"
    )  # fmt: skip
    with store.read() as connection:
        found = connection.execute(statement.order_by(link.link_id.desc())).first()
    if found is None:
        return Seen(asked="sample")
    return Seen(
        asked="sample",
        zone="automatic",
        weight=found.weight,
        probability=found.probability,
        fields=found.fields,
        model_version=found.model_version,
    )


def would_stand(store: Store, engine: Engine, settings: MatchSettings, some: Sequence[int]) -> int:
    """The person id that would stand if some people were one."""
    now = identity.c
    theirs = select(now.record, now.person).where(now.person.in_(some), now.until_us.is_(None))
    with store.read() as connection, engine.session() as session:
        person = {row.record: row.person for row in connection.execute(theirs)}
        read_records(connection, session, sorted(person))
        make_cards(session, settings, (), too_common(connection, sorted(person), settings))
        cards = session.rows("select * from cards").to_pylist()
    named = {card["record"] for card in cards if is_named(card)}
    owner, _stands = few_owners([0] * len(person), [*person.values()], [one not in named for one in person])
    return owner[0]


def _joined(connection: Connection, version: str) -> pa.Table:
    """The pairs that the model joined, and no identifier, and that are one person now."""
    here, there, link, shared = identity.alias(), identity.alias(), links.c, links.alias()
    by_rule = exists().where(
        shared.c.record_a == link.record_a, shared.c.record_b == link.record_b, shared.c.kind == "exact"
    )
    statement = (
        select(link.record_a, link.record_b, here.c.person, link.weight, link.probability, link.fields)
        .join(here, (here.c.record == link.record_a) & here.c.until_us.is_(None))
        .join(there, (there.c.record == link.record_b) & there.c.until_us.is_(None))
        .where(link.kind == "model", link.model_version == version, here.c.person == there.c.person, ~by_rule)
    )
    return rows.fetch(connection, statement)
