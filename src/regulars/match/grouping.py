"""Records -> groups: every reason to join, what the records of a group say of each other, and what held.

The same of all records of a shop, and of a few that are explained.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match import pairs
from regulars.match.arrays import Floats, Numbers
from regulars.match.people import claims, evidence
from regulars.match.people.cluster import CLUSTERINGS, Evidence, Groups, Links
from regulars.match.people.parts import A_MAILBOX, A_NUMBER, A_WORD
from regulars.match.records import LARGEST_PERSON
from regulars.match.weight.model import Model

SQL = statements(Path(__file__).with_suffix(".sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """The records of a session in groups."""

    links: Links  #: as the relation `every_link` numbers them
    groups: Groups


def grouped(session: Session, size: int, kept: evidence.KeptModel | None, clustering: str) -> Grouped:
    """Group the records of a session by what people said (`standing`), what they share and how alike they are,
    by one of the `CLUSTERINGS`.

    Makes the relations `every_link`, a row of evidence each, and `dropped`: a, b and the reason (as in `review_pairs`)
    of those that did not hold.
    """
    links = _links(session, kept)
    model = kept.model if kept else None
    group = CLUSTERINGS[clustering]
    groups = group(size, links, _told_apart(session), lambda label: _evidence(session, model, label))
    lost = np.flatnonzero(groups.fate)
    reasons = [evidence.REASONS[fate] for fate in groups.fate[lost].tolist()]
    dropped = {"a": links.a[lost], "b": links.b[lost], "reason": pa.array(reasons, pa.string())}
    session.table("dropped", pa.table(dropped))
    return Grouped(links=links, groups=groups)


def _links(session: Session, model: evidence.KeptModel | None) -> Links:
    """Every link, as columns to group by."""
    session.create(
        "model_links", pairs.SQL["model_links"], {"threshold": model.model.threshold if model else 1.0}
    )
    given = {
        "version": model.version if model else None,
        "mailbox": A_MAILBOX,
        "number": A_NUMBER,
        "word": A_WORD,
    }
    session.create("every_link", SQL["every_link"], given)
    found = session.rows("select a, b, strength, kind from every_link order by n")
    return Links(
        a=found["a"].to_numpy(),
        b=found["b"].to_numpy(),
        strength=found["strength"].to_numpy(),
        model=pc.equal(found["kind"], "model").to_numpy(),
        human=pc.equal(found["kind"], "human").to_numpy(),
    )


def _told_apart(session: Session) -> set[tuple[int, int]]:
    session.create("told_apart", SQL["told_apart"])
    return _pairs(session.rows("select a, b from told_apart"))


def _evidence(session: Session, model: Model | None, label: Numbers) -> Evidence:
    """What the pairs inside the groups say of each other."""
    group_table(session, label)
    pairs.score_inside(session, model, LARGEST_PERSON)
    found = session.rows("select * from evidence_inside")
    kinds = {"email": claims.EMAIL, "phone": claims.PHONE, "birth": claims.BIRTH, "number": claims.NUMBER}
    own = session.rows(SQL["claims"], {"largest": LARGEST_PERSON, **kinds})

    def by_field(places: Numbers) -> Floats:
        """What each field of the pairs at some places says, in bits."""
        assert model is not None
        return pairs.said_by_field(session, model, found.take(places))

    return Evidence(
        by_field=by_field if model else None,
        a=found["a"].to_numpy(),
        b=found["b"].to_numpy(),
        bits=found["bits"].to_numpy(),
        claims=claims.numbered(claims.Claim(**row) for row in own.to_pylist()),
    )


def group_table(session: Session, label: Numbers) -> None:
    """Make `grouped`: the group or person of each card, and how many share it."""
    session.table("labels", pa.table({"card": np.arange(len(label)), "person": label}))
    session.create("grouped", SQL["grouped"])


def _pairs(table: pa.Table) -> set[tuple[int, int]]:
    return set(zip(table["a"].to_pylist(), table["b"].to_pylist(), strict=True))
