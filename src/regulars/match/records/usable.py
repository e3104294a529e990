"""Which identifiers and birth dates name somebody, and which too many have, or stand where nothing is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, func, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.records.word_lists import NO_MAILBOXES, NO_VALUES, ROLE_MAILBOXES
from regulars.settings import MatchSettings
from regulars.store import ledgers
from regulars.store.tables import identifiers

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: Nobody is joined from more records than this, unless people say so.
LARGEST_PERSON = 50
#: A day on which people of so many names, and so many times as many as on others, were born is a placeholder.
_PLACEHOLDER = {"fewest": 10, "times": 5}
#: Where the birth dates that were set aside are remembered.
_NO_BIRTHS = "match_no_births"


def most_holders(settings: MatchSettings) -> int:
    """On how many records an identifier that the shop allows still names somebody: as many as one person may be."""
    return max(settings.identifier_limit, LARGEST_PERSON)


def set_aside(session: Session, settings: MatchSettings) -> pa.Table:
    """What too many of all records have to name anybody, and the fillers that the shop allows, the most common first:
    type, value, records, whether the shop allows it, and whether it is a filler."""
    _settle_values(session, settings, ())
    asked = {"identifier_limit": settings.identifier_limit, "most_holders": most_holders(settings)}
    births = session.rows(_SQL["crowded_births"], _PLACEHOLDER)
    return pa.concat_tables([session.rows(_SQL["crowded"], asked), births], promote_options="permissive")


def remember_no_births(connection: Connection, births: Sequence[str]) -> None:
    """Keep which birth dates are set aside, for those who look at a few records only."""
    ledgers.remember(connection, _NO_BIRTHS, json.dumps(sorted(births)))


def no_births(connection: Connection) -> list[str]:
    """The birth dates that the last run set aside."""
    return list(json.loads(ledgers.recall(connection, _NO_BIRTHS) or "[]"))


def _settle_values(session: Session, settings: MatchSettings, also_blocked: Sequence[str]) -> None:
    """Make the relations `blocked` and `allowed`: values in the forms in which they are looked up. And `empty_values`,
    the identifiers that name nobody whoever has them."""
    for name, values in (
        ("blocked", (*settings.blocked_values, *also_blocked)),
        ("allowed", settings.allowed_values),
    ):
        forms = sorted({form for value in values for form in (value, *blocked_forms(value))})
        session.table(name, pa.table({"value": pa.array(forms, pa.string())}))
    fillers = {"no_mailboxes": NO_MAILBOXES, "no_values": list(NO_VALUES)}
    session.create("empty_values", _SQL["empty_values"], fillers)


def find_usable(session: Session, settings: MatchSettings, also_blocked: Sequence[str]) -> None:
    """Make the relation `usable`: the identifiers that name somebody, by card."""
    _settle_values(session, settings, also_blocked)
    session.create(
        "usable",
        _SQL["usable"],
        {
            "identifier_limit": settings.identifier_limit,
            "most_holders": most_holders(settings),
            "role_mailboxes": ROLE_MAILBOXES,
        },
    )


def too_common(connection: Connection, some: Sequence[int], settings: MatchSettings) -> list[str]:
    """Identifier values of some records that are on more records than the limit allows, or, where the shop allows them,
    than one person may be."""
    mine = (
        select(identifiers.c.type, identifiers.c.value)
        .where(identifiers.c.record.in_(some))
        .distinct()
        .subquery()
    )
    holders = func.count(identifiers.c.record.distinct())
    statement = (
        select(identifiers.c.value, holders.label("holders"))
        .join(mine, (mine.c.type == identifiers.c.type) & (mine.c.value == identifiers.c.value))
        .group_by(identifiers.c.type, identifiers.c.value)
        .having(holders > settings.identifier_limit)
    )
    allowed, most = allowed_forms(settings), most_holders(settings)
    return [
        row.value
        for row in connection.execute(statement)
        if row.holders > most or allowed.isdisjoint(blocked_forms(row.value))
    ]


def allowed_forms(settings: MatchSettings) -> set[str]:
    """The values that count although many records have them, in the forms in which they are looked up."""
    return {form for value in settings.allowed_values for form in blocked_forms(value)}


def blocked_forms(value: str) -> tuple[str, str]:
    """How a blocked value may be written: as it is, and without its punctuation."""
    word = value.strip().lower()
    return word, "".join(letter for letter in word if letter.isalnum())
