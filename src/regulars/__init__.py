"""Regulars: the customer data platform and relationship-marketing engine for retailers.

    files ──► sources ─► clean ─► match ─► profile ─► indicators ─► predict ─► segment ─► treat ─► measure

The house, in the order data walks (a test checks that every room is on this map):

    words       the words a user sees, in English and French
    errors      every error raised on purpose: a sentence and a next step
    settings    every setting, once
    app         the composition root: settings -> store, engine -> Shop
    shop        the Shop: everything the command line does, from Python
    figures     numbers, money, days and telephones as each language writes them
    model       the nouns: fields, money, the shop's clock, mapping, consent
    flow        the walk: load, match, build, plan; holds the transaction, has no rule of its own
    sources     1  files -> raw rows as found
    clean       2  raw rows -> standard facts, and rejects with a reason
    match       3  records -> who is who
    profile     4  who -> one golden card per person, and the timeline
    indicators  5  facts -> numbers per person
    predict     6  numbers -> what may come: value, timing, next products; each with its back-test
    segment     7  numbers -> groups
    treat       8  groups -> what next, for whom, when, why
    measure     9  the first figures, to be compared with later ones; where people are met; what to sell
    store       where facts rest: SQLite or PostgreSQL, and the Parquet lake beside it
    engine      who does the heavy counting: DuckDB
    cli         the same rooms from a terminal
    town        the simulator with known truth
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regulars.shop import Shop

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def open(folder: str | Path = ".") -> Shop:
    """Open the shop in a folder that `regulars init` made.

    >>> import regulars
    >>> shop = regulars.open("my-shop")  # doctest: +SKIP
    """
    from regulars.app import open_shop

    return open_shop(Path(folder))
