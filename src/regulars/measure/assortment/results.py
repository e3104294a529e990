"""What this room keeps of a build, and how it is made: numpy and scipy are for builds alone."""

from __future__ import annotations

from regulars.engine import Session

RESULTS = {
    "assortment": "select * from assortment order by scope, store nulls first, persona nulls first, kind, rank",
    "assortment_footings": (
        "select * from assortment_footings order by scope, store nulls first, persona nulls first, kind"
    ),
}


def describe(session: Session, as_of: int, currency: str) -> None:
    """Make the relations of `RESULTS`."""
    from regulars.measure.assortment import finding

    finding.describe(session, as_of, currency)
