"""What somebody said of records that no match has made so yet: it was broken off, or is still to come."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from regulars import figures
from regulars.match.records import names
from regulars.match.review.verdicts import DIFFERENT, SAME, Verdict, unheard
from regulars.words import _, shortened


def between(
    connection: Connection, time_zone: str, some: Collection[int], others: Collection[int], *, same: bool
) -> str:
    """What was said of some records and others, who are one person now (`same`) or two; '' when nothing was."""
    for said in unheard(connection, DIFFERENT if same else SAME):
        a, b = said.record_a, said.record_b
        if (a in some and b in others) or (b in some and a in others):
            told = who_and_day(said, time_zone)
            if same:
                return _(
                    "{who} said on {day} that they are two people: the next `regulars match` parts them.",
                    **told,
                )
            return _(
                "{who} said on {day} that they are one person: the next `regulars match` joins them.", **told
            )
    return ""


def about(connection: Connection, time_zone: str, own: Collection[int]) -> tuple[str, ...]:
    """What was said of the records of a person: that they are somebody else's too, or are not all one person's; of
    what somebody said at once the first."""
    joins = [one for one in unheard(connection, SAME) if (one.record_a in own) != (one.record_b in own)]
    parts = [one for one in unheard(connection, DIFFERENT) if {one.record_a, one.record_b} <= set(own)]
    first = {
        (said.who, said.at_us, part): said for part, some in enumerate((joins, parts)) for said in some[::-1]
    }
    named = names(connection, {record for one in first.values() for record in (one.record_a, one.record_b)})
    sentences = []
    for (_who, _at_us, part), said in first.items():
        told = who_and_day(said, time_zone) | {
            "one": shortened(named[said.record_a]), "other": shortened(named[said.record_b])
        }  # fmt: skip
        sentences.append(
            _(
                "{who} said on {day} that {one} and {other} are two people: the next `regulars match` parts them.",
                **told,
            )
            if part
            else _(
                "{who} said on {day} that {one} and {other} are one person: the next `regulars match` joins them.",
                **told,
            )
        )
    return tuple(sentences)


def who_and_day(said: Verdict, time_zone: str) -> dict[str, str]:
    """Who said it, and on what day."""
    return {"who": said.who, "day": figures.day_of(said.at_us, time_zone)}
