"""What to ask whom, and where: the one thing missing of each customer that is worth most, where they are met next."""

from __future__ import annotations

from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.channels import BY_PHONE, IN_STORE, listed
from regulars.model.person import CROWD_FACTS
from regulars.treat.questions import QUESTIONS

_SQL = statements(Path(__file__).with_suffix(".sql"))
_CHANNELS = {"in_store": listed(IN_STORE), "by_phone": listed(BY_PHONE)}
#: Cards are asked for where so large a share of customers have one: elsewhere the shop has none to give.
_CARDS_FROM = 0.1


def ask(session: Session, *, as_of: int, areas: bool) -> None:
    """Make `to_ask`: person, question, place, location, expected_day, worth (minor units), the most worth first.

    Reads `people` (golden cards), `indicators` and `predictions` of the shop day. `areas`: tables of areas are loaded.
    """
    cases = " ".join(
        f"when {one.missing.format(cards_from=_CARDS_FROM, areas=str(areas).lower())} then '{name}'"
        for name, one in QUESTIONS.items()
    )
    session.create(
        "to_ask",
        _SQL["to_ask"].format(question=f"case {cases} end", as_of=as_of, crowd=CROWD_FACTS, **_CHANNELS),
    )


def unknown_buyers(session: Session, *, as_of: int, currency: str) -> list[dict[str, object]]:
    """Where orders are of nobody: place, location, how many of the last 365 days, their share, and what they brought.

    Reads `order_lines`, `identity` and `people`; money in the shop's currency alone.
    """
    found: list[dict[str, object]] = session.rows(
        _SQL["unknown_buyers"].format(as_of=as_of, currency=currency, **_CHANNELS)
    ).to_pylist()
    return found
