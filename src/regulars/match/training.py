"""How a model learns: chances among strangers by counting and sampling, among records of one person by EM."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.contradictions import judge
from regulars.match.fields import DIFFERENT, LESSONS, Field
from regulars.match.model import RARE, LearntField, LearntLevel, Model, catalogue, comparison

if TYPE_CHECKING:
    from splink import Linker

SQL = statements(Path(__file__).with_name("training.sql"))
#: Fewer records than this teach nothing that can be trusted.
FEWEST_RECORDS = 200
#: A field is compared when so many of the records have it.
_ENOUGH_FILLED = 0.05
#: The share of all true pairs that plain rules are taken to find.
_RULES_FIND = 0.7
#: Pairs of strangers drawn, and pairs a lesson learns from at most.
_STRANGERS = 1e6
_PAIRS_A_LESSON = 1e6
_FEWEST_PAIRS = 50
#: So many pairs that share a number teach all that is needed.
_PAIRS_ENOUGH = 300
_LESSONS = 4
#: Agreeing pairs looked at to learn how often strangers agree.
_AGREEING_LOOKED_AT = 200_000
#: No shop is so clean that fewer of its true pairs stand at a level than this share.
_SELDOM = 0.005
_SEED = 20_261


def train(session: Session, kinds: tuple[str, ...]) -> Model | None:
    """Learn a model from the relations `cards` and `exact_links`; None when the records cannot teach one."""
    fields = _fields_filled(session, kinds)
    total, known_pairs = _one(session, SQL["known_pairs"], "cards", "pairs")
    lessons = _lessons(session, kinds)
    if total < FEWEST_RECORDS or not known_pairs or not lessons:
        return None
    prior = min(0.5, known_pairs / _RULES_FIND / (total * (total - 1) / 2))
    linker = _linker(session, fields, prior)
    linker.training.estimate_u_using_random_sampling(
        _STRANGERS, seed=_SEED, min_count_per_level=20, num_chunks=4
    )
    for columns, pairs in lessons:
        linker.training.estimate_parameters_using_expectation_maximisation(
            " and ".join(f"l.{column} = r.{column}" for column in columns),
            estimate_without_term_frequencies=True,
            max_pairs=_PAIRS_A_LESSON if pairs > 2 * _PAIRS_A_LESSON else None,
        )
    learnt = [_learnt(field, said) for field, said in zip(fields, _said(linker), strict=True)]
    trained = tuple(field for field in learnt if field is not None)
    return Model(
        records=total,
        prior=_rounded(prior),
        kinds=kinds,
        fields=trained,
        frequencies=_frequencies(session),
        untrained=tuple(sorted({field.name for field in fields} - {field.name for field in trained})),
    )


def _fields_filled(session: Session, kinds: tuple[str, ...]) -> list[Field]:
    """The fields that enough of the records have."""
    every = catalogue(kinds)
    columns = sorted({column for field in every.values() for column in field.needs})
    counts = ", ".join(f"count({c}) / greatest(count(*), 1) as {c}" for c in columns)
    filled = session.rows(f"select {counts} from cards").to_pylist()[0]
    return [field for field in every.values() if any(filled[c] >= _ENOUGH_FILLED for c in field.needs)]


def _lessons(session: Session, kinds: tuple[str, ...]) -> list[tuple[tuple[str, ...], int]]:
    """The agreements to learn from, with their number of pairs.

    Those who share a number are mostly one person, and teach best; those who share a birth date or a door may be
    twins or a family, and are asked only when there is nothing better.
    """
    first, *others = LESSONS
    found = []
    for columns in (first, *((f"id_{n}",) for n in range(len(kinds))), *others):
        pairs = _agreeing(session, columns)
        if pairs >= _FEWEST_PAIRS:
            found.append((columns, pairs))
        if len(found) >= _LESSONS or (columns[0].startswith("id_") and pairs >= _PAIRS_ENOUGH):
            break
    return found


def _agreeing(session: Session, columns: tuple[str, ...]) -> int:
    """How many pairs of cards agree on some columns."""
    statement = SQL["pairs_agreeing"].format(columns=", ".join(columns), filled=_filled(columns))
    return int(_one(session, statement, "pairs")[0])


def _filled(columns: tuple[str, ...]) -> str:
    return " and ".join(f"{column} is not null" for column in columns)


def _linker(session: Session, fields: list[Field], prior: float) -> Linker:
    from splink import Linker

    comparisons = [
        comparison(field, _chances_of_strangers(session, field), f"f_{n}") for n, field in enumerate(fields)
    ]
    return Linker(
        session.splink().register("cards"),
        {
            "link_type": "dedupe_only",
            "unique_id_column_name": "card",
            "probability_two_random_records_match": prior,
            "comparisons": comparisons,
            "blocking_rules_to_generate_predictions": [],
        },
        log_level=None,
    )


def _chances_of_strangers(session: Session, field: Field) -> dict[str, tuple[None, float | None]]:
    """Every level; for exact agreement on rare values (an e-mail, a number) the chance counted among strangers.

    Sampling a million pairs never meets such an agreement.
    """
    chances: dict[str, tuple[None, float | None]] = {level.name: (None, None) for level in field.levels}
    chances[DIFFERENT] = (None, None)
    if field.counted:
        columns = {"columns": ", ".join(field.counted), "filled": _filled(field.counted)}
        part = 1 + _agreeing(session, field.counted) // _AGREEING_LOOKED_AT
        judge(session, "agreeing", SQL["agreeing"].format(**columns, part=part))
        (chance,) = _one(session, SQL["strangers_agreeing"].format(**columns, part=part), "chance")
        chances[field.levels[0].name] = (None, min(1.0, chance))
    return chances


def _said(linker: Linker) -> list[dict[str, Any]]:
    return list(linker.misc.save_model_to_json()["comparisons"])


def _learnt(field: Field, said: Mapping[str, Any]) -> LearntField | None:
    """A field's levels that were taught; None when no true pair was ever seen at any of them.

    What a small sample never met is not taken to be impossible, and nearness is never worth less than difference.
    """
    known = {level["label_for_charts"]: level for level in said["comparison_levels"]}
    if not any(isinstance(level.get("m_probability"), float) for level in known.values()):
        return None
    taught = {
        name: (max(_chance(level, "m_probability"), _SELDOM), u)
        for name, level in known.items()
        if (u := _chance(level, "u_probability")) > 0
    }
    if DIFFERENT not in taught or len(taught) < 2:
        return None
    least = taught[DIFFERENT][0] / taught[DIFFERENT][1]
    levels = tuple(
        LearntLevel(name=name, m=_rounded(min(1.0, max(m, u * least))), u=_rounded(u))
        for name, (m, u) in taught.items()
    )
    return LearntField(name=field.name, levels=levels)


def _chance(level: Mapping[str, Any], name: str) -> float:
    """A chance that was learnt; 0 when Splink says in words that it was not."""
    said = level.get(name)
    return said if isinstance(said, float) else 0.0


def _frequencies(session: Session) -> dict[str, dict[str, float]]:
    """The share of each common value, for the columns whose common values are worth less."""
    found: dict[str, dict[str, float]] = {}
    for column in ("given", "family", "city"):
        rows = session.rows(SQL["common_values"].format(column=column), {"rare": RARE}).to_pylist()
        found[column] = {row["value"]: _rounded(row["share"]) for row in rows}
    return found


def _rounded(chance: float) -> float:
    return float(f"{chance:.6g}")


def _one(session: Session, sql: str, *names: str) -> tuple[Any, ...]:
    row = session.rows(sql).to_pylist()[0]
    return tuple(row[name] for name in names)
