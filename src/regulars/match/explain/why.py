"""Why two records are, or are not, one person: all that is said of them, and in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from regulars import figures
from regulars.engine import Engine
from regulars.errors import Invalid
from regulars.match.explain import unheard
from regulars.match.explain.apart import Apart, what_parts
from regulars.match.explain.chain import chain
from regulars.match.explain.explanation import Explanation, Step, identifier_words, why_linked
from regulars.match.explain.parting import contradiction, parted, speaks_against, too_many
from regulars.match.explain.waiting import waits
from regulars.match.live.cards import Identifier, is_filler
from regulars.match.people.evidence import KeptModel, last_model
from regulars.match.people.identity import members_with
from regulars.match.records import blocked_forms, names, refuse_unknown
from regulars.match.review import verdicts
from regulars.match.review.verdicts import Verdict
from regulars.match.weight.model import Model
from regulars.model.field_names import field_name
from regulars.settings import Settings
from regulars.store import Store
from regulars.store.tables import identifiers, identity
from regulars.words import _, plural, shortened

if TYPE_CHECKING:
    from regulars.match.explain.findings import Findings

#: So many links of a chain are named.
_LINKS = 6


def explain(store: Store, engine: Engine, settings: Settings, record_a: int, record_b: int) -> Explanation:
    """Say why two records are, or are not, one person, as the last run of `match` left them."""
    from regulars.match.explain import findings  # it brings a parser of SQL, slow to import

    kept = last_model(store)
    model = kept.model if kept else None
    if record_a == record_b:
        raise Invalid(_("the same record was named twice"), _("name two different records"))
    with store.read() as connection:
        person_a, person_b = _persons(connection, record_a, record_b)
        notes: tuple[str, ...] = ()
        same = person_a is not None and person_a == person_b
        steps = chain(connection, settings.match, person_a, record_a, record_b) if same and person_a else ()
        with engine.session() as session:
            found = findings.find(connection, session, settings.match, model, [record_a, record_b])
        name = names(connection, (record_a, record_b))
        unmatched = [record for record, person in ((record_a, person_a), (record_b, person_b)) if not person]
        if to_come := _to_come(connection, settings, record_a, record_b, same=same):
            sentence = to_come
        elif same:
            sentence, notes = _why_same(steps), tuple(_links(steps))
        elif not _is_matched(connection):
            sentence = _("No records were compared with each other yet: run `regulars match` first.")
        elif unmatched:
            by_now, more = _why_not(connection, engine, settings, kept, found)
            sentence, notes = _not_yet(name[unmatched[0]]), (by_now, *more)
        else:
            sentence, notes = _why_not(connection, engine, settings, kept, found)
            notes = (*notes, *waits(connection, person_a, person_b))
    weighed = found.weighed
    return Explanation(
        record_a=record_a, record_b=record_b, name_a=name[record_a], name_b=name[record_b],
        same=same, person_a=person_a, person_b=person_b,
        sentence=sentence, notes=notes, chain=steps, fields=found.fields,
        prior=found.prior, rival_bits=found.rival_bits,
        weight=weighed.weight if weighed else None,
        probability=weighed.probability if weighed else None,
        rival=weighed.rival if weighed else None,
        compared=found.looked_up,
        automatic_from=model.threshold if model else None,
        review_from=settings.match.review,
        model=kept.version if kept else None,
    )  # fmt: skip


def _persons(connection: Connection, *wanted: int) -> list[int | None]:
    refuse_unknown(connection, wanted)
    now = select(identity.c.record, identity.c.person).where(
        identity.c.record.in_(wanted), identity.c.until_us.is_(None)
    )
    found = {row.record: row.person for row in connection.execute(now)}
    return [found.get(record) for record in wanted]


def _to_come(connection: Connection, settings: Settings, one: int, other: int, *, same: bool) -> str:
    """What somebody said of two records, or of those they are one person with, that the next match makes so."""
    sides = ({record} if same else members_with(connection, [record]) for record in (one, other))
    return unheard.between(connection, settings.shop.time_zone, *sides, same=same)


def _said(connection: Connection, verdict: str, some: set[int], others: set[int]) -> Verdict | None:
    """What somebody said of a record of some and one of others: that they are one person, or two."""
    for row in verdicts.standing(connection).to_pylist():
        a, b = row["record_a"], row["record_b"]
        across = (a in some and b in others) or (b in some and a in others)
        if row["verdict"] == verdict and across:
            return Verdict(record_a=a, record_b=b, who=str(row["who"]), at_us=row["at_us"])
    return None


def _why_same(steps: tuple[Step, ...]) -> str:
    if not steps:
        return _("They are one person.")
    if len(steps) > 1:
        return _("They are one person, through {count} links.", count=len(steps))
    (step,) = steps
    if step.kind == "human":
        return _("They are one person: {who} said so.", who=step.rule)
    if step.kind == "exact":
        return _(
            "They are one person: they have the same {identifiers}.", identifiers=identifier_words(step.rule)
        )
    chance = figures.chance(step.probability or 0.0)
    return _("They are one person: probability {probability}.", probability=chance)


def _links(steps: tuple[Step, ...]) -> Iterator[str]:
    """The links of a chain, a line each; of a single one the sentence says all."""
    if len(steps) < 2:
        return
    for step in steps[:_LINKS]:
        one, other = shortened(step.name_a), shortened(step.name_b)
        yield f"  {one} – {other} ({why_linked(step.kind, step.rule)})"
    if len(steps) > _LINKS:
        yield "  " + plural(
            "and {count} more link, with --json",
            "and {count} more links, with --json",
            len(steps) - _LINKS,
        )


def _is_matched(connection: Connection) -> bool:
    """Whether `match` ever ran on any records."""
    return connection.execute(select(identity.c.record).limit(1)).first() is not None


def _not_yet(record: str) -> str:
    """That a record (SOURCE:KEY) came since the last match."""
    return _(
        "{record} was not compared with the others yet: run `regulars match` first.", record=shortened(record)
    )


def _why_not(
    connection: Connection, engine: Engine, settings: Settings, kept: KeptModel | None, found: Findings
) -> tuple[str, tuple[str, ...]]:
    """What keeps two records apart, in one sentence; and what else there is to say of it."""
    model = kept.model if kept else None
    one, other = (card["record"] for card in found.cards)
    said = _said(connection, verdicts.DIFFERENT, {one}, {other})
    if said is not None:
        return _(
            "They are two people: {who} said so on {day}.",
            **unheard.who_and_day(said, settings.shop.time_zone),
        ), ()
    said = _said(connection, verdicts.SAME, {one}, {other})
    if said is not None:
        sides = members_with(connection, [one]), members_with(connection, [other])
        return _(
            "{who} said on {day} that they are one person, but other records of theirs were told apart.",
            **unheard.who_and_day(said, settings.shop.time_zone),
        ), tuple(_who_told_apart(connection, settings, *sides))
    notes = [_names_nobody(connection, settings, kind, value) for kind, value in found.unusable]
    if model is not None and not _is_sure(model, found) and not found.looked_up:
        notes.append(
            _("They were never compared: no key under which records are looked up is the same in both.")
        )
    if found.said["never"] or (found.said["contradicted"] and (found.sharing or model is None)):
        return contradiction(found), tuple(notes)
    if _is_sure(model, found) or found.sharing:
        if not found.looked_up and not found.sharing:
            return _(
                "They look like one person, and were never compared: too little of them is written alike."
            ), tuple(notes)
        sides = members_with(connection, [one]), members_with(connection, [other])
        with engine.session() as session:
            apart = what_parts(connection, session, settings.match, kept, sides, (one, other))
        if apart.reason is not None:
            notes += _group_notes(connection, settings, sides, apart)
            return parted(connection, found, apart, alone=len(sides[0] | sides[1]) == 2), tuple(notes)
    return _not_alike(model, found), (*notes, *_missing(model, found))


def _is_sure(model: Model | None, found: Findings) -> bool:
    return model is not None and found.weighed is not None and found.weighed.probability >= model.threshold


def _not_alike(model: Model | None, found: Findings) -> str:
    if model is None or found.weighed is None:
        return _("They share no identifier, and say nothing else that can be compared.")
    chance, needed = figures.chance(found.weighed.probability), figures.chance(model.threshold)
    if found.weighed.rival == "household":
        return _(
            "They are more like two people of one household: probability {probability}, and {threshold} is needed.",
            probability=chance,
            threshold=needed,
        )
    return _(
        "They are not alike enough: probability {probability}, and {threshold} is needed.",
        probability=chance,
        threshold=needed,
    )


def _names_nobody(connection: Connection, settings: Settings, kind: str, value: str) -> str:
    """Why an identifier that two records share joins nobody."""
    holders = connection.execute(
        select(func.count(identifiers.c.record.distinct())).where(
            identifiers.c.type == kind, identifiers.c.value == value
        )
    ).scalar_one()
    shared = {"identifier": field_name(kind), "value": figures.written(kind, value)}
    blocked = {form for one in settings.match.blocked_values for form in blocked_forms(one)}
    if not blocked.isdisjoint(blocked_forms(value)):
        return _(
            "They share the {identifier} {value}, which [match] blocked_values says is nobody's.", **shared
        )
    if holders > settings.match.identifier_limit and not is_filler(kind, value):
        return plural(
            "They share the {identifier} {value} with {count} other record: too many for it to name anybody.",
            "They share the {identifier} {value} with {count} other records: too many for it to name anybody.",
            holders - 2,
            **shared,
        )
    if Identifier(kind, value).role:
        return _(
            "They share the {identifier} {value}, which is everybody's at work and joins nobody.", **shared
        )
    return _("They share the {identifier} {value}, which stands for none.", **shared)


def _missing(model: Model | None, found: Findings) -> Iterator[str]:
    """By how much a pair that nothing else parts is below the threshold, and which field could have changed it."""
    from regulars.match.explain.findings import would_join

    if model is None or found.weighed is None:
        return
    if model.threshold >= 1:
        yield _("Likeness joins nobody in this shop: no pair of records is sure enough.")
        return
    bits = figures.decimal(log2(model.threshold / (1 - model.threshold)) - found.weighed.weight, 1)
    field = would_join(model, found.cards)
    if field is None:
        yield _("{bits} bits are missing, and no one field could bring them.", bits=bits)
    else:
        yield _(
            "{bits} bits are missing: with the same {field} they would be joined.",
            bits=bits,
            field=field_name(field),
        )


def _group_notes(
    connection: Connection, settings: Settings, sides: tuple[set[int], set[int]], apart: Apart
) -> Iterator[str]:
    """Which of their other records keep them apart."""
    if apart.reason == "too many":
        yield too_many(len(sides[0] | sides[1]), apart.together)
    yield from _who_told_apart(connection, settings, *sides)
    if apart.reason == "others contradict" and apart.against is not None and len(sides[0] | sides[1]) > 2:
        yield speaks_against(connection, apart.against)


def _who_told_apart(
    connection: Connection, settings: Settings, some: set[int], others: set[int]
) -> Iterator[str]:
    """Who told a record of some and one of others apart, if anybody did."""
    told = _said(connection, verdicts.DIFFERENT, some, others)
    if told is not None:
        name = names(connection, (told.record_a, told.record_b))
        yield _(
            "{one} and {other} of theirs are two people: {who} said so on {day}.",
            one=shortened(name[told.record_a]),
            other=shortened(name[told.record_b]),
            **unheard.who_and_day(told, settings.shop.time_zone),
        )
