"""Profiling: what segment rules ask is made of golden cards, indicators and predictions, and they are answered."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.flow import Ground
from regulars.model.clock import day_date
from regulars.segment import count, ready
from regulars.segment.language import operands, rules
from regulars.segment.placing import placed

_SQL = statements(Path(__file__).with_suffix(".sql"))
#: The relations that rules and groups are counted over, and the statement that orders each for keeping.
RULED = {
    "profiles": "select * from profiles order by person",
    "segments": f"select segment, person from {count.MEMBERS} order by segment, person",
    "happened": "select * from happened order by event, person, at_us",
    "outside": "select * from outside order by person, source, field",
}


def tell_happened(session: Session) -> None:
    """Make the view `happened`, of the relations that indicators are computed over."""
    session.view("happened", _SQL["happened"])


def lay_out_profiles(session: Session, ground: Ground, day: int) -> None:
    """Make the relation `profiles`: what rules ask of people by the evening of a day."""
    people = _SQL["profiles"].format(today=day_date(day).isoformat())
    read = partial(_rule, as_of=day, currency=ground.settings.shop.currency)
    session.create("profiles", *placed(people, read))


def segment_people(session: Session, ground: Ground, day: int) -> dict[str, int | None]:
    """Make the relations `profiles` and `segment_members`; the size of each ready segment."""
    lay_out_profiles(session, ground, day)
    segments = ready.ready_segments()
    read = partial(_rule, as_of=day, currency=ground.settings.shop.currency)
    chosen = {name: read(one.rule) for name, one in segments.items()}
    needs = {name: read(one.needs.rule) for name, one in segments.items() if one.needs}
    count.members(session, chosen)
    return dict(count.sizes(session, chosen, needs))


@lru_cache(maxsize=1_000)
def _rule(text: str, *, as_of: int, currency: str) -> rules.Rule:
    """A rule of the house; a server that builds several shops of an evening reads it once."""
    return rules.compile_rule(text, operands.catalogue(), as_of=as_of, currency=currency)
