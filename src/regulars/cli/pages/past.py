"""Who somebody was on a day, and what has happened since."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.model.clock import day_date
from regulars.model.person import person_id
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.people.past import Change, Past, Stood


def print_past(told: Past, zone: str) -> None:
    """Print who a key was, person by person."""
    day, key = values.day(told.day), values.shortened(told.key)
    if not told.persons:
        first = values.day_of(told.first_us, zone) if told.first_us is not None else None
        sentence = (
            _(
                "On the evening of {day} {key} was not known; it is since {first}.",
                day=day,
                key=key,
                first=first,
            )
            if first
            else _("On the evening of {day} {key} was nobody.", day=day, key=key)
        )
        out.print(sentence, markup=False)
    for stood in told.persons:
        _print_stood(stood, day, key, zone)


def _print_stood(stood: Stood, day: str, key: str, zone: str) -> None:
    out.print(
        _(
            "On the evening of {day} {key} was {person}: {records}",
            day=day,
            key=key,
            person=person_id(stood.person),
            records=values.records(stood.records),
        ),
        markup=False,
    )
    for change in stood.since:
        why = f" ({change.why})" if change.why else ""
        out.print(values.about(values.day_of(change.at_us, zone), _happened(change) + why), markup=False)
    if not stood.since:
        out.print(_("Nothing has changed since."), markup=False)
        return
    for one in stood.now:
        name = values.named(one.name)
        today = _("Today: {person} {name}", person=person_id(one.person), name=name)
        out.print(f"{today}, {values.records(one.records)}", markup=False)


def _happened(change: Change) -> str:
    number, records = len(change.records), values.records(change.records)
    before, after = _id(change.before), _id(change.after)
    if change.after is None:
        return plural(
            "{records} left {before} and is nobody",
            "{records} left {before} and are nobody",
            number,
            records=records,
            before=before,
        )
    if change.before is None:
        return plural(
            "{records} came to {after}", "{records} came together to {after}", number, records=records, after=after
        )  # fmt: skip
    return plural(
        "{records} went from {before} to {after}",
        "{records} went together from {before} to {after}",
        number,
        records=records,
        before=before,
        after=after,
    )


def _id(person: int | None) -> str:
    return "" if person is None else person_id(person)


def as_json(told: Past) -> dict[str, object]:
    """Who a key was, as data."""

    def one(person: int | None) -> str | None:
        """A person's id as people read it; None where a record was nobody's."""
        return None if person is None else person_id(person)

    return {
        "key": told.key,
        "day": day_date(told.day).isoformat(),
        "first_us": told.first_us,
        "persons": [
            {
                "person_id": one(stood.person),
                "records": stood.records,
                "since": [
                    {**asdict(change), "before": one(change.before), "after": one(change.after)}
                    for change in stood.since
                ],
                "now": [{**asdict(someone), "person": one(someone.person)} for someone in stood.now],
            }
            for stood in told.persons
        ],
    }
