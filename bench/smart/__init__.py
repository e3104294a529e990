"""Benches of smart data, one file a part: ours beside the published value, or beside the rule that anybody could use.

python -m bench smart                  all of them
    python -m bench smart timing --data DIR
"""

from __future__ import annotations

import importlib
import pkgutil


def main(arguments: list[str]) -> None:
    """Run the parts that are named, or all; `--…` options go to each."""
    parts = [one.name for one in pkgutil.iter_modules(__path__) if one.name != "real_days"]
    named = [one for one in arguments if one in parts]
    options = [one for one in arguments if one not in parts]
    for part in named or parts:
        importlib.import_module(f"bench.smart.{part}").main(options)
