"""Run the benches by name, or all of them."""

from __future__ import annotations

import importlib
import sys

BENCHES = ("load", "indicators", "match")


def main() -> None:
    """`python -m bench [NAME [its options]]`."""
    arguments = sys.argv[1:]
    names = [arguments[0]] if arguments and arguments[0] in BENCHES else list(BENCHES)
    rest = arguments[1:] if len(names) == 1 else []
    for name in names:
        importlib.import_module(f"bench.{name}").main(rest)


if __name__ == "__main__":
    main()
