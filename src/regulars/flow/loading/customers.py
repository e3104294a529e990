"""Whose customers a file's customer keys name, when nobody says.

A shop exports `customers.csv` and `orders.csv` side by side, and the orders say `customer_id`. Joining them is what the
owner expects; joining two systems that both number from 1 would be the worst of errors. So keys are taken for those of
a customer list only when it lies in the same folder, this source has no people of its own, and the keys show it; the
rule stands in docs/why/0018-whose-customers.md. Whatever is decided is said aloud.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from sqlalchemy import ColumnElement, Connection, func, select

from regulars.sources import reads
from regulars.sources.vocabulary.lexicon import lexicon
from regulars.store.rows import fetch
from regulars.store.tables import record_versions, records
from regulars.words import _

_LEAST_KEYS = 3
_MANY_KEYS = 20  #: fewer show nothing where the two columns are called otherwise
_SHARE = 0.9
_LOOKED_UP = 1000  #: keys of a file that are looked up, from all over them
_BY_CHANCE = 0.001  #: what is likelier than this without any reason shows nothing
_ID_WORDS = frozenset(["id", "key", "no", "n", "nr", "code", "reference"])
_CUSTOMER_WORDS = frozenset(["customer", "member", "kunde", "cliente"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyers:
    """The customer keys of a file that nobody said the owner of."""

    source: str
    file: Path
    column: str
    some: frozenset[str]  #: keys of its first rows
    all: Callable[[], frozenset[str]]  #: those of the whole file, which is read for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose customers they are, and the sentence that says so."""

    customers: str | None  #: the source of the list; None: they were kept apart
    sentence: str


def customers_of(connection: Connection, buyers: Buyers) -> Whose | None:
    """The source whose records these keys name; None when there is no customer list that they might name."""
    own_people = _cards(connection, records.c.source == buyers.source)
    if len(buyers.some) < _LEAST_KEYS or own_people:
        return None
    lists = _lists(connection, buyers.file.resolve().parent)
    looked_up = _some_of(buyers.some)
    found = _cards(connection, records.c.source_key.in_(looked_up))
    if not lists:
        return _elsewhere(connection, buyers, found, len(looked_up))
    if len(lists.keys() | found.keys()) == 1:
        ((name, columns),) = lists.items()
        share = found.get(name, 0) / len(looked_up)
        if _are_theirs(connection, buyers, name, columns, share):
            return Whose(customers=name, sentence=_joined(buyers, name))
    return Whose(customers=None, sentence=_kept_apart(buyers, lists, found, len(looked_up)))


def customers_told_of(connection: Connection, source: str, column: str, keys: frozenset[str]) -> Whose | None:
    """The source whose records the keys of a file from outside name; None when they are the file's own source's.

    The one that has most of them, where no other has nearly as many.
    """
    found = _records(connection, _some_of(keys))
    if not found or source in found:
        return None
    best, *others = sorted(found, key=lambda name: (-found[name], name))
    if others and 2 * found[others[0]] >= found[best]:
        return Whose(
            customers=None,
            sentence=_(
                "the keys in '{column}' may be those of {sources}: undo this import, and load the file again with"
                " --customers {best}, or another of them",
                column=column, sources=", ".join(f"'{name}'" for name in (best, *others)), best=best,
            ),
        )  # fmt: skip
    sentence = _(
        "'{column}' names the customers of '{source}' ({found} of {looked} keys looked at are theirs); if not, undo"
        " this import, and load the file again with --customers",
        column=column, source=best, found=found[best], looked=len(_some_of(keys)),
    )  # fmt: skip
    return Whose(customers=best, sentence=sentence)


def _records(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """How many of some keys each source has."""
    statement = select(records.c.source, func.count().label("found")).where(records.c.source_key.in_(keys))
    return {row.source: row.found for row in connection.execute(statement.group_by(records.c.source))}


def _elsewhere(
    connection: Connection, buyers: Buyers, found: Mapping[str, int], looked_up: int
) -> Whose | None:
    """What is said of a list of another folder whose customers the keys seem to name: they are kept apart."""
    for name, columns in _lists(connection).items():
        if _are_theirs(connection, buyers, name, columns, found.get(name, 0) / looked_up):
            sentence = _(
                "the customers in '{column}' count as others than those of '{source}', whose list lies in another"
                " folder, though {found} of {looked} keys are in it; if they are the same, undo this import and load"
                " the file with --source {source}",
                column=buyers.column, source=name, found=found.get(name, 0), looked=looked_up,
            )  # fmt: skip
            return Whose(customers=None, sentence=sentence)
    return None


def kept_apart_from(connection: Connection, source: str, column: str) -> list[str]:
    """What is said of orders, loaded before, whose customer keys a new list of a source has in a column."""
    before: dict[str, list[reads.Import]] = {}
    for one in reads.imports(connection):
        if one.kind == "orders" and one.state == "done" and one.source != source:
            before.setdefault(one.source, []).append(one)
    own_people = {
        one.source for one in reads.imports(connection) if one.kind == "people" and one.state == "done"
    }
    said = (
        _apart_from(connection, source, column, imports)
        for name, imports in before.items()
        if name not in own_people
    )
    return [sentence for sentence in said if sentence]


def _apart_from(
    connection: Connection, source: str, column: str, imports: Sequence[reads.Import]
) -> str | None:
    """What is said of the orders of one other source, if their customers seem to be those of the list."""
    orders = imports[-1]
    key = orders.mapping.column_of("customer_key")
    statement = select(records.c.source_key).where(records.c.source == orders.source)
    keys = frozenset(fetch(connection, statement).column("source_key").to_pylist()) if key else frozenset()
    if key is None or len(keys) < _LEAST_KEYS:
        return None
    looked_up = _some_of(keys)
    found = _cards(connection, records.c.source_key.in_(looked_up)).get(source, 0)
    buyers = Buyers(source=orders.source, file=Path(orders.file), column=key, some=keys, all=lambda: keys)
    if not _are_theirs(connection, buyers, source, [column], found / len(looked_up)):
        return None
    return _(
        "the customers of '{orders}' count as others than those of this list, though {found} of {looked} keys are in"
        " it; if they are the same, undo import {numbers} and load {files} again with --source {source}",
        orders=orders.source, found=found, looked=len(looked_up), source=source,
        numbers=", ".join(str(one.import_id) for one in imports),
        files=", ".join(dict.fromkeys(Path(one.file).name for one in imports)),
    )  # fmt: skip


def _some_of(keys: Collection[str]) -> list[str]:
    """At most so many keys as are looked up, from all over them."""
    return sorted(keys)[:: -(-len(keys) // _LOOKED_UP)]


def keys_in(rows: pa.Table, column: str | None) -> frozenset[str]:
    """The keys in a column, as they are compared."""
    if column is None or column not in rows.column_names:
        return frozenset()
    return frozenset(
        key.strip().lstrip("'").removesuffix(".0") for key in rows.column(column).unique().to_pylist() if key
    )


def _are_theirs(
    connection: Connection, buyers: Buyers, name: str, columns: Collection[str], share: float
) -> bool:
    """Do keys, of which that share is in a list, name its customers? Or is it what numbers have in common anyway?"""
    alike = [_alike(theirs, buyers.column) for theirs in columns]
    if share >= _SHARE and any(alike):
        return True
    if share >= _SHARE:
        return shows(buyers.some, _keys_of(connection, name))
    same_word = any(_said(theirs) == _said(buyers.column) for theirs in columns if _said(theirs))
    return share > 0 and same_word and shows(_keys_of(connection, name), buyers.all())


def shows(keys: Collection[str], others: Collection[str]) -> bool:
    """Are so many of some keys among others that it is no chance?

    Both may be numbers from 1 on, which are found in each other for no reason. How many would be, is told by how
    densely the others fill the range in which most of the keys lie. The chance that so many are found is at most
    exp(-n D), with D the relative entropy of the two shares (Hoeffding 1963, theorem 1).

    >>> shows({str(n) for n in range(1, 90)}, {str(n) for n in range(1, 100)})
    False
    >>> shows({str(n * 7) for n in range(1, 90)}, {str(n * 7) for n in range(1, 100)})
    True
    """
    among = frozenset(others)
    if len(keys) < _MANY_KEYS or sum(key in among for key in keys) < _SHARE * len(keys):
        return False
    numbers = sorted(int(key) for key in keys if key.isdecimal())
    if len(numbers) < len(keys) / 2:
        return True
    low, high = numbers[len(numbers) // 20], numbers[-1 - len(numbers) // 20]
    inside = {number for number in numbers if low <= number <= high}
    there = {int(key) for key in among if key.isdecimal() and low <= int(key) <= high}
    return _chance(len(inside & there) / len(inside), len(there) / (high - low + 1), len(inside)) < _BY_CHANCE


def _chance(share: float, usual: float, count: int) -> float:
    """At most how probable such a share, 0..1, of `count` is where the usual one is expected."""
    if share <= usual:
        return 1.0
    parts = ((share, usual), (1 - share, 1 - usual))
    return math.exp(-count * sum(one * math.log(one / other) for one, other in parts if one))


def _joined(buyers: Buyers, name: str) -> str:
    return _(
        "'{column}' names the customers of '{source}'; if not, set [sources.{own}] customers = \"{own}\"",
        column=buyers.column, source=name, own=buyers.source,
    )  # fmt: skip


def _kept_apart(
    buyers: Buyers, lists: Mapping[str, Collection[str]], found: Mapping[str, int], looked_up: int
) -> str:
    shown = ", ".join(
        _("'{source}' ({found} of {looked} keys)", source=name, found=found.get(name, 0), looked=looked_up)
        for name in lists
    )
    return _(
        "the customers in '{column}' count as others than those of the list in the same folder: {lists} found there is"
        " no proof that they are the same; if they are, undo this import and load the file with --source {source}",
        column=buyers.column,
        lists=shown,
        source=max(lists, key=lambda name: found.get(name, 0)),
    )


def _cards(connection: Connection, where: ColumnElement[bool]) -> dict[str, int]:
    """How many records with a card each source has."""
    statement = (
        select(records.c.source, func.count(records.c.record.distinct()).label("cards"))
        .join(record_versions, record_versions.c.record == records.c.record)
        .where(where, record_versions.c.superseded_by.is_(None))
        .group_by(records.c.source)
    )
    return {row.source: row.cards for row in connection.execute(statement)}


def _keys_of(connection: Connection, source: str) -> frozenset[str]:
    """The keys of a source's records that have a card."""
    statement = (
        select(records.c.source_key)
        .join(record_versions, record_versions.c.record == records.c.record)
        .where(records.c.source == source, record_versions.c.superseded_by.is_(None))
    )
    return frozenset(fetch(connection, statement).column("source_key").to_pylist())


def _lists(connection: Connection, folder: Path | None = None) -> dict[str, set[str]]:
    """The customer lists, or those of a folder alone: their sources, and what they call their keys."""
    lists: dict[str, set[str]] = {}
    for one in reads.imports(connection):
        if one.kind == "people" and one.state == "done":
            key = one.mapping.column_of("source_key")
            if key and folder in (None, Path(one.file).resolve().parent):
                lists.setdefault(one.source, set()).add(key)
    return lists


def _alike(theirs: str, ours: str) -> bool:
    """Whether two columns are called alike: `id` and `customer_id`, `N° client` and `client`.

    >>> _alike("id", "customer_id"), _alike("N° client", "Customer"), _alike("household_id", "customer_id")
    (True, True, False)
    """
    return not _said(theirs) or _said(theirs) == _said(ours)


def _said(name: str) -> frozenset[str]:
    """Whose key a column says it is: nobody's when it is only called an id."""
    words = set(lexicon().words(name)) - _ID_WORDS
    return frozenset("customer" if word in _CUSTOMER_WORDS else word for word in words)
