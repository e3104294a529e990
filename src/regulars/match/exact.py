"""Records that share an identifier: joined without a model, unless they contradict each other."""

from __future__ import annotations

from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.contradictions import judge

SQL = statements(Path(__file__).with_name("exact.sql"))


def link(session: Session) -> None:
    """Make `exact_links` (a, b, rule, strong, types), `refused` (a, b, reason, strong) and `of_two` (card).

    They are made from `cards` and `usable`; those `of_two` hold what a junior and his namesake both have.
    """
    session.create("sharing", SQL["sharing"])
    session.create("rivals", SQL["rivals"])
    judge(session, "judged", "select distinct a, b from sharing")
    for name in ("sharing_judged", "exact_links", "refused", "of_two"):
        session.create(name, SQL[name])
