"""Why two records are, or are not, one person: the links between them, and what each field says."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from regulars.engine import Engine, Session
from regulars.errors import Invalid, NotFound
from regulars.figures import decimal
from regulars.match import exact, pairs, verdicts
from regulars.match.contradictions import judge
from regulars.match.people.evidence import KeptModel, last_model
from regulars.match.records import make_cards, read_records, too_common
from regulars.match.weight.model import catalogue
from regulars.model.field_names import field_name
from regulars.settings import MatchSettings, Settings
from regulars.store import Store, rows
from regulars.store.tables import NOBODY, identity, links, records
from regulars.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of the chain between two records."""

    record_a: int
    record_b: int
    kind: str  #: exact, model or human
    rule: str  #: which identifiers, `model`, or who said so
    weight: float | None  #: bits
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What one field of the two records says."""

    field: str
    value_a: str | None
    value_b: str | None
    weight: (
        float | None
    )  #: bits for one person against strangers, below 0 against one; None when the model does not compare it


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Whether two records are one person, and why."""

    record_a: int
    record_b: int
    name_a: str  #: SOURCE:KEY
    name_b: str
    same: bool
    person_a: int | None
    person_b: int | None
    sentence: str  #: in the language of this process
    chain: tuple[Step, ...]  #: from `record_a` to `record_b`; empty when they are two people
    fields: tuple[Agreement, ...]
    weight: (
        float | None
    )  #: bits of the two records by themselves, for one person against whoever else they may be
    probability: float | None
    rival: str | None  #: who they may be instead: household, namesake or stranger
    model: str | None  #: version


@dataclass(frozen=True, slots=True, kw_only=True)
class _Findings:
    """What the two records say by themselves."""

    cards: tuple[Mapping[str, Any], Mapping[str, Any]]
    said: Mapping[str, Any]  #: the contradictions between them
    bits: Mapping[str, float]
    weight: float | None
    probability: float | None
    personal: bool  #: something agrees that a household does not share
    rival: str | None  #: who they may be instead: household, namesake or stranger
    compared: bool
    contested: bool  #: they share an identifier that did not join them


def explain(store: Store, engine: Engine, settings: Settings, record_a: int, record_b: int) -> Explanation:
    """Say why two records are, or are not, one person, as the last run of `match` left them."""
    model = last_model(store)
    if record_a == record_b:
        raise Invalid(_("a record is already itself"), _("name two different records"))
    with store.read() as connection, engine.session() as session:
        persons = _persons(connection, record_a, record_b)
        name_a, name_b = (_name(connection, record) for record in (record_a, record_b))
        same = persons[0] is not None and persons[0] == persons[1]
        chain = _chain(connection, persons[0], record_a, record_b) if same and persons[0] else ()
        findings = _findings(connection, session, settings.match, model, record_a, record_b)
        differ = _told_different(connection, record_a, record_b)
    why = _why_same(chain) if same else _why_not(findings, differ, model.model.threshold if model else None)
    return Explanation(
        record_a=record_a,
        record_b=record_b,
        name_a=name_a,
        name_b=name_b,
        same=same,
        person_a=persons[0],
        person_b=persons[1],
        sentence=why,
        chain=chain,
        fields=_agreements(findings, model),
        weight=findings.weight,
        probability=findings.probability,
        rival=findings.rival,
        model=model.version if model else None,
    )


def _persons(connection: Connection, *wanted: int) -> list[int | None]:
    known = set(connection.execute(select(records.c.record).where(records.c.record.in_(wanted))).scalars())
    for record in wanted:
        if record not in known or record == NOBODY:
            raise NotFound(_("there is no record {record}", record=record), _("name it as SOURCE:SOURCE_KEY"))
    now = select(identity.c.record, identity.c.person).where(
        identity.c.record.in_(wanted), identity.c.until_us.is_(None)
    )
    found = {row.record: row.person for row in connection.execute(now)}
    return [found.get(record) for record in wanted]


def _name(connection: Connection, record: int) -> str:
    row = connection.execute(
        select(records.c.source, records.c.source_key).where(records.c.record == record)
    ).one()
    return f"{row.source}:{row.source_key}"


def _chain(connection: Connection, person: int, start: int, end: int) -> tuple[Step, ...]:
    """The shortest way from one record of a person to another, over the links between its records."""
    now = identity.c.until_us.is_(None)
    members = list(
        connection.execute(select(identity.c.record).where(identity.c.person == person, now)).scalars()
    )
    found = rows.fetch_where_in(connection, select(links), [links.c.record_a], members).to_pylist()
    told = verdicts.standing(connection).to_pylist()
    same = {(row["record_a"], row["record_b"]) for row in told if row["verdict"] == verdicts.SAME}
    near: dict[int, list[dict[str, Any]]] = {}
    for link in sorted(found, key=lambda link: (-int(link["at_us"]), link["kind"])):
        if link["record_b"] in members and (
            link["kind"] != "human" or (link["record_a"], link["record_b"]) in same
        ):
            near.setdefault(link["record_a"], []).append(link)
            near.setdefault(link["record_b"], []).append(link)
    return _shortest(near, start, end)


def _shortest(near: Mapping[int, list[dict[str, Any]]], start: int, end: int) -> tuple[Step, ...]:
    came: dict[int, tuple[int, dict[str, Any]] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        record = waiting.popleft()
        for link in near.get(record, ()):
            other = link["record_b"] if link["record_a"] == record else link["record_a"]
            if other not in came:
                came[other] = (record, link)
                waiting.append(other)
    steps: list[Step] = []
    at = came.get(end)
    while at is not None:
        before, link = at
        names = ("record_a", "record_b", "kind", "rule", "weight", "probability")
        steps.append(Step(**{name: link[name] for name in names}))
        at = came[before]
    return tuple(reversed(steps))


def _findings(
    connection: Connection,
    session: Session,
    settings: MatchSettings,
    model: KeptModel | None,
    record_a: int,
    record_b: int,
) -> _Findings:
    both = [record_a, record_b]
    read_records(connection, session, both)
    kinds = model.model.kinds if model else ()
    make_cards(session, settings, kinds, too_common(connection, both, settings))
    exact.link(session)
    judge(session, "said", "select 0::bigint as a, 1::bigint as b")
    compared = pairs.score_all(session, model.model) if model else False
    scored = session.rows("select * from scored").to_pylist() if model else []
    cards = {card["record"]: card for card in session.rows("select * from cards").to_pylist()}
    return _Findings(
        cards=(cards[record_a], cards[record_b]),
        said=session.rows("select * from said").to_pylist()[0],
        bits=json.loads(scored[0]["fields"]) if scored else {},
        weight=scored[0]["weight"] if scored else None,
        probability=scored[0]["probability"] if scored else None,
        personal=bool(scored and scored[0]["personal"]),
        rival=scored[0]["rival"] if scored else None,
        compared=compared,
        contested=session.rows("select * from refused").num_rows > 0,
    )


def _told_different(connection: Connection, record_a: int, record_b: int) -> str | None:
    """Who said that they are two people, if anybody did."""
    pair = {record_a, record_b}
    for row in verdicts.standing(connection).to_pylist():
        if row["verdict"] == verdicts.DIFFERENT and {row["record_a"], row["record_b"]} == pair:
            return str(row["who"])
    return None


def _agreements(findings: _Findings, model: KeptModel | None) -> tuple[Agreement, ...]:
    shown = catalogue(model.model.kinds if model else ())
    one, other = findings.cards
    return tuple(
        Agreement(
            field=name,
            value_a=_shown(one, field.needs),
            value_b=_shown(other, field.needs),
            weight=findings.bits.get(name),
        )
        for name, field in shown.items()
        if _shown(one, field.needs) or _shown(other, field.needs)
    )


def _shown(card: Mapping[str, Any], columns: tuple[str, ...]) -> str | None:
    columns = ("door", *columns) if "street" in columns else columns
    return " ".join(str(card[column]) for column in columns if card[column]) or None


def identifier_words(rule: str) -> str:
    """The identifiers of a link, in words."""
    return ", ".join(str(field_name(name)) for name in rule.split("+"))


def _why_same(chain: tuple[Step, ...]) -> str:
    if not chain:
        return _("They are one person.")
    kinds = {step.kind for step in chain}
    if len(chain) > 1:
        return _("They are one person, through {count} links.", count=len(chain))
    (step,) = chain
    if kinds == {"human"}:
        return _("They are one person: {who} said so.", who=step.rule)
    if kinds == {"exact"}:
        return _("They are one person: they share {identifiers}.", identifiers=identifier_words(step.rule))
    return _(
        "They are one person: probability {probability}.", probability=decimal(step.probability or 0.0, 4)
    )


def _why_not(findings: _Findings, differ: str | None, threshold: float | None) -> str:
    said = findings.said
    if differ is not None:
        return _("They are two people: {who} said so.", who=differ)
    by_rules = findings.contested or threshold is None
    if said["never"] or (said["contradicted"] and by_rules):
        return _("They are two people: their {fields} contradict each other.", fields=_contradictions(said))
    if findings.contested:
        return _("They share an identifier that other people hold too, and nothing tells whose it is.")
    if threshold is None:
        return _("They share no identifier, and say nothing else that can be compared.")
    if findings.probability is not None and findings.probability >= threshold and not findings.personal:
        return _("They agree in what a household shares, and in nothing of their own.")
    if findings.probability is not None and findings.probability >= threshold:
        if not findings.compared:
            return _(
                "They look like one person, and were never compared: too little of them is written alike."
            )
        return _(
            "They are alike, but not their other records: all of them together speak against one person."
        )
    if findings.rival == "household":
        return _(
            "They are more like two people of one household: probability {probability}, and {threshold} is needed.",
            probability=decimal(findings.probability or 0.0, 4),
            threshold=decimal(threshold, 4),
        )
    return _(
        "They are not alike enough: probability {probability}, and {threshold} is needed.",
        probability=decimal(findings.probability or 0.0, 4),
        threshold=decimal(threshold, 4),
    )


def _contradictions(said: Mapping[str, Any]) -> str:
    names = {
        "given_differs": _("given names"),
        "family_differs": _("family names"),
        "birth_differs": _("birth dates"),
        "suffix_differs": _("name suffixes"),
    }
    return ", ".join(name for column, name in names.items() if said[column])
