"""The learners of importance among the models: how each did beside what anybody could rank by."""

from __future__ import annotations

from regulars.flow import Ground
from regulars.flow.worth.weigh import Marked, Report, weighed
from regulars.model.report import Backtest, ModelReport
from regulars.words import Text, both

_COUNTED = both("people known on an earlier evening")
_NAIVE = both("those first who ordered most often so far")


def models(ground: Ground) -> list[ModelReport]:
    """What the learner of each outcome says of itself: `importance_orders`, `importance_spend`, …; once weighed."""
    report = weighed(ground)
    return [_model(one, report) for one in report.marks] if report else []


def _model(one: Marked, report: Report) -> ModelReport:
    tested = None
    if one.mark is not None and one.naive is not None:
        tested = Backtest(
            measure=one.measure, ours=one.mark, naive=one.naive, naive_rule=_NAIVE, higher_is_better=True,
            n=one.asked, cut=report.later, horizon_days=report.horizon_days, gain_low=one.gain_low,
            gain_high=one.gain_high,
        )  # fmt: skip
    figures = {} if one.stability is None else {"stability": one.stability}
    return ModelReport(
        name=f"importance_{one.outcome}", title=_title(report.title(one.outcome)), as_of=report.as_of,
        n=one.learnt_from, counted=_COUNTED, unit="people", enough_data=one.mark is not None,
        speaks=tested is not None and tested.beats, why=_why(one, tested), backtest=tested, figures=figures,
    )  # fmt: skip


def _title(outcome: Text) -> Text:
    return Text(
        en=both("what matters for: {outcome}", outcome=outcome.en).en,
        fr=both("what matters for: {outcome}", outcome=outcome.fr).fr,
    )


def _why(one: Marked, tested: Backtest | None) -> Text:
    if tested is None:
        return Text(en=_sentence(one.why.en), fr=_sentence(one.why.fr))
    if tested.beats:
        return both("It ranks people better than how often they ordered does.")
    return both(
        "It ranks people no better than how often they ordered does: what it says of indicators is doubtful."
    )


def _sentence(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}."
