"""Data from outside: what each source says, of how many people, and whether it made any foretelling better."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import NotFound, Refused, did_you_mean
from regulars.flow import Ground, Progress
from regulars.flow import trials as tried
from regulars.flow.chain.told import told as rule_names
from regulars.flow.facts import finished
from regulars.flow.loading.terms import check_terms
from regulars.flow.trials import Trial, loaded_of, today_of
from regulars.flow.turn import takes_turn
from regulars.model.clock import day_number, from_us
from regulars.model.outside import Terms
from regulars.profile.outside import KINDS
from regulars.sources import reads, writes
from regulars.sources.reads import Import
from regulars.store.rows import fetch
from regulars.store.tables import people, reference, results, traits
from regulars.words import _

_SQL = statements(Path(__file__).with_suffix(".sql"))
_SURE = 1.96
_BEGINNING = 3  #: letters and figures of a customer's postal code that are shown, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSaid:
    """One field of a source."""

    field: str
    about: str  #: area, person
    people: int  #: it says something of
    words: int | None  #: how many different ones; None: its values are numbers
    rule: str  #: what rules call it: `census.median_income`
    #: Of how many people it says something of another kind: a word instead of a number is left out.
    odd: int
    odd_value: str | None  #: one of these values


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Postal codes of areas, or of customers: their countries, and one of them."""

    countries: tuple[str, ...]  #: ISO 3166-1; the shop's own where none is told
    example: str  #: of a customer's no more than how it begins: `H2X…`


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSource:
    """One source of data from outside."""

    source: str
    kinds: tuple[str, ...]  #: of its files
    terms: Terms
    loaded_day: int  #: of its newest import
    age_days: int | None  #: from the day that it is of to today; None: nobody said which day
    ended: bool  #: its licence has: it is not used
    unseen: bool  #: it was loaded after the last build
    people: int  #: it says something of
    share: float  #: of all people
    fields: tuple[FieldSaid, ...]
    trials: tuple[Trial, ...]
    #: Where nobody lives in any of its areas: its postal codes, and the customers' (none: no customer has any). None
    #: also where this is not known: the last build did not read it, or its licence has ended.
    elsewhere: tuple[Codes, Codes | None] | None
    late: bool  #: it may know what came: it is of a later day than the evening it was tried on, or of none

    @property
    def improves(self) -> bool:
        """Whether it made something better to foretell, and cannot have known what came."""
        return not self.late and any(one.improves for one in self.trials)

    @property
    def improved_decisions(self) -> int | None:
        """How many more choices would be right among all of whom it says something; None: not beyond chance."""
        return None if self.improved_between is None else self.improved_between[1]

    @property
    def improved_between(self) -> tuple[int, int, int] | None:
        """The same between the ends of its 95 % interval; below 0 when more would be wrong."""
        found = next((one for one in self.trials if one.outcome == "orders" and one.improves), None)
        if self.late or found is None or not found.asked:
            return None
        more, changed = found.became_right - found.became_wrong, found.became_right + found.became_wrong
        half = _SURE * math.sqrt(max(changed - more**2 / found.asked, 0.0))
        low, middle, high = (round(n * self.people / found.asked) for n in (more - half, more, more + half))
        return low, middle, high

    @property
    def cost_per_improved(self) -> int | None:
        """What an improved decision cost, in minor units; None where there is none, or no price was said."""
        return self._cost(self.improved_decisions)

    @property
    def cost_between(self) -> tuple[int | None, int | None]:
        """The ends of its 95 % interval; no upper end where it may be that no decision was improved."""
        if self.improved_between is None or self.cost_per_improved is None:
            return None, None
        fewest, _middle, most = self.improved_between
        return self._cost(most), self._cost(fewest)

    def _cost(self, improved: int | None) -> int | None:
        if not improved or improved < 0 or self.terms.price is None:
            return None
        return round(self.terms.price / improved)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReport:
    """All data from outside, up to the evening of the last build."""

    as_of: int
    people: int
    horizon_days: int  #: that were foretold; 0: the shop is not known for long enough
    earlier: int  #: the evening that was learnt from
    later: int  #: the evening that was asked about
    sources: tuple[OutsideSource, ...]


def outside(
    ground: Ground, only: str | None = None, *, again: bool = False, progress: Progress | None = None
) -> OutsideReport:
    """What each source says and whether it helped; the trials as they were made since the last build, or made now."""
    if only is not None:
        check_source(ground, only)
    as_of, built_us = _built(ground)
    kept = None if again else tried.kept(ground, built_us)
    trials, days = kept if kept is not None else tried.made(ground, as_of, progress)
    today = today_of(ground)
    with ground.store.read() as connection:
        loaded = loaded_of(reads.imports(connection))
        terms = reads.terms(connection)
        undated = _undated(connection)
    with _known(ground) as session:
        fields = session.rows(_SQL["fields"]).to_pylist()
        told = {row["source"]: row["people"] for row in session.rows(_SQL["people"]).to_pylist()}
        everybody = session.rows("select count(*) as n from persons")["n"][0].as_py()
    zone = ground.settings.shop.time_zone
    newest = {
        source: max(one.finished_us or one.started_us for one in imports)
        for source, imports in loaded.items()
    }
    ended = {source for source in loaded if terms.get(source, Terms()).ended(today)}
    unseen = {source for source in loaded if newest[source] > built_us}
    with ground.store.read() as connection:
        silent = {source for source in loaded if not told.get(source)} - ended - unseen
        elsewhere = _codes(connection, ground.settings.shop.country, silent)
    named = {(one.source, one.field): name for name, one in rule_names(ground).items()}
    found = []
    for source, imports in loaded.items():
        said = terms.get(source, Terms())
        found.append(
            OutsideSource(
                source=source,
                kinds=tuple(sorted({one.kind for one in imports})),
                terms=replace(said, origin=said.origin or _usual_origin(imports)),
                loaded_day=day_number(from_us(newest[source], zone).date()),
                age_days=None if said.of_day is None else today - said.of_day,
                ended=source in ended,
                unseen=source in unseen,
                people=told.get(source, 0),
                share=told.get(source, 0) / everybody if everybody else 0.0,
                fields=tuple(
                    FieldSaid(
                        field=row["field"], about=row["about"], people=row["people"],
                        words=None if row["numbers"] else row["words"], rule=named[source, row["field"]],
                        odd=row["odd"] or 0, odd_value=row["odd_value"],
                    )
                    for row in fields
                    if row["source"] == source
                ),
                trials=tuple(one for one in trials if one.source == source),
                elsewhere=elsewhere.get(source),
                late=days[0] > 0 and (source in undated if said.of_day is None else said.of_day > days[2]),
            )
        )  # fmt: skip
    return OutsideReport(
        as_of=as_of,
        people=everybody,
        horizon_days=days[0],
        earlier=days[1],
        later=days[2],
        sources=tuple(one for one in found if only in (None, one.source)),
    )


@takes_turn
def say_terms(ground: Ground, source: str, terms: Terms) -> None:
    """Keep what somebody says of a source of data from outside."""
    check_terms(ground, terms)
    check_source(ground, source)
    with ground.store.write() as connection:
        writes.remember_terms(connection, source, terms, ground.now_us())


def check_source(ground: Ground, source: str) -> None:
    """`NotFound` when there is no data from outside of that name."""
    with ground.store.read() as connection:
        known = loaded_of(reads.imports(connection))
    if source not in known:
        raise NotFound(
            _("there is no data from outside called '{source}'", source=source),
            did_you_mean(source, known) or _("`regulars outside` lists what there is"),
        )


def _undated(connection: Connection) -> set[str]:
    """The sources of which a row does not say of which day it is; tables of areas never do."""
    c, areas = traits.c, reference.c
    told = select(c.source).where(c.at_us == 0, c.superseded_by.is_(None), c.import_id.in_(finished()))
    lain = select(areas.source).where(areas.kind == "areas")
    return set(connection.execute(told.union(lain)).scalars())


def _codes(connection: Connection, home: str, sources: Set[str]) -> dict[str, tuple[Codes, Codes | None]]:
    """The postal codes of each of these sources that is a table of areas, and those of the customers."""
    c, lives = reference.c, people.c
    current = (
        c.kind == "areas",
        c.source.in_(sources),
        c.superseded_by.is_(None),
        c.import_id.in_(finished()),
    )
    of_source: dict[str, list[tuple[str, str]]] = {}
    for source, key in connection.execute(select(c.source, c.key).where(*current).order_by(c.source, c.key)):
        country, _colon, code = str(key).rpartition(":")
        of_source.setdefault(source, []).append((country or home, code))
    if not of_source:
        return {}
    asked = select(lives.country, lives.postcode).where(lives.postcode.is_not(None)).order_by(lives.person)
    ours = _told(((country or home).upper(), _beginning(code)) for country, code in connection.execute(asked))
    return {source: (theirs, ours) for source, found in of_source.items() if (theirs := _told(found))}


def _beginning(code: str) -> str:
    """As much of a customer's postal code as tells it from those of areas."""
    return f"{code[: min(_BEGINNING, len(code) - 1)]}…"


def _told(codes: Iterable[tuple[str, str]]) -> Codes | None:
    often = Counter[str]()
    first = ""
    for country, code in codes:
        often[country] += 1
        first = first or code
    return (
        Codes(countries=tuple(name for name, _count in often.most_common()), example=first) if often else None
    )


def _usual_origin(imports: Sequence[Import]) -> str:
    """How such data usually comes to a shop, where nobody said."""
    if any(one.kind == "areas" for one in imports):
        return "public"
    return "asked" if any(one.mapping.column_of("answer") for one in imports) else "partner"


def _built(ground: Ground) -> tuple[int, int]:
    """The evening of the last build, and when it was made."""
    with ground.store.read() as connection:
        row = connection.execute(select(results).where(results.c.name == "outside")).one_or_none()
    if row is None:
        raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
    return row.as_of, row.built_us


@contextmanager
def _known(ground: Ground) -> Iterator[Session]:
    """The relations `outside`, as the last build knew it, and `persons`."""
    with ground.store.read() as connection, ground.engine.session() as session:
        made, kinds = (ground.lake.result(connection, name) for name in ("outside", "outside_kinds"))
        session.parquet("outside", [made[0]] if made else [], pa.schema([]))
        session.parquet("outside_kinds", [kinds[0]] if kinds else [], KINDS)
        session.table("persons", fetch(connection, select(people.c.person)))
        yield session
