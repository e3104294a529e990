"""What was searched for on the site, in the searchers' words, and how much was found: laid out for a build.

Their words are in no file of the lake: they are read from the store, of the newest searches alone.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.text import plain_words
from regulars.store.rows import fetch_where_in
from regulars.store.tables import events

_SQL = statements(Path(__file__).with_suffix(".sql"))
_DAYS = 365
_MOST = 100_000
#: What files and interfaces call the words of a search, and how many articles it found.
_WORDS = (
    "query",
    "search",
    "searchterm",
    "searchquery",
    "searchstring",
    "q",
    "keywords",
    "recherche",
    "motscles",
)
_FOUND = (
    "results",
    "resultscount",
    "resultcount",
    "numberofresults",
    "nbresults",
    "totalresults",
    "hits",
    "resultats",
)
#: A number of articles that fits its column.
_COUNT = re.compile(r"[0-9]{1,18}")
_SCHEMA = pa.schema(
    [("person", pa.int64()), ("record", pa.int64()), ("at_us", pa.int64()), ("day", pa.int64()),
     ("words", pa.string()), ("found", pa.int64())]
)  # fmt: skip


def lay_out_searches(session: Session, connection: Connection, as_of: int) -> None:
    """Make `searches`: person (null: a visitor), record, at_us, day, words, found (null: nobody told)."""
    rows = session.rows(_SQL["searches"].format(as_of=as_of, days=_DAYS, most=_MOST)).to_pylist()
    told = _told(connection, sorted({row["record"] for row in rows}))
    searches = [
        {**row, "words": words, "found": found}
        for row in rows
        for words, found in [search_of(told.get(row["fact"]) or "{}")]
        if words
    ]
    session.table("searches", pa.Table.from_pylist(searches, _SCHEMA))


def search_of(properties: str) -> tuple[str, int | None]:
    """The words of a search, plain, and how many articles it found, from all that its row told.

    >>> search_of('{"properties.query": "Lait d’avoine", "properties.results": "0"}')
    ('lait d avoine', 0)
    >>> search_of('{"search_term": "teapot", "products": "[{}, {}]"}')
    ('teapot', 2)

    What cannot be read says nothing of how many.

    >>> search_of('{"query": "teapot", "results": "²", "products": "[object Object]"}')
    ('teapot', None)
    """
    told = {_bare(name): value for name, value in json.loads(properties).items() if value not in (None, "")}
    words = next((str(told[name]) for name in _WORDS if name in told), "")
    counted = next((str(told[name]) for name in _FOUND if name in told), "")
    found = int(counted) if _COUNT.fullmatch(counted) else _listed(str(told.get("products", "")))
    return plain_words(words), found


def _listed(articles: str) -> int | None:
    """How many articles a list in JSON holds; None of a text that is no such list."""
    try:
        found = json.loads(articles)
    except (ValueError, RecursionError):
        return None
    return len(found) if isinstance(found, list) else None


def _bare(name: str) -> str:
    return plain_words(name.rpartition(".")[2]).replace(" ", "")


def _told(connection: Connection, records: list[int]) -> dict[int, str | None]:
    statement = select(events.c.fact, events.c.properties).where(
        events.c.event == "Products Searched", events.c.superseded_by.is_(None)
    )
    found = fetch_where_in(connection, statement, [events.c.record], records)
    return dict(zip(*(found.column(name).to_pylist() for name in ("fact", "properties")), strict=True))
