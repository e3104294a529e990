"""Two records by themselves: what agrees, what contradicts, and what the model says field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

from sqlalchemy import Connection

from regulars.engine import Session
from regulars.errors import NotFound
from regulars.match import exact
from regulars.match.comparison import candidates, comparing
from regulars.match.comparison.dialects import columns_in
from regulars.match.comparison.fields import Field
from regulars.match.contradictions import judge, judging
from regulars.match.explain.explanation import Agreement
from regulars.match.records import make_cards, names, no_births, nobody, read_records, too_common
from regulars.match.weight.model import Model, catalogue
from regulars.match.weight.scorer import Card, PairWeight, Scorer
from regulars.settings import MatchSettings

#: What a record says in each field of the model, as people write it; other fields are shown as they are compared.
_WRITTEN: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("given_name", "middle_name", "family_name", "birth_date")},
    **{name: (name,) for name in ("birth_place", "occupation")},
    **{name: (name,) for name in ("email", "phone", "loyalty_card", "user_id")},
    "gender": ("name_prefix", "gender"),
    "address": ("house_number", "street", "unit", "city", "postcode"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What two records say by themselves."""

    cards: tuple[Card, Card]
    said: Mapping[str, Any]  #: the contradictions between them
    fields: tuple[Agreement, ...]
    weighed: PairWeight | None  #: None without a model
    prior: float | None  #: bits
    looked_up: bool  #: some key of theirs is the same, so that a match compares them
    sharing: bool  #: they share an identifier that names somebody
    unusable: tuple[tuple[str, str], ...]  #: type and value of identifiers they share that name nobody

    @property
    def rival_bits(self) -> float | None:
        """What whoever else they may be takes off."""
        if self.weighed is None or self.prior is None:
            return None
        return self.weighed.weight - self.prior - sum(field.weight or 0.0 for field in self.fields)


def find(
    connection: Connection, session: Session, settings: MatchSettings, model: Model | None, both: list[int]
) -> Findings:
    """Look at two records."""
    if read_records(connection, session, both) < len(both):
        _refuse_nobodies(connection, session)
    make_cards(
        session,
        settings,
        model.kinds if model else (),
        too_common(connection, both, settings),
        no_births(connection),
    )
    exact.link(session)
    judge(session, "said", "select 0::bigint as a, 1::bigint as b")
    comparing.add_shares(session, model.frequencies if model else {})
    found = session.rows("select * from cards_with_shares order by card").to_pylist()
    left, right = found
    weighed = Scorer(model).weigh(left, right) if model else None
    of = {card["record"]: card for card in found}
    cards = of[both[0]], of[both[1]]
    return Findings(
        cards=cards,
        said=session.rows("select * from said").to_pylist()[0],
        fields=tuple(_agreements(session, model, (left, right), cards)),
        weighed=weighed,
        prior=log2((model.inside if left["source"] == right["source"] else model.across).same)
        if model
        else None,
        looked_up=bool(model) and candidates.would_meet(session, model.kinds if model else ()),
        sharing=session.rows("select a from sharing").num_rows > 0,
        unusable=_unusable(session),
    )


def _refuse_nobodies(connection: Connection, session: Session) -> None:
    """`NotFound` for an account of whoever walks in: it has no card, and there is nothing to compare."""
    found = session.rows("select record from nobodies order by record")["record"].to_pylist()
    raise NotFound(*nobody(names(connection, found)[found[0]]))


def _unusable(session: Session) -> tuple[tuple[str, str], ...]:
    shared = session.rows(
        "select type, value from held group by type, value having count(distinct card) = 2"
        " except select type, value from usable where not role order by type, value"
    )
    return tuple((row["type"], row["value"]) for row in shared.to_pylist())


def _agreements(
    session: Session,
    model: Model | None,
    cards: tuple[Card, Card],
    shown: tuple[Card, Card],
) -> Iterator[Agreement]:
    scorer = Scorer(model) if model else None
    names = [field.name for field in scorer.fields] if scorer else []
    levels = dict(zip(names, scorer.compare(*cards), strict=True)) if scorer else {}
    bits_of = scorer.bits(*cards) if scorer else {}
    versions = {row["record"]: row for row in session.rows("select * from current_versions").to_pylist()}
    shared = {(row["type"], row["value"]) for row in session.rows("select * from sharing").to_pylist()}
    for name, field in catalogue(model.kinds if model else ()).items():
        one, other = (_written(versions.get(card["record"], {}), card, field) for card in shown)
        bits = bits_of.get(name)
        if name == "age" and levels.get(name) is None and not any(v.get(name) for v in versions.values()):
            continue  # the birth dates stand in their own line
        if one or other or bits:
            likeness = _likeness(levels.get(name), len(field.levels), bits)
            if one == other and (name, one) in shared:
                shared.remove((name, one))
                likeness = "same"
            yield Agreement(field=name, value_a=one, value_b=other, likeness=likeness, weight=bits)
    # What the model does not compare: an older mailbox, a card that too few have.
    for name, value in sorted(shared):
        yield Agreement(field=name, value_a=value, value_b=value, likeness="same", weight=None)


def _likeness(level: int | None, nearest: int, bits: float | None) -> str | None:
    """How like two values are: what is neither the same nor speaks for one person is different."""
    if level is None:
        return None
    if level == nearest:
        return "same"
    return "near" if level and bits is not None and bits >= 0 else "different"


def _written(version: Mapping[str, Any], card: Card, field: Field) -> str | None:
    if field.name == "age":  # a birth date tells it as well
        return version.get("age") or version.get("birth_date")
    if field.name == "gender" and card["gender"] is None:  # a title of two: M. et Mme
        return None
    names = _WRITTEN.get(field.name, ())
    told = " ".join(str(version[name]) for name in names if version.get(name))
    needs = ("door", *field.needs) if "street" in field.needs else field.needs
    return told or " ".join(str(card[column]) for column in needs if card[column]) or None


def would_join(model: Model, cards: tuple[Card, Card]) -> str | None:
    """The field in which two records need only be alike to be joined, the one that helps most; None when no single
    one is enough, or they would contradict each other still."""
    scorer, judged = Scorer(model), judging()
    found: dict[str, PairWeight] = {}
    for field in scorer.fields:
        columns = _columns(field)
        for known, other in (cards, cards[::-1]):
            alike = {**other, **{column: known[column] for column in columns}}
            said = judged(known, alike)
            parted = said["contradicted"] or said["never"] or said["suffix_alone"]
            if any(known[column] for column in field.needs) and not parted:
                found[field.name] = scorer.weigh(known, alike)
    enough = {name: one for name, one in found.items() if one.probability >= model.threshold and one.personal}
    return max(enough, key=lambda name: enough[name].weight, default=None)


def _columns(field: Field) -> set[str]:
    """The columns of cards that are the same where two records are nearest in a field; no other field's."""
    nearest = columns_in(field.levels[0].condition)
    return {*field.needs, *(column[:-2] for column in nearest)}
