"""A model as SQL: the weight of compared pairs."""

from __future__ import annotations

import json
from collections.abc import Callable
from math import log2
from pathlib import Path

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.comparison.fields import OWN, personal_from
from regulars.match.weight.model import LearntField, LearntLevel, Model, catalogue

SQL = statements(Path(__file__).with_name("weighing.sql"))
_OWN = frozenset(field.name for field in OWN)
_CLASSES = ("same", "household", "namesake", "stranger")


def weigh(session: Session, name: str, compared: str, model: Model) -> None:
    """Make the relation `name` of what `weight_statement` gives."""
    session.create(name, weight_statement(compared, model))


def weight_statement(compared: str, model: Model) -> str:
    """A statement: the pairs of a relation that `comparing.compare` made, weighed.

    Columns: a, b; `weight`, the log2 odds that they are one person; `probability`, 0..1; `evidence`, the bits for one
    person against the best other reading of the pair, strangers being taken for as frequent as one person; `rival`,
    the likeliest other reading: household, namesake or stranger; `personal`, whether something agrees that a
    household does not share; `comparable`, whether both have something that the model compares, and `named`, whether it
    says who somebody is, if the model compares such; `fields`, a JSON object of the bits of each field.
    """
    levels = [f"g_{n}" for n in range(len(model.fields))]
    own = [f"g_{n}" for n, field in enumerate(model.fields) if field.name in _OWN]
    personal = filter(None, (_personal(n, field, model) for n, field in enumerate(model.fields)))
    return SQL["weighed"].format(
        compared=compared,
        **{which: _sum(model, which) for which in _CLASSES},
        **{f"{which}_prior": _prior(model, which) for which in _CLASSES if which != "stranger"},
        rarity=" + ".join(_rarity(n, field, model) for n, field in enumerate(model.fields)),
        personal=" or ".join(["false", *personal]),
        all_levels=", ".join(levels),
        own_levels=", ".join(own or levels),
        fields=", ".join(_bits(n, field, model) for n, field in enumerate(model.fields)),
    )


def _sum(model: Model, which: str) -> str:
    return " + ".join(
        _by_level(n, field, lambda level: log2(getattr(level, which))) for n, field in enumerate(model.fields)
    )


def _by_level(n: int, field: LearntField, worth: Callable[[LearntLevel], float]) -> str:
    """SQL of what the level of a pair is worth; nothing when the level is unknown."""
    top = len(field.levels) - 1
    steps = " ".join(f"when {top - i} then {worth(level)!r}" for i, level in enumerate(field.levels))
    return f"case g_{n} {steps} else 0.0 end"


def _prior(model: Model, which: str) -> str:
    across, inside = (log2(getattr(priors, which)) for priors in (model.across, model.inside))
    return f"case inside when 1 then {inside!r} else {across!r} end"


def _rarity(n: int, field: LearntField, model: Model) -> str:
    """SQL of how much likelier than at large strangers agree in a value so common; nothing where it is not counted."""
    if not any(level.frequency_of for level in catalogue(model.kinds)[field.name].levels):
        return "0.0"
    return f"coalesce(log2(f_{n}) - {_by_level(n, field, lambda level: log2(level.stranger))}, 0.0)"


def _personal(n: int, field: LearntField, model: Model) -> str:
    """SQL of whether a field agrees and is a person's own; empty for what a household shares."""
    least = personal_from(catalogue(model.kinds)[field.name])
    return f"coalesce(g_{n} >= {least}, false)" if least else ""


def _bits(n: int, field: LearntField, model: Model) -> str:
    """SQL of the JSON of a field's bits for one person against strangers, its rarity counted."""
    bits = _by_level(n, field, lambda level: log2(level.same / level.stranger))
    name = json.dumps(field.name, ensure_ascii=False).replace("'", "''")
    return f"'{name}: ' || round({bits} - {_rarity(n, field, model)}, 2)"
