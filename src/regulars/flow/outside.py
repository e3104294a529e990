"""Data from outside: what each source says, of how many people, and whether it made any foretelling better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.errors import NotFound, Refused, did_you_mean
from regulars.flow import Ground, Progress
from regulars.flow.facts import finished, lay_out, lay_out_outside, lay_out_reach
from regulars.flow.loading.load import check_terms
from regulars.flow.turn import takes_turn
from regulars.model.clock import day_number, evening_us, from_us
from regulars.model.outside import OUTSIDE_KINDS, Terms
from regulars.predict.marks import Floats
from regulars.predict.worth import evenings as two
from regulars.predict.worth.evenings import CARD, Evenings
from regulars.predict.worth.gain import gain
from regulars.predict.worth.people import Ints, People, TooFew
from regulars.profile.outside import from_outside
from regulars.sources import reads, writes
from regulars.sources.reads import Import
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import people, reference, results, traits
from regulars.words import Text, _, both

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: The derived table that is kept of the trials.
_TRIALS = "outside_trials"
_TRIED_ON = ("orders", "spend")
#: Of the people whom a source says something of, those who are chosen for having the highest scores.
CHOSEN = 0.2
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSaid:
    """One field of a source."""

    field: str
    about: str  #: area, person
    people: int  #: it says something of
    words: int | None  #: how many different ones; None: its values are numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Whether a source made it better to foretell something, on a later evening than the one learnt from."""

    source: str
    outcome: str  #: orders, spend
    without: float | None  #: area under the ROC curve, or rank correlation; None: nothing can be said
    with_it: float | None
    low: float | None  #: 95 % interval of the difference
    high: float | None
    learnt_from: int  #: people
    asked: int  #: people
    chosen: int  #: of them
    became_right: int  #: choices that are others with it, and right
    became_wrong: int
    why_en: str  #: why nothing can be said; '' when something is
    why_fr: str

    @property
    def why(self) -> Text:
        """Why nothing can be said."""
        return Text(en=self.why_en, fr=self.why_fr)

    @property
    def improves(self) -> bool:
        """Whether it brings something beyond chance."""
        return self.low is not None and self.low > 0


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
    late: bool  #: it may know what came: it is of a later day than the evening it was tried on, or of none

    @property
    def improves(self) -> bool:
        """Whether it made something better to foretell, and cannot have known what came."""
        return not self.late and any(one.improves for one in self.trials)

    @property
    def improved_decisions(self) -> int | None:
        """How many more choices would be right among all of whom it says something; None: not beyond chance."""
        found = next((one for one in self.trials if one.outcome == "orders" and one.improves), None)
        if self.late or found is None or not found.asked:
            return None
        return round((found.became_right - found.became_wrong) * self.people / found.asked)

    @property
    def cost_per_improved(self) -> int | None:
        """What an improved decision cost, in minor units; None where there is none, or no price was said."""
        improved = self.improved_decisions
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


def outside(ground: Ground, *, again: bool = False, progress: Progress | None = None) -> OutsideReport:
    """What each source says and whether it helped; the trials as they were made since the last build, or made now."""
    as_of, built_us = _built(ground)
    kept = None if again else _kept(ground, built_us)
    trials, days = kept if kept is not None else _tried(ground, as_of, progress)
    today = _today(ground)
    with ground.store.read() as connection:
        loaded = _loaded(reads.imports(connection))
        terms = reads.terms(connection)
        undated = _undated(connection)
    with _known(ground) as session:
        fields = session.rows(_SQL["fields"]).to_pylist()
        told = {row["source"]: row["people"] for row in session.rows(_SQL["people"]).to_pylist()}
        everybody = session.rows("select count(*) as n from persons")["n"][0].as_py()
    zone = ground.settings.shop.time_zone
    found = []
    for source, imports in loaded.items():
        said = terms.get(source, Terms())
        newest = max(one.finished_us or one.started_us for one in imports)
        found.append(
            OutsideSource(
                source=source,
                kinds=tuple(sorted({one.kind for one in imports})),
                terms=replace(said, origin=said.origin or _usual_origin(imports)),
                loaded_day=day_number(from_us(newest, zone).date()),
                age_days=None if said.of_day is None else today - said.of_day,
                ended=said.ended(today),
                unseen=newest > built_us,
                people=told.get(source, 0),
                share=told.get(source, 0) / everybody if everybody else 0.0,
                fields=tuple(
                    FieldSaid(
                        field=row["field"], about=row["about"], people=row["people"],
                        words=None if row["numbers"] else row["words"],
                    )
                    for row in fields
                    if row["source"] == source
                ),
                trials=tuple(one for one in trials if one.source == source),
                late=days[0] > 0 and (source in undated if said.of_day is None else said.of_day > days[2]),
            )
        )  # fmt: skip
    return OutsideReport(
        as_of=as_of,
        people=everybody,
        horizon_days=days[0],
        earlier=days[1],
        later=days[2],
        sources=tuple(found),
    )


@takes_turn
def say_terms(ground: Ground, source: str, terms: Terms) -> None:
    """Keep what somebody says of a source of data from outside."""
    check_terms(ground, terms)
    with ground.store.read() as connection:
        known = _loaded(reads.imports(connection))
    if source not in known:
        raise NotFound(
            _("there is no data from outside called '{source}'", source=source),
            did_you_mean(source, known) or _("`regulars outside` lists what there is"),
        )
    with ground.store.write() as connection:
        writes.remember_terms(connection, source, terms, ground.now_us())


def _today(ground: Ground) -> int:
    return day_number(from_us(ground.now_us(), ground.settings.shop.time_zone).date())


def _loaded(imports: Sequence[Import]) -> dict[str, list[Import]]:
    """The imports of data from outside that count, by source."""
    found: dict[str, list[Import]] = {}
    for one in imports:
        if one.kind in OUTSIDE_KINDS and one.state == "done":
            found.setdefault(one.source, []).append(one)
    return found


def _undated(connection: Connection) -> set[str]:
    """The sources of which a row does not say of which day it is; tables of areas never do."""
    c, areas = traits.c, reference.c
    told = select(c.source).where(c.at_us == 0, c.superseded_by.is_(None), c.import_id.in_(finished()))
    lain = select(areas.source).where(areas.kind == "areas")
    return set(connection.execute(told.union(lain)).scalars())


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
        made = ground.lake.result(connection, "outside")
        session.parquet("outside", [made[0]] if made else [], pa.schema([]))
        session.table("persons", fetch(connection, select(people.c.person)))
        yield session


@takes_turn
def _tried(ground: Ground, as_of: int, progress: Progress | None) -> tuple[list[Trial], tuple[int, int, int]]:
    """Try every source that may be used on two earlier evenings, and keep what came of it."""
    trials: list[Trial] = []
    days = (0, as_of, as_of)
    with ground.engine.session() as session, ground.store.read() as connection:
        usable = [
            source
            for source in _loaded(reads.imports(connection))
            if not reads.terms(connection).get(source, Terms()).ended(_today(ground))
        ]
        if usable:
            if progress:
                progress(_("two earlier evenings"), 0, len(usable) + 1)
            lay_out(session, ground, connection)
            session.table(people.name, fetch(connection, columns_of(people)))
            lay_out_reach(session)
            lay_out_outside(session, connection, _today(ground))
            first = session.rows(f"select min(day) as day from order_lines where day <= {as_of}")["day"][
                0
            ].as_py()
            horizon = None if first is None else two.horizon_days(first, as_of)
            found = horizon and two.evenings(session, as_of, ground.settings.shop.currency, horizon)
            if found:
                days = (found.horizon, found.earlier, found.later)
                trials = _trials(ground, session, found, usable, progress)
            else:
                trials = [_nothing(source, name, _TOO_YOUNG) for source in usable for name in _TRIED_ON]
    _keep(ground, as_of, trials, days)
    return trials, days


_TOO_YOUNG = both(
    "the shop is not known for long enough: two evenings a month apart, and the month after, are needed"
)
_SAYS_NOTHING = both("on the evenings of the trial it said nothing of anybody")


def _trials(
    ground: Ground, session: Session, found: Evenings, sources: Sequence[str], progress: Progress | None
) -> list[Trial]:
    zone = ground.settings.shop.time_zone
    told: list[dict[str, pa.Table]] = []
    for evening in (found.earlier, found.later):
        from_outside(session, until_us=evening_us(evening, zone))
        told.append({one: session.rows(_SQL["values"], {"source": one}) for one in sources})
    trials = []
    for number, source in enumerate(sources, 1):
        if progress:
            progress(source, number, len(sources) + 1)
        columns = _columns(told[0][source], told[1][source], found.persons)
        trials += [_trial(source, name, found.people[name], columns) for name in _TRIED_ON]
    return trials


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """What a source says of the people of both evenings, as numbers; NaN where it says nothing."""

    names: tuple[str, ...]
    given: tuple[Floats, Floats]


def _columns(earlier: pa.Table, later: pa.Table, persons: tuple[Ints, Ints]) -> _Columns:
    names = sorted({*earlier.column("field").to_pylist(), *later.column("field").to_pylist()})
    places = {name: at for at, name in enumerate(names)}
    code = _codes(earlier, later)
    given = []
    for told, those in ((earlier, persons[0]), (later, persons[1])):
        matrix = np.full((len(those), len(names)), np.nan)
        rows = {int(person): row for row, person in enumerate(those)}
        for person, field, number, text in zip(*told.to_pydict().values(), strict=True):
            if person in rows:
                matrix[rows[person], places[field]] = number if text is None else code[field, text]
        given.append(matrix)
    return _Columns(names=tuple(f"outside {name}" for name in names), given=(given[0], given[1]))


def _codes(*tables: pa.Table) -> dict[tuple[str, str], float]:
    """Words in the order in which people count them, 5-9 before 10-14, so that more may mean more."""
    words = {
        (field, text)
        for told in tables
        for field, text in zip(told.column("field").to_pylist(), told.column("text").to_pylist(), strict=True)
        if text is not None
    }
    return {
        pair: float(place)
        for place, pair in enumerate(sorted(words, key=lambda pair: (pair[0], *_counted(pair[1]))))
    }


def _counted(text: str) -> tuple[float, str]:
    found = _NUMBER.search(text)
    return (float(found.group().replace(",", ".")) if found else -1.0, text)


def _trial(source: str, outcome: str, pair: tuple[People, People], columns: _Columns) -> Trial:
    """What a source adds to all that the shop knows itself, among those of whom it says something."""
    both_evenings = [
        _with(people, columns.names, given) for people, given in zip(pair, columns.given, strict=True)
    ]
    if not all(len(people) for people in both_evenings):
        return _nothing(source, outcome, _SAYS_NOTHING)
    base = (*two.weighed(), *CARD)
    said = gain(both_evenings[0], both_evenings[1], base, columns.names, share=CHOSEN)
    if isinstance(said, TooFew):
        return _nothing(
            source, outcome, said.why, learnt_from=len(both_evenings[0]), asked=len(both_evenings[1])
        )
    return Trial(
        source=source, outcome=outcome, without=said.without, with_it=said.with_them, low=said.low, high=said.high,
        learnt_from=said.learnt_from, asked=said.asked, chosen=said.chosen, became_right=said.became_right,
        became_wrong=said.became_wrong, why_en="", why_fr="",
    )  # fmt: skip


def _with(people: People, names: tuple[str, ...], given: Floats) -> People:
    """Those people of whom something is said, with that."""
    told = ~np.isnan(given).all(axis=1)
    return replace(
        people,
        names=(*people.names, *names),
        given=np.hstack([people.given[told], given[told]]),
        came=people.came[told],
    )


def _nothing(source: str, outcome: str, why: Text, *, learnt_from: int = 0, asked: int = 0) -> Trial:
    return Trial(
        source=source, outcome=outcome, without=None, with_it=None, low=None, high=None, learnt_from=learnt_from,
        asked=asked, chosen=0, became_right=0, became_wrong=0, why_en=why.en, why_fr=why.fr,
    )  # fmt: skip


_DAYS = ("horizon", "earlier", "later")


def _keep(ground: Ground, as_of: int, trials: Sequence[Trial], days: tuple[int, int, int]) -> None:
    rows = [asdict(one) | dict(zip(_DAYS, days, strict=True)) for one in trials]
    path = ground.lake.result_path(_TRIALS, as_of)
    pq.write_table(pa.Table.from_pylist(rows), path)
    with ground.store.write() as connection:
        ground.lake.enter_result(
            connection, _TRIALS, path, as_of=as_of, rows=len(rows), built_us=ground.now_us()
        )


def _kept(ground: Ground, built_us: int) -> tuple[list[Trial], tuple[int, int, int]] | None:
    """The trials since the last build; None when there were none."""
    with ground.store.read() as connection:
        row = connection.execute(select(results).where(results.c.name == _TRIALS)).one_or_none()
        made = ground.lake.result(connection, _TRIALS)
    if row is None or made is None or row.built_us < built_us:
        return None
    rows: list[Mapping[str, object]] = pq.read_table(made[0]).to_pylist()
    if not rows:
        return None
    days = tuple(int(str(rows[0][name])) for name in _DAYS)
    trials = [Trial(**{name: value for name, value in one.items() if name not in _DAYS}) for one in rows]  # type: ignore[arg-type]
    return trials, (days[0], days[1], days[2])
