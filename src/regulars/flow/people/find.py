"""Find people by whatever is at hand: an id, an e-mail, a phone, a card, a name, or a record of a source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, func, select, union

from regulars.clean.one import clean_one
from regulars.engine.statements import statements
from regulars.errors import Invalid, NotFound, Refused, did_you_mean
from regulars.flow import Ground
from regulars.flow.chain.plan import profiles_file
from regulars.flow.people.gone import has_records, nobody_left
from regulars.match.people.identity import resolve
from regulars.match.records import refuse_nobody
from regulars.model.person import is_nobody, person_id, person_number
from regulars.store.tables import identifiers, identity, locks, people, persons, record_versions, records
from regulars.words import _, shortened

#: So many people a list has at most.
MOST = 50
#: How many of several people a sentence names.
_NAMED = 5
_SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Somebody who may be meant."""

    person: int
    name: str
    email: str | None
    phone: str | None
    city: str | None


def find(ground: Ground, key: str) -> list[Hit]:
    """Everybody a key may mean, best first, one more than `MOST` where there are more; `NotFound` when nobody, or when
    nothing is left of who it meant."""
    if not key.strip():
        raise Invalid(_("nobody is asked for"), _whom())
    with ground.store.read() as connection:
        found = (
            _by_id(connection, key) or _by_record(connection, key) or _by_identifier(connection, ground, key)
        )
        found = found or _by_name(ground, key, _of_no_name(connection, key))
        several = [*dict.fromkeys(found)][: MOST + 1]
        there = [person for person in several if has_records(connection, person)]
        if several and not there:
            raise nobody_left(connection, several[0], ground.settings.shop.time_zone)
        hits = [hit(connection, person) for person in there]
    if not hits:
        if is_nobody(key):
            raise NotFound(
                _(
                    "'{key}' is what tills write for nobody in particular: no customer goes by it",
                    key=shortened(key),
                ),
                _whom(),
            )
        raise _unknown(key, _whom())
    return hits


def _unknown(key: str, next_step: str) -> NotFound:
    return NotFound(_("nobody is known as '{key}'", key=shortened(key)), next_step)


def _of_no_name(connection: Connection, key: str) -> str:
    """What helps whoever gave a key that can be no name, and that nobody has; '' where it may be a name."""
    if person_number(key) is not None:
        last = connection.execute(select(func.max(persons.c.person))).scalar()
        if last is None:
            return _("nobody has an id before the first `regulars match`")
        return _(
            "ids go from P1 to {last}; an e-mail, a phone or a card finds somebody, too", last=person_id(last)
        )
    if ":" in key:
        return _which_record(connection, key)
    if "@" in key or (key.strip() and not any(letter.isalpha() for letter in key)):
        return _(
            "the e-mails, phones and numbers of all records were looked through: check how it is written"
        )
    return ""


def _which_record(connection: Connection, text: str) -> str:
    """What helps whoever named a record, `SOURCE:SOURCE_KEY`, that is not there."""
    source = text.partition(":")[0]
    known = sorted(connection.execute(select(records.c.source).distinct()).scalars())
    if not known:
        return _("no record is loaded yet: load customers or orders")
    if source in known:
        return _(
            "no customer of {source} has that number; `regulars show` of an e-mail, a phone or a card lists the"
            " records of a person",
            source=source,
        )
    return did_you_mean(source, known) or _(
        "a record is SOURCE:SOURCE_KEY; sources are {known}", known=", ".join(known)
    )


def _whom() -> str:
    return _(
        "give a person id such as P12, an e-mail, a phone, a card, a name, a customer number, or SOURCE:KEY"
    )


def find_one(ground: Ground, key: str) -> int:
    """The person that a key means; `Invalid`, with the ids, when several people fit."""
    try:
        hits = find(ground, key)
    except Refused:  # nothing is built: it may be a name
        raise NotFound(
            _("there is no record and nobody known as '{key}'", key=shortened(key)),
            _("a record is SOURCE:SOURCE_KEY; names are looked up once `regulars build` has been run"),
        ) from None
    if len(hits) > 1:
        ids = ", ".join(_called(one) for one in hits[:_NAMED])
        raise Invalid(
            people_fit(key, len(hits)),
            _("name one by its id: {ids}", ids=ids),
        )
    return hits[0].person


def people_fit(key: str, hits: int) -> str:
    """How many people a key may mean, in a sentence; `hits` as many as were found."""
    if hits > MOST:
        return _("more than {count} people fit '{key}'", count=MOST, key=shortened(key))
    return _("{count} people fit '{key}'", count=hits, key=shortened(key))


def _called(one: Hit) -> str:
    """Somebody by id, and by name where one is known."""
    return f"{person_id(one.person)} ({shortened(one.name)})" if one.name else person_id(one.person)


def record_number(connection: Connection, text: str) -> int:
    """The record of `SOURCE:SOURCE_KEY`; `NotFound` when there is none."""
    source, _colon, key = text.partition(":")
    found = connection.execute(
        select(records.c.record).where(records.c.source == source, records.c.source_key == key)
    ).scalar()
    if found is None:
        raise NotFound(
            _("there is no record '{record}'", record=shortened(text)),
            _which_record(connection, text),
        )
    return int(found)


def records_of(connection: Connection, person: int) -> list[int]:
    """The records that are a person now."""
    statement = select(identity.c.record).where(identity.c.person == person, identity.c.until_us.is_(None))
    return sorted(connection.execute(statement).scalars())


def _by_id(connection: Connection, key: str) -> list[int]:
    number = person_number(key)
    if (
        number is None
        or connection.execute(select(persons.c.person).where(persons.c.person == number)).first() is None
    ):
        return []
    return [resolve(connection, number)]


def _by_record(connection: Connection, key: str) -> list[int]:
    if ":" not in key:
        return []
    try:
        record = record_number(connection, key)
    except NotFound:
        return []
    refuse_nobody(connection, [record])
    return _persons_of(connection, [record])


def _by_identifier(connection: Connection, ground: Ground, key: str) -> list[int]:
    """By a customer number of any source, or by identifier: as written, and as an e-mail or a phone is cleaned."""
    cleaned = clean_one({"email": key, "phone": key}, ground.settings, now_us=ground.now_us())
    values = {key.strip(), *(v for name in ("email", "phone") if (v := cleaned.values.get(name)))}
    told = select(identifiers.c.record).where(identifiers.c.value.in_(values))
    locked = select(locks.c.record).where(locks.c.value.in_(values), locks.c.released_us.is_(None))
    keyed = select(records.c.record).where(records.c.source_key == key.strip())
    found = sorted(connection.execute(union(told, locked, keyed)).scalars())
    somebody = _persons_of(connection, found)
    if found and not somebody:
        refuse_nobody(connection, found)
    return somebody


def _by_name(ground: Ground, key: str, otherwise: str) -> list[int]:
    """By name, once one is built; `otherwise` is what helps where the key can be none."""
    try:
        profiles = profiles_file(ground)
    except Refused:
        if otherwise:
            raise _unknown(key, otherwise) from None
        raise
    with ground.engine.session() as session:
        session.parquet("profiles", [profiles], pa.schema([]))
        found = [
            int(row["person"]) for row in session.rows(_SQL["by_name"], {"name": key.strip()}).to_pylist()
        ]
    if otherwise and not found:
        raise _unknown(key, otherwise)
    return found


def _persons_of(connection: Connection, numbers: list[int]) -> list[int]:
    statement = (
        select(identity.c.person)
        .distinct()
        .where(identity.c.record.in_(numbers), identity.c.until_us.is_(None))
    )
    return sorted(connection.execute(statement).scalars())


def _told_of(connection: Connection, person: int) -> dict[str, str | None]:
    """What the records of somebody of whom no card was made yet tell: a name, and how to reach them, the newest."""
    version = record_versions.c
    names, others = ("given_name", "family_name", "full_name"), ("email", "phone", "city")
    newest = (
        select(*(version[field] for field in (*names, *others)))
        .join(identity, identity.c.record == version.record)
        .where(identity.c.person == person, identity.c.until_us.is_(None), version.superseded_by.is_(None))
        .order_by(version.seen_us.desc(), version.fact.desc())
    )
    rows = [row._asdict() for row in connection.execute(newest)]
    named = next((row for row in rows if any(row[field] for field in names)), {})
    told = {field: next((row[field] for row in rows if row[field]), None) for field in others}
    return {field: named.get(field) for field in names} | told


def called(given: str | None, family: str | None, whole: str | None) -> str:
    """What somebody is called; by the whole name where no first name was read in it: "Paul et Johanne Cloutier"."""
    return f"{given} {family}" if given and family else given or whole or family or ""


def hit(connection: Connection, person: int) -> Hit:
    """One person, as a list of people says them."""
    found = connection.execute(select(people).where(people.c.person == person)).mappings().first()
    card = dict(found) if found else _told_of(connection, person)
    return Hit(
        person=person,
        name=called(card.get("given_name"), card.get("family_name"), card.get("full_name")),
        email=card.get("email"),
        phone=card.get("phone"),
        city=card.get("city"),
    )
