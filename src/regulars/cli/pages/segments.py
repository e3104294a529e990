"""The views of the ready segments: their sizes, whom they share, where they are, the ladder, and how they change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.text import Text as Line

from regulars.cli.command import Asked, err, out, print_json
from regulars.cli.pages import values
from regulars.cli.pages.tables import Cell, number, print_table, text, whole
from regulars.model.clock import day_date
from regulars.model.person import person_id
from regulars.segment.ladder import ladder
from regulars.segment.language import operands
from regulars.segment.ready import ready_segments
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.groups import History
    from regulars.flow.personas import Persona
    from regulars.segment.compare import Overlap, Place, Standing
    from regulars.segment.history import Moves
    from regulars.segment.lookalike import LookAlikes

_EVENINGS = 6  #: how many fit beside each other
_COLUMNS = 4  #: how many places do
_LEFT_OUT = 6  #: how many columns are named that were left out


def listed(asked: Asked, sizes: Mapping[str, int | None], names: Sequence[str]) -> None:
    """Each segment, its size, and what it is good for."""
    if asked.as_json:
        print_json({"segments": [_described(name, sizes[name]) for name in names]})
        return
    sized(sizes, names)


def _described(name: str, members: int | None) -> dict[str, object]:
    one, missing = ready_segments()[name], _missing(name, members)
    return {
        "name": name,
        "title": str(one.title),
        "rule": one.rule,
        "why": str(one.why),
        "members": members,
        **({"missing": missing} if missing else {}),
    }


def _missing(name: str, members: int | None) -> str | None:
    """Why a size is not known; None when it is."""
    segment = ready_segments().get(name)
    return str(segment.needs.missing) if members is None and segment and segment.needs else None


def sized(sizes: Mapping[str, int | None], names: Sequence[str] = ()) -> None:
    """Print the sizes of segments; of all, when none is named."""
    rows = []
    for name in names or ready_segments():
        one, members = ready_segments()[name], sizes.get(name)
        rows.append(
            (name, values.known_count(members), str(one.title), _missing(name, members) or str(one.why))
        )
    print_table((whole(_("segment")), number(_("people")), text(_("who")), text(_("what for"))), rows)


def overlap(asked: Asked, pairs: Sequence[Overlap], most: int) -> None:
    """Whom each two segments share, and what part that is of each."""
    if asked.as_json:
        print_json({"pairs": [asdict(pair) for pair in pairs]})
        return
    sharing = [pair for pair in pairs if pair.shared]
    numbers = (number(_("both")), number(_("of the first")), number(_("of the second")))
    print_table(
        (whole(_("segment")), whole(_("and")), *numbers),
        [
            (
                pair.one,
                pair.other,
                values.count(pair.shared),
                values.share(pair.share_of_one),
                values.share(pair.share_of_other),
            )
            for pair in sharing[:most]
        ],
    )
    if len(sharing) > most:
        out.print(
            plural(
                "and {count} more pair, with --most",
                "and {count} more pairs, with --most",
                len(sharing) - most,
            )
        )
    if len(sharing) < len(pairs):
        out.print(_("pairs that share nobody: {count}", count=len(pairs) - len(sharing)))


def standings(asked: Asked, rungs: Sequence[Standing]) -> None:
    """Each rung of the ladder, the highest first, and the next steps of those who stand on it."""
    known = ladder()
    if asked.as_json:
        data = [
            {
                "rung": one.rung,
                "title": asdict(known.rungs[one.rung].title),
                "people": one.people,
                "steps": [
                    {"step": name, "people": people, "sentence": asdict(known.steps[name].sentence)}
                    for name, people in one.steps.items()
                ],
            }
            for one in rungs
        ]
        print_json({"rungs": data})
        return
    rows: list[tuple[Cell, ...]] = []
    for one in rungs:
        title, people = str(known.rungs[one.rung].title), values.known_count(one.people)
        missing = _missing(known.rungs[one.rung].needs or "", one.people) or ""
        rows.append((Line(title, "bold"), Line(people, "bold"), missing))
        rows += [
            ("", values.count(count), str(known.steps[name].sentence)) for name, count in one.steps.items()
        ]
    print_table((text(_("rung")), number(_("people")), text(_("next step"))), rows)


def over_time(asked: Asked, kept: History, names: Sequence[str]) -> None:
    """The sizes of segments at the latest builds."""
    if asked.as_json:
        rows = [
            {"as_of": day_date(day).isoformat(), "segment": name, "members": kept.sizes[day][name]}
            for day in kept.days
            for name in names
            if name in kept.sizes[day]
        ]
        print_json({"history": rows})
        return
    days = kept.days[-_EVENINGS:]
    print_table(
        (whole(_("segment")), *(number(values.day(day)) for day in days)),
        [(name, *(values.known_count(kept.sizes[day].get(name)) for day in days)) for name in names],
    )
    if len(kept.days) > len(days):
        out.print(
            plural(
                "and {count} earlier evening, with --json",
                "and {count} earlier evenings, with --json",
                len(kept.days) - len(days),
            )
        )


def moves(asked: Asked, since: int, found: Mapping[str, Moves], most: int) -> None:
    """Who came into segments and who left them since an evening; `most` of them by name, or 0: only how many."""
    if asked.as_json:
        data = [
            {
                "segment": name,
                "before": one.before,
                "now": one.now,
                "entered": [person_id(person) for person in one.entered],
                "left": [person_id(person) for person in one.left],
            }
            for name, one in found.items()
        ]
        print_json({"since": day_date(since).isoformat(), "segments": data})
        return
    print_table(
        (whole(_("segment")), *map(number, (values.day(since), _("came"), _("left"), _("now")))),
        [
            (name, *map(values.count, (one.before, len(one.entered), len(one.left), one.now)))
            for name, one in found.items()
        ],
    )
    for name, one in found.items() if most else ():
        out.print(
            _("{segment}, came: {people}", segment=name, people=_people(one.entered, most)), markup=False
        )
        out.print(_("{segment}, left: {people}", segment=name, people=_people(one.left, most)), markup=False)


def _people(persons: Sequence[int], most: int) -> str:
    shown = ", ".join(person_id(person) for person in persons[:most]) or _("nobody")
    more = len(persons) - most
    return _("{people} and {count} more", people=shown, count=values.count(more)) if more > 0 else shown


def by_place(asked: Asked, places: Sequence[Place], by: str, names: Sequence[str], most: int) -> None:
    """The segments by place: where most people are, the other places together, and where it is not known."""
    if asked.as_json:
        print_json({"by": by, "places": [asdict(place) for place in places]})
        return
    known = [place for place in places if place.place is not None]
    shown = known[: min(most, _COLUMNS)]
    columns = [(str(place.place), [place]) for place in shown]
    if len(known) > len(shown):
        rest = known[len(shown) :]
        columns.append((plural("{count} other", "{count} others", len(rest)), rest))
    columns += [(_("not known"), [place]) for place in places if place.place is None]
    rows: list[tuple[str, ...]] = [
        (name, *(values.count(sum(one.segments[name] for one in those)) for _head, those in columns))
        for name in names
    ]
    everybody = (values.count(sum(one.people for one in those)) for _head, those in columns)
    print_table(
        (whole(_("segment")), *(number(head) for head, _places in columns)),
        [*rows, (), (_("everybody"), *everybody)],
    )


def personas(asked: Asked, found: Sequence[Persona], currency: str) -> None:
    """The kinds of customers, the largest first."""
    if asked.as_json:
        print_json(
            {
                "personas": [
                    {**asdict(one), "typical": [person_id(person) for person in one.typical]} for one in found
                ]
            }
        )
        return
    if not found:
        err.print(_("There are no personas: `regulars models personas` says why."), markup=False)
        return
    print_table(
        (
            whole(_("persona")),
            text(_("who")),
            *map(number, (_("people"), _("share"), _("orders"), _("days since an order"), _("basket"))),
            text(_("typical")),
        ),
        [
            (
                one.persona,
                str(one.title),
                values.count(one.people),
                values.share(one.share),
                values.number(one.orders),
                values.number(one.days_since_last_order),
                values.money(one.average_basket, currency),
                ", ".join(map(person_id, one.typical)),
            )
            for one in found
        ],
    )


def _label(column: str) -> str:
    """A column as people say it."""
    known = operands.catalogue().get(column)
    return str(known.label) if known else column


def look_alikes(asked: Asked, found: LookAlikes, most: int) -> None:
    """What the list is worth, what tells, what was left out, and the first people of it."""
    if asked.as_json:
        print_json({**asdict(found), "like": [person_id(person) for person, _score in found.like]})
        return
    out.print(
        _(
            "Members of the group that were held out are among the first {share} of all {lift} times as often as by"
            " chance (95 %: {low} to {high}).",
            share=values.share(found.share),
            lift=values.number(found.lift),
            low=values.number(found.lift_low),
            high=values.number(found.lift_high),
        ),
        markup=False,
    )
    tells = ", ".join(f"{_label(name)} {'+' if more else '−'}" for name, more in found.tells)
    out.print(_("What tells most: {names}", names=tells), markup=False)
    left_out = ", ".join(_label(name) for name in found.left_out[:_LEFT_OUT])
    if len(found.left_out) > _LEFT_OUT:
        more = values.count(len(found.left_out) - _LEFT_OUT)
        left_out = _("{people} and {count} more", people=left_out, count=more)
    out.print(_("Left out, for it defines the group: {names}", names=left_out), markup=False)
    if found.protected:
        out.print(
            _(
                "Not used, for it is protected: {names}",
                names=", ".join(f"{_label(name)} ({name})" for name in found.protected),
            ),
            markup=False,
        )
    people = [person for person, _score in found.like]
    out.print(
        _(
            "The {count} most like them: {people}",
            count=values.count(len(people)),
            people=_people(people, most),
        ),
        markup=False,
    )
