"""Leftovers: rows that name somebody without hanging on a record of theirs, found by what they say.

A rejected row was never understood, so that nobody knows whose it is; a model learnt how common a name is.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from regulars.store.rows import fetch, fetch_where_in
from regulars.store.suppressions import LAST_DIGITS, Kind, anything_erased, record_key, suppressed
from regulars.store.tables import identifiers, imports, match_models, record_versions, records, rejects

_A_PAGE = 2_000
#: A number of fewer letters and digits than this names nobody by itself: it may be an amount or a number of pieces.
_SHORTEST = 6
#: The fields by which a row names a record of its source.
KEY_FIELDS = ("source_key", "customer_key")
#: What a rejected row of somebody erased is known by.
_ERASED_BY: tuple[Kind, ...] = ("record", "email", "phone end")
_PHONE = re.compile(r"[0-9][0-9 ().\-]+[0-9]")
_EMAIL = re.compile(r"[^\s<>,;:()\"']+@[^\s<>,;:()\"']+")
_NAMES = ("given_name", "family_name", "city", "full_name")
#: A value that so many records more than the erased ones hold is no longer about them.
_CROWD = 20


@dataclass(frozen=True, slots=True)
class _Named:
    """What names some records: the keys by source, and the identifiers in letters and digits alone."""

    keys: Mapping[str, Collection[str]]
    values: Collection[str]
    ends: Collection[str]  #: of telephones

    def is_in(self, row: Mapping[str, str], key_columns: Collection[str], sources: Collection[str]) -> bool:
        """Whether a row of a file names one of the records, by a key of its sources or by an identifier."""
        keys = {key for source in sources for key in self.keys.get(source, ())}
        return any(
            (name in key_columns and cell.strip() in keys)
            or (said := _plain(cell)) in self.values
            or (len(said) >= LAST_DIGITS and said.isdigit() and said[-LAST_DIGITS:] in self.ends)
            for name, cell in row.items()
        )


def rejects_naming(connection: Connection, some: Sequence[int]) -> list[int]:
    """The rejects in which a key or an identifier of some records stands."""
    named = _named(connection, some)
    told = {row.import_id: row for row in connection.execute(select(imports))}
    found = []
    for row in _rejected(connection):
        whole = told.get(row["import_id"])
        mapping = json.loads(whole.mapping) if whole else {}
        raw = {name: str(cell) for name, cell in json.loads(row["raw"]).items()}
        sources = {whole.source, mapping.get("customers")} if whole else set[Any]()
        if named.is_in(raw, _key_columns(mapping), sources):
            found.append(row["reject_id"])
    return found


def _rejected(connection: Connection) -> Iterator[dict[str, Any]]:
    after = -1
    while True:
        c = rejects.c
        page = select(c.reject_id, c.import_id, c.raw).where(c.reject_id > after).order_by(c.reject_id)
        rows = fetch(connection, page.limit(_A_PAGE)).to_pylist()
        if not rows:
            return
        yield from rows
        after = rows[-1]["reject_id"]


def _named(connection: Connection, some: Sequence[int]) -> _Named:
    keys: dict[str, set[str]] = {}
    for row in connection.execute(select(records).where(records.c.record.in_(some))):
        keys.setdefault(row.source, set()).add(row.source_key)
    statement = select(identifiers.c.type, identifiers.c.value)
    held = fetch_where_in(connection, statement, [identifiers.c.record], some).to_pylist()
    values = {_plain(row["value"]) for row in held}
    phones = {_plain(row["value"])[-LAST_DIGITS:] for row in held if row["type"] == "phone"}
    return _Named(keys, {value for value in values if len(value) >= _SHORTEST}, phones)


def of_erased(
    connection: Connection,
    rejected: Sequence[Mapping[str, str]],
    key_columns: Collection[str],
    sources: Collection[str],
) -> list[bool]:
    """Of each rejected row whether it names somebody erased: by a key of these sources, an e-mail or a telephone."""
    if not rejected or not anything_erased(connection):
        return [False] * len(rejected)
    named = [list(_naming(row, key_columns, sources)) for row in rejected]
    gone = {
        kind: suppressed(
            connection, kind, sorted({value for row in named for of, value in row if of == kind})
        )
        for kind in _ERASED_BY
    }
    return [any(value in gone[kind] for kind, value in row) for row in named]


def _naming(
    row: Mapping[str, str], key_columns: Collection[str], sources: Collection[str]
) -> Iterator[tuple[Kind, str]]:
    """What in a row as found may be suppressed."""
    for name, cell in row.items():
        if name in key_columns:
            bare = cell.strip().lstrip("'").removesuffix(".0")
            yield from (("record", record_key(source, bare)) for source in sources)
        yield from (("email", one.lower()) for one in _EMAIL.findall(cell))
        for one in _PHONE.findall(cell):
            digits = "".join(filter(str.isdigit, one))
            if len(digits) >= LAST_DIGITS:
                yield "phone end", digits[-LAST_DIGITS:]


def _key_columns(mapping: Mapping[str, Any]) -> set[str]:
    meant = mapping.get("columns") or {}
    return {
        name
        for name, one in meant.items()
        if (one if isinstance(one, str) else one.get("field")) in KEY_FIELDS
    }


def forget_common_values(connection: Connection, some: Sequence[int]) -> dict[str, str]:
    """The models that know a name or a city which nobody holds but some records, without it: JSON by version."""
    version = record_versions.c
    held = fetch_where_in(
        connection, select(*(version[name] for name in _NAMES)), [version.record], some
    ).to_pylist()
    texts = {text for row in held for text in row.values() if text}
    mine = {form for text in texts for form in (_words(text), *_words(text).split(" "))}
    redacted = {}
    for row in connection.execute(select(match_models)):
        model = json.loads(row.model)
        kept = {
            column: {
                value: share
                for value, share in shares.items()
                if value not in mine
                or share * row.records > len(some) + _CROWD
                or _others_hold(connection, value, texts, some)
            }
            for column, shares in model.get("frequencies", {}).items()
        }
        if kept != model.get("frequencies", {}):
            redacted[row.version] = json.dumps(
                model | {"frequencies": kept}, sort_keys=True, ensure_ascii=False
            )
    return redacted


def _others_hold(connection: Connection, value: str, texts: Collection[str], some: Sequence[int]) -> bool:
    """Whether another record holds a value, in letters and digits alone, written as some records write it."""
    version = record_versions.c
    written = {text for text in texts if value in _words(text)}
    small = {text.lower() for text in written} | {value}
    said = or_(*(or_(version[name].in_(written), func.lower(version[name]).in_(small)) for name in _NAMES))
    another = select(version.record).where(said, version.record.not_in(some)).limit(1)
    return connection.execute(another).first() is not None


def _words(text: str) -> str:
    """A text in small letters and digits, without accents, its words apart."""
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(
        letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter)
    )
    return " ".join(plain.split())


def _plain(text: str) -> str:
    return _words(text).replace(" ", "")
