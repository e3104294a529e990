"""Whose customers a file's customer keys name, when nobody says.

A shop exports `customers.csv` and `orders.csv` side by side, and the orders say `customer_id`. Joining them is what the
owner expects; joining two systems that both number from 1 would be the worst of errors. So keys are taken for
another source's only when its file lies in the same folder, the columns are called alike, nearly all keys are found
there and nowhere else, and this source has no people of its own; and it is said aloud.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, func, select

from regulars.sources import reads
from regulars.store.tables import record_versions, records

_LEAST_KEYS = 3
_SHARE = 0.9
_ID_WORDS = frozenset(["id", "ids", "key", "no", "num", "number", "numero", "nr", "code", "ref", "reference"])
_CUSTOMER_WORDS = frozenset(
    [
        "customer",
        "customers",
        "client",
        "clients",
        "cust",
        "cliente",
        "kunde",
        "buyer",
        "acheteur",
        "member",
        "membre",
    ]
)


def customers_of(
    connection: Connection, *, source: str, file: Path, column: str, keys: frozenset[str]
) -> str | None:
    """The source whose records these keys name; None when it is not evident."""
    if len(keys) < _LEAST_KEYS or _cards(connection, records.c.source == source).get(source):
        return None
    found = _cards(connection, records.c.source_key.in_(sorted(keys)[:1000]))
    most = min(len(keys), 1000)
    there = [name for name, cards in found.items() if cards >= _SHARE * most]
    if len(found) != 1 or len(there) != 1:
        return None
    return there[0] if _beside(connection, there[0], file, column) else None


def _cards(connection: Connection, where: ColumnElement[bool]) -> dict[str, int]:
    """How many records with a card each source has."""
    statement = (
        select(records.c.source, func.count(records.c.record.distinct()).label("cards"))
        .join(record_versions, record_versions.c.record == records.c.record)
        .where(where, record_versions.c.superseded_by.is_(None))
        .group_by(records.c.source)
    )
    return {row.source: row.cards for row in connection.execute(statement)}


def _beside(connection: Connection, source: str, file: Path, column: str) -> bool:
    """Whether a people file of the source lies in the same folder and calls its key alike."""
    for one in reads.imports(connection):
        if one.source == source and one.kind == "people" and one.state == "done":
            key = one.mapping.column_of("source_key")
            if key and Path(one.file).resolve().parent == file.resolve().parent and _alike(key, column):
                return True
    return False


def _alike(theirs: str, ours: str) -> bool:
    """Whether two columns are called alike: `id` and `customer_id`, `No client` and `client`.

    >>> _alike("id", "customer_id"), _alike("No client", "Customer ID"), _alike("household_id", "customer_id")
    (True, True, False)
    """
    words = [_words(name) for name in (theirs, ours)]
    return not words[0] or words[0] == words[1]


def _words(name: str) -> frozenset[str]:
    plain = (
        unicodedata.normalize("NFKD", re.sub(r"([a-z])([A-Z])", r"\1 \2", name))
        .encode("ascii", "ignore")
        .decode()
    )
    words = set(re.findall(r"[a-z]+", plain.lower())) - _ID_WORDS
    return frozenset("customer" if word in _CUSTOMER_WORDS else word for word in words)
