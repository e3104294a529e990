"""Data from outside: what each source says, of how many people, and whether it made any foretelling better."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
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
    loaded, heard = _loaded(ground, built_us), _heard(ground)
    silent = {one.source for one in loaded if not (heard.people.get(one.source) or one.ended or one.unseen)}
    with ground.store.read() as connection:
        elsewhere = _codes(connection, ground.settings.shop.country, silent)
    found = (
        OutsideSource(
            source=one.source,
            kinds=one.kinds,
            terms=one.terms,
            loaded_day=one.day,
            age_days=one.age_days,
            ended=one.ended,
            unseen=one.unseen,
            people=heard.people.get(one.source, 0),
            share=heard.people.get(one.source, 0) / heard.everybody if heard.everybody else 0.0,
            fields=tuple(heard.fields.get(one.source, ())),
            trials=tuple(each for each in trials if each.source == one.source),
            elsewhere=elsewhere.get(one.source),
            late=days[0] > 0 and one.may_know_after(days[2]),
        )
        for one in loaded
        if only in (None, one.source)
    )
    return OutsideReport(
        as_of=as_of,
        people=heard.everybody,
        horizon_days=days[0],
        earlier=days[1],
        later=days[2],
        sources=tuple(found),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """A source as it was loaded, and what somebody said of it."""

    source: str
    kinds: tuple[str, ...]
    terms: Terms
    day: int  #: of its newest import
    age_days: int | None
    ended: bool
    unseen: bool
    undated: bool  #: a row of it does not say of which day it is

    def may_know_after(self, day: int) -> bool:
        """Whether it is of a day after this one, or may be."""
        return self.undated if self.terms.of_day is None else self.terms.of_day > day


def _loaded(ground: Ground, built_us: int) -> list[_Loaded]:
    """All sources."""
    today, zone = today_of(ground), ground.settings.shop.time_zone
    with ground.store.read() as connection:
        imports = loaded_of(reads.imports(connection))
        terms = reads.terms(connection)
        undated = _undated(connection)
    found = []
    for source, files in imports.items():
        said = terms.get(source, Terms())
        newest = max(one.finished_us or one.started_us for one in files)
        found.append(
            _Loaded(
                source=source,
                kinds=tuple(sorted({one.kind for one in files})),
                terms=replace(said, origin=said.origin or _usual_origin(files)),
                day=day_number(from_us(newest, zone).date()),
                age_days=None if said.of_day is None else today - said.of_day,
                ended=said.ended(today),
                unseen=newest > built_us,
                undated=source in undated,
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What the last build heard of the sources that it used."""

    everybody: int  #: people there are
    people: Mapping[str, int]  #: by source, of whom it says something
    fields: Mapping[str, list[FieldSaid]]  #: by source


def _heard(ground: Ground) -> _Heard:
    """What sources say, and of how many people."""
    with _known(ground) as session:
        fields = session.rows(_SQL["fields"]).to_pylist()
        told = session.rows(_SQL["people"]).to_pylist()
        everybody = session.rows("select count(*) as n from persons")["n"][0].as_py()
    rule = {(one.source, one.field): name for name, one in rule_names(ground).items()}
    said: dict[str, list[FieldSaid]] = {}
    for row in fields:
        said.setdefault(row["source"], []).append(
            FieldSaid(
                field=row["field"], about=row["about"], people=row["people"],
                words=None if row["numbers"] else row["words"], rule=rule[row["source"], row["field"]],
                odd=row["odd"] or 0, odd_value=row["odd_value"],
            )
        )  # fmt: skip
    return _Heard(everybody=everybody, people={row["source"]: row["people"] for row in told}, fields=said)


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
