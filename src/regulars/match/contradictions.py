"""Pairs that cannot simply be one person, whatever their household shares: one definition for every step."""

from __future__ import annotations

from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements

SQL = statements(Path(__file__).with_name("contradictions.sql"))


def judge(session: Session, name: str, pairs: str) -> None:
    """Make a relation that says what the cards of each pair (a statement with a, b) say for and against each other.

    Columns: a, b; `given_agrees`, `given_differs`, `other_name` (Simon and Simone), `family_differs` (said where a
    given name is missing or an initial), `birth_agrees`, `birth_differs`, `suffix_differs`, `contradicted` (any of them
    differs), and `never` (only a human can say that they are one).
    """
    session.view("pairs", pairs)
    session.create(name, SQL["judged"])
