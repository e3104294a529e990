"""What agreement is worth: a model in words (fields, levels, chances), of no engine's SQL.

For each level of each field the model keeps how often two records stand there if they are one person, two people of a
household, two of one name, or strangers; and how many pairs of records are of each class. A pair's *weight* is the
logarithm, to base 2, of the odds that it is one person; a field's bits are what it says for one person against
strangers. What a household or a namesake could explain as well is taken off the whole, not off a field.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import field as dataclass_field
from functools import cache

from regulars.match.comparison.fields import FIELDS, MEASURES, Field, keys, number_field
from regulars.match.records import made_by

#: Changes with the form in which models are kept.
_FORM = 12


@cache
def form() -> str:
    """What the names in a model mean, as a hash: where it is compared otherwise, it is learnt anew."""
    said = repr((_FORM, MEASURES, FIELDS, number_field("", "id_0"), keys(()), made_by()))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntLevel:
    """How often two records stand at a level, by who they are. Shares, 0..1."""

    name: str
    same: float
    household: float
    namesake: float
    stranger: float
    pairs: int  #: of one person, that taught it; where none did, it is what is believed of any shop


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntField:
    """A field and its levels, nearest first; the last one is `different`."""

    name: str
    levels: tuple[LearntLevel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """The chance, 0..1, that two records drawn at random are of a class; all others are strangers."""

    same: float
    household: float
    namesake: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What the shop's records taught, or what is believed while they are too few."""

    records: int  #: how many it learnt from, or was chosen for
    learnt: bool  #: from the shop's own records; else it is what is believed of any shop
    across: Priors  #: of two records of different sources
    inside: Priors  #: of two records of one source
    kinds: tuple[str, ...]  #: kinds of identifiers with a column of their own in `cards`
    keys: tuple[str, ...]  #: two cards that agree on one of these are compared (`fields.keys`)
    fields: tuple[LearntField, ...]
    frequencies: Mapping[str, Mapping[str, float]]  #: share of records with a common value, by column
    threshold: float  #: probability, 0..1, from which two records are joined without a human
    precision: float  #: the share of these joins, 0..1, that was asked to be right when it was chosen
    expected: float  #: that share by the model's own chances: less where records say too little to be so sure
    floor: float  #: the probability, 0..1, that it was not to fall below
    form: str = dataclass_field(default_factory=form)

    @property
    def version(self) -> str:
        """A short name that changes when anything in the model does."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    @property
    def less_sure(self) -> float | None:
        """The share of its joins, 0..1, that should be right, where it is less than was asked."""
        return self.expected if self.expected < self.precision else None

    def to_json(self) -> str:
        """The model as it is kept in `match_models`."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    def described(self) -> dict[str, object]:
        """The model with its version and what each level asks for, to be read."""
        known = catalogue(self.kinds)
        fields = [
            asdict(field)
            | {
                "unknown": known[field.name].unknown,
                "levels": [
                    asdict(level) | {"condition": condition}
                    for level, condition in zip(field.levels, _conditions(known[field.name]), strict=True)
                ],
            }
            for field in self.fields
        ]
        whole: dict[str, object] = json.loads(self.to_json())
        return whole | {"version": self.version, "fields": fields, "measures": MEASURES}

    @classmethod
    def from_json(cls, text: str) -> Model | None:
        """A model that was kept; None when an older version kept it in another form, or compared otherwise."""
        stored = json.loads(text)
        if stored.get("form") != form():
            return None
        fields = tuple(
            LearntField(name=field["name"], levels=tuple(LearntLevel(**level) for level in field["levels"]))
            for field in stored["fields"]
        )
        return cls(
            records=stored["records"],
            learnt=stored["learnt"],
            across=Priors(**stored["across"]),
            inside=Priors(**stored["inside"]),
            kinds=tuple(stored["kinds"]),
            keys=tuple(stored["keys"]),
            fields=fields,
            frequencies=stored["frequencies"],
            threshold=stored["threshold"],
            precision=stored["precision"],
            expected=stored["expected"],
            floor=stored["floor"],
        )


def catalogue(kinds: Sequence[str]) -> dict[str, Field]:
    """Every field that can be compared, by name, with the shop's own kinds of identifiers."""
    numbers = (number_field(kind, f"id_{n}") for n, kind in enumerate(kinds))
    return {field.name: field for field in (*FIELDS, *numbers)}


def _conditions(field: Field) -> tuple[str, ...]:
    """What two cards (`…_l`, `…_r`) are asked for each level, the nearest first; the last is what no other is."""
    return (*(level.condition for level in field.levels), "")


def fields_of(model: Model) -> list[Field]:
    """The fields that a model weighs, in its order."""
    known = catalogue(model.kinds)
    return [known[field.name] for field in model.fields]
