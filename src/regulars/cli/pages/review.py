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

    from regulars.flow.people.review import Kept, Pair, Question, Side
    from regulars.match.explain import Agreement
    from regulars.settings import ShopSettings


#: How like two values are, as a sign between them.
_SIGNS = {"same": "=", "near": "≈", "different": "≠"}


def print_compared(names: tuple[str, str], fields: Sequence[Agreement]) -> None:
    """What each field of two records (A and B) says, how like the two are, and what that weighs."""
    for letter, name in zip("AB", names, strict=True):
        out.print(f"{letter}  {name}", markup=False)
    print_table(
        (text(_("field")), text("A"), text(""), text("B"), number(_("bits"))),
        [
            (
                values.field(field.field),
                values.written(field.field, field.value_a or ""),
                _SIGNS.get(field.likeness or "", ""),
                values.written(field.field, field.value_b or ""),
                "" if field.likeness is None or field.weight is None else values.bits(field.weight),
            )
            for field in fields
        ],
    )


def print_waiting(pairs: Sequence[Pair], currency: str) -> None:
    """The pairs that wait, or were drawn to be checked, a row each."""
    why = _("why they are joined") if pairs[0].asked == "sample" else _("why it waits")
    counted = any(pair.at_stake is not None for pair in pairs)
    columns = [whole(_("record")), whole(_("record")), number(_("probability"))]
    columns += [number(_("at stake"))] if counted else []
    print_table(
        (*columns, text(why)),
        [
            (
                values.shortened(pair.record_a),
                values.shortened(pair.record_b),
                values.decimal(pair.probability, 3),
                *([values.money(pair.at_stake or 0, currency)] if counted else []),
                _("{why} (put off)", why=pair.reason) if pair.put_off else pair.reason,
            )
            for pair in pairs
        ],
    )


def print_question(asked: Question, nth: int, of: int, shop: ShopSettings) -> None:
    """One pair, whole: the question, both sides, and what a merge would do."""
    pair = asked.pair
    out.print()
    out.print(_asked(asked, nth, of), markup=False)
    one, other = (
        f"{values.shortened(name)} ({_origin(side, shop)})"
        for name, side in zip((pair.record_a, pair.record_b), asked.sides, strict=True)
    )
    print_compared((one, other), asked.fields)
    channels = [
        name for name in asked.consents if any(side.consents[name] != "unknown" for side in asked.sides)
    ]
    if pair.asked == "sample":
        out.print(_("now one person: {what}", what=_told(asked.sides[0], shop, channels)), markup=False)
        return
    for letter, side in zip("AB", asked.sides, strict=True):
        out.print(_("{record} now: {what}", record=letter, what=_told(side, shop, channels)), markup=False)
    out.print(_merged(asked, shop, channels), markup=False)
    for kept in asked.kept:
        out.print("  " + _keeps(kept), markup=False)


def _asked(asked: Question, nth: int, of: int) -> str:
    one, other = (_who(side) for side in asked.sides)
    share = values.decimal(asked.pair.probability, 3)
    if asked.pair.asked == "sample":
        return _(
            "{nth} of {of}: is {record} rightly one person with {other}, {one}? By likeness, probability {share}",
            nth=nth, of=of, record=values.shortened(asked.pair.record_a),
            other=values.shortened(asked.pair.record_b), one=one, share=share,
        )  # fmt: skip
    return _(
        "{nth} of {of}: is {one} also {other}? {reason}, probability {share}",
        nth=nth, of=of, one=one, other=other, reason=asked.pair.reason, share=share,
    )  # fmt: skip


def _who(side: Side) -> str:
    return f"{person_id(side.person)} {values.named(side.name)}"


def _origin(side: Side, shop: ShopSettings) -> str:
    """Where a record says what it says, and when it did."""
    day = values.day_of(side.seen_us, shop.time_zone)
    parts = [
        _("{file} line {line}", file=side.file, line=values.count(side.line)) if side.file else "",
        _("of {day}", day=day) if side.dated else _("loaded {day}", day=day),
        *(
            _("{field} from {file}", field=values.field(name), file=file)
            for name, file in side.elsewhere.items()
        ),
    ]
    return ", ".join(filter(None, parts))


def _told(side: Side, shop: ShopSettings, channels: Sequence[str]) -> str:
    """Who it is now."""
    has = _has(side.records, side.orders, side.spend, shop)
    return ", ".join([person_id(side.person), *has, *_consents(side.consents, channels)])


def _keeps(kept: Kept) -> str:
    value, instead_of = (values.written(kept.field, each) for each in (kept.value, kept.instead_of))
    return _(
        "keeps the {field} {value}, not {other}",
        field=values.field(kept.field),
        value=value,
        other=instead_of,
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
    whole = ", ".join([person_id(asked.stands), *has, *_consents(asked.consents, channels)])
    return _("as one person: {what}", what=whole)


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
