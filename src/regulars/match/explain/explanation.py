"""What is said of two records."""

from __future__ import annotations

from dataclasses import dataclass

from regulars.model.field_names import field_name
from regulars.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of the chain between two records: from the one that is nearer to the first of them to the other."""

    record_a: int
    record_b: int
    name_a: str  #: SOURCE:KEY
    name_b: str
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
    likeness: str | None  #: same, near or different; None when nothing can be said
    weight: (
        float | None
    )  #: bits for one person against strangers, below 0 against one; None when the model does not compare it


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Whether two records are one person, and why.

    The weight is a sum: `prior`, then the weight of each field, then `rival_bits`.
    """

    record_a: int
    record_b: int
    name_a: str  #: SOURCE:KEY
    name_b: str
    same: bool
    person_a: int | None
    person_b: int | None
    sentence: str  #: in the language of this process
    notes: tuple[str, ...]  #: what else there is to say of it, likewise
    chain: tuple[Step, ...]  #: from `record_a` to `record_b`; empty when they are two people
    fields: tuple[Agreement, ...]
    prior: float | None  #: bits, below 0: how rare it is that two records are one person
    rival_bits: float | None  #: bits, 0 or below: what the likeliest other reading takes off
    weight: (
        float | None
    )  #: bits of the two records by themselves, for one person against whoever else they may be
    probability: float | None
    rival: str | None  #: who they may be instead: household, namesake or stranger
    compared: bool  #: a run of `match` looks at the pair: some key of theirs is the same
    automatic_from: float | None  #: probability from which two records are joined without a human
    review_from: float  #: probability from which a human is asked
    model: str | None  #: version


def identifier_words(rule: str) -> str:
    """The identifiers of a link, in words."""
    return ", ".join(str(field_name(name)) for name in rule.split("+"))


def why_linked(kind: str, rule: str) -> str:
    """Why two records stand together: the kind and the rule of a link, in words."""
    match kind:
        case "exact":
            return _("same {identifier}", identifier=identifier_words(rule))
        case "human":
            return _("joined by {who}", who=rule)
        case _:
            return _("alike")
