"""Which rule makes a list: chosen on the baskets before the last, marked on the last ones, with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from regulars import figures
from regulars.model.report import Backtest, ModelReport
from regulars.predict.products import again, unknown
from regulars.predict.products.history import BASKETS_TO_ASK, Floats, HeldOut, History
from regulars.predict.products.neighbours import MOST_PEOPLE, neighbours
from regulars.predict.products.replay import Marks, Rule, mark_again, mark_new
from regulars.words import LANGUAGES, Text, both

#: Of so many people at most the past is replayed, every so many-th: a few thousand of them are asked.
REPLAYED = 150_000
#: Under so many people to ask, a replay says little.
PEOPLE_TO_SPEAK = 200


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The rule of a list, and what is said of it."""

    rule: Rule
    report: ModelReport
    by_likeness: bool  #: whether its articles can be explained by those somebody bought


def try_again(history: History, as_of: int) -> Trial:
    """What makes the list of what is bought again."""
    rules: dict[str, Rule] = {
        "frequency_filled": again.frequency_then_popularity, "habit": again.habit, "learnt": again.learnt,
    }  # fmt: skip
    if history.people <= MOST_PEOPLE:
        rules["neighbours"] = neighbours
    rivals: dict[str, Rule] = {"frequency": again.frequency, "popularity": unknown.popular}

    mark = partial(mark_again, bare=("frequency",))

    naive = both("what somebody bought most often")
    return _tried(history, as_of, "next_products", rules, rivals, "frequency", naive, mark)


def try_new(history: History, as_of: int) -> Trial:
    """What makes the list of what somebody does not know yet."""
    rules: dict[str, Rule] = {"bought_together": unknown.bought_together}
    if unknown.als_is_there() and history.people <= unknown.ALS_MOST_PEOPLE:
        rules["als"] = unknown.als

    naive = both("what most people buy")
    return _tried(
        history, as_of, "new_products", rules, {"popularity": unknown.popular}, "popularity", naive, mark_new
    )


def _tried(
    history: History,
    as_of: int,
    name: str,
    rules: Mapping[str, Rule],
    rivals: Mapping[str, Rule],
    naive: str,
    naive_rule: Text,
    mark: Callable[[HeldOut, Mapping[str, Rule]], Marks],
) -> Trial:
    """Choose among rules on the baskets before the last; mark the chosen one, and all others, on the last."""
    replayed = history.some(REPLAYED)
    last = replayed.past
    before = last.known.past
    if len(last.asked) < PEOPLE_TO_SPEAK or len(before.asked) < PEOPLE_TO_SPEAK:
        return Trial(
            rule=rivals[naive], report=_unknown(history, as_of, name, last, before), by_likeness=False
        )
    chosen, foretold = next(iter(rules)), 0.0
    if len(rules) > 1:
        first = mark(before, rules)
        chosen = max(rules, key=first.mean)
        foretold = first.mean(chosen)
    marks = mark(last, {**rivals, **rules})
    tested = _tested(marks, chosen, naive, naive_rule)
    winner = chosen if tested.beats else naive
    learnt = again.weights(replayed) if chosen == "learnt" else None
    report = ModelReport(
        name=name, title=_title(name), as_of=as_of, n=_baskets(history), counted=both("baskets"),
        unit="baskets", enough_data=True, speaks=tested.beats, why=_why(name, chosen, foretold, tested, rules),
        parameters=_parameters(learnt), backtest=tested,
        figures={f"recall_at_10_{one}": round(marks.mean(one), 4) for one in marks.recall},
    )  # fmt: skip
    return Trial(
        rule=partial(again.weighed, learnt_weights=learnt)
        if learnt and winner == "learnt"
        else {**rivals, **rules}[winner],
        report=report,
        by_likeness=tested.beats and name == "new_products",
    )


def _baskets(history: History) -> int:
    return int(history.baskets.sum())


def _tested(marks: Marks, chosen: str, naive: str, naive_rule: Text) -> Backtest:
    low, high = marks.gain(chosen, naive) if marks.people else (0.0, 0.0)
    return Backtest(
        measure="recall_at_10", ours=marks.mean(chosen), naive=marks.mean(naive), naive_rule=naive_rule,
        higher_is_better=True, n=marks.people, gain_low=low, gain_high=high,
    )  # fmt: skip


def _parameters(learnt: tuple[Floats, float] | None) -> dict[str, float]:
    if learnt is None:
        return {}
    each, constant = learnt
    return {"constant": round(constant, 6)} | {
        feature: round(float(weight), 6) for feature, weight in zip(again.FEATURES, each, strict=True)
    }


def _title(name: str) -> Text:
    if name == "next_products":
        return both("What each customer buys again, ten articles")
    return both("What each customer may like of what they never bought, ten articles")


def _rule_words(rule: str) -> Text:
    words = {
        "frequency_filled": both("how often somebody bought it, then what is popular"),
        "habit": both("how often and how lately somebody bought it"),
        "learnt": both("weights learnt from what customers here bought again"),
        "neighbours": both("own purchases and those of the customers most alike (TIFU-KNN)"),
        "bought_together": both("what is bought by the same people (item-KNN)"),
        "als": both("tastes in common (ALS)"),
    }
    return words[rule]


def _why(name: str, chosen: str, foretold: float, tested: Backtest, rules: Mapping[str, Rule]) -> Text:
    said = [_rule(chosen, foretold, len(rules)), _verdict(tested)]
    if name == "new_products" and "als" not in rules:
        said.append(
            both(
                "ALS was not tried: the extra `recommend` is not installed, or the shop is too large for it."
            )
        )
    if name == "next_products" and "neighbours" not in rules:
        said.append(both("Customers most alike (TIFU-KNN) were not tried: the shop is too large for it."))
    return Text(en=" ".join(one.en for one in said), fr=" ".join(one.fr for one in said))


def _rule(chosen: str, foretold: float, tried: int) -> Text:
    words = _rule_words(chosen)
    english, french = (
        both("Made by: {rule}.", rule=words.in_language(one)).in_language(one) for one in LANGUAGES
    )
    if tried == 1:
        return Text(en=english, fr=french)
    best = (
        both(
            "It was the best of {tried} rules on the baskets before the last (it found {found} of them).",
            tried=tried, found=figures.share(foretold, one),
        ).in_language(one)
        for one in LANGUAGES
    )  # fmt: skip
    return Text(en=f"{english} {next(best)}", fr=f"{french} {next(best)}")


def _verdict(tested: Backtest) -> Text:
    if tested.beats:
        return both("On the last baskets it finds more than the rule anybody could use.")
    return both(
        "On the last baskets it does not find more than the rule anybody could use, so that rule makes the list."
    )


def _unknown(history: History, as_of: int, name: str, last: HeldOut, before: HeldOut) -> ModelReport:
    few = min(len(last.asked), len(before.asked))
    return ModelReport(
        name=name, title=_title(name), as_of=as_of, n=_baskets(history), counted=both("baskets"),
        unit="baskets", enough_data=False, speaks=False,
        why=both(
            "To replay last baskets it takes {needed} customers with {baskets} or more of them; there are {there}.",
            needed=PEOPLE_TO_SPEAK, baskets=BASKETS_TO_ASK + 1, there=few,
        ),
    )  # fmt: skip
