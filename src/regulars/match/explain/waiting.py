"""That a human is asked about two people, in a sentence with the next step."""

from __future__ import annotations

from sqlalchemy import Connection

from regulars.match.review.unanswered import unanswered
from regulars.words import _


def waits(connection: Connection, person_a: int | None, person_b: int | None) -> tuple[str, ...]:
    """That two people wait for an answer, if they do."""
    asked = {frozenset((pair.person_a, pair.person_b)) for pair in unanswered(connection, person_a)}
    if frozenset((person_a, person_b)) not in asked:
        return ()
    return (_("Whether they are one person waits for your answer: run `regulars review`."),)
