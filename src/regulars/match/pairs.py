"""Candidate pairs: found by blocking keys, scored by the model, and sorted into joined, to review, and neither."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.contradictions import judge
from regulars.match.fields import keys
from regulars.match.model import RARE, Model, catalogue, comparison

if TYPE_CHECKING:
    from splink import Linker

SQL = statements(Path(__file__).with_name("pairs.sql"))
#: A key that more cards share tells too little for all of them to be compared.
_LARGEST_BLOCK = 150
_NO_PAIRS = (
    "select 0::bigint a, 0::bigint b, 0.0::double weight, 0.0::double probability, '{}' fields where false"
)


def score(session: Session, model: Model | None, at_least: float) -> None:
    """Make the relations `scored` and `scored_judged`: the pairs of cards of at least some probability.

    `scored` has a, b, `weight` (bits), `probability`, and `fields`, a JSON object of the bits of each field. Without a
    model it is empty.
    """
    if model is None:
        session.create("scored", _NO_PAIRS)
    else:
        _predict(session, model, [f"l.{key} = r.{key}" for key in _block(session, model)], at_least)
    judge(session, "scored_judged", "select a, b from scored")


def score_all(session: Session, model: Model) -> bool:
    """Make `scored` for every pair of the few cards there are; returns whether a run would have compared any."""
    found = " or ".join(f"l.{key} = r.{key}" for key in _block(session, model))
    compared = session.rows(
        f"select 1 as found from blocked_cards as l join blocked_cards as r on l.card < r.card and ({found})"
    )
    _predict(session, model, ["l.card <> r.card"], None)
    return bool(compared.num_rows)


def _predict(session: Session, model: Model, rules: list[str], at_least: float | None) -> None:
    predicted = _linker(session, model, rules).inference.predict(
        threshold_match_probability=at_least, warning_mode="never"
    )
    session.create("scored", SQL["scored"].format(fields=_bits(model), predicted=predicted.physical_name))


def _block(session: Session, model: Model) -> list[str]:
    """Make the relation `blocked_cards`: cards with their keys `k_0`, `k_1`, …, null where too many share one."""
    sought = keys([f"id_{n}" for n in range(len(model.kinds))])
    hashed = ", ".join(
        f"case when {key} is not null then hash({key}) end as h_{n}" for n, key in enumerate(sought)
    )
    counted = ", ".join(
        f"case when count(*) over (partition by h_{n}) <= {_LARGEST_BLOCK} then h_{n} end as k_{n}"
        for n in range(len(sought))
    )
    session.create("keyed", f"select card, {hashed} from cards")
    session.create("narrow", f"select card, {counted} from keyed")
    session.create("blocked_cards", "select * from cards join narrow using (card)")
    return [f"k_{n}" for n in range(len(sought))]


def _linker(session: Session, model: Model, rules: list[str]) -> Linker:
    from splink import Linker

    known = catalogue(model.kinds)
    comparisons = [
        comparison(known[field.name], {level.name: (level.m, level.u) for level in field.levels}, f"f_{n}")
        for n, field in enumerate(model.fields)
    ]
    door = session.splink()
    linker = Linker(
        door.register("blocked_cards"),
        {
            "link_type": "dedupe_only",
            "unique_id_column_name": "card",
            "probability_two_random_records_match": model.prior,
            "comparisons": comparisons,
            "blocking_rules_to_generate_predictions": rules,
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": True,
        },
        log_level=None,
    )
    for column, shares in model.frequencies.items():
        values = {
            "value": pa.array(list(shares), pa.string()),
            "share": pa.array(list(shares.values()), pa.float64()),
        }
        session.table(f"shares_of_{column}", pa.table(values))
        session.create(f"tf_of_{column}", SQL["frequencies"].format(column=column, rare=RARE))
        linker.table_management.register_term_frequency_lookup(door.register(f"tf_of_{column}"), column)
    return linker


def _bits(model: Model) -> str:
    """SQL of `"field": bits` for every field, those of its rarity added."""
    known = catalogue(model.kinds)
    parts = []
    for n, field in enumerate(model.fields):
        taught = {level.name for level in field.levels}
        rarity = any(level.frequency_of and level.name in taught for level in known[field.name].levels)
        bits = f"mw_f_{n} + mw_tf_adj_f_{n}" if rarity else f"mw_f_{n}"
        name = json.dumps(field.name, ensure_ascii=False).replace("'", "''")
        parts.append(f"'{name}: ' || round({bits}, 2)")
    return ", ".join(parts)
