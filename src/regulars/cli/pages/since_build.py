"""What came since the last build, said beside what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regulars.cli.command import err
from regulars.words import plural

if TYPE_CHECKING:
    from regulars.flow.chain.fresh import Fresh


def say(fresh: Fresh | None) -> None:
    """Whom something was learnt of since the build, in sentences; nothing when nothing came."""
    if fresh is None:
        return
    notices = (
        (
            fresh.anew,
            plural(
                "one person, of whom something came since the last build, is counted anew",
                "{count} people, of whom something came since the last build, are counted anew",
                fresh.anew,
            ),
        ),
        (
            fresh.unplaced,
            plural(
                "one new record is in no count yet: `regulars match` finds out who it is",
                "{count} new records are in no count yet: `regulars match` finds out who they are",
                fresh.unplaced,
            ),
        ),
        (
            fresh.unmatched - fresh.unplaced,
            plural(
                "one record was not matched again since it changed: whose it is may yet change",
                "{count} records were not matched again since they changed: whose they are may yet change",
                fresh.unmatched - fresh.unplaced,
            ),
        ),
        (
            fresh.passed_over,
            plural(
                "one record changed since the last build and is counted as it found it: run `regulars build`",
                "{count} records changed since the last build and are counted as it found them: run `regulars build`",
                fresh.passed_over,
            ),
        ),
    )
    for count, notice in notices:
        if count > 0:
            err.print(notice, markup=False)
