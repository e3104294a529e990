"""How long the simulator takes to write a town of a size, and how much memory.

python -m bench town [--customers N …]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import measure
from regulars.town import build


def main(arguments: Sequence[str]) -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(prog="bench town")
    parser.add_argument("--customers", type=int, action="append", help="a size; may be said again")
    sizes = parser.parse_args(arguments).customers or [10_000, 100_000]
    print(f"{'customers':>10} {'records':>10} {'order lines':>11} {'CPU s':>7} {'wall s':>7} {'peak MB':>8}")
    for customers in sizes:
        with TemporaryDirectory() as folder:
            done = measure(_built, Path(folder), customers)
        records, lines = done.result
        print(
            f"{customers:10} {records:10} {lines:11} {done.cpu:7.1f} {done.wall:7.1f} {done.peak:8.0f}",
            flush=True,
        )


def _built(folder: Path, customers: int) -> tuple[int, int]:
    town = build(folder, customers=customers)
    return town.records, town.order_lines
