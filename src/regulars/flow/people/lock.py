"""Lock: somebody of the shop knows better than the files, and what they say stands above every source.

A lock hangs on a record, as facts do: it follows the record through merges and unmerges, and outlives every load.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.clean.one import SHORT, clean_one
from regulars.errors import Invalid, Refused, did_you_mean
from regulars.flow import Ground
from regulars.flow.facts import lay_out_some
from regulars.flow.people.find import find_one, record_number, records_of
from regulars.flow.turn import takes_turn
from regulars.model.person import person_id
from regulars.profile.golden import UNITS, WHOLES, golden_cards, unit_of
from regulars.profile.writes import release_locks, write_cards, write_locks
from regulars.store import ledgers
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import PERSON_FIELDS, consents, locks, people, records
from regulars.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """One value that somebody locked."""

    record: str  #: SOURCE:SOURCE_KEY
    field: str
    value: str | None  #: in standard form; None: the field is kept empty
    who: str
    why: str
    at_us: int
    released_us: int | None  #: None: it holds, unless a newer one on another record of the person does
    released_by: str | None


@takes_turn
def lock(ground: Ground, key: str, values: Mapping[str, str], *, who: str, why: str) -> list[Lock]:
    """Lock fields of one person to values, cleaned as those of a file are; '' keeps a field empty. All their locks."""
    person = find_one(ground, key)
    told = _cleaned(ground, values)
    at_us = ground.now_us()
    with ground.store.write() as connection:
        for record, fields in _by_record(connection, key, person, told).items():
            write_locks(
                connection, record, {name: told[name] for name in fields}, who=who, why=why, at_us=at_us
            )
            _note(connection, "lock", record, fields, who, at_us)
            ledgers.outdate(connection, [record], at_us)
    refresh_card(ground, person)
    return locks_of(ground, key)


@takes_turn
def unlock(ground: Ground, key: str, fields: Sequence[str], *, who: str) -> list[Lock]:
    """Let the files decide again, about these fields or about all of the person. All their locks."""
    person = find_one(ground, key)
    standing = [one.field for one in locks_of(ground, key) if one.released_us is None]
    wanted = [name for name in standing if not fields or name in _meant(fields)]
    if not standing:
        raise Refused(
            _("nothing of {person} is locked", person=person_id(person)),
            _("`regulars lock {person} FIELD=VALUE` locks a field", person=person_id(person)),
        )
    if not wanted:
        raise Refused(
            _("no such field of {person} is locked", person=person_id(person)),
            _("locked are: {fields}", fields=", ".join(dict.fromkeys(standing))),
        )
    at_us = ground.now_us()
    with ground.store.write() as connection:
        own = records_of(connection, person)
        release_locks(connection, own, wanted, who=who, at_us=at_us)
        _note(connection, "unlock", own[0], wanted, who, at_us)
        ledgers.outdate(connection, own, at_us)
    refresh_card(ground, person)
    return locks_of(ground, key)


def locks_of(ground: Ground, key: str) -> list[Lock]:
    """All locks of one person, those that were taken back too, the newest first."""
    person = find_one(ground, key)
    statement = (
        select(locks, records.c.source, records.c.source_key)
        .join(records, records.c.record == locks.c.record)
        .order_by(locks.c.at_us.desc(), locks.c.lock_id.desc())
    )
    with ground.store.read() as connection:
        found = connection.execute(statement.where(locks.c.record.in_(records_of(connection, person))))
        return [
            Lock(
                record=f"{row['source']}:{row['source_key']}",
                **{name: row[name] for name in Lock.__dataclass_fields__ if name != "record"},
            )
            for row in found.mappings()
        ]


def refresh_card(ground: Ground, person: int) -> None:
    """Make one person's golden card anew, so that a page shows at once what was said."""
    with ground.store.read() as connection:
        cards = card_as_one(ground, connection, [person])
    with ground.store.write() as connection:
        write_cards(connection, cards)


def card_as_one(ground: Ground, connection: Connection, persons: Sequence[int]) -> pa.Table:
    """The golden card of a person; of several people, that of the one person they would be."""
    own = [record for person in persons for record in records_of(connection, person)]
    with ground.engine.session() as session:
        lay_out_some(session, ground, connection, list(persons))
        session.table("identity", pa.table({"record": own, "person": [min(persons)] * len(own)}))
        for table in (consents, locks):
            session.table(table.name, fetch(connection, columns_of(table).where(table.c.record.in_(own))))
        return golden_cards(session, ground.settings, as_of_us=ground.now_us())


def _meant(fields: Iterable[str]) -> frozenset[str]:
    """The fields that are meant: `name`, `address` and the whole lines stand for their parts too."""
    meant: set[str] = set()
    for name in (SHORT.get(field, field) for field in fields):
        if name not in PERSON_FIELDS:
            raise Invalid(
                _("people have no field '{name}'", name=name),
                did_you_mean(name, [*PERSON_FIELDS, *SHORT])
                or _("fields are {fields}", fields=", ".join(PERSON_FIELDS)),
            )
        meant |= set(UNITS[WHOLES[name]]) if name in WHOLES else {name}
    return frozenset(meant)


def _cleaned(ground: Ground, values: Mapping[str, str]) -> dict[str, str | None]:
    """Each field that is meant, in standard form; a part of a whole line that it does not tell is empty."""
    meant = {name: _meant([name]) for name in values}
    found = clean_one(values, ground.settings, now_us=ground.now_us())
    for name, fields in meant.items():
        if values[name].strip() and not any(found.values.get(field) for field in fields):
            raise Invalid(
                _("'{value}' cannot be the {field} of anybody", value=values[name], field=name),
                "; ".join(map(str, found.warnings)),
            )
    fields = frozenset[str]().union(*meant.values())
    parted = {unit_of(name) for name in found.values if name not in WHOLES}
    fields -= {name for name in fields & WHOLES.keys() if WHOLES[name] in parted}  # its parts say it all
    return {name: found.values.get(name) for name in PERSON_FIELDS if name in fields}


def _by_record(connection: Connection, key: str, person: int, fields: Iterable[str]) -> dict[int, list[str]]:
    """Which record to lock each field on: the one named, else the one that its value is from, else the first."""
    own = records_of(connection, person)
    named = _named(connection, key, own)
    kept = connection.execute(select(people.c.provenance).where(people.c.person == person)).scalar()
    origins = json.loads(kept or "{}")
    chosen: dict[int, list[str]] = {}
    for name in fields:
        origin = origins.get(unit_of(name))
        told = record_number(connection, f"{origin['source']}:{origin['source_key']}") if origin else own[0]
        chosen.setdefault(named or (told if told in own else own[0]), []).append(name)
    return chosen


def _named(connection: Connection, key: str, own: Sequence[int]) -> int | None:
    """The record that a key names by its source, when it does."""
    source, _colon, source_key = key.partition(":")
    statement = select(records.c.record).where(
        records.c.source == source, records.c.source_key == source_key, records.c.record.in_(own)
    )
    return connection.execute(statement).scalar()


def _note(
    connection: Connection, action: str, record: int, fields: Iterable[str], who: str, at_us: int
) -> None:
    ledgers.note(
        connection, at_us=at_us, who=who, action=action, subject=str(record), detail=" ".join(fields)
    )
