"""Personas of a real shop from week to week (UCI Online Retail), and what look-alike lists of it are worth."""

from __future__ import annotations

import argparse
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from regulars.app import init_shop
from regulars.errors import Refused
from regulars.segment.ready import ready_segments
from regulars.shop import Shop

MAPPING = Path(__file__).parents[2] / "examples" / "mappings" / "online_retail.toml"
FIRST = date(2011, 9, 10)
_GROUPS = ("big", "loyal", "future_spenders", "new")


def online_retail(data: Path, folder: Path) -> Shop:
    """The shop, loaded."""
    shop = init_shop(folder, country="GB", currency="GBP", time_zone="Europe/London")
    shop.load([data / "orders" / "online_retail_uci.parquet"], mapping=MAPPING)
    return shop


def weekly(shop: Shop, weeks: int) -> list[float]:
    """Build an evening a week: the share of customers who are of the same persona as the week before."""
    before: dict[str, str] = {}
    found = []
    for week in range(weeks):
        shop.build((FIRST + timedelta(weeks=week)).isoformat())
        now = {row["person_id"]: row["persona"] for row in shop.table("personas").to_pylist()}
        same = [now[person] == persona for person, persona in before.items() if person in now]
        if same:
            found.append(sum(same) / len(same))
        before = now
    return found


def main(arguments: list[str]) -> None:
    """Print the personas, how they last, and the lift of look-alikes."""
    parser = argparse.ArgumentParser(prog="bench smart personas")
    parser.add_argument("--data", type=Path, required=True, help="the folder of real data")
    parser.add_argument("--weeks", type=int, default=6)
    given, _others = parser.parse_known_args(arguments)
    with TemporaryDirectory() as folder:
        shop = online_retail(given.data, Path(folder) / "shop")
        same = weekly(shop, given.weeks)
        (report,) = (one for one in shop.models() if one.name == "personas")
        print(f"Online Retail, {report.n:,} buyers, {given.weeks} weekly builds from {FIRST}")
        print("  of the same persona as a week before: " + " ".join(f"{one:.3f}" for one in same))
        print("  asked: .95 at least; k-means of five features alone, k = 4, two seeds: agreement .994")
        agreement = report.backtest.ours if report.backtest else 0.0
        print(f"  {len(shop.personas())} personas, agreement of other draws {agreement:.3f}")
        for one in shop.personas():
            print(f"    {one.persona}  {one.people:>5,}  {one.title.en}  /  {one.title.fr}")
        for name in _GROUPS:
            if name in ready_segments():
                print(f"  look-alikes of '{name}': {_lift(shop, name)}")
        shop.close()


def _lift(shop: Shop, name: str) -> str:
    began = time.process_time()
    try:
        found = shop.look_alikes(name)
    except Refused as refused:
        return str(refused)
    return (
        f"lift at 5 % {found.lift:.1f} (95 %: {found.lift_low:.1f} to {found.lift_high:.1f}), chance 1.0,"
        f" {found.members:,} members, {time.process_time() - began:.1f} CPU s"
    )
