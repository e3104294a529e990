"""Look-alikes: who is most like the members of a group, and is not one; measured on members that were held out.

A logistic regression tells members from everybody else (Elkan & Noto 2008, KDD 213-220: it ranks as well as if the
others were known not to be alike). Five times a fifth of all is held out and ranked by a model that never saw it. What
defines the group would give it away and is left out, with all that is counted from it; so is what is protected (gender,
age, birth), unless it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from regulars.engine import Session
from regulars.errors import Invalid, Refused
from regulars.figures import count
from regulars.indicators import INDICATORS
from regulars.segment.language.operands import ORDERED, Operand
from regulars.segment.language.rules import Rule
from regulars.words import _

NEEDED = 50  #: members, and others
PROTECTED = ("gender", "age_years", "birth_month", "birth_day_of_month")
#: Made of rules or of many columns at once: no column of their own.
_MADE_OF_ALL = frozenset(("rung", "next_step", "rfm", "persona"))
_FOLDS, _SEED = 5, 7
_SURE = 1.96
_LEARNT_FROM = 50_000  #: people, at most: all members that fit, and a draw of the others
_GIVES_AWAY = 0.97  #: a column that alone ranks members before others so often is the rule under another name
_WORDS_KEPT, _WORD_SHARE = (
    12,
    0.01,
)  #: values of a text that count by themselves, and of what part of all at least
_TOP = 5  #: columns that are named

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlikes:
    """The people most like the members of a rule, and what that is worth."""

    members: int
    of: int  #: everybody in `profiles`
    share: float  #: the part of the others that is listed
    lift: float  #: how many times as many held-out members are among that part of all as by chance
    lift_low: float  #: 95 % interval
    lift_high: float
    like: tuple[tuple[int, float], ...]  #: (person, chance of a member by the model), the most alike first
    tells: tuple[tuple[str, bool], ...]  #: what tells most: the column, and whether members have more of it
    left_out: tuple[str, ...]  #: columns that would give the rule away
    protected: tuple[str, ...]  #: columns that nobody asked for


def look_alikes(
    session: Session, rule: Rule, operands: Mapping[str, Operand], *, share: float, also: Sequence[str]
) -> LookAlikes:
    """Find them among everybody in `profiles`; `also` are protected columns that may be used."""
    unknown = [name for name in also if name not in PROTECTED]
    if unknown and unknown[0] not in operands:
        raise Invalid(
            _("there is no indicator '{name}'", name=unknown[0]),
            _("protected are {names}", names=", ".join(PROTECTED)),
        )
    if unknown:
        raise Invalid(
            _("'{name}' is not protected: it is used without being asked for", name=unknown[0]),
            _("protected are {names}", names=", ".join(PROTECTED)),
        )
    rows = session.rows(f"select *, coalesce(({rule.condition}), false) as is_member from profiles order by person",
                        rule.parameters)  # fmt: skip
    member = rows.column("is_member").to_numpy(zero_copy_only=False).astype(bool)
    _check(member)
    hidden = _leaks(rule) | _MADE_OF_ALL
    protected = tuple(name for name in PROTECTED if name not in also)
    chosen = [
        one for name, one in operands.items()
        if name not in hidden and name not in protected and name in rows.column_names
    ]  # fmt: skip
    values, columns = _table(rows, chosen)
    values, columns, betrayed = _without_betrayal(values, columns, member)
    score = _held_out(values, member)
    lift, low, high = _lift(score, member, share) if columns else (1.0, 1.0, 1.0)
    if low <= 1:
        raise Refused(
            _(
                "nothing tells these people from others: {share} of all hold {lift} times as many of them as chance"
                " would (95 %: {low} to {high})",
                share=f"{share:.0%}", lift=f"{lift:.1f}", low=f"{low:.1f}", high=f"{high:.1f}",
            ),
            _("ask for a group that is more of one kind"),
        )  # fmt: skip
    others = np.flatnonzero(~member)
    best = others[np.argsort(-score[others], kind="stable")][: max(1, round(share * len(others)))]
    person = rows.column("person").to_numpy()
    return LookAlikes(
        members=int(member.sum()),
        of=len(member),
        share=share,
        lift=lift,
        lift_low=low,
        lift_high=high,
        like=tuple((int(person[at]), float(score[at])) for at in best),
        tells=_tells(values, columns, member),
        left_out=tuple(sorted({*(name for name in _leaks(rule) if name in operands), *betrayed})),
        protected=protected,
    )


def _check(member: Flags) -> None:
    inside, outside = int(member.sum()), int((~member).sum())
    if inside < NEEDED or outside < NEEDED:
        raise Refused(
            _(
                "to find more like them takes {needed} people in the group and {needed} others; there are {inside} and"
                " {outside}",
                needed=count(NEEDED), inside=count(inside), outside=count(outside),
            ),
            _("ask for a larger group"),
        )  # fmt: skip


def _leaks(rule: Rule) -> set[str]:
    """What the rule reads, under any window; what that is counted from; and what is counted from it."""
    read = {name: set(re.findall(r"\w+", one.value)) & INDICATORS.keys() for name, one in INDICATORS.items()}
    own = set(rule.names)
    sources = _closed(own, lambda found: {one for name in found & read.keys() for one in read[name]})
    stems = {_stem(name) for name in own}
    alike = own | {name for name in INDICATORS if _stem(name) in stems}
    made = _closed(alike, lambda found: {name for name, from_ in read.items() if from_ & found})
    return sources | made


def _closed(names: set[str], more: Callable[[set[str]], set[str]]) -> set[str]:
    """Names, and all that can be reached from them."""
    found = names
    while not (reached := more(found)) <= found:
        found = found | reached
    return found


def _stem(name: str) -> str:
    """An indicator without its window and its measure: `spend_90d` and `spend_percentile` are both spend."""
    return re.sub(
        r"^days_since_|(_(\d+d|lifetime|quintile|percentile|decile|share|confidence|orders|day))+$", "", name
    )


def _table(rows: pa.Table, chosen: Sequence[Operand]) -> tuple[Numbers, list[str]]:
    """The columns as numbers of mean 0 and standard deviation 1; texts as yes and no to each frequent value."""
    made: list[Numbers] = []
    names: list[str] = []
    for one in chosen:
        column = rows.column(one.name)
        if one.unit in ORDERED or one.unit == "flag":
            value = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)
            known = np.isfinite(value)
            if known.any():
                spread = (
                    np.sign(value) * np.log1p(np.abs(value))
                    if one.unit in ("count", "cents", "days")
                    else value
                )
                made += [np.where(known, spread, spread[known].mean()), known.astype(np.float64)]
                names += [one.name, one.name]
        else:
            for value in _frequent(column):
                made.append(pc.fill_null(pc.equal(column, value), False).to_numpy(zero_copy_only=False) * 1.0)
                names.append(one.name)
    whole = np.column_stack(made) if made else np.zeros((rows.num_rows, 0))
    deviation = whole.std(axis=0)
    told = deviation > 1e-9
    return (whole[:, told] - whole[:, told].mean(axis=0)) / deviation[told], [
        name for name, tells in zip(names, told, strict=True) if tells
    ]


def _frequent(column: pa.ChunkedArray) -> list[object]:
    """The values that many have, the most frequent first."""
    counted = pc.value_counts(column.combine_chunks()).to_pylist()
    many = [
        one for one in counted if one["values"] is not None and one["counts"] >= _WORD_SHARE * len(column)
    ]
    return [one["values"] for one in sorted(many, key=lambda one: (-one["counts"], str(one["values"])))][
        :_WORDS_KEPT
    ]


def _without_betrayal(
    values: Numbers, columns: list[str], member: Flags
) -> tuple[Numbers, list[str], set[str]]:
    """Without the columns that alone tell members from others: they are the rule under another name."""
    betrayed = {name for at, name in enumerate(columns) if _alone(values[:, at], member) >= _GIVES_AWAY}
    kept = [at for at, name in enumerate(columns) if name not in betrayed]
    return values[:, kept], [columns[at] for at in kept], betrayed


def _alone(value: Numbers, member: Flags) -> float:
    """How often a member stands before somebody else, or always after, by one column: 0.5 to 1."""
    from scipy.stats import rankdata

    inside, outside = member.sum(), (~member).sum()
    area = (rankdata(value)[member].sum() - inside * (inside + 1) / 2) / (inside * outside)
    return float(max(area, 1 - area))


def _held_out(values: Numbers, member: Flags) -> Numbers:
    """The score of everybody by a model that did not see them."""
    chance = np.random.default_rng(_SEED)
    fold = chance.integers(0, _FOLDS, len(member))
    score = np.zeros(len(member))
    for one in range(_FOLDS if values.shape[1] else 0):
        rest, held = np.flatnonzero(fold != one), fold == one
        if member[rest].any() and held.any():
            weights, bias = _model(values, member, _drawn(rest, member, chance))
            score[held] = 1 / (1 + np.exp(-(values[held] @ weights + bias)))
    return score


def _drawn(rest: npt.NDArray[np.int64], member: Flags, chance: np.random.Generator) -> npt.NDArray[np.int64]:
    """Whom to learn from: not more than is needed, members first."""
    inside, outside = rest[member[rest]], rest[~member[rest]]
    inside = chance.permutation(inside)[: _LEARNT_FROM // 2]
    outside = chance.permutation(outside)[: _LEARNT_FROM - len(inside)]
    return np.sort(np.concatenate([inside, outside]))


def _model(values: Numbers, member: Flags, some: npt.NDArray[np.int64]) -> tuple[Numbers, float]:
    """The weight of each column, and the bias."""
    from sklearn.linear_model import LogisticRegression

    fit = LogisticRegression(C=0.1, max_iter=500).fit(values[some], member[some])
    return np.asarray(fit.coef_[0]), float(fit.intercept_[0])


def _lift(score: Numbers, member: Flags, share: float) -> tuple[float, float, float]:
    """Of members in the best `share` of all, how many times as many as by chance, and the 95 % interval.

    The interval is Wilson's (1927, JASA 22:209-212): where all members are among the best, it still has a lower end.
    """
    at = max(1, round(share * len(score)))
    best = np.zeros(len(score), bool)
    best[np.argsort(-score, kind="stable")[:at]] = True
    hit = best[member].astype(np.float64)
    n, found, sure = len(hit), float(hit.mean()), _SURE
    middle = (found + sure**2 / (2 * n)) / (1 + sure**2 / n)
    half = sure * np.sqrt(found * (1 - found) / n + sure**2 / (4 * n**2)) / (1 + sure**2 / n)
    low, high = middle - half, middle + half
    part, most = at / len(score), min(1.0, at / len(hit))
    return float(hit.mean() / part), float(low / part), float(min(high, most) / part)


def _tells(values: Numbers, columns: Sequence[str], member: Flags) -> tuple[tuple[str, bool], ...]:
    """The columns that tell most, by the model of everybody."""
    some = _drawn(np.arange(len(member)), member, np.random.default_rng(_SEED))
    weights, _bias = _model(values, member, some)
    found: dict[str, bool] = {}
    for at in np.argsort(-np.abs(weights), kind="stable"):
        found.setdefault(columns[at], bool(weights[at] > 0))
    return tuple(found.items())[:_TOP]
