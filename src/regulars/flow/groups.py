"""Groups: the ready segments at the last build, beside each other, by place, on the ladder, and over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from regulars.engine import Session
from regulars.errors import Invalid
from regulars.flow import Ground
from regulars.flow.chain.fresh import freshened, laid_over
from regulars.flow.chain.plan import profiles_file
from regulars.model.clock import day_date, parse_day
from regulars.segment import compare, count, history
from regulars.segment.compare import Overlap, Place, Standing
from regulars.segment.history import Moves
from regulars.segment.places import PLACES
from regulars.segment.ready import chosen, ready_segments
from regulars.words import _

LAST = "last"  #: the word for the build before the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The sizes of segments on the evenings that were built, the oldest first."""

    days: list[int]
    sizes: dict[int, dict[str, int]]  #: by evening and segment; a size that was not known is missing


def sizes(ground: Ground) -> dict[str, int | None]:
    """The size of each ready segment, with whom was touched since the last build; None when it is not known for want
    of data.
    """
    profiles_file(ground)
    with ground.store.read() as connection:
        day = _built(ground)
        kept = history.sizes_over_time(connection, [day])[day]
    fresh = freshened(ground)
    if fresh is not None and fresh.anew:
        with _members(ground) as session:
            now = count.members_of(session)
        kept = {name: now.get(name, 0) for name, size in kept.items() if size is not None}
    return {name: kept.get(name) for name in ready_segments()}


def overlaps(ground: Ground, names: Sequence[str]) -> list[Overlap]:
    """Whom each two segments share; with one name, it with each of the others."""
    known = {name: size for name, size in sizes(ground).items() if size is not None}
    wanted = set(chosen(names))
    with _members(ground) as session:
        found = compare.overlaps(session, known)
    if len(wanted) == 1:
        return [pair for pair in found if wanted & {pair.one, pair.other}]
    return [pair for pair in found if {pair.one, pair.other} <= wanted]


def by_place(ground: Ground, place: str, names: Sequence[str]) -> list[Place]:
    """The segments by shop, region, city, country or channel."""
    with _members(ground) as session:
        return compare.spread(session, PLACES[place], chosen(names))


def ladder(ground: Ground) -> list[Standing]:
    """How many people stand on each rung, and their next steps."""
    known = sizes(ground)
    with _members(ground) as session:
        return compare.standings(session, known)


def over_time(ground: Ground) -> History:
    """The sizes of segments on every evening that was built, none after that of the last build."""
    with ground.store.read() as connection:
        days = history.evenings(connection, _built(ground))
        return History(days=days, sizes=history.sizes_over_time(connection, days))


def moves(ground: Ground, names: Sequence[str], since: str) -> tuple[int, Mapping[str, Moves]]:
    """Who came and who left since the evening of a day, or since the last build but one; and that evening."""
    with ground.store.read() as connection:
        first = history.first_evening(connection)
        before = history.evenings(connection, _built(ground))[-2:-1]
        day = max([first, *before]) if since == LAST else parse_day(since)
        if day < first:
            raise Invalid(
                _("who was in which segment on {day} is not kept", day=day_date(day).isoformat()),
                _("it is kept from {day} on", day=day_date(first).isoformat()),
            )
        return day, history.moves(connection, chosen(names), day)


def _built(ground: Ground) -> int:
    """The evening of the last build."""
    profiles_file(ground)
    with ground.store.read() as connection:
        found = ground.lake.result(connection, "profiles")
    return found[1] if found else 0


@contextmanager
def _members(ground: Ground) -> Iterator[Session]:
    """A session with the relations `profiles` and `segment_members`, with whom was touched since the last build."""
    profiles_file(ground)
    with ground.engine.session() as session:
        laid_over(session, ground, ("profiles", "segments"))
        session.view(count.MEMBERS, "select * from segments")
        yield session
