"""Value and timing: CDNOW as published, earlier evenings of shops beside plain rules, and ten million customers."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from bench.smart.real_days import WEEK_39, cdnow_days, online_retail_days, retail_year_days
from regulars.model.clock import day_date, day_number
from regulars.predict.timing.btyd import bg_nbd, gamma_gamma
from regulars.predict.timing.btyd.histories import grouped, histories
from regulars.predict.timing.next_order import naive_days, next_orders
from regulars.predict.timing.orders import OrderDays, came, known
from regulars.predict.timing.outlook import MODELS, naive_orders
from regulars.predict.timing.sight import sight
from regulars.predict.timing.trial import trials
from regulars.predict.timing.value import repeat_spend, value

_PRINTED = {
    "bg_nbd": "r .243  alpha 4.414  a .793  b 2.426  LL -9582.4",
    "pareto_nbd": "r .553  alpha 10.578  s .606  beta 11.669  LL -9595.0",
    "gamma_gamma": "p 6.25  q 3.74  v 15.44",
}


def main(arguments: list[str]) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="bench smart timing")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--customers", type=int, default=10_000_000)
    asked = parser.parse_args(arguments)
    published(asked.data)
    evenings(asked.data)
    year_of_cdnow(asked.data)
    many(asked.customers)


def published(data: Path) -> None:
    days = cdnow_days(data)
    buyers = known(days, WEEK_39)
    after = came(days, buyers, 273).orders
    times, means = repeat_spend(buyers, 100.0)
    found = {name: fitted(buyers.histories) for name, (fitted, _model) in MODELS.items()}
    for name, fit in [*found.items(), ("gamma_gamma", gamma_gamma.fitted(times, means))]:
        ours = "  ".join(f"{key} {number:.4f}" for key, number in fit.parameters.items())
        print(
            f"timing  CDNOW 2,357  {name:11} {ours}  LL {fit.log_likelihood:.2f}   published: {_PRINTED.get(name, '-')}"
        )
    for name, printed in (("bg_nbd", ".626"), ("pareto_nbd", ".630"), ("mbg_nbd", "-")):
        model = MODELS[name][1](found[name].values)
        each = model.expected(buyers.histories, 39)[buyers.where]
        ages, count = np.unique(buyers.age, return_counts=True)
        new = histories([0], [0], [0])
        tracked = np.array([model.expected(new, (age + 274) / 7)[0] for age in ages])
        total = float(count @ tracked) / (buyers.repeats.sum() + after.sum()) - 1
        print(
            f"timing  CDNOW weeks 40-78  {name:11} correlation {np.corrcoef(each, after)[0, 1]:.4f}"
            f" (published {printed})  mean error {np.abs(each - after).mean():.3f}  cumulative at week 78 {total:+.2%}"
            f"{' (published: about -4 %)' if name == 'bg_nbd' else ''}"
        )
    rule = naive_orders(buyers, 273)
    print(
        f"timing  CDNOW weeks 40-78  as before   correlation {np.corrcoef(rule, after)[0, 1]:.4f}"
        f"  mean error {np.abs(rule - after).mean():.3f}"
    )


def evenings(data: Path) -> None:
    """Each shop on several evenings, 90 days ahead, so that nothing is good on one alone."""
    shops: tuple[tuple[str, Callable[[], OrderDays], tuple[date, ...]], ...] = (
        (
            "Online Retail",
            lambda: online_retail_days(data),
            (date(2011, 6, 12), date(2011, 7, 10), date(2011, 8, 10), date(2011, 9, 10)),
        ),
        (
            "CDNOW 23,570",
            lambda: cdnow_days(data, master=True),
            (date(1997, 6, 30), date(1997, 9, 30), date(1997, 12, 31), date(1998, 3, 31)),
        ),
        (
            "retail_year",
            lambda: retail_year_days(data),
            (date(2017, 4, 1), date(2017, 5, 15), date(2017, 6, 30)),
        ),
    )
    for shop, read, asked in shops:
        days = read()
        for evening in asked:
            _evening(shop, days, day_number(evening))


def _evening(shop: str, days: OrderDays, as_of: int) -> None:
    then = sight(days, as_of, 100.0)
    if then is None:
        print(f"timing  {shop} {day_date(as_of)}: not enough data")
        return
    tried = trials(then, days, 100.0)
    for name in (then.outlook.name, "gamma_gamma", "next_order", "churn"):
        if name not in tried:
            continue
        tested = tried[name].backtest
        others = "  ".join(f"{key} {number:.3f}" for key, number in tried[name].figures.items())
        print(
            f"timing  {shop:13} {day_date(as_of)} +90 d  {name:11} {tested.measure} {tested.ours:.4f}"
            f" (rule {tested.naive:.4f}, better by {tested.gain_low:.4f} to {tested.gain_high:.4f}, n {tested.n:,})"
            f"  {others}"
        )
    after = came(days, then.buyers, 90)
    worth = value(
        then.buyers,
        lambda ahead: then.outlook.expected(then.buyers, ahead),
        after.paid * 0,
        then.a_time,
        spread=1.0,
    )
    rule = then.buyers.paid / np.maximum(then.buyers.age, 30) * 90
    for who, each in (("ours", worth.spend_90d), ("as before", rule)):
        ranks = np.corrcoef(np.argsort(np.argsort(each)), np.argsort(np.argsort(after.paid)))[0, 1]
        total = each.sum() / after.paid.sum() - 1
        print(
            f"timing  {shop:13} {day_date(as_of)} +90 d  spend {who:9} total {total:+.1%}  rank correlation {ranks:.3f}"
        )


def year_of_cdnow(data: Path) -> None:
    """The next order over 39 weeks, and a year of spend, of all of CDNOW."""
    days = cdnow_days(data, master=True)
    then = sight(days, WEEK_39, 100.0)
    if then is not None:
        after = came(days, then.buyers, 273)
        of = np.isfinite(after.after) & (then.buyers.repeats >= 2)
        middle = next_orders(then.outlook, then.buyers).middle
        off, rule = (np.abs(one - after.after)[of].mean() for one in (middle, naive_days(then.buyers)))
        print(
            f"timing  CDNOW 23,570 1997-09-30 +273 d  next order off by {off:.1f} days"
            f" (rule {rule:.1f}, notes 68, n {of.sum():,})"
        )
    then = sight(days, WEEK_39 - 92, 100.0)
    if then is not None and then.spend_fit is not None:
        after, buyers, ahead = came(days, then.buyers, 365), then.buyers, then.outlook
        worth = value(
            buyers, lambda days_ahead: ahead.expected(buyers, days_ahead), ahead.none(buyers, 365), then.a_time,
            spread=1 / then.spend_fit.parameters["p"],
        )  # fmt: skip
        inside = ((after.paid >= worth.low) & (after.paid <= worth.high)).mean()
        print(
            f"timing  CDNOW 23,570 1997-06-30 +365 d  value {worth.value_365d.sum() / after.paid.sum() - 1:+.1%}"
            f" in total, {inside:.3f} within the eight tenths"
        )


def many(customers: int) -> None:
    """A shop of made-up customers, three years old."""
    chance = np.random.default_rng(7)
    age = chance.integers(0, 1095, customers)
    rate = chance.gamma(0.6, 1 / 40, customers)
    stays = np.minimum(age, chance.exponential(500, customers))
    repeats = np.minimum(chance.poisson(rate * stays), age)
    until = np.minimum(np.maximum(stays * repeats / (repeats + 1), repeats), age)
    last = np.where(repeats > 0, until, 0).astype(np.int64)
    began, used = time.perf_counter(), time.process_time()
    of, where = grouped(repeats.astype(np.int64), last, age)
    fit = bg_nbd.fitted(of)
    model = bg_nbd.BGNBD(fit.values)
    none, expected = (one(of, 90 / 7)[where] for one in (model.none, model.expected))
    print(
        f"timing  BG/NBD  {customers:,} customers in {len(of.count):,} histories: fitted, and 90 days foretold of each,"
        f" in {time.process_time() - used:.1f} CPU s, {time.perf_counter() - began:.1f} s (asked: 10 s)"
        f"   none {none.mean():.3f}  orders {expected.mean():.3f}"
    )
