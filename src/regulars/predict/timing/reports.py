"""What each model of timing says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from regulars.model.report import ModelReport, Unit
from regulars.predict.timing.btyd.fitting import Fit
from regulars.predict.timing.churn import NAMES, NEEDED
from regulars.predict.timing.orders import Buyers
from regulars.predict.timing.sight import NEEDED_BACK, NEEDED_BUYERS, NEEDED_DAYS, Sight
from regulars.predict.timing.trial import Trial
from regulars.predict.timing.value import DISCOUNT_A_YEAR
from regulars.words import Text, both

_TITLES: Mapping[str, Text] = {
    "bg_nbd": Text(en="When customers come back (BG/NBD)", fr="Quand les clients reviennent (BG/NBD)"),
    "mbg_nbd": Text(en="When customers come back (MBG/NBD)", fr="Quand les clients reviennent (MBG/NBD)"),
    "pareto_nbd": Text(
        en="When customers come back (Pareto/NBD)", fr="Quand les clients reviennent (Pareto/NBD)"
    ),
    "gamma_gamma": Text(
        en="What customers pay at an order (Gamma-Gamma)",
        fr="Ce que les clients paient par commande (Gamma-Gamma)",
    ),
    "churn": Text(
        en="Who orders nothing in the next 90 days", fr="Qui ne commande rien dans les 90 prochains jours"
    ),
    "next_order": Text(en="When the next order comes", fr="Quand vient la prochaine commande"),
}
_UNITS: Mapping[str, Unit] = {"gamma_gamma": "orders", "churn": "people", "next_order": "days"}
_BOUGHT = Text(en="customers who bought", fr="clients qui ont acheté")
_COUNTED: Mapping[str, Text] = {
    "gamma_gamma": Text(en="customers who came back and paid", fr="clients qui sont revenus et ont payé"),
    "churn": Text(
        en="customers, once for each evening it learnt from",
        fr="clients, une fois par soir dont il a appris",
    ),
}


def reports(
    as_of: int, now: Sight | None, buyers: Buyers, first: int, tried: Mapping[str, Trial]
) -> list[ModelReport]:
    """One report a model; without a sight, each says what is missing."""
    if now is None:
        missing = _missing(buyers, first)
        return [_report(name, as_of, len(buyers.person), False, False, missing) for name in _TITLES]
    made = [_of_coming_back(name, now, tried.get(name)) for name in now.fits]
    return [*made, _of_spend(now, tried), _of_churn(now, tried), _of_next_order(now, tried)]


def trusted(name: str, tried: Mapping[str, Trial]) -> bool:
    """Whether a model's figures are shown: unless it was tried and did not come closer than the rule."""
    return name not in tried or tried[name].backtest.beats


def _of_coming_back(name: str, now: Sight, trial: Trial | None) -> ModelReport:
    best, fit = now.outlook.name, now.fits[name]
    if name != best:
        better = _TITLES[best]
        why = Text(
            en=both("“{model}” explains better what these customers did.", model=better.en).en,
            fr=both("“{model}” explains better what these customers did.", model=better.fr).fr,
        )
    elif trial is None:
        why = both(
            "It explains best what these customers did; the shop is too young to try it on what came after."
        )
    elif trial.backtest.beats:
        why = both(
            "It explains best what these customers did, and came closer than the rule on what came after."
        )
    else:
        why = both("It came no closer than the rule on what came after: the rule’s figures are shown.")
    if fit.corner:
        why = _and(
            why, both("The data alone would put its parameters where they mean nothing: they are held back.")
        )
    seasons = {f"season_{month:02}": factor for month, factor in now.outlook.season.months.items()}
    if name == best and not seasons:
        why = _and(why, both("Two years of orders are needed to know the shop’s seasons: none is assumed."))
    speaks = name == best and (trial is None or trial.backtest.beats)
    return _report(
        name, now.buyers.as_of, len(now.buyers.person), True, speaks, why, fit=fit, trial=trial,
        others={"corner": float(fit.corner), **(seasons if name == best else {})},
    )  # fmt: skip


def _of_spend(now: Sight, tried: Mapping[str, Trial]) -> ModelReport:
    name, as_of = "gamma_gamma", now.buyers.as_of
    if now.spend_fit is None:
        why = both(
            "At least {needed} customers who came back and paid are needed; there are {count}.",
            needed=NEEDED_BACK, count=now.spenders,
        )  # fmt: skip
        return _report(name, as_of, now.spenders, False, False, why)
    why = _tried_words(name, tried)
    if now.spend_fit.corner:
        why = _and(
            why, both("The data alone would put its parameters where they mean nothing: they are held back.")
        )
    return _report(
        name, as_of, now.spenders, True, trusted(name, tried), why, fit=now.spend_fit, trial=tried.get(name),
        others={"corner": float(now.spend_fit.corner), "discount_a_year": DISCOUNT_A_YEAR},
    )  # fmt: skip


def _of_churn(now: Sight, tried: Mapping[str, Trial]) -> ModelReport:
    name, as_of = "churn", now.buyers.as_of
    if now.churn is None:
        why = both(
            "At least {needed} customers who came back and as many who did not are needed, on evenings 90 days ago and"
            " before; until then the chance of the model of coming back is shown.",
            needed=NEEDED,
        )
        return _report(name, as_of, len(now.buyers.person), False, False, why)
    why = _tried_words(name, tried)
    if not trusted(name, tried):
        why = both(
            "It told no better than the rule who would stay away: the chance of the model of coming back is shown."
        )
    weights = {
        "intercept": now.churn.intercept,
        **dict(zip(NAMES, map(float, now.churn.weights), strict=True)),
    }
    return _report(
        name,
        as_of,
        now.churn.learnt_from,
        True,
        trusted(name, tried),
        why,
        trial=tried.get(name),
        parameters=weights,
    )


def _of_next_order(now: Sight, tried: Mapping[str, Trial]) -> ModelReport:
    name = "next_order"
    return _report(
        name, now.buyers.as_of, len(now.buyers.person), True, trusted(name, tried), _tried_words(name, tried),
        trial=tried.get(name),
    )  # fmt: skip


def _tried_words(name: str, tried: Mapping[str, Trial]) -> Text:
    if name not in tried:
        return both("There is enough to learn from; the shop is too young to try it on what came after.")
    if tried[name].backtest.beats:
        return both("It came closer than the rule on what came after.")
    return both("It came no closer than the rule on what came after: the rule’s figures are shown.")


def _missing(buyers: Buyers, first: int) -> Text:
    back = int((buyers.repeats > 0).sum())
    days = buyers.as_of - first if len(buyers.person) else 0
    return both(
        "At least {buyers} customers who bought, {back} of whom came back, are needed, over {days} days; there are"
        " {has_buyers} and {has_back}, over {has_days} days.",
        buyers=NEEDED_BUYERS, back=NEEDED_BACK, days=NEEDED_DAYS,
        has_buyers=len(buyers.person), has_back=back, has_days=days,
    )  # fmt: skip


def _and(one: Text, other: Text) -> Text:
    return Text(en=f"{one.en} {other.en}", fr=f"{one.fr} {other.fr}")


def _report(
    name: str, as_of: int, n: int, enough: bool, speaks: bool, why: Text, *,
    fit: Fit | None = None, trial: Trial | None = None, parameters: Mapping[str, float] | None = None,
    others: Mapping[str, float] | None = None,
) -> ModelReport:  # fmt: skip
    return ModelReport(
        name=name,
        title=_TITLES[name],
        as_of=as_of,
        n=n,
        counted=_COUNTED.get(name, _BOUGHT) if enough else _BOUGHT,
        unit=_UNITS.get(name, "weeks"),
        enough_data=enough,
        speaks=speaks,
        why=why,
        parameters=dict(fit.parameters) if fit else dict(parameters or {}),
        log_likelihood=fit.log_likelihood if fit else None,
        backtest=trial.backtest if trial else None,
        calibration=trial.calibration if trial else (),
        figures={**(trial.figures if trial else {}), **(others or {})},
    )
