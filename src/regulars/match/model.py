"""What agreement is worth: a Fellegi-Sunter model, learnt by Splink from the shop's own records, without labels.

The model is kept in words (fields, levels, two probabilities a level), not in any engine's SQL: `m` is how often two
records of one person stand at a level, `u` how often two of different persons do; log2(m / u) is the level's weight in
bits. A level that the data could not teach is left out, and a field whose equality it could not teach is not compared:
a model does not speak where it knows nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from regulars.match.fields import DIFFERENT, FIELDS, Field, Level, number_field

#: A value more common than this is weighed by its own frequency; a rarer one counts as if it were this common.
RARE = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntLevel:
    """How often two records stand at a level: `m` if they are one person, `u` if they are two. Shares, 0..1."""

    name: str
    m: float
    u: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntField:
    """A field and its levels, nearest first; the last one is `different`."""

    name: str
    levels: tuple[LearntLevel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What the shop's records taught."""

    records: int  #: how many it learnt from
    prior: float  #: chance, 0..1, that two records drawn at random are one person
    kinds: tuple[str, ...]  #: kinds of identifiers with a column of their own in `cards`
    fields: tuple[LearntField, ...]
    frequencies: Mapping[str, Mapping[str, float]]  #: share of records with a common value, by column
    untrained: tuple[str, ...]  #: fields that the records have and could not teach

    @property
    def version(self) -> str:
        """A short name that changes when anything in the model does."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """The model as it is kept in `match_models`."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Model:
        """A model that was kept."""
        kept = json.loads(text)
        fields = tuple(
            LearntField(name=field["name"], levels=tuple(LearntLevel(**level) for level in field["levels"]))
            for field in kept["fields"]
        )
        lists = {name: tuple(kept[name]) for name in ("kinds", "untrained")}
        return cls(
            records=kept["records"],
            prior=kept["prior"],
            frequencies=kept["frequencies"],
            fields=fields,
            **lists,
        )


def catalogue(kinds: Sequence[str]) -> dict[str, Field]:
    """Every field that can be compared, by name, with the shop's own kinds of identifiers."""
    numbers = (number_field(kind, f"id_{n}") for n, kind in enumerate(kinds))
    return {field.name: field for field in (*FIELDS, *numbers)}


def comparison(
    field: Field, chances: Mapping[str, tuple[float | None, float | None]], column: str
) -> dict[str, object]:
    """A field in Splink's terms, under the name `column`: its levels, each with (m, u) where known.

    Levels that `chances` does not name are left out.
    """
    unknown = {"sql_condition": field.unknown, "label_for_charts": "unknown", "is_null_level": True}
    told = [_level(level, *chances[level.name]) for level in field.levels if level.name in chances]
    rest = _level(Level(name=DIFFERENT, sql="ELSE"), *chances[DIFFERENT])
    return {"output_column_name": column, "comparison_levels": [unknown, *told, rest]}


def _level(level: Level, m: float | None, u: float | None) -> dict[str, object]:
    said: dict[str, object] = {"sql_condition": level.sql, "label_for_charts": level.name}
    if m is not None:
        said |= {"m_probability": m, "fix_m_probability": True}
    if u is not None:
        said |= {"u_probability": u, "fix_u_probability": True}
    if level.frequency_of:
        said |= {
            "tf_adjustment_column": level.frequency_of,
            "tf_minimum_u_value": RARE,
            "disable_tf_exact_match_detection": True,
        }
    return said
