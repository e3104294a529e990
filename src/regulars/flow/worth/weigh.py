"""Weigh: what indicators and fields add to foretelling, kept in the lake until the shop is built anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import select

from regulars.errors import Refused
from regulars.flow import Ground, Progress
from regulars.flow.facts import lay_out, lay_out_reach
from regulars.flow.turn import takes_turn
from regulars.flow.worth.holdings import Holding, holdings
from regulars.flow.worth.members import Decides, Then, decided, known_then
from regulars.flow.worth.uses import Use, readers, uses_of
from regulars.indicators import INDICATORS
from regulars.indicators.feeds import fields_of
from regulars.model.outside import OUTSIDE_KINDS
from regulars.predict.worth import evenings as two
from regulars.predict.worth.alike import bundles
from regulars.predict.worth.evenings import CARD, OUTCOMES, Evenings
from regulars.predict.worth.importance import importance
from regulars.predict.worth.people import People, TooFew
from regulars.store.rows import columns_of, fetch
from regulars.store.tables import people, results
from regulars.words import Text, _

#: The derived tables that are kept of it.
_MARKS, _WORTHS, _HELD = "importance_marks", "importance_worths", "importance_holdings"
_DECIDES = "importance_segments"
#: What anybody could rank people by.
_NAIVE = "orders_lifetime"
#: Of the tables that are exported, also where there is no row.
_SCHEMAS = {
    _WORTHS: pa.schema(
        [(name, pa.string()) for name in ("outcome", "what", "name", "members")]
        + [(name, pa.float64()) for name in ("fall", "low", "high", "spread")]
    ),
    _DECIDES: pa.schema(
        [("segment", pa.string()), ("members", pa.int64())]
        + [(name, pa.string()) for name in ("what", "name", "columns")]
        + [(name, pa.float64()) for name in ("changed", "low", "high")]
    ),
}
#: (what, its name) -> the columns that are shuffled together.
_Groups = Mapping[tuple[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """How well one outcome could be foretold on the later evening, or why nothing can be said."""

    outcome: str
    measure: str  #: "auc", or "rank_correlation"
    mark: float | None
    low: float | None  #: 95 % interval
    high: float | None
    naive: float | None  #: the mark of ranking by how many orders there were so far
    gain_low: float | None  #: 95 % interval of by how much the learner is better than that
    gain_high: float | None
    stability: float | None  #: how alike lessons rank the bundles, 1: all the same
    learnt_from: int  #: people
    asked: int  #: people
    why_en: str  #: why nothing can be said; '' when something is
    why_fr: str

    @property
    def why(self) -> Text:
        """Why nothing can be said."""
        return Text(en=self.why_en, fr=self.why_fr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What something adds to foretelling one outcome."""

    outcome: str
    what: str  #: "bundle" of indicators that say the same, "indicator", or "field"
    name: str  #: of a bundle the one of its indicators that says most
    members: str  #: the indicators, separated by blanks
    fall: float  #: of the mark, when it is shuffled
    low: float  #: 95 % interval
    high: float
    spread: float  #: standard deviation from lesson to lesson

    @property
    def matters(self) -> bool:
        """Whether it adds something beyond chance."""
        return self.low > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What matters, and what does not."""

    as_of: int  #: day number
    horizon_days: int  #: that were foretold; 0: the shop is not known for long enough
    earlier: int  #: the evening that was learnt from, day number
    later: int  #: the evening that was asked about, day number
    marks: tuple[Marked, ...]
    weights: tuple[Weight, ...]
    decides: tuple[Decides, ...]  #: on the later evening
    holdings: tuple[Holding, ...]

    def deciding(self, what: str) -> list[tuple[str, dict[str, Decides]]]:
        """What indicators or fields decide, by segment; those first that change most of any of them."""
        found: dict[str, dict[str, Decides]] = {}
        for one in self.decides:
            if one.what == what and one.changed > 0:
                found.setdefault(one.name, {})[one.segment] = one
        return sorted(
            found.items(), key=lambda pair: (-max(one.changed for one in pair[1].values()), pair[0])
        )

    def ranked(self, what: str) -> list[tuple[str, dict[str, Weight]]]:
        """What bundles, indicators or fields add, by outcome; those first that add most to any of them."""
        found: dict[str, dict[str, Weight]] = {}
        for one in self.weights:
            if one.what == what:
                found.setdefault(one.name, {})[one.outcome] = one
        return sorted(found.items(), key=lambda pair: (-max(one.fall for one in pair[1].values()), pair[0]))

    def title(self, outcome: str) -> Text:
        """What is foretold, in words."""
        return next(one.title for one in OUTCOMES if one.name == outcome)

    def uses(self, held: Holding) -> tuple[Use, ...]:
        """What a column is used for; of data from outside each column is a trait of its own."""
        if held.kind in OUTSIDE_KINDS and not held.key:
            return ("outside",)
        return self.uses_of_field(held.key) if held.key else ()

    def uses_of_field(self, key: str) -> tuple[Use, ...]:
        """What a field is used for."""
        return uses_of(key)

    def readers(self, indicator: str) -> tuple[str, ...]:
        """The ready segments, treatments, personas and other indicators that read an indicator."""
        return readers()[indicator]

    @property
    def idle(self) -> tuple[str, ...]:
        """Indicators that add nothing beyond chance, alone or with those that say the same, and that nothing reads."""
        telling = {
            name for one in self.weights if one.matters for name in one.members.split() if one.what != "field"
        }
        return tuple(
            name for name in INDICATORS if self.weights and name not in telling and not self.readers(name)
        )

    @property
    def unused(self) -> tuple[Holding, ...]:
        """Columns with something in them that nothing uses."""
        return tuple(one for one in self.holdings if one.cells and not self.uses(one))

    @property
    def deletable(self) -> tuple[Holding, ...]:
        """Those of them that can hold what is known of a person."""
        return tuple(one for one in self.unused if one.personal)


def weigh(ground: Ground, *, again: bool = False, progress: Progress | None = None) -> Report:
    """What matters at the last build; as it was weighed then, or now when it was not, or is to be `again`."""
    kept = None if again else weighed(ground)
    return kept if kept is not None else _weighed(ground, progress)


@takes_turn
def _weighed(ground: Ground, progress: Progress | None) -> Report:
    with ground.store.read() as connection:
        built = ground.lake.result(connection, "indicators")
    if built is None:
        raise Refused(_("nothing has been built yet"), _("run `regulars build` first"))
    steps = len(OUTCOMES) + 3

    def step(what: str, done: int) -> None:
        """Tell which step begins, and how many are done."""
        if progress:
            progress(what, done, steps)

    step(_("what is kept"), 0)
    held = holdings(ground)
    step(_("two earlier evenings"), 1)
    found, then = _evenings(ground, built[1])
    groups = _groups(found.people[OUTCOMES[0].name][0], held) if found else {}
    marks: list[Marked] = []
    weights: list[Weight] = []
    for number, outcome in enumerate(OUTCOMES, 2):
        step(str(outcome.title), number)
        if found is not None:
            mark, some = _outcome(outcome.name, found, groups)
            marks.append(mark)
            weights += some
    step(_("members of segments"), steps - 1)
    fields = dict.fromkeys(one.key for one in held if one.key and one.cells)
    decides = decided(ground, then, found.later, fields) if found and then else []
    report = Report(
        as_of=built[1],
        horizon_days=found.horizon if found else 0,
        earlier=found.earlier if found else built[1],
        later=found.later if found else built[1],
        marks=tuple(marks),
        weights=tuple(weights),
        decides=tuple(decides),
        holdings=tuple(held),
    )
    _keep(ground, report)
    return report


def _evenings(ground: Ground, as_of: int) -> tuple[Evenings | None, Then | None]:
    """Two earlier evenings of the shop, and what rules ask of people on the later one.

    None when the shop is not known for long enough.
    """
    with ground.engine.session() as session, ground.store.read() as connection:
        lay_out(session, ground, connection)
        session.table("people", fetch(connection, columns_of(people)))
        lay_out_reach(session)
        first = session.rows(f"select min(day) as day from order_lines where day <= {as_of}")["day"][
            0
        ].as_py()
        horizon = None if first is None else two.horizon_days(first, as_of)
        if horizon is None:
            return None, None
        found = two.evenings(session, as_of, ground.settings.shop.currency, horizon)
        return found, known_then(session, ground, found.later)


def _outcome(name: str, found: Evenings, groups: _Groups) -> tuple[Marked, list[Weight]]:
    earlier, later = found.people[name]
    said = importance(
        earlier,
        later,
        {f"{what} {of}": members for (what, of), members in groups.items()},
        ranked=[f"{what} {of}" for what, of in groups if what == "bundle"],
        naive=_NAIVE,
    )
    measure = "auc" if earlier.yes_no else "rank_correlation"
    if isinstance(said, TooFew):
        why = said.why
        return Marked(
            outcome=name, measure=measure, mark=None, low=None, high=None, naive=None, gain_low=None,
            gain_high=None, stability=None,
            learnt_from=len(earlier), asked=len(later), why_en=why.en, why_fr=why.fr,
        ), []  # fmt: skip
    weights = []
    for one in said.worths:
        what, _blank, of = one.name.partition(" ")
        weights.append(
            Weight(
                outcome=name, what=what, name=of, members=" ".join(groups[what, of]),
                fall=one.fall, low=one.low, high=one.high, spread=one.spread,
            )
        )  # fmt: skip
    mark = Marked(
        outcome=name, measure=measure, mark=said.mark, low=said.mark_low, high=said.mark_high,
        naive=said.naive, gain_low=said.gain_low, gain_high=said.gain_high, stability=said.stability,
        learnt_from=said.learnt_from, asked=said.asked, why_en="", why_fr="",
    )  # fmt: skip
    return mark, weights


def _groups(earlier: People, held: Sequence[Holding]) -> _Groups:
    """What is shuffled together: indicators that say the same, each one, and all that a field of a file feeds."""
    told = two.weighed()
    groups: dict[tuple[str, str], Sequence[str]] = {("bundle", one[0]): one for one in bundles(earlier, told)}
    groups |= {("indicator", name): (name,) for name in told}
    for key in dict.fromkeys(one.key for one in held if one.key and one.cells):
        fed = [name for name in told if key in fields_of(name)]
        fed += [name for name, fields in CARD.items() if key in fields]
        if fed:
            groups["field", key] = fed
    return groups


def _keep(ground: Ground, report: Report) -> None:
    days = {name: getattr(report, name) for name in ("horizon_days", "earlier", "later")}
    tables = {
        _MARKS: [asdict(one) | days for one in report.marks],
        _WORTHS: [asdict(one) for one in report.weights],
        _DECIDES: [asdict(one) for one in report.decides],
        _HELD: [asdict(one) for one in report.holdings],
    }
    with ground.store.write() as connection:
        for name, rows in tables.items():
            path = ground.lake.result_path(name, report.as_of)
            pq.write_table(pa.Table.from_pylist(rows, _SCHEMAS.get(name)), path)
            ground.lake.enter_result(
                connection, name, path, as_of=report.as_of, rows=len(rows), built_us=ground.now_us()
            )


def weighed(ground: Ground) -> Report | None:
    """What was weighed since the last build; None when nothing was."""
    with ground.store.read() as connection:
        built = {row.name: row.built_us for row in connection.execute(select(results))}
        files = {name: ground.lake.result(connection, name) for name in (_MARKS, _WORTHS, _DECIDES, _HELD)}
    if any(file is None for file in files.values()) or built[_HELD] < built.get("indicators", 0):
        return None
    rows = {name: pq.read_table(file[0]).to_pylist() for name, file in files.items() if file}
    as_of = next(file[1] for file in files.values() if file)
    days = ("horizon_days", "earlier", "later")
    first = rows[_MARKS][0] if rows[_MARKS] else {"horizon_days": 0, "earlier": as_of, "later": as_of}
    return Report(
        as_of=as_of,
        **{name: first[name] for name in days},
        marks=tuple(Marked(**{k: v for k, v in row.items() if k not in days}) for row in rows[_MARKS]),
        weights=tuple(Weight(**row) for row in rows[_WORTHS]),
        decides=tuple(Decides(**row) for row in rows[_DECIDES]),
        holdings=tuple(Holding(**row) for row in rows[_HELD]),
    )
