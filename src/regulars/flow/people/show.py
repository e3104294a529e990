"""Show: everything about one person on one page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import pyarrow as pa
from sqlalchemy import Connection, select

from regulars.figures import bits, chance
from regulars.flow import Ground
from regulars.flow.chain.fresh import has_changed
from regulars.flow.facts import lay_out_some
from regulars.flow.people.find import hit, records_of
from regulars.flow.people.journey import Journey, journey
from regulars.flow.people.told import ToldShown, told_of
from regulars.flow.recommended import say_reasons
from regulars.indicators.compute import money_left_out, prepare
from regulars.match.explain import identifier_words, unheard
from regulars.match.explain.chain import HoldingLink, holding
from regulars.match.records import names
from regulars.model.clock import evening_us
from regulars.model.person import CROWD_FACTS, household_id, person_id
from regulars.profile.golden import unit_of
from regulars.profile.timeline import Moment, timeline
from regulars.segment.ready import ready_segments
from regulars.store.tables import (
    PERSON_FIELDS,
    decisions,
    household_members,
    imports,
    order_lines,
    people,
    record_versions,
)  # fmt: skip
from regulars.treat.writes import newest_day
from regulars.words import _, language, shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class LockShown:
    """Who locked a field, when and why."""

    who: str
    at_us: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """A field of the golden card: its value, and where it came from."""

    value: str  #: '' when it is locked to nothing
    source: str  #: '' when it is locked
    seen_us: int  #: when it was so; where the file tells no date, when it was loaded
    dated: bool  #: the file told when, or somebody locked it then
    locked: LockShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShown:
    """A record of the person, and why it is one of theirs: by the strongest link to another of them."""

    source: str
    source_key: str
    why: str  #: '' when it is the only one, or the links to it are no more
    since_us: int | None  #: when that link was found


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdShown:
    """The household of the person, and who else is in it."""

    household: int
    others: dict[int, str]  #: person -> name


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendedShown:
    """An article somebody may buy next."""

    product_id: str
    product_name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One person, all round."""

    person: int
    fields: dict[str, FieldShown]
    consents: dict[str, tuple[str, dict[str, object]]]  #: channel -> state, and source, basis, at_us, dated
    records: list[RecordShown]
    unheard: tuple[str, ...]  #: what somebody said of them that the next match makes so
    changed: bool  #: something of theirs came, went or changed since the last build
    household: HouseholdShown | None  #: None when nobody is known to live with them
    indicators: dict[str, object]  #: by name, in catalogue units
    foretold: dict[str, object]  #: what may come, by column of `predictions`, in minor units and day numbers
    recommended: dict[str, list[RecommendedShown]]  #: "again" and "new", the likeliest first
    told: list[ToldShown]  #: from outside: traits, and figures of the area they live in
    not_counted: dict[str, int]  #: currency -> minor units of it that are in no sum, for want of a rate
    favourite_product: str | None  #: its name, where the indicator gives its id
    as_of: int | None
    evening_us: int | None  #: when the day `as_of` ends: numbers, groups and ladder see nothing from then on
    segments: list[str]
    journey: Journey | None  #: None before the first build
    rung: str | None  #: where they stand on the ladder
    next_step: str | None  #: the name of their next step
    sentiment: str | None  #: pleased, mixed or displeased, by what they wrote in a year; None: not known
    complaints_365d: int
    last_complaint_day: int | None
    timeline: list[Moment]
    decision: str  #: the reason of the decision in the plan made last
    decision_day: int | None

    def as_json(self) -> dict[str, object]:
        """The page as data."""
        return {
            "person_id": person_id(self.person),
            "fields": {name: asdict(one) for name, one in self.fields.items()},
            "consents": {
                channel: {"state": state, **origin, "after_as_of": self.is_later(origin.get("at_us"))}
                for channel, (state, origin) in self.consents.items()
            },
            "records": [asdict(record) for record in self.records],
            "unheard": self.unheard,
            "changed": self.changed,
            "household": _household_json(self.household),
            "indicators": self.indicators,
            "predictions": self.foretold,
            "recommended": {
                name: [asdict(one) for one in listed] for name, listed in self.recommended.items()
            },
            "outside": [asdict(one) for one in self.told],
            "not_counted": self.not_counted,
            "favourite_product": self.favourite_product,
            "account_of_many": self.account_of_many,
            "as_of": self.as_of,
            "segments": self.segments,
            "journey": _journey_json(self.journey),
            "rung": self.rung,
            "next_step": self.next_step,
            "sentiment": self.sentiment,
            "complaints_365d": self.complaints_365d,
            "last_complaint_day": self.last_complaint_day,
            "timeline": [
                {
                    **asdict(moment),
                    "after_as_of": self.is_later(moment.at_us),
                    **({"touches": self.touches_before(moment)} if moment.what == "order" else {}),
                }
                for moment in self.timeline
            ],
            "decision": self.decision,
            "decision_day": self.decision_day,
        }

    @property
    def built(self) -> bool:
        """Whether a build has made their card, which has a consent for every channel."""
        return bool(self.consents)

    @property
    def account_of_many(self) -> bool:
        """Whether so many facts hang on it that it is no single customer: a walk-in account, a staff card."""
        return int(str(self.indicators.get("facts_lifetime") or 0)) > CROWD_FACTS

    def is_later(self, at_us: object) -> bool:
        """Whether an instant is after the evening of the page's numbers."""
        return self.evening_us is not None and at_us is not None and int(str(at_us)) >= self.evening_us

    def touches_before(self, moment: Moment) -> list[dict[str, object]]:
        """The touches between an order of the timeline and the order before it, the first one first."""
        found = self.journey.before_orders.get(moment.order_no or 0, []) if self.journey else []
        return [asdict(touch) for touch in found]


def _household_json(told: HouseholdShown | None) -> dict[str, object] | None:
    if told is None:
        return None
    others = [{"person_id": person_id(person), "name": name} for person, name in told.others.items()]
    return {"household_id": household_id(told.household), "others": others}


def _journey_json(told: Journey | None) -> dict[str, object] | None:
    if told is None:
        return None
    whole = asdict(told)
    del whole["before_orders"]  # the timeline has them, order by order
    return whole


def page(ground: Ground, person: int) -> Page:
    """The page of one person."""
    with ground.store.read() as connection:
        card = connection.execute(select(people).where(people.c.person == person)).mappings().first()
        own = records_of(connection, person)
        decision = connection.execute(
            select(decisions)
            .where(decisions.c.person == person, decisions.c.day.in_(newest_day()))
        ).mappings().first()  # fmt: skip
        indicators, as_of = _result_row(ground, connection, "indicators", person)
        placed, _day = _result_row(ground, connection, "profiles", person)
        foretold, _day = _result_row(ground, connection, "predictions", person)
        origins = json.loads(card["consent_provenance"]) if card else {}
        loaded = load_times(connection, own)
        told, not_counted = _of_facts(ground, connection, person, own, as_of)
        return Page(
            person=person,
            fields=_fields(dict(card), loaded) if card else {},
            consents={
                channel: (card[f"consent_{channel}"], origins.get(channel, {}))
                for channel in ("email", "sms", "phone", "post")
                if card
            },
            records=_records(ground, connection, own),
            changed=has_changed(connection, person),
            unheard=unheard.about(connection, ground.settings.shop.time_zone, own),
            household=_household(connection, person),
            indicators=indicators,
            foretold=foretold,
            recommended=_recommended(ground, connection, person),
            told=told_of(ground, connection, person),
            not_counted=not_counted,
            favourite_product=_product_name(connection, own, indicators.get("favourite_product")),
            as_of=as_of,
            evening_us=None if as_of is None else evening_us(as_of, ground.settings.shop.time_zone),
            segments=_segments(ground, connection, person),
            journey=told,
            rung=_text(placed.get("rung")),
            next_step=_text(placed.get("next_step")),
            sentiment=_text(placed.get("sentiment")),
            complaints_365d=_number(placed.get("complaints_365d")) or 0,
            last_complaint_day=_number(placed.get("last_complaint_day")),
            timeline=timeline(connection, own, _ranks(ground)),
            decision=str(decision[f"reason_{language()}"]) if decision else "",
            decision_day=decision["day"] if decision else None,
        )


def _of_facts(
    ground: Ground, connection: Connection, person: int, own: list[int], as_of: int | None
) -> tuple[Journey | None, dict[str, int]]:
    """What is counted anew from the person's own facts: their journey, and the money that is in no sum."""
    if as_of is None:
        return None, {}
    with ground.engine.session() as session:
        lay_out_some(session, ground, connection, [person])
        prepare(session, ("journeys", "steps_to_orders"), as_of=as_of, currency=ground.settings.shop.currency)
        left_out = session.rows(money_left_out(ground.settings.shop.currency, as_of)).to_pylist()
        return journey(session, connection, own), {row["currency"]: row["paid"] for row in left_out}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))


def _ranks(ground: Ground) -> dict[str, int]:
    return {name: one.rank for name, one in ground.settings.sources.items()}


def load_times(connection: Connection, own: list[int]) -> set[int]:
    """The instants of cards that are those of their load, because their file told none."""
    seen = record_versions.c
    of_imports = select(seen.seen_us).join(imports, imports.c.import_id == seen.import_id)
    return set(
        connection.scalars(of_imports.where(seen.record.in_(own), seen.seen_us >= imports.c.started_us))
    )


def _fields(card: dict[str, object], loaded: set[int]) -> dict[str, FieldShown]:
    origins = json.loads(str(card["provenance"]))
    locked = {name: LockShown(**told) for name, told in (origins.get("locked") or {}).items()}
    shown = {}
    for name in PERSON_FIELDS:
        if name in locked:
            one = locked[name]
            shown[name] = FieldShown(
                value=str(card[name] or ""), source="", seen_us=one.at_us, dated=True, locked=one
            )
        if name in locked or card[name] is None:
            continue
        origin = origins.get(unit_of(name))
        origin = json.loads(origin) if isinstance(origin, str) else origin
        shown[name] = FieldShown(
            value=str(card[name]), source=origin["source"], seen_us=origin["seen_us"],
            dated=origin["seen_us"] not in loaded, locked=None,
        )  # fmt: skip
    return shown


def _household(connection: Connection, person: int) -> HouseholdShown | None:
    member = household_members.c
    mine = select(member.household).where(member.person == person, member.until_us.is_(None))
    household = connection.execute(mine).scalar()
    if household is None:
        return None
    theirs = select(member.person).where(
        member.household == household, member.until_us.is_(None), member.person != person
    )
    others = connection.execute(theirs.order_by(member.person)).scalars().all()
    if not others:  # whoever lived with them was erased
        return None
    return HouseholdShown(
        household=household, others={other: hit(connection, other).name for other in others}
    )


def _records(ground: Ground, connection: Connection, own: list[int]) -> list[RecordShown]:
    """The person's records, each with the strongest link that ties it to another of them."""
    named = names(connection, own)
    strongest: dict[int, tuple[int, HoldingLink]] = {}
    for link in holding(connection, own, ground.settings.match):
        for one, other in ((link.record_a, link.record_b), (link.record_b, link.record_a)):
            strongest.setdefault(one, (other, link))
    return [
        RecordShown(
            source=name.partition(":")[0],
            source_key=name.partition(":")[2],
            why=_why(strongest[record][1], shortened(named[strongest[record][0]]))
            if record in strongest
            else "",
            since_us=strongest[record][1].at_us if record in strongest else None,
        )
        for record, name in named.items()
    ]


def _why(link: HoldingLink, other: str) -> str:
    match link.kind:
        case "exact":
            return _("same {identifier} as {other}", identifier=identifier_words(link.rule), other=other)
        case "human":
            return _("joined to {other} by {who}", other=other, who=link.rule)
        case _:
            return _(
                "like {other}: {bits} bits, probability {share}",
                other=other,
                bits=bits(link.weight or 0.0),
                share=chance(link.probability or 0.0),
            )


def _result_row(
    ground: Ground, connection: Connection, name: str, person: int
) -> tuple[dict[str, object], int | None]:
    found = ground.lake.result(connection, name)
    if found is None:
        return {}, None
    with ground.engine.session() as session:
        session.parquet(name, [found[0]], pa.schema([]))
        sql = f"select * exclude (person, as_of) from {name} where person = $person"
        rows = session.rows(sql, {"person": person}).to_pylist()
    return (rows[0] if rows else {}), found[1]


def _recommended(ground: Ground, connection: Connection, person: int) -> dict[str, list[RecommendedShown]]:
    """What they may buy next, by list."""
    names = ("recommendations", "articles")
    found = {name: ground.lake.result(connection, name) for name in names}
    shown: dict[str, list[RecommendedShown]] = {}
    with ground.engine.session() as session:
        for name, made in found.items():
            if made is None:
                return {}
            session.parquet(name, [made[0]], pa.schema([]))
        say_reasons(session, only=f"where person = {person}")
        for row in session.rows("select * from said order by list, rank").to_pylist():
            shown.setdefault(row["list"], []).append(
                RecommendedShown(
                    product_id=row["product_id"], product_name=row["product_name"],
                    reason=row[f"reason_{language()}"],
                )
            )  # fmt: skip
    return shown


def _product_name(connection: Connection, own: list[int], product_id: object) -> str | None:
    """What the person's newest receipt calls a product."""
    line = order_lines.c
    statement = select(line.product_name).where(line.record.in_(own), line.product_id == product_id)
    return connection.execute(statement.order_by(line.sold_at_us.desc()).limit(1)).scalar()


def _segments(ground: Ground, connection: Connection, person: int) -> list[str]:
    found = ground.lake.result(connection, "segments")
    if found is None:
        return []
    with ground.engine.session() as session:
        session.parquet("segments", [found[0]], pa.schema([]))
        sql = "select segment from segments where person = $person"
        names = set(session.rows(sql, {"person": person}).column("segment").to_pylist())
    return [name for name in ready_segments() if name in names]
