"""Records as the product itself reads them: files loaded into a shop of their own, and what is known of each record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlalchemy import select

from bench.match.table import Row
from regulars.app import init_shop
from regulars.shop import Shop
from regulars.store import rows
from regulars.store.tables import PERSON_FIELDS, identifiers, record_versions, records

#: Identifiers that a record's own row has a column for.
_OWN = ("email", "phone")


class File(NamedTuple):
    """A file to load."""

    path: Path
    source: str | None  #: None: what the export is recognised as
    mapping: str | None = None  #: in TOML; None: what the product proposes


def loaded(files: list[File], truth: Mapping[tuple[str, str], str]) -> Iterator[tuple[tuple[str, str], Row]]:
    """The records of some files whose truth is known by (source, source_key), with that name."""
    with TemporaryDirectory() as folder:
        shop = init_shop(Path(folder) / "shop", name="bench")
        for number, file in enumerate(files):
            mapping = Path(folder) / f"{number}.toml" if file.mapping else None
            if mapping and file.mapping:
                mapping.write_text(file.mapping, encoding="utf-8")
            shop.load([file.path], source=file.source, mapping=mapping)
        yield from _records(shop, truth)


def _records(shop: Shop, truth: Mapping[tuple[str, str], str]) -> Iterator[tuple[tuple[str, str], Row]]:
    with shop.ground.store.read() as connection:
        now = select(record_versions).where(record_versions.c.superseded_by.is_(None))
        said = {row["record"]: row for row in rows.fetch(connection, now).to_pylist()}
        held: dict[int, dict[str, str]] = {}
        for row in rows.fetch(connection, select(identifiers).order_by(identifiers.c.fact)).to_pylist():
            held.setdefault(row["record"], {})[row["type"]] = row["value"]
        known = rows.fetch(connection, select(records).order_by(records.c.record)).to_pylist()
    for row in known:
        name = (row["source"], row["source_key"])
        who = truth.get(name)
        numbers = held.get(row["record"], {})
        version = said.get(row["record"], {}) | {name: numbers.get(name) for name in _OWN}
        if who is not None:
            own = {name: version.get(name) for name in PERSON_FIELDS}
            others = {kind: value for kind, value in numbers.items() if kind not in _OWN}
            yield name, Row(row["source"], who, own, others)
