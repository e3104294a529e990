"""Run the benches by name, or all of them."""

from __future__ import annotations

import importlib
import sys

BENCHES = ("load", "clean", "indicators", "segments", "match", "live", "town", "nightly", "smart")


def main() -> None:
    """`python -m bench [NAME [its options]]`."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] in BENCHES:
        importlib.import_module(f"bench.{arguments[0]}").main(arguments[1:])
        return
    for name in BENCHES:
        importlib.import_module(f"bench.{name}").main(arguments if name in ("match", "smart") else [])


if __name__ == "__main__":
    main()
