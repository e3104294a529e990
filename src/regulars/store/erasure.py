"""Erasure: everything personal of some records goes, from every table and every file of the lake.

What goes and what stays is declared with each table (`store.tables`, `erasure=`): cards, identifiers, consents, links
and verdicts go; what was bought stays as sales of nobody; person ids stay, and resolve to nobody. It is done in short
writes. What is begun is noted down first, so that an erasure that was interrupted is resumed by the next command. See
docs/why/0021-what-erasing-leaves.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from sqlalchemy import Connection, Table, bindparam, delete, exists, or_, select, update

from regulars.model.keys import made_of, without_name
from regulars.store import ledgers
from regulars.store.lake import MIRRORED, Lake
from regulars.store.leftovers import forget_common_values, rejects_naming
from regulars.store.rows import columns_of, fetch, fetch_where_in
from regulars.store.suppressions import ADDRESSES, LAST_DIGITS, marks_of, record_key, suppress
from regulars.store.tables import (
    NOBODY,
    former_records,
    identifiers,
    identity,
    match_models,
    metadata,
    order_lines,
    orders,
    people,
    records,
    rejects,
)  # fmt: skip

if TYPE_CHECKING:
    from regulars.store import Store

#: Records erased together, and rows written in one turn, so that other writers wait less than 50 ms.
_RECORDS, _ROWS = 50, 100
_PENDING = "erasing"
#: What stands before the hash in place of an order's id.
ERASED_ORDER = "erased:"


def begin(connection: Connection, wanted: Iterable[int], who: str, at_us: int) -> None:
    """Note down what is to be erased, so that it is whatever happens from now on."""
    before = pending(connection)
    new = sorted(set(wanted) - set(before) - {NOBODY})
    if new:
        ledgers.remember(connection, _PENDING, json.dumps([*before, *new]))
        subject = " ".join(map(str, new))
        ledgers.note(connection, at_us=at_us, who=who, action="erase", subject=subject, detail="")


def pending(connection: Connection) -> list[int]:
    """The records of which the erasure is begun and has not ended."""
    found: list[int] = json.loads(ledgers.recall(connection, _PENDING) or "[]")
    return found


def finish(store: Store, lake: Lake, at_us: int) -> None:
    """Erase what was begun; it has ended when no table and no file of the lake holds anything of it."""
    with store.read() as connection:
        wanted = pending(connection)
    if not wanted:
        return
    for at in range(0, len(wanted), _RECORDS):
        _Erasing(store, lake, wanted[at : at + _RECORDS], at_us).run()
    with store.read() as connection:
        persons = _ever(connection, wanted)
    with store.write() as connection:
        lake.forget_cards(connection)
    with store.read() as connection:
        lake.sweep_cards(connection)
    lake.refresh(store, without=persons)
    store.settle()
    with store.write() as connection:
        ledgers.remember(connection, _PENDING, "[]")


@dataclass(frozen=True, slots=True)
class _Erasing:
    """The erasure of a few records from the tables. Each step may be done twice: what is gone is gone."""

    store: Store
    lake: Lake
    records: Sequence[int]
    at_us: int

    def run(self) -> None:
        """What finds the rows of a record by what they say comes before that is gone."""
        self._suppress()
        self._drop_rejects()
        self._redact_models()
        self._close()
        for table, erasure in declared():
            if erasure.what == "nobody":
                self._to_nobody(table)
            elif erasure.what == "go" and "person" not in erasure.of:
                self._drop(table, or_(*(table.c[name].in_(self.records) for name in erasure.of)))
        self._forget_persons()

    def _suppress(self) -> None:
        held = identifiers.c
        with self.store.write() as connection:
            suppress(connection, "record", self._keys_of_theirs(connection), self.at_us)
            for kind in ADDRESSES:
                of_kind = select(held.value).where(held.type == kind, held.record.in_(self.records))
                values = connection.execute(of_kind).scalars().all()
                suppress(connection, kind, values, self.at_us)
                if kind == "phone":
                    ends = ("".join(filter(str.isdigit, value))[-LAST_DIGITS:] for value in values)
                    suppress(connection, "phone end", ends, self.at_us)

    def _keys_of_theirs(self, connection: Connection) -> set[str]:
        """What the records are suppressed by: their keys; and those made of an address and a name also without the
        name, unless another record of the source has the address: a slip in the name brings nobody back."""
        held, known = (
            identifiers.c,
            fetch_where_in(connection, select(records), [records.c.record], self.records),
        )
        keys = set()
        for row in known.to_pylist():
            keys.add(record_key(row["source"], row["source_key"]))
            named = connection.execute(select(held.value).where(held.record == row["record"])).scalars().all()
            made = made_of(row["source_key"], named)
            if made is not None and not self._others_have(connection, row["source"], made[0], made[1]):
                keys.add(record_key(row["source"], without_name(row["source_key"], named)))
        return keys

    def _others_have(self, connection: Connection, source: str, kind: str, value: str) -> bool:
        held = identifiers.c
        others = (
            select(held.record)
            .join(records, records.c.record == held.record)
            .where(held.type == kind, held.value == value, records.c.source == source)
            .where(held.record.not_in(self.records))
        )
        return connection.execute(others.limit(1)).first() is not None

    def _drop_rejects(self) -> None:
        with self.store.read() as connection:
            found = rejects_naming(connection, self.records)
        for at in range(0, len(found), _ROWS):
            with self.store.write() as connection:
                these = rejects.c.reject_id.in_(found[at : at + _ROWS])
                connection.execute(delete(rejects).where(these))

    def _redact_models(self) -> None:
        with self.store.read() as connection:
            redacted = forget_common_values(connection, self.records)
        for version, model in redacted.items():
            with self.store.write() as connection:
                this = match_models.c.version == version
                connection.execute(update(match_models).where(this).values(model=model))

    def _close(self) -> None:
        """The records are nobody from now on; whoever they were is looked at again."""
        now = identity.c.until_us.is_(None)
        with self.store.write() as connection:
            persons = select(identity.c.person).where(identity.c.record.in_(self.records), now)
            others = connection.execute(select(identity.c.record).where(identity.c.person.in_(persons), now))
            ledgers.touch(connection, pa.array(others.scalars().all(), pa.int64()), self.at_us)
            mine = identity.c.record.in_(self.records) & now
            connection.execute(update(identity).where(mine).values(until_us=self.at_us))
            for table in (records, former_records):
                connection.execute(delete(table).where(table.c.record.in_(self.records)))

    def _to_nobody(self, table: Table) -> None:
        """What happened stays, without a word of whom it happened to."""
        empty = {column.name: None for column in table.columns if column.info.get("personal")}
        theirs = table.c.record.in_(self.records)
        while keys := self._keys(table, theirs):
            with self.store.write() as connection:
                of_these = table.c.fact.in_([key[-1] for key in keys]) & theirs
                imports = connection.execute(select(table.c.import_id).distinct().where(of_these)).scalars()
                self.lake.mark_dirty(connection, sorted(imports), table)
                named = select(table.c.order_no).distinct().where(of_these) if table is order_lines else None
                numbers = [] if named is None else connection.execute(named).scalars().all()
                _each(connection, update(table).values(record=NOBODY, **empty), table, keys)
                if numbers:
                    self._unname(connection, numbers, empty)

    def _unname(self, connection: Connection, numbers: Sequence[int], empty: dict[str, None]) -> None:
        """Orders of nobody lose their ids, by which somebody could be found, and what nobody's lines say beside."""
        line = order_lines.c
        somebodys = exists().where(line.order_no == orders.c.order_no, line.record != NOBODY)
        statement = columns_of(orders).where(orders.c.order_no.in_(numbers), ~somebodys)
        nobodys = fetch(connection, statement).to_pylist()
        these = line.order_no.in_([row["order_no"] for row in nobodys]) & (line.record == NOBODY)
        imports = connection.execute(select(line.import_id).distinct().where(these)).scalars()
        self.lake.mark_dirty(connection, sorted(imports), order_lines)
        connection.execute(update(order_lines).where(these).values(**empty))
        named = [row for row in nobodys if not row["order_id"].startswith(ERASED_ORDER)]
        hidden = erased_orders(connection, [row["order_id"] for row in named])
        new = [{"of": row["order_no"], "name": name} for row, name in zip(named, hidden, strict=True)]
        if new:
            this = orders.c.order_no == bindparam("of")
            connection.execute(update(orders).where(this).values(order_id=bindparam("name")), new)

    def _forget_persons(self) -> None:
        """Cards go, to be made anew of what is left; and all that hangs on persons of whom nothing is left."""
        with self.store.read() as connection:
            persons = _ever(connection, self.records)
            left = select(identity.c.person).join(records, records.c.record == identity.c.record).distinct()
            stand = set(fetch_where_in(connection, left, [identity.c.person], persons)["person"].to_pylist())
        gone = [person for person in persons if person not in stand]
        self._drop(people, people.c.person.in_(persons))
        for table, erasure in declared():
            if erasure.of == ("person",):
                self._drop(table, table.c.person.in_(gone))

    def _drop(self, table: Table, where: Any) -> None:
        while keys := self._keys(table, where):
            with self.store.write() as connection:
                if table in MIRRORED:
                    imports = connection.execute(select(table.c.import_id).distinct().where(where))
                    self.lake.mark_dirty(connection, list(imports.scalars()), table)
                _each(connection, delete(table), table, keys)

    def _keys(self, table: Table, where: Any) -> list[tuple[Any, ...]]:
        with self.store.read() as connection:
            statement = select(*table.primary_key).where(where).limit(_ROWS)
            return [tuple(row) for row in connection.execute(statement)]


def erased_orders(connection: Connection, ids: Sequence[str]) -> list[str]:
    """What stands in place of the ids of orders that were erased: the same for the same id."""
    marks = {value: mark for mark, value in marks_of(connection, "order", ids).items()}
    return [ERASED_ORDER + marks[one][:32] for one in ids]


def declared() -> Iterator[tuple[Table, Any]]:
    """The tables that say what erasing does to them, and what they say."""
    for table in metadata.sorted_tables:
        if table.info["erasure"] is not None:
            yield table, table.info["erasure"]


def _each(connection: Connection, statement: Any, table: Table, keys: Collection[tuple[Any, ...]]) -> None:
    """Run a statement on the rows of these keys."""
    names = [column.name for column in table.primary_key]
    where = [table.c[name] == bindparam(f"of_{name}") for name in names]
    values = [{f"of_{name}": value for name, value in zip(names, key, strict=True)} for key in keys]
    connection.execute(statement.where(*where), values)


def _ever(connection: Connection, some: Sequence[int]) -> list[int]:
    """Whoever these records were, at any time."""
    statement = select(identity.c.person).distinct()
    found = fetch_where_in(connection, statement, [identity.c.record], list(some))["person"].to_pylist()
    return sorted(set(found))
