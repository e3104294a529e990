"""The known exports: one TOML file each in `catalogue/`, recognised by their header."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regulars.errors import Invalid
from regulars.model.mapping import Column, FileMapping, mapping_from
from regulars.sources.vocabulary.fingerprint import plain
from regulars.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownExport:
    """One export of one system, as its catalogue file declares it."""

    name: str  #: "Shopify orders"
    source: str
    needs: tuple[str, ...]  #: columns without which it is not this export
    without: tuple[str, ...] = ()  #: columns with which it is another one
    mapping: FileMapping | None = (
        None  #: of all its columns; several may mean one field, the fullest is taken
    )
    fill_down: tuple[str, ...] = ()  #: columns blank on later rows of an order
    aside: tuple[
        str, ...
    ] = ()  #: columns that are known, and rightly stay in the raw row: nobody is asked about them
    time_zone_column: str | None = None  #: the column that names the zone of each row
    refused: Text | None = None  #: why it cannot be loaded

    def knows(self, names: frozenset[str]) -> bool:
        """Is a header, in plain words, this export's?"""
        needed = {plain(name) for name in self.needs}
        return needed <= names and not any(plain(name) in names for name in self.without)

    def leaves_aside(self, name: str) -> bool:
        """Is a column known to be of no use? A header may have it twice: the second is called `… (2)`."""
        return plain(re.sub(r" \(\d+\)$", "", name)) in map(plain, self.aside)


@cache
def known_exports() -> tuple[KnownExport, ...]:
    """Every export of the catalogue, the most particular first."""
    files = sorted((Path(__file__).parents[1] / "catalogue").glob("*.toml"))
    return tuple(sorted((_export(file) for file in files), key=lambda export: -len(export.needs)))


def recognise(header: Sequence[str]) -> KnownExport | None:
    """The known export that a header belongs to, or None."""
    names = frozenset(plain(name) for name in header)
    return next((export for export in known_exports() if export.knows(names)), None)


def columns_in(export: KnownExport, header: Sequence[str]) -> dict[str, Column]:
    """The export's columns that a header has, under the header's own spelling, in the catalogue's order."""
    if export.mapping is None:
        return {}
    spelled: Mapping[str, str] = {plain(name): name for name in reversed(header)}
    found: dict[str, Column] = {}
    for name, column in export.mapping.columns.items():
        join = tuple(spelled[plain(part)] for part in column.join if plain(part) in spelled)
        if plain(name) in spelled:
            found[spelled[plain(name)]] = Column(field=column.field, format=column.format, join=join)
    return found


def _export(file: Path) -> KnownExport:
    document = tomllib.loads(file.read_text("utf-8"))
    known = document.pop("export")
    refused = known.get("refused")
    mapping = None if refused else mapping_from(document | {"source": known["source"]}, file.name)
    if not known["needs"]:
        raise Invalid(f"{file.name}: an export needs at least one column to be known by")
    return KnownExport(
        name=known["name"],
        source=known["source"],
        needs=tuple(known["needs"]),
        without=tuple(known.get("without", ())),
        mapping=mapping,
        fill_down=tuple(known.get("fill_down", ())),
        aside=tuple(known.get("aside", ())),
        time_zone_column=known.get("time_zone_column"),
        refused=Text(**refused) if refused else None,
    )
