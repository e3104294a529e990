"""Erase: records of people who are to be forgotten, and whoever is left of those they were."""

from __future__ import annotations

from collections.abc import Sequence

from regulars.flow import Ground
from regulars.flow.loading.withdrawing import recover
from regulars.flow.people.find import record_number
from regulars.flow.people.joining import Joined, settled
from regulars.flow.turn import takes_turn
from regulars.match.people.identity import members_with


@takes_turn
def erase(ground: Ground, names: Sequence[str], who: str) -> Joined:
    """Erase some records (SOURCE:KEY) for ever; who is left of the people they were."""
    recover(ground)
    with ground.store.read() as connection:
        numbers = [record_number(connection, name) for name in names]
        about = sorted(members_with(connection, numbers) - set(numbers))
    ground.store.erase(numbers, ground.lake, who=who, now_us=ground.now_us())
    return settled(ground, about, ())
