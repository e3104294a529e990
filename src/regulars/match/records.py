"""What is known of each record, in the form in which records are compared: the relation `cards` of a session."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, Select, func, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import NotFound
from regulars.model.alphabets import BEYOND_LATIN, romanised
from regulars.model.person import nobody_sql
from regulars.settings import MatchSettings
from regulars.store import ledgers, rows
from regulars.store.lake import Lake
from regulars.store.tables import NOBODY, identifiers, identity, record_versions, records, touched
from regulars.words import _, shortened

SQL = statements(Path(__file__).with_name("cards.sql"))
#: What is compared of a person.
COMPARED = (
    "given_name", "middle_name", "family_name", "name_suffix", "full_name", "birth_date", "age", "birth_place",
    "occupation", "gender", "email", "phone", "house_number", "unit", "street", "city", "postcode",
    "loyalty_card", "user_id",
)  # fmt: skip
#: What stands before the @ of an address that is everybody's at work; a pattern.
ROLE_MAILBOXES = (
    "info|infos|contact|hello|bonjour|allo|mail|courrier|courriel|ventes?|sales|commandes?|orders?|achats?|purchasing|"
    "reception|accueil|admin|administration|office|bureau|secretariat|direction|compta|comptabilite|accounting|accounts?|"
    "facturation|facture|billing|invoices?|service|services|serviceclients?|customerservice|support|help|aide|team|equipe|"
    "marketing|rh|hr|emplois?|jobs|magasin|boutique|shop|store|garage|clinique|restaurant"
)
#: What stands before the @ where somebody would not give an address; a pattern.
NO_MAILBOXES = (
    r"none|no|null|na|no[._-]?e?mail|no[._-]?reply|do[._-]?not[._-]?reply|unknown|inconnu|anonym\w*|aucun"
    "|test"
)
#: What stands where an identifier should, without its punctuation.
NO_VALUES = ("", "null", "none", "nil", "na", "nan", "unknown", "inconnu", "aucun", "undefined", "test")
#: What parts several who bear one name, by the words for it, without accents and punctuation.
SUFFIXES = {
    "jr": "jr", "junior": "jr", "fils": "jr", "sr": "sr", "senior": "sr", "pere": "sr",
    "ii": "ii", "2nd": "ii", "iii": "iii", "3rd": "iii", "iv": "iv",
}  # fmt: skip
#: Those that may stand behind a given name, and behind a family name; patterns.
BEHIND_GIVEN = "|".join(dict.fromkeys(SUFFIXES.values()))
BEHIND_FAMILY = "|".join(filter(str.isalpha, SUFFIXES))
#: A day on which people of so many names, and so many times as many as on others, were born is a placeholder.
_PLACEHOLDER = {"fewest": 10, "times": 5}
#: Nobody is joined from more records than this, unless people say so.
LARGEST = 50
#: The same as `folded` of `cards.sql` asks for it.
_SUFFIXES = {
    "suffix_words": [*SUFFIXES],
    "suffixes": [*SUFFIXES.values()],
    "behind_given": BEHIND_GIVEN,
    "behind_family": BEHIND_FAMILY,
}
#: Where the birth dates that were set aside are remembered.
_NO_BIRTHS = "match_no_births"
#: Records read from the store at a time, so that memory stays flat.
_STRIDE = 100_000
#: A field, or a kind of identifier, is compared by the model when so many of the records have it.
ENOUGH_FILLED = 0.05
#: At most so many kinds of identifiers are compared, the best filled first.
_MOST_KINDS = 6


def read_records(
    connection: Connection, session: Session, only: Sequence[int] | None = None, lake: Lake | None = None
) -> int:
    """Read every record of the store (or `only` some) into a session; returns how many there are.

    With a lake that is up to date, what the records say is read from it, some ten times faster.
    """
    version = record_versions.c
    people = select(
        version.record, version.fact, version.seen_us, *(version[name] for name in COMPARED)
    ).where(version.superseded_by.is_(None))
    filler = select(version.fact).where(version.changes.like('%_name":["invalid: placeholder"%'))
    held = select(*(identifiers.c[name] for name in ("record", "type", "value", "fact")))
    known = select(records.c.record, records.c.source, records.c.source_key)
    session.table("found_records", _read(connection, known, records.c.record, only))
    if lake:
        session.parquet("mirrored", lake.files(connection, record_versions), lake.schema(record_versions))
        session.view("found_versions", SQL["from_lake"].format(columns=", ".join(COMPARED)))
    else:
        session.table("found_versions", _read(connection, people, version.record, only))
    session.table("fillers", _read(connection, filler, version.record, only))
    session.table("found_identifiers", _read(connection, held, identifiers.c.record, only))
    session.create("current_versions", SQL["current_versions"])
    session.create("nobodies", SQL["nobodies"].format(nobody=nobody_sql("name")))
    session.create("numbered", SQL["numbered"])
    session.create("held", SQL["held"])
    session.drop("found_versions", "found_identifiers", "found_records")
    return int(session.rows("select count(*) as n from numbered")["n"][0].as_py())


def names(connection: Connection, wanted: Collection[int]) -> dict[int, str]:
    """SOURCE:KEY by record."""
    known = select(records.c.record, records.c.source, records.c.source_key).order_by(records.c.record)
    found = rows.fetch_where_in(connection, known, [records.c.record], sorted(wanted))
    return {row["record"]: f"{row['source']}:{row['source_key']}" for row in found.to_pylist()}


def refuse_unknown(connection: Connection, wanted: Collection[int]) -> None:
    """`NotFound` where one of some records is not there."""
    for record in set(wanted) - (names(connection, wanted).keys() - {NOBODY}):
        raise NotFound(_("there is no record {record}", record=record), _("name it as SOURCE:SOURCE_KEY"))


def nobody(name: str) -> tuple[str, str]:
    """What is said of a record (SOURCE:KEY) that is nobody, and the next step."""
    return (
        _("{record} is nobody: no name and no number tells who it is", record=shortened(name)),
        _("name a record that has a name, an e-mail, a phone or a card"),
    )


def refuse_nobody(connection: Connection, wanted: Collection[int]) -> None:
    """`NotFound` where one of some records is nobody, or was not matched yet."""
    placed = select(identity.c.record).where(identity.c.record.in_(wanted), identity.c.until_us.is_(None))
    lost = sorted(set(wanted) - {NOBODY} - set(connection.execute(placed).scalars()))
    if not lost:
        return
    name = shortened(names(connection, lost[:1])[lost[0]])
    if connection.execute(select(touched.c.record).where(touched.c.record == lost[0])).first() is not None:
        raise NotFound(
            _("{record} was not compared with the others yet", record=name), _("run `regulars match` first")
        )
    raise NotFound(*nobody(name))


def most_holders(settings: MatchSettings) -> int:
    """On how many records an identifier that the shop allows still names somebody: as many as one person may be."""
    return max(settings.identifier_limit, LARGEST)


def set_aside(session: Session, settings: MatchSettings) -> pa.Table:
    """What too many of all records have to name anybody, and the fillers that the shop allows, the most common first:
    type, value, records, whether the shop allows it, and whether it is a filler."""
    _settle_values(session, settings, ())
    asked = {"identifier_limit": settings.identifier_limit, "most_holders": most_holders(settings)}
    births = session.rows(SQL["crowded_births"], _PLACEHOLDER)
    return pa.concat_tables([session.rows(SQL["crowded"], asked), births], promote_options="permissive")


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
    session.create("empty_values", SQL["empty_values"], fillers)


def make_cards(
    session: Session,
    settings: MatchSettings,
    kinds: Sequence[str] | None = None,
    also_blocked: Sequence[str] = (),
    births: Sequence[str] = (),
) -> tuple[str, ...]:
    """Make the relation `cards`; returns the kinds of identifiers it has a column for (`id_0`, `id_1`, …).

    `births` are birth dates that count as unknown.
    """
    _settle_values(session, settings, also_blocked)
    session.table("no_births", pa.table({"value": pa.array(list(births), pa.string())}))
    session.table("nicknames", _listed("roots", formal_names()))
    session.table("other_names", _listed("others", other_names()))
    session.create(
        "usable",
        SQL["usable"],
        {
            "identifier_limit": settings.identifier_limit,
            "most_holders": most_holders(settings),
            "role_mailboxes": ROLE_MAILBOXES,
        },
    )
    chosen = tuple(kinds) if kinds is not None else _well_filled(session)
    slots = {"type": pa.array(chosen, pa.string()), "slot": pa.array(range(len(chosen)), pa.int64())}
    session.table("slots", pa.table(slots))
    columns = "".join(f", max(value) filter (where slot = {n}) as id_{n}" for n in range(len(chosen)))
    nameless = {f"no_{column}_names": sorted(no_names(column)) for column in ("given", "family")}
    session.table("romanised", _romanised(session))
    session.view("in_latin_letters", SQL["in_latin_letters"])
    session.create("folded", SQL["folded"], {**nameless, **_SUFFIXES})
    session.create("reached", SQL["reached"].format(id_columns=columns))
    session.create("spelt", SQL["spelt"], {"no_family_names": nameless["no_family_names"]})
    session.create("cards", SQL["cards"])
    session.drop("folded", "reached", "spelt")
    return chosen


def is_named(card: Mapping[str, Any]) -> bool:
    """Whether a card tells who it is of: `named` of `match/run.sql`."""
    return any(card[column] is not None for column in ("given", "family", "email", "phone"))


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


def _read(
    connection: Connection, statement: Select[Any], record: Any, only: Sequence[int] | None
) -> pa.Table:
    if only is not None:
        return rows.fetch_where_in(connection, statement, [record], list(only))
    return fetch_by_record(connection, statement, record)


def fetch_by_record(connection: Connection, statement: Select[Any], record: Any) -> pa.Table:
    """Run a select for every record (a column of it) but nobody's, some at a time, so that memory stays flat."""
    last = connection.execute(select(func.max(record))).scalar() or 0
    parts = [
        rows.fetch(connection, statement.where(record > low, record <= low + _STRIDE))
        for low in range(NOBODY, last + 1, _STRIDE)
    ]
    return pa.concat_tables(parts)


def _romanised(session: Session) -> pa.Table:
    """The names in other alphabets: name, latin, script."""
    names = session.rows(SQL["foreign_names"].format(beyond_latin=BEYOND_LATIN))["name"].to_pylist()
    found = [(name, *romanised(name)) for name in names]
    columns = zip(*(one for one in found if one[2]), strict=True) if found else ()
    return pa.table(
        [pa.array(column, pa.string()) for column in columns] or [[]] * 3, names=["name", "latin", "script"]
    )


def _well_filled(session: Session) -> tuple[str, ...]:
    filled = session.rows(SQL["filled"]).to_pylist()
    total = int(session.rows("select count(*) as n from numbered")["n"][0].as_py())
    enough = [row for row in filled if row["cards"] >= ENOUGH_FILLED * total and row["distinct_values"] > 1]
    best = sorted(enough, key=lambda row: (-row["cards"], row["type"]))[:_MOST_KINDS]
    return tuple(sorted(row["type"] for row in best))


def blocked_forms(value: str) -> tuple[str, str]:
    """How a blocked value may be written: as it is, and without its punctuation."""
    word = value.strip().lower()
    return word, "".join(letter for letter in word if letter.isalnum())


@cache
def other_names() -> dict[str, list[str]]:
    """Names that are written alike and are borne by others, by name: Simon and Simone, Yves and Yvon."""
    with Path(__file__).with_name("other_names.csv").open(encoding="utf-8") as file:
        return {row["name"]: row["others"].split() for row in csv.DictReader(file)}


def _other_ending(nickname: str) -> str:
    """Eddy is Eddie."""
    return re.sub("(?<=..)(ie|y)$", lambda found: "y" if found[0] == "ie" else "ie", nickname)


@cache
def no_names(column: str) -> frozenset[str]:
    """Words that stand where a `given` or a `family` name should and are nobody's: Madame, Guest, Grandson.

    What people write who would rather not say, and clerks who do not ask; surveys know the kind.
    """
    with Path(__file__).with_name("no_names.csv").open(encoding="utf-8") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if column in row["columns"].split())


@cache
def formal_names() -> dict[str, list[str]]:
    """The formal names that a name may be short for, itself included, by name."""
    roots: dict[str, set[str]] = {}
    with Path(__file__).with_name("nicknames.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in (row["name"], *row["nicknames"].split()):
                for spelt in {name, _other_ending(name)}:
                    roots.setdefault(spelt, {spelt}).add(row["name"])
    return {name: sorted(roots[name]) for name in sorted(roots)}


def _listed(what: str, by_name: dict[str, list[str]]) -> pa.Table:
    names = pa.array(list(by_name), pa.string())
    return pa.table({"name": names, what: pa.array(list(by_name.values()), pa.list_(pa.string()))})
