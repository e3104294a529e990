"""Twenty fixed rules, half of them on what people did, over a generated shop: how long a count takes."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from bench.indicators import AS_OF, opened, write_shop
from bench.measure import measure

RULES = (
    "spend_365d > 500",
    "orders_365d >= 3 and stage in ('due', 'late')",
    "stage = 'lapsed' and spend_lifetime > 1000",
    "favourite_channel = 'web' and weekend_share > 0.5",
    "rfm = '555'",
    "days_since_last_order > 1.5 * expected_gap_days and orders_lifetime > 2",
    "favourite_weekday = 'saturday' or favourite_hour >= 18",
    "return_share > 0.1 and orders_lifetime >= 2",
    "clicks_90d > 0 and spend_percentile >= 90",
    "discount_share between 0.01 and 0.2",
    "did('Product Viewed', 'last 30 days')",
    "not did('Email Link Clicked', 'last 365 days')",
    "times('Page Viewed', 'last 90 days') >= 2",
    "did('Product Added', 'last 60 days') and not did('Order Completed', 'last 60 days')",
    "times('Email Delivered', 'last 30 days') = 0",
    "did_then('Email Link Clicked', 'Order Completed', 'within 3 days', 'last 180 days')",
    "did('Product Bought', category = '7', 'last 365 days') and stage = 'late'",
    "times('Order Completed', channel = 'web', 'last 365 days') > 2",
    "did('Product Viewed', product_id = '77')",
    "did_then('Product Viewed', 'Product Added', 'within 7 days')",
)


#: Of so many people one was touched since the build, and stands in the files that are laid over it.
_ONE_IN = 500


def build(folder: Path) -> int:
    """Write what a build keeps for rules: profiles, and what happened, by the statements of the build."""
    from regulars.flow.chain.profiling import RULED, tell_happened
    from regulars.indicators.compute import compute

    with opened(folder) as session:
        compute(session, as_of=AS_OF, currency="CAD")
        session.write_parquet("select * from indicators order by person", folder / "profiles.parquet")
        tell_happened(session)
        happenings = session.write_parquet(RULED["happened"], folder / "happened.parquet")
        touched = f"select person from indicators where person % {_ONE_IN} = 0"
        session.write_parquet(touched, folder / "fresh_people.parquet")
        for name, source in (("profiles", "indicators"), ("happened", "happened")):
            rows = f"select * from {source} where person in ({touched}) order by person"
            session.write_parquet(rows, folder / f"fresh_{name}.parquet")
        return happenings


def counts(folder: Path, times: int) -> list[tuple[str, int, float]]:
    """Each rule, how many people it holds, and the milliseconds of each time it is counted, file to answer."""
    from regulars.engine.duckdb import DuckDBEngine
    from regulars.flow.chain.fresh import lay_over
    from regulars.segment.count import count
    from regulars.segment.language import operands
    from regulars.segment.language.rules import compile_rule

    found = []
    for _ in range(times):
        for text in RULES:
            began = time.perf_counter()
            rule = compile_rule(text, operands.catalogue(), as_of=AS_OF, currency="CAD")
            with DuckDBEngine(folder / "scratch").session() as session:
                for name in ("profiles", *(("happened",) if rule.events else ())):
                    fresh = folder / f"fresh_{name}.parquet"
                    lay_over(
                        session, name, folder / f"{name}.parquet", fresh, folder / "fresh_people.parquet"
                    )
                members = count(session, rule).members
            found.append((text, members, (time.perf_counter() - began) * 1000))
    return found


def main(arguments: list[str]) -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(prog="bench segments")
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "scratch").mkdir()
        write_shop(folder, given.customers, given.customers * 10)
        built = measure(build, folder)
        found = measure(counts, folder, given.times).result
    print(
        f"segments  {given.customers:,} customers: built in {built.cpu:.1f} CPU s, {built.result:,} happenings"
    )
    for text in RULES:
        took = [ms for one, _, ms in found if one == text]
        members = next(members for one, members, _ in found if one == text)
        print(f"  {statistics.median(took):7.0f} ms  {members:>9,}  {text}")
    milliseconds = sorted(ms for _, _, ms in found)
    print(f"  p50 {milliseconds[len(found) // 2]:.0f} ms, p95 {milliseconds[int(len(found) * 0.95)]:.0f} ms")
