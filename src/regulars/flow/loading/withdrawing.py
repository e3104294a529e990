"""Withdrawing: an import goes as if it had never been, because somebody says so, or because it did not end."""

from __future__ import annotations

from sqlalchemy import Connection

from regulars.clean.writes.undo import take_back
from regulars.errors import Refused
from regulars.flow import Ground
from regulars.flow.turn import takes_turn
from regulars.sources import reads, writes
from regulars.store import ledgers
from regulars.words import _


@takes_turn
def recover(ground: Ground) -> list[int]:
    """Take back what loads that were killed left behind, and end an erasure; the imports taken back."""
    ground.store.end_erasure(ground.lake, now_us=ground.now_us())
    with ground.store.read() as connection:
        unfinished = [one.import_id for one in reads.unfinished(connection)]
    for import_id in unfinished:
        roll_back(ground, import_id)
    return unfinished


@takes_turn
def undo(ground: Ground, import_id: int) -> None:
    """Take back a whole import: its facts go, what they had replaced comes back."""
    recover(ground)
    with ground.store.write() as connection:
        if reads.one_import(connection, import_id).state == "undone":
            raise Refused(
                _("import {number} is undone already", number=import_id),
                _("load its file again to have it back"),
            )
        now_us = ground.now_us()
        withdraw(ground, connection, import_id, now_us)
        writes.mark_undone(connection, import_id)
        ground.lake.forget_cards(connection)
        ledgers.note(
            connection,
            at_us=now_us,
            who="cli",
            action="undo",
            subject=f"import {import_id}",
            detail="",
        )


def roll_back(ground: Ground, import_id: int) -> None:
    """Forget an import that did not end: it left nothing."""
    with ground.store.write() as connection:
        withdraw(ground, connection, import_id, ground.now_us())
        writes.forget_import(connection, import_id)


def withdraw(ground: Ground, connection: Connection, import_id: int, now_us: int) -> None:
    """Take an import back; what it had replaced comes back."""
    revived = take_back(connection, import_id, now_us=now_us)
    ledgers.forget_rejects(connection, import_id)
    ground.lake.drop(connection, import_id)
    ground.lake.mark_dirty(connection, sorted(revived))
