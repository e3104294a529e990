"""What to sell, as the last build found it: of the whole shop, a store, a persona, or a persona in a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import NotFound, Refused, did_you_mean
from regulars.flow import Ground
from regulars.words import Text, _

_SQL = statements(Path(__file__).with_suffix(".sql"))
_RELATIONS = ("assortment", "assortment_footings", "persona_cards")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something found of an article, a category, or of what was searched for."""

    kind: str  #: wins, passes, loses, keeps, together, missing
    how: str  #: first_order; bought, returned, complained; receipt; out_of_stock, not_sold, viewed, asked, searched
    of: str  #: article, category, words
    rank: int  #: among those of its kind, from 1
    key: str  #: number of the article, name of the category, or the words
    name: str
    sure: bool  #: by more than luck; else it leads its kind, and may be luck
    other_key: str | None  #: together: what is bought with it
    other_name: str | None
    people: int
    share: float | None  #: of whom it came true
    alike: float | None  #: of others alike; together: by chance
    low: float | None  #: 95 % interval of the share; together: of the lift
    high: float | None
    lift: float | None
    chance: float | None  #: false discovery rate
    worth_a_year: int | None  #: minor units
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """Of how many people a kind is told, or why nothing is."""

    kind: str  #: wins (and passes), loses (and keeps), together, missing
    enough: bool
    n: int
    share: float | None
    days: int | None
    compared: int | None  #: how many articles and categories enough of them had
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Assortment:
    """What to sell."""

    as_of: int
    scope: str  #: shop, store, persona, store_and_persona
    store: str | None  #: its name
    persona: str | None  #: its id
    title: Text | None  #: of the persona
    footings: list[Footing]
    found: list[Found]


def assortment(ground: Ground, store: str | None = None, persona: str | None = None) -> Assortment:
    """What to sell, of the shop, of a store by its name, of a persona by its id or one of its titles, or of both."""
    with ground.store.read() as connection:
        kept = {name: ground.lake.result(connection, name) for name in _RELATIONS}
    with ground.engine.session() as session:
        as_of = 0
        for name, one in kept.items():
            if one is None:
                raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
            session.parquet(name, [one[0]], pa.schema([]))
            as_of = one[1]
        titles = _titles(session, "personas")
        of = {
            "store": None if store is None else _named("store", store, _titles(session, "stores")),
            "persona": None if persona is None else _named("persona", persona, titles),
        }
        rows = {name: session.rows(_SQL[name], of).to_pylist() for name in ("found", "footings")}
    return Assortment(
        as_of=as_of,
        scope="_and_".join(name for name, one in of.items() if one is not None) or "shop",
        store=of["store"],
        persona=of["persona"],
        title=titles.get(of["persona"] or ""),
        footings=[Footing(note=_text(row, "note"), **_rest(row, "note")) for row in rows["footings"]],
        found=[Found(reason=_text(row, "reason"), **_rest(row, "reason")) for row in rows["found"]],
    )


def _titles(session: Session, statement: str) -> Mapping[str, Text | None]:
    """The stores or personas of which something is told, and what a persona is called."""
    rows = session.rows(_SQL[statement]).to_pylist()
    return {row["name"]: _text(row, "title") if row["title_en"] else None for row in rows}


def _named(what: str, asked: str, known: Mapping[str, Text | None]) -> str:
    plain = asked.strip().lower()
    for name, title in known.items():
        if plain in (name.lower(), *((title.en.lower(), title.fr.lower()) if title else ())):
            return name
    near = did_you_mean(asked, known) or _("there are {names}", names=", ".join(known))
    if what == "store":
        nothing = _("none is known: load orders that tell their store, then run `regulars build`")
        raise NotFound(_("there is no store '{name}'", name=asked), near if known else nothing)
    nothing = _("there are none: `regulars models personas` says why")
    raise NotFound(_("there is no persona '{name}'", name=asked), near if known else nothing)


def _text(row: Mapping[str, Any], name: str) -> Text:
    return Text(en=row[f"{name}_en"], fr=row[f"{name}_fr"])


def _rest(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in (f"{name}_en", f"{name}_fr")}
