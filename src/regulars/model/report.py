"""What a model says of itself: what it was fitted on, whether that is enough, and how it did on what it had not seen.

Nothing that a model foretells is shown without this beside it. A model that does not beat the rule anybody could use
steps aside: `speaks` is false, `why` says so, and what is shown comes from the rule.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from regulars.words import Text

#: What is counted in `ModelReport.n`, and the time unit of parameters that have one.
Unit = Literal["weeks", "days", "orders", "people", "texts", "baskets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A model beside a naive rule, both made of what was known on an earlier day and marked on what came after."""

    measure: str  #: "mean_absolute_error_days", "auc", "recall_at_10", "accuracy", …
    ours: float
    naive: float
    naive_rule: Text  #: the rule anybody could use: "everybody buys as often as before"
    higher_is_better: bool
    n: int  #: people, baskets or texts it was marked on
    cut: int | None = None  #: the shop day up to which was known; None when there is no time in it
    horizon_days: int | None = None
    gain_low: float | None = (
        None  #: 95 % interval, by bootstrap, of by how much ours is better (> 0 is better)
    )
    gain_high: float | None = None

    @property
    def beats(self) -> bool:
        """Whether ours is better by more than chance; without an interval, better at all."""
        if self.gain_low is not None:
            return self.gain_low > 0
        return self.ours > self.naive if self.higher_is_better else self.ours < self.naive


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelReport:
    """One model of one shop day."""

    name: str  #: "bg_nbd", "churn", …
    title: Text
    as_of: int  #: shop day: facts up to its evening were seen
    n: int  #: how many of what `counted` says it was fitted on
    counted: Text  #: "customers who bought", "texts with stars"
    unit: Unit
    enough_data: bool
    speaks: bool  #: whether its figures are the ones shown
    why: Text  #: why it speaks, or what is missing, in a sentence
    parameters: Mapping[str, float] = field(default_factory=dict)
    log_likelihood: float | None = None
    backtest: Backtest | None = None
    #: (mean of what was foretold, mean of what came, how many), by tenths of what was foretold
    calibration: tuple[tuple[float, float, int], ...] = ()
    figures: Mapping[str, float] = field(
        default_factory=dict
    )  #: what else was measured: "interval_coverage", …

    def as_json(self) -> str:
        """For keeping."""
        return json.dumps(asdict(self), ensure_ascii=False, allow_nan=False)


def report_of(kept: str) -> ModelReport:
    """A report as it was kept by `as_json`."""
    found = json.loads(kept)
    tested = found["backtest"]
    if tested is not None:
        found["backtest"] = Backtest(**{**tested, "naive_rule": Text(**tested["naive_rule"])})
    for name in ("title", "counted", "why"):
        found[name] = Text(**found[name])
    found["calibration"] = tuple((float(a), float(b), int(c)) for a, b, c in found["calibration"])
    return ModelReport(**found)
