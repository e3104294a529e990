"""Suppressions: what is not to come back, as salted hashes that say nothing to whom does not know the value.

Of an erased record its key is kept so, for its source will name it again in the next file; and its e-mail addresses and
telephones, for whoever asked to be forgotten did not ask for more mail.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Literal

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.store.ledgers import recall, remember
from regulars.store.rows import fetch_where_in, insert
from regulars.store.tables import suppressions

Kind = Literal["record", "email", "phone", "phone end", "order"]
#: So many last digits of two telephones are the same, however their beginnings are written.
LAST_DIGITS = 9
#: The kinds of identifiers that somebody is written to by.
ADDRESSES: tuple[Kind, ...] = ("email", "phone")
_SALT = "suppression_salt"


def record_key(source: str, source_key: str) -> str:
    """The value by which a record is suppressed."""
    return f"{source}\x1f{source_key}"


def suppress(connection: Connection, kind: Kind, values: Iterable[str], at_us: int) -> None:
    """Keep the hashes of some values; those kept already stay as they are."""
    marks = marks_of(connection, kind, sorted(set(values)))
    known = fetch_where_in(connection, select(suppressions.c.mark), [suppressions.c.mark], list(marks))
    new = sorted(marks.keys() - set(known["mark"].to_pylist()))
    columns = {"mark": pa.array(new, pa.string()), "kind": pa.repeat(kind, len(new))}
    insert(connection, suppressions, pa.table({**columns, "at_us": pa.repeat(at_us, len(new))}))


def suppressed(connection: Connection, kind: Kind, values: Sequence[str]) -> dict[str, int]:
    """Which of some values are suppressed, and since when."""
    if not values or not anything_erased(connection):
        return {}
    marks = marks_of(connection, kind, values)
    statement = select(suppressions.c.mark, suppressions.c.at_us)
    found = fetch_where_in(connection, statement, [suppressions.c.mark], list(marks)).to_pylist()
    return {marks[row["mark"]]: row["at_us"] for row in found}


def anything_erased(connection: Connection) -> bool:
    """Whether anybody was ever erased."""
    return connection.execute(select(suppressions.c.mark).limit(1)).first() is not None


def marks_of(connection: Connection, kind: Kind, values: Sequence[str]) -> dict[str, str]:
    """The values by their hashes. The salt is the shop's own, random, and never leaves its store."""
    salt = recall(connection, _SALT)
    if salt is None:
        salt = secrets.token_hex(16)
        remember(connection, _SALT, salt)
    return {
        hmac.new(salt.encode(), f"{kind}\x1f{value}".encode(), sha256).hexdigest(): value for value in values
    }
