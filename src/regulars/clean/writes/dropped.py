"""Columns that a shop does not keep any more: their cells are emptied, as they were found and as they were read."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, or_, select, tuple_, update

from regulars.clean.writes.retention import AS_FOUND, Key
from regulars.model.fields import IDENTIFIER_PREFIX, NAMING, OPT_OUT
from regulars.model.keys import CALLED, MADE, OF_ONE, made_of
from regulars.store.tables import (
    PERSON_FIELDS,
    consents,
    events,
    identifiers,
    order_lines,
    products,
    record_versions,
    records,
    reference,
    traits,
)

#: The tables that keep rows as they were found, by column.
FOUND: Mapping[Table, str] = {**AS_FOUND, products: "extra", reference: "attributes", traits: "attributes"}
#: What is read of a file into columns that may be empty, without which a fact is still one; cards are read anew.
READ: Mapping[Table, tuple[str, ...]] = {
    order_lines: ("product_name", "category", "store", "channel", "payment", "coupon", "status"),
    events: ("product_id", "channel", "campaign", "value", "rating", "said"),
    products: ("product_name", "category", "brand", "unit_price", "unit_cost", "stock"),
}
#: The fields that what somebody said is made of.
_SAID = ("title", "text")
#: Fields of a card that are read of one another.
_TOGETHER = (
    ("name_prefix", "given_name", "middle_name", "family_name", "name_suffix", "full_name"),
    ("address_line", "house_number", "street", "unit", "city", "region", "postcode", "country"),
)
#: What a record may be called by in its key.
_NAMES = {"given_name", "family_name", "name_suffix", "full_name"}
_RECORDS = 1_000  #: looked at together
#: A value that names a record: record, type, value.
Name = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """What is no longer kept of one import."""

    import_id: int
    columns: frozenset[str]  #: as the file wrote them, and as the engine names them
    fields: frozenset[str]  #: those that were read of them, be it among others
    kind: str  #: of the file

    @property
    def cells(self) -> frozenset[str]:
        """What the cells of its rows are called; those of the cards of buyers by our fields."""
        return self.columns if self.kind == "people" else self.columns | self.fields

    @property
    def person_fields(self) -> tuple[str, ...]:
        """The fields of cards whose values may have come from what is dropped."""
        theirs = {field for field in self.fields if field in PERSON_FIELDS}
        for some in _TOGETHER:
            theirs |= set(some) if theirs & set(some) else set()
        return tuple(field for field in PERSON_FIELDS if field in theirs)

    @property
    def types(self) -> frozenset[str]:
        """The types of identifiers that may have come from what is dropped."""
        own = (
            one.removeprefix(IDENTIFIER_PREFIX) for one in self.fields if one.startswith(IDENTIFIER_PREFIX)
        )
        return frozenset((*(self.fields & set(MADE)), *own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One version of a card, and the row it was read of."""

    record: int
    fact: int
    raw: str | None  #: JSON; None: not kept any more


def rows_with_cells(
    connection: Connection, table: Table, of: Dropped, *, after: Key, most: int
) -> tuple[list[tuple[Key, str]], Key]:
    """Rows as found of which something is to be emptied, with what is left of them; and how far was looked.

    An empty place to go on from: the table is done.
    """
    key, found = list(table.primary_key), table.c[FOUND[table]]
    rows = select(*key, found).where(table.c.import_id == of.import_id, found.is_not(None))
    if after:
        rows = rows.where(tuple_(*key) > tuple_(*after))
    left, last, seen = [], after, 0
    for row in connection.execute(rows.order_by(*key).limit(most)):
        seen, last = seen + 1, tuple(row[:-1])
        cells = without(row[-1], of.cells)
        if cells is not None:
            left.append((last, cells))
    return left, last if seen == most else ()


def without(raw: str, columns: Collection[str]) -> str | None:
    """A row as found, as JSON, without some columns; None when it has none of them.

    >>> without('{"Name": "Ann", "Birth place": "Laval"}', {"Birth place"})
    '{"Name":"Ann"}'
    """
    cells = json.loads(raw)
    if not any(name in cells for name in columns):
        return None
    kept = {name: value for name, value in cells.items() if name not in columns}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def put_cells(connection: Connection, table: Table, rows: Sequence[tuple[Key, str]]) -> None:
    """Put what is left of some rows in their place."""
    names = [column.name for column in table.primary_key]
    of_one = [table.c[name] == bindparam(f"of_{name}") for name in names]
    statement = update(table).where(*of_one).values({FOUND[table]: bindparam("left_of_it")})
    values = [
        {"left_of_it": cells, **{f"of_{name}": value for name, value in zip(names, key, strict=True)}}
        for key, cells in rows
    ]
    if values:
        connection.execute(statement, values)


def empty_read(connection: Connection, of: Dropped) -> int:
    """Empty what was read of fields, in how many rows: of several columns of one nobody knows which it was."""
    emptied = 0
    for table, names in READ.items():
        gone = [name for name in names if name in of.fields or (name == "said" and of.fields & set(_SAID))]
        if gone:
            there = or_(*(table.c[name].is_not(None) for name in gone))
            statement = update(table).where(table.c.import_id == of.import_id, there)
            emptied += connection.execute(statement.values(dict.fromkeys(gone))).rowcount
    return emptied


def empty_words(connection: Connection, of: Dropped) -> None:
    """Consents stay; of their proofs the words go that stood in the columns."""
    if not any(field.startswith(("consent_", OPT_OUT)) for field in of.fields):
        return
    based = any(field.endswith("_basis") for field in of.fields)
    told = select(consents.c.record, consents.c.fact, consents.c.proof).where(
        consents.c.import_id == of.import_id, consents.c.proof.like("{%")
    )
    left = []
    for row in connection.execute(told):
        worded = json.loads(row.proof).get("column") in of.columns
        proof = without(row.proof, [*["word"] * worded, *["basis"] * based])
        if proof is not None:
            left.append({"of_record": row.record, "of_fact": row.fact, "left_of_it": proof})
    this = (consents.c.record == bindparam("of_record")) & (consents.c.fact == bindparam("of_fact"))
    if left:
        connection.execute(update(consents).where(this).values(proof=bindparam("left_of_it")), left)


def forget_traits(connection: Connection, of: Dropped) -> int:
    """Delete all that the rows of an import told; how many they were."""
    return connection.execute(delete(traits).where(traits.c.import_id == of.import_id)).rowcount


def cards_of(connection: Connection, of: Dropped, *, after: Key, most: int) -> tuple[list[Card], Key]:
    """Cards of an import in the order of their keys, and how far was looked; an empty place: that were all."""
    c = record_versions.c
    rows = select(c.record, c.fact, c.raw).where(c.import_id == of.import_id)
    if after:
        rows = rows.where(tuple_(c.record, c.fact) > tuple_(*after))
    found = connection.execute(rows.order_by(c.record, c.fact).limit(most))
    cards = [Card(record=row.record, fact=row.fact, raw=row.raw) for row in found]
    return cards, (cards[-1].record, cards[-1].fact) if len(cards) == most else ()


def put_cards(
    connection: Connection,
    cards: Sequence[Card],
    found: Mapping[int, Mapping[str, Any]],
    fields: Sequence[str],
) -> None:
    """Put what was read anew, by fact, into some fields of cards; empty them where nothing was."""
    if not cards or not fields:
        return
    c = record_versions.c
    this = (c.record == bindparam("of_record")) & (c.fact == bindparam("of_fact"))
    read = update(record_versions).where(this).values({name: bindparam(f"read_{name}") for name in fields})
    values = [
        {
            "of_record": card.record,
            "of_fact": card.fact,
            **{f"read_{name}": found.get(card.fact, {}).get(name) for name in fields},
        }
        for card in cards
    ]
    connection.execute(read, values)


def forget_names(connection: Connection, of: Dropped, said: Collection[Name]) -> None:
    """Delete what named the records of an import and is not said any more; keys made of it are made of nothing."""
    c = identifiers.c
    told = (c.import_id == of.import_id) & c.type.in_(sorted(of.types))
    held = connection.execute(select(c.record, c.type, c.value, c.fact).where(told)).all()
    gone = [row for row in held if (row.record, row.type, row.value) not in said]
    this = (c.record == bindparam("of_record")) & (c.fact == bindparam("of_fact"))
    if gone:
        keys = [{"of_record": row.record, "of_fact": row.fact} for row in gone]
        connection.execute(delete(identifiers).where(this), keys)
    touched, nameless = {row.record for row in gone}, not _NAMES.isdisjoint(of.fields)
    if nameless:
        version = record_versions.c
        theirs = select(version.record).where(version.import_id == of.import_id).distinct()
        touched.update(connection.execute(theirs).scalars())
    _rekey(connection, sorted(touched), nameless=nameless)


def _rekey(connection: Connection, some: Sequence[int], *, nameless: bool) -> None:
    """Make the keys of records anew of what is left of what they were made of, `nameless` of no name: as the next file
    will make them. A record of which nothing is left, or whose key another has, is known by its number."""
    c, held = records.c, identifiers.c
    for at in range(0, len(some), _RECORDS):
        these = some[at : at + _RECORDS]
        left: dict[int, set[tuple[str, str]]] = {}
        for row in connection.execute(
            select(held.record, held.type, held.value).where(held.record.in_(these))
        ):
            left.setdefault(row.record, set()).add((row.type, row.value))
        mine = select(c.record, c.source, c.source_key).where(c.record.in_(these)).order_by(c.record)
        for row in connection.execute(mine).all():
            key = _key_of_what_is_left(row.source_key, left.get(row.record, set()), nameless=nameless)
            if key != row.source_key:
                taken = select(c.record).where(c.source == row.source, c.source_key == key)
                if key is None or connection.execute(taken).first() is not None:
                    key = f"record:{row.record}"
                connection.execute(update(records).where(c.record == row.record).values(source_key=key))


def _key_of_what_is_left(key: str, left: Collection[tuple[str, str]], *, nameless: bool) -> str | None:
    """A key as it is made of some types and values; itself when it was not made; None: nothing to make it of.

    >>> _key_of_what_is_left("email:a@b.ca/ann-roy", {("email", "a@b.ca"), ("phone", "+1514")}, nameless=True)
    'email:a@b.ca'
    >>> _key_of_what_is_left("email:a@b.ca/ann-roy", {("phone", "+1514")}, nameless=False)
    'phone:+1514/ann-roy'
    """
    made = made_of(key, [value for _field, value in left])
    if made is None:
        return key
    field, value, called = made
    values = [value] if (field, value) in left else []
    for other in NAMING if not values else ():
        field, values = other, [one for kind, one in left if kind == other]
        if values:
            break
    name = "" if nameless or not called or field in OF_ONE else f"{CALLED}{called}"
    return f"{MADE[field]}{values[0]}{name}" if len(values) == 1 else None
