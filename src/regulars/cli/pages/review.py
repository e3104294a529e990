"""Two records side by side: what agrees, what differs, and what it would be to call them one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.cli.pages.happened import answer
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.model.person import person_id
from regulars.words import _, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regulars.flow.people.review import Pair, Question, Side
    from regulars.match.explain import Agreement
    from regulars.settings import ShopSettings


def print_compared(name_a: str, name_b: str, fields: Sequence[Agreement]) -> None:
    """What each field of two records says, and what it weighs."""
    print_table(
        (text(_("field")), text(name_a), text(name_b), number(_("bits"))),
        [
            (
                values.field(field.field),
                values.written(field.field, field.value_a or ""),
                values.written(field.field, field.value_b or ""),
                "" if field.weight is None else values.bits(field.weight),
            )
            for field in fields
        ],
    )


def print_waiting(pairs: Sequence[Pair], currency: str) -> None:
    """The pairs that wait, a row each."""
    counted = any(pair.at_stake is not None for pair in pairs)
    columns = [whole(_("record")), whole(_("record")), number(_("probability"))]
    columns += [number(_("at stake"))] if counted else []
    print_table(
        (*columns, text(_("why it waits"))),
        [
            (
                pair.record_a,
                pair.record_b,
                values.decimal(pair.probability, 3),
                *([values.money(pair.at_stake or 0, currency)] if counted else []),
                pair.reason,
            )
            for pair in pairs
        ],
    )


def print_question(asked: Question, nth: int, of: int, shop: ShopSettings) -> None:
    """One pair, whole: the question, both sides, and what a merge would do."""
    pair = asked.pair
    out.print()
    out.print(_asked(asked, nth, of), markup=False)
    print_compared(pair.record_a, pair.record_b, asked.fields)
    answered = [
        name for name in asked.consents if any(side.consents[name] != "unknown" for side in asked.sides)
    ]
    for name, side in zip((pair.record_a, pair.record_b), asked.sides, strict=True):
        out.print(f"{name}: {_told(side, shop, answered)}", markup=False)
    if pair.asked == "review":
        out.print(_merged(asked, shop, answered), markup=False)


def _asked(asked: Question, nth: int, of: int) -> str:
    one, other = (_who(side) for side in asked.sides)
    share = values.decimal(asked.pair.probability, 3)
    if asked.pair.asked == "sample":
        return _(
            "{nth} of {of}: is {record} rightly one person with {other}, {one}? By likeness, probability {share}",
            nth=nth, of=of, record=asked.pair.record_a, other=asked.pair.record_b, one=one, share=share,
        )  # fmt: skip
    return _(
        "{nth} of {of}: is {one} also {other}? {reason}, probability {share}",
        nth=nth, of=of, one=one, other=other, reason=asked.pair.reason, share=share,
    )  # fmt: skip


def _who(side: Side) -> str:
    return f"{person_id(side.person)} {side.name or _('name unknown')}"


def _told(side: Side, shop: ShopSettings, channels: Sequence[str]) -> str:
    """When the record said so, and who it is now."""
    day = values.day_of(side.seen_us, shop.time_zone)
    when = _("of {day}", day=day) if side.dated else _("loaded {day}", day=day)
    return ", ".join(
        [when, *_has(side.records, side.orders, side.spend, shop), *_consents(side.consents, channels)]
    )


def _merged(asked: Question, shop: ShopSettings, channels: Sequence[str]) -> str:
    """What the two would be."""
    one, other = asked.sides
    counted = one.orders is not None and other.orders is not None
    has = _has(
        one.records + other.records,
        (one.orders or 0) + (other.orders or 0) if counted else None,
        (one.spend or 0) + (other.spend or 0) if counted else None,
        shop,
    )
    return _("as one person: {what}", what=", ".join([*has, *_consents(asked.consents, channels)]))


def _has(records: int, orders: int | None, spend: int | None, shop: ShopSettings) -> list[str]:
    has = [plural("{count} record", "{count} records", records)]
    if orders is not None and spend is not None:
        has += [plural("{count} order", "{count} orders", orders), values.money(spend, shop.currency)]
    return has


def _consents(consents: dict[str, str], channels: Sequence[str]) -> list[str]:
    return [
        _("{channel}: {state}", channel=values.channel(name), state=answer(consents[name]))
        for name in channels
    ]
