"""Who is who: found by the shop's records, explained, and settled by hand."""

from __future__ import annotations

import contextlib
import getpass
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from regulars.cli.command import Asked, command, out, print_json, progress
from regulars.cli.keys import Keys
from regulars.cli.pages import matched, values
from regulars.cli.pages.review import print_compared, print_question, print_waiting
from regulars.cli.pages.waterfall import print_waterfall
from regulars.errors import Invalid
from regulars.model.person import person_id
from regulars.words import _, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regulars.flow.people.joining import Joined
    from regulars.flow.people.review import Pair
    from regulars.match.review.verdicts import Verdict
    from regulars.shop import Shop

#: More pairs than ever wait.
_EVERY = 999_999_999


@command("match", "regulars match")
@click.option("--full", is_flag=True, help="match all records of a large shop, not only those that changed")
def match(asked: Asked, full: bool) -> None:
    """Find out which records are the same person."""
    shop = asked.open()
    with progress() as told:
        report = shop.match(told, full=full)
    if asked.as_json:
        print_json(asdict(report))
        return
    from regulars.match.records import most_holders

    matched.print_match(report)
    matched.print_set_aside(report.set_aside or (), most_holders(shop.settings.match))
    matched.print_unmet(report.unmet or ())
    matched.print_placed(report)
    matched.print_precision(report.precision)


@command("explain", "regulars explain shop:1 shop:2")
@click.argument("record_a")
@click.argument("record_b")
def explain(asked: Asked, record_a: str, record_b: str) -> None:
    """Say why two records (SOURCE:KEY), or two people by any key of `show`, are one person, or why not."""
    said = asked.open().explain(record_a, record_b)
    if asked.as_json:
        print_json(asdict(said))
        return
    out.print(said.sentence, markup=False)
    for note in said.notes:
        out.print(note, markup=False)
    print_compared((values.shortened(said.name_a), values.shortened(said.name_b)), said.fields)
    print_waterfall(said)


@command("merge", "regulars merge shop:1 shop:2")
@click.argument("record_a")
@click.argument("record_b")
def merge(asked: Asked, record_a: str, record_b: str) -> None:
    """Say that two records (SOURCE:KEY), or two people by any key of `show`, are one person.

    It outranks every score and can be taken back by unmerge.
    """
    shop = asked.open()
    _print_joined(asked, shop, shop.merge(record_a, record_b, getpass.getuser()))


@command("unmerge", "regulars unmerge shop:2")
@click.argument("records", nargs=-1, required=True)
@click.option("--all", "every", is_flag=True, help="also where that takes back several joins made by hand")
def unmerge(asked: Asked, records: tuple[str, ...], every: bool) -> None:
    """Say that these records (SOURCE:KEY) are somebody else than those they stand with; it holds across re-runs.

    The records named stay together. The id of a person who was joined to another stands for their records.
    """
    shop = asked.open()
    _print_joined(asked, shop, shop.unmerge(records, getpass.getuser(), every=every))


def _print_taken_back(shop: Shop, withdrawn: Iterable[Verdict], *, same: bool) -> None:
    """Say whose words were taken back, and of which day: that two are one (`same`), or two."""
    zone = shop.settings.shop.time_zone
    for told in dict.fromkeys((said.who, values.day_of(said.at_us, zone)) for said in withdrawn):
        out.print(_taken_back(*told, same=same), markup=False)


def _taken_back(who: str, day: str, *, same: bool) -> str:
    """What somebody had said to the contrary of what is said now: that two are one (`same`), or two."""
    if same:
        return _("This takes back what {who} said on {day}: that they are one person.", who=who, day=day)
    return _("This takes back what {who} said on {day}: that they are two people.", who=who, day=day)


def _print_joined(asked: Asked, shop: Shop, joined: Joined) -> None:
    """What was undone, and who is who now."""
    if asked.as_json:
        persons = [{**asdict(one), "person": person_id(one.person)} for one in joined.persons]
        undone = [asdict(one) for one in joined.undone]
        already = None if joined.already is None else person_id(joined.already)
        more = {"already": already, "withdrawn": [{"who": s.who, "at_us": s.at_us} for s in joined.withdrawn]}
        print_json({**asdict(joined.report), "undone": undone, "persons": persons, **more})
        return
    for one in joined.undone:
        out.print(
            _(
                "no longer linked: {one} – {other} ({why})",
                one=values.shortened(one.record_a),
                other=values.shortened(one.record_b),
                why=one.why,
            ),
            markup=False,
        )
    if joined.already is not None:
        out.print(
            _(
                "They were one person already, {person}: your word is kept, whatever a later match finds.",
                person=person_id(joined.already),
            ),
            markup=False,
        )
    _print_taken_back(shop, joined.withdrawn, same=len(joined.persons) > 1)
    for someone in joined.persons:
        out.print(
            _(
                "{person} {name} is {records}",
                person=person_id(someone.person),
                name=values.named(someone.name),
                records=values.records(someone.records),
            ),
            markup=False,
        )
    matched.print_match(joined.report)


@command("review", "regulars review --list")
@click.option(
    "--most", type=click.IntRange(1, _EVERY), default=20, show_default=True, help="how many pairs at most"
)
@click.option("--list", "listed", is_flag=True, help="list them, and ask nothing")
@click.option(
    "--different", nargs=2, metavar="A B", help="answer one: these two (records or people) are two people"
)
@click.option(
    "--sample",
    type=click.IntRange(1, _EVERY),
    help="check so many pairs that were joined by likeness, drawn at random: how many joins are right?",
)
def review(
    asked: Asked, most: int, listed: bool, different: tuple[str, str] | None, sample: int | None
) -> None:
    """Go through the pairs of records that may be one person, those first of which most hangs on the answer.

    On a terminal each is asked, and one key answers. Elsewhere they are listed; merge and --different answer them.
    """
    if different and (sample or listed):
        raise Invalid(
            _("--different answers one pair, and lists and asks nothing"),
            _("leave out {name}, or ask for it by itself", name="--sample" if sample else "--list"),
        )
    shop = asked.open()
    if different:
        _print_joined(asked, shop, shop.different(*different, getpass.getuser()))
        return
    waiting = shop.review_sample(sample) if sample else shop.review(_EVERY)
    pairs = waiting if sample else waiting[:most]
    if asked.as_json:
        print_json({"pairs": [asdict(pair) for pair in pairs]})
    elif not pairs:
        out.print(_none_left(shop, sample=bool(sample)), markup=False)
    elif listed or not (sys.stdin.isatty() and out.is_terminal):
        print_waiting(pairs, shop.settings.shop.currency)
        _print_further(len(waiting) - len(pairs), len(waiting))
    else:
        answered: list[Pair] = []
        try:
            _ask(shop, pairs, answered)
        finally:
            if answered:
                joined = shop.conclude_review(answered)
                _print_joined(asked, shop, joined)
                matched.print_precision(joined.report.precision)


def _print_further(further: int, of: int) -> None:
    """How many pairs wait that were not listed, and how to see them."""
    if further:
        out.print(
            plural(
                "{count} more pair waits: `regulars review --list --most {most}` lists every one.",
                "{count} more pairs wait: `regulars review --list --most {most}` lists every one.",
                further,
                most=of,
            ),
            markup=False,
        )


def _none_left(shop: Shop, *, sample: bool) -> str:
    """Why nothing is asked: all is answered, or the records were not compared since they came."""
    unmatched = shop.unmatched()
    if unmatched:
        return plural(
            "{count} record was not compared with the others yet: run `regulars match` first.",
            "{count} records were not compared with the others yet: run `regulars match` first.",
            unmatched,
        )
    if not any(one.state == "done" for one in shop.imports()):
        return _("There is nobody to match yet: load customers or orders.")
    if sample:
        return _("No join by likeness is left to check.")
    return _("No pair of records waits for an answer.")


def _ask(shop: Shop, pairs: Sequence[Pair], answered: list[Pair]) -> None:
    """Ask pair after pair, and leave those answered in `answered`. An answer is kept when the next is given, so that it
    can be taken back before; whatever ends the questions keeps the last one. What the answers settle of other pairs is
    not asked."""
    last: tuple[Pair, bool] | None = None
    asked: list[int] = []  # places in `pairs`
    settled = 0
    with Keys() as keys, _ended(), contextlib.ExitStack() as behind:
        behind.callback(lambda: _keep(shop, last))
        while True:
            at = asked[-1] + 1 if asked else 0
            left = shop.review_left(pairs[at:], last)
            before, settled = settled, len(pairs) - len(asked) - len(left)
            _print_settled(settled - before)
            if not left:
                break
            shown = shop.review_question(left[0], last)
            print_question(shown, len(asked) + 1, len(asked) + len(left), shop.settings.shop)
            key = _key(keys)
            if key == "q":
                break
            if key == "u":
                if last is None:
                    out.print(_("There is nothing to take back."), markup=False)
                else:
                    asked = [place for place in asked if place < pairs.index(last[0])]
                    last = None
                    answered.pop()
                continue
            if key == "s":
                shop.postpone_review(left[0], getpass.getuser())
            else:
                _keep(shop, last)
                last = left[0], key == "m"
                answered.append(left[0])
            asked.append(pairs.index(left[0]))


@contextlib.contextmanager
def _ended() -> Iterator[None]:
    """Whoever ends the questions in the midst of one gets a new line; the end of what is typed is an end like any."""
    try:
        yield
    except EOFError:
        out.print()
    except KeyboardInterrupt:
        out.print()
        raise


def _print_settled(more: int) -> None:
    """How many pairs the answer before settles, beside the one that it is of."""
    if more > 0:
        said = plural(
            "That settles {count} more pair, which is not asked.",
            "That settles {count} more pairs, which are not asked.",
            more,
        )
        out.print(said, markup=False)


def _key(keys: Keys) -> str:
    """The key that answers; of any other it is said which there are."""
    while True:
        keys.forget()
        out.print(
            _("[m] one person  [d] different people  [s] later  [u] take back  [q] stop: "),
            end="",
            markup=False,
        )
        key = keys.next().lower()
        out.print(key if key.isprintable() else "", markup=False)
        if key in ("m", "d", "s", "u", "q"):
            return key
        out.print(_("That key is none of these:"), markup=False)


def _keep(shop: Shop, last: tuple[Pair, bool] | None) -> None:
    if last is not None:
        withdrawn = shop.answer_review(last[0], same=last[1], who=getpass.getuser())
        _print_taken_back(shop, withdrawn, same=not last[1])


COMMANDS = (match, explain, merge, unmerge, review)
