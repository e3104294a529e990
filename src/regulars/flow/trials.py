"""Trials of data from outside: earlier evenings foretold without each source and with it, kept until the next build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.flow import Ground, Progress
from regulars.flow.facts import lay_out, lay_out_outside, lay_out_reach
from regulars.flow.turn import takes_turn
from regulars.model.clock import day_number, evening_us, from_us
from regulars.model.outside import OUTSIDE_KINDS, Terms
from regulars.model.report import Backtest, ModelReport
from regulars.predict.worth import evenings as two
from regulars.predict.worth.evenings import CARD, Evenings
from regulars.predict.worth.people import People, TooFew
from regulars.predict.worth.source import Columns, added, columns
from regulars.profile.outside import from_outside
from regulars.sources import reads
from regulars.sources.reads import Import
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import people, results
from regulars.words import Text, _, both

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: The derived table that is kept of the trials.
_TRIALS = "outside_trials"
_TRIED_ON = ("orders", "spend")
#: Of the people whom a source says something of, those who are chosen for having the highest scores.
CHOSEN = 0.2
_DAYS = ("horizon", "earlier", "later")


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


def models(ground: Ground) -> list[ModelReport]:
    """How each source did in the trials made since the last build, as `outside_SOURCE_OUTCOME`."""
    with ground.store.read() as connection:
        row = connection.execute(select(results).where(results.c.name == "outside")).one_or_none()
    found = None if row is None else kept(ground, row.built_us)
    if found is None:
        return []
    trials, days = found
    return [_model(one, row.as_of if row else 0, days) for one in trials]


def _model(one: Trial, as_of: int, days: tuple[int, int, int]) -> ModelReport:
    tested = None
    if one.without is not None and one.with_it is not None:
        tested = Backtest(
            measure="auc" if one.outcome == "orders" else "rank_correlation", ours=one.with_it, naive=one.without,
            naive_rule=_WITHOUT, higher_is_better=True, n=one.asked, cut=days[2], horizon_days=days[0],
            gain_low=one.low, gain_high=one.high,
        )  # fmt: skip
    why = one.why if tested is None else _HELPED if one.improves else _NO_HELP
    return ModelReport(
        name=f"outside_{one.source}_{one.outcome}",
        title=both("what “{source}” adds", source=one.source), as_of=as_of, n=one.learnt_from,
        counted=_COUNTED, unit="people", enough_data=tested is not None, speaks=False, why=why, backtest=tested,
    )  # fmt: skip


def today_of(ground: Ground) -> int:
    """The shop day that it is."""
    return day_number(from_us(ground.now_us(), ground.settings.shop.time_zone).date())


def loaded_of(imports: Sequence[Import]) -> dict[str, list[Import]]:
    """The imports of data from outside that count, by source."""
    found: dict[str, list[Import]] = {}
    for one in imports:
        if one.kind in OUTSIDE_KINDS and one.state == "done":
            found.setdefault(one.source, []).append(one)
    return found


@takes_turn
def made(ground: Ground, as_of: int, progress: Progress | None) -> tuple[list[Trial], tuple[int, int, int]]:
    """Try every source that may be used on two earlier evenings, and keep what came of it."""
    trials: list[Trial] = []
    days = (0, as_of, as_of)
    with ground.engine.session() as session, ground.store.read() as connection:
        usable = [
            source
            for source in loaded_of(reads.imports(connection))
            if not reads.terms(connection).get(source, Terms()).ended(today_of(ground))
        ]
        if usable:
            if progress:
                progress(_("two earlier evenings"), 0, len(usable) + 1)
            lay_out(session, ground, connection)
            session.table(people.name, fetch(connection, columns_of(people)))
            lay_out_reach(session)
            lay_out_outside(session, connection, today_of(ground))
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


_WITHOUT = both("the same without it")
_HELPED = both("It made it better to foretell, beyond chance.")
_NO_HELP = both("No help that can be told from chance.")
_COUNTED = both("people of whom it said something on an earlier evening")
_TOO_YOUNG = both(
    "the shop is not known for long enough: two evenings a month apart, and the month after, are needed"
)


def _trials(
    ground: Ground, session: Session, found: Evenings, sources: Sequence[str], progress: Progress | None
) -> list[Trial]:
    zone = ground.settings.shop.time_zone
    told: list[dict[str, pa.Table]] = []
    for evening in (found.earlier, found.later):
        from_outside(session, until_us=evening_us(evening, zone), home=ground.settings.shop.country)
        told.append({one: session.rows(_SQL["values"], {"source": one}) for one in sources})
    trials = []
    for number, source in enumerate(sources, 1):
        if progress:
            progress(source, number, len(sources) + 1)
        of = columns(told[0][source], told[1][source], found.persons)
        trials += [_trial(source, name, found.people[name], of) for name in _TRIED_ON]
    return trials


def _trial(source: str, outcome: str, pair: tuple[People, People], of: Columns) -> Trial:
    """What a source adds to all that the shop knows itself, among those of whom it says something."""
    said, told = added(pair, (*two.weighed(), *CARD), of, share=CHOSEN)
    if isinstance(said, TooFew):
        return _nothing(source, outcome, said.why, learnt_from=told[0], asked=told[1])
    return Trial(
        source=source, outcome=outcome, without=said.without, with_it=said.with_them, low=said.low, high=said.high,
        learnt_from=said.learnt_from, asked=said.asked, chosen=said.chosen, became_right=said.became_right,
        became_wrong=said.became_wrong, why_en="", why_fr="",
    )  # fmt: skip


def _nothing(source: str, outcome: str, why: Text, *, learnt_from: int = 0, asked: int = 0) -> Trial:
    return Trial(
        source=source, outcome=outcome, without=None, with_it=None, low=None, high=None, learnt_from=learnt_from,
        asked=asked, chosen=0, became_right=0, became_wrong=0, why_en=why.en, why_fr=why.fr,
    )  # fmt: skip


def _keep(ground: Ground, as_of: int, trials: Sequence[Trial], days: tuple[int, int, int]) -> None:
    rows = [asdict(one) | dict(zip(_DAYS, days, strict=True)) for one in trials]
    path = ground.lake.result_path(_TRIALS, as_of)
    pq.write_table(pa.Table.from_pylist(rows), path)
    with ground.store.write() as connection:
        ground.lake.enter_result(
            connection, _TRIALS, path, as_of=as_of, rows=len(rows), built_us=ground.now_us()
        )


def kept(ground: Ground, built_us: int) -> tuple[list[Trial], tuple[int, int, int]] | None:
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
