"""The candidate pairs of a shop, compared, weighed by the model, and sorted into joined, to review, and neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.comparison import candidates, comparing
from regulars.match.comparison.fields import BY_NAME, NAMES, ONE_HOME, OTHER_NAMES, Field
from regulars.match.contradictions import judge
from regulars.match.learning.answers import shift
from regulars.match.learning.training import calibrated, fields_filled, train
from regulars.match.weight.by_field import NUMBER_BITS, ByField, Compared
from regulars.match.weight.model import Model, fields_of
from regulars.match.weight.weighing import weigh, weight_statement
from regulars.settings import MatchSettings

SQL = statements(Path(__file__).with_name("pairs.sql"))
#: So many candidate pairs teach a model enough.
_TAUGHT = 1_000_000
_NO_PAIRS = (
    "select 0::bigint a, 0::bigint b, 0.0::double weight, 0.0::double probability, 0.0::double evidence,"
    " 'stranger' rival, false personal, false comparable, false named, '{}' fields where false"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The pairs people were asked about, an entry each, as the model weighs them now."""

    weight: NDArray[np.float64]  #: bits
    probability: NDArray[np.float64]
    same: NDArray[np.bool_]  #: what people said
    sampled: NDArray[
        np.bool_
    ]  #: it is of the sample of what likeness alone joins; else they waited for review


def score(
    session: Session, kinds: tuple[str, ...], last: Model | None, settings: MatchSettings, *, anew: bool
) -> Model | None:
    """Make the relations `scored` and `scored_judged`: the candidate pairs likely enough for a human to see. Of them
    `joinable`, what the model may join where it is sure enough, and `anyones`, the cards whose owner cannot be told.

    By the `last` model, or one learnt from these pairs; returns which. Its threshold is calibrated when it is
    new, and when it is to be calibrated `anew`. `scored` has the columns of `weighing.weigh`; without a model it is
    empty.
    """
    fields = fields_of(last) if last else fields_filled(session, kinds)
    if last:
        comparing.add_shares(session, last.frequencies)
        _sort_candidates(session, candidates.seek(session, kinds, last.keys), fields)
    model = last or _learn(session, kinds, fields, settings)
    if model:
        weigh(session, "hopeful", f"({comparing.rarest(fields)})", model)
        comparing.compare(session, "likely", SQL["likely"], fields, {"review": settings.review})
        session.drop("patterned", "hopeful")
    _score(session, "likely", model, settings)
    if model and (anew or not last):
        model = _calibrated(session, model, settings)
    _weigh_refused(session, model, fields)
    return model


def _learn(
    session: Session, kinds: tuple[str, ...], fields: Sequence[Field], settings: MatchSettings
) -> Model | None:
    """A model learnt from the candidate pairs, which are sorted by it; its threshold is left to be calibrated."""
    frequencies = comparing.count_values(session)
    comparing.add_shares(session, frequencies)
    sought = candidates.seek(session, kinds)
    model = None
    if sought.pairs > _TAUGHT:
        model = _learn_from_some(session, sought, kinds, fields, frequencies, settings)
        sought = candidates.seek(session, kinds, model.keys) if model else sought
    _sort_candidates(session, sought, fields)
    if not model and (learnt := train(session, kinds, fields, frequencies)):
        model = replace(learnt, keys=tuple(key.value for key in sought.keys))
    if model and model.frequencies != frequencies:  # a small shop's are tempered
        comparing.add_shares(session, model.frequencies)
    return model


def _sort_candidates(session: Session, sought: candidates.Sought, fields: Sequence[Field]) -> None:
    """Make `patterned` and `patterns` of all pairs that some keys bring: `comparing.sort_by_pattern`."""
    candidates.find(session, sought)
    comparing.sort_by_pattern(session, "select a, b from candidates", fields)
    session.drop("candidates")


def _calibrated(session: Session, model: Model, settings: MatchSettings) -> Model:
    """The same model, with the threshold that the pairs in `joinable`, people's answers and the settings ask for."""
    answers = answered(session, model)
    bits = shift(answers.weight, answers.same)
    zone = calibrated(session, "joinable", settings.precision, settings.threshold, bits, learnt=model.learnt)
    return replace(
        model,
        threshold=zone.threshold,
        precision=settings.precision,
        expected=zone.expected,
        floor=settings.threshold,
    )


def _weigh_refused(session: Session, model: Model | None, fields: Sequence[Field]) -> None:
    """Make `refused_weighed`: the pairs that share an identifier which did not join them, and are not in `scored`."""
    _weigh_shared(session, "refused", "select a, b from refused anti join scored using (a, b)", model, fields)


def weigh_dropped(session: Session, model: Model | None, largest: int) -> None:
    """Make `dropped_unseen` and `dropped_weighed`: of the pairs in `dropped`, those that share an identifier and are
    not in `scored`. Of a value that more than `largest` cards hold, each card with some others."""
    session.create("dropped_unseen", SQL["dropped_unseen"], {"largest": largest})
    fields = fields_of(model) if model else ()
    _weigh_shared(session, "dropped", "select a, b from dropped_unseen", model, fields)


def to_review(session: Session, model: Model | None, settings: MatchSettings, largest: int) -> pa.Table:
    """What a human should look at, of groups of up to `largest` cards: the columns of `review_pairs`. A small shop is
    asked about all of them."""
    from regulars.match.comparison.dialects import duckdb  # it brings a parser of SQL, slow to import

    learnt = bool(model and model.learnt)
    asked = {
        "threshold": model.threshold if model else 1.0,
        "other_names": OTHER_NAMES * settings.review if learnt else 0.0,
        "by_name": BY_NAME if learnt else 0.0,
        "names": f'"({"|".join(sorted(NAMES))})": [^,}}]*',
    }
    weigh_dropped(session, model, largest)
    return session.rows(SQL["review_pairs"].format(one_home=duckdb(ONE_HOME)), asked)


def _weigh_shared(
    session: Session, name: str, unseen: str, model: Model | None, fields: Sequence[Field]
) -> None:
    """Make `…_weighed` of pairs that share an identifier; without a model they are as likely as not. Where there are
    none, as in most small shops, no long statement is planned for nothing."""
    if model and session.rows(f"{unseen} limit 1").num_rows:
        comparing.compare(session, f"{name}_compared", unseen, fields)
        weigh(session, f"{name}_weighed", f"{name}_compared", model)
    else:
        session.create(
            f"{name}_weighed",
            f"select a, b, 0.0::double weight, 0.5::double probability, '{{}}' fields from ({unseen})",
        )


def _learn_from_some(
    session: Session,
    sought: candidates.Sought,
    kinds: tuple[str, ...],
    fields: Sequence[Field],
    frequencies: comparing.Frequencies,
    settings: MatchSettings,
) -> Model | None:
    """A model of some candidate pairs, which stand for all, and of the keys that find what others do not."""
    one_in = candidates.find_some(session, sought, _TAUGHT)
    comparing.compare(session, "some_compared", "select a, b from some_candidates", fields)
    comparing.count_patterns(session, "some_compared", fields, one_in)
    model = train(session, kinds, fields, frequencies)
    if model:
        likely = SQL["found"].format(weighed=weight_statement("some_compared", model))
        found = session.rows(likely, {"review": settings.review})
        model = replace(model, keys=candidates.worthwhile(sought, found))
    session.drop("some_candidates", "some_compared")
    return model


def _score(session: Session, compared: str, model: Model | None, settings: MatchSettings) -> None:
    """Make the relations of `score` that are of pairs which were compared."""
    if model:
        likely = SQL["scored"].format(weighed=weight_statement(compared, model))
        session.create("scored", likely, {"review": settings.review})
    else:
        session.create("scored", _NO_PAIRS)
    judge(session, "scored_judged", "select a, b from scored")
    session.create("anyones", SQL["anyones"])
    session.create("joinable", SQL["joinable"])


def score_few(session: Session, model: Model | None, settings: MatchSettings) -> None:
    """Make the same relations as `score`, of all pairs of a few cards, whatever keys they share."""
    if model:
        comparing.add_shares(session, model.frequencies)
        comparing.compare(session, "compared", SQL["every_two"], fields_of(model))
    _score(session, "compared", model, settings)


def answered(session: Session, model: Model) -> Answers:
    """What people answered, of the verdicts in `standing`, about pairs that they were asked about."""
    session.create("answered", SQL["answered"])
    if not session.rows("select a from answered limit 1").num_rows:
        nobody = np.zeros(0, np.bool_)
        return Answers(weight=np.zeros(0), probability=np.zeros(0), same=nobody, sampled=nobody)
    comparing.compare(session, "answered_compared", "select a, b from answered", fields_of(model))
    weigh(session, "answered_weighed", "answered_compared", model)
    found = session.rows(SQL["answers"])
    return Answers(
        weight=found["weight"].to_numpy(),
        probability=found["probability"].to_numpy(),
        same=found["same"].to_numpy(zero_copy_only=False).astype(np.bool_),
        sampled=found["sampled"].to_numpy(zero_copy_only=False).astype(np.bool_),
    )


def score_inside(session: Session, model: Model | None, largest: int) -> None:
    """Make `evidence_inside` of the pairs inside the groups of `grouped` that are of three cards to `largest`.

    Columns: a, b; the `bits` for their being one person, minus infinity when they cannot be; `strong`, whether a number
    of their own joined them; `suffix_alone` as in `contradictions`. Pairs in `scored` are not weighed twice.
    """
    session.create("inside", SQL["pairs_in_groups"], {"largest": largest})
    if not session.rows("select a from inside limit 1").num_rows:
        session.create(
            "evidence_inside",
            "select a, b, 0.0::double bits, false strong, false suffix_alone from inside",
        )
        return
    judge(session, "unseen_judged", SQL["unseen_inside"])
    if model:
        comparing.compare(session, "unseen_compared", "select a, b from unseen_judged", fields_of(model))
        weigh(session, "unseen_weighed", "unseen_compared", model)
        session.create("evidence_inside", SQL["evidence_by_model"], {"number": NUMBER_BITS})
    else:
        session.create("evidence_inside", SQL["evidence_by_rules"])


def said_by_field(session: Session, model: Model, pairs: pa.Table) -> NDArray[np.float64]:
    """What each field of some rows of `evidence_inside` says: `ByField.said`, in the order of the rows."""
    tables, fields = ByField(model), fields_of(model)
    session.table("in_doubt", pairs.append_column("n", pa.array(np.arange(pairs.num_rows))))
    comparing.compare(session, "in_doubt_compared", "select a, b from in_doubt", fields)
    found = session.rows(
        SQL["in_doubt"].format(
            levels=", ".join(f"coalesce(g_{n}, -1) as g_{n}" for n in range(len(fields))),
            shares="".join(f", f_{n}" for n in tables.counted),
        )
    )
    flags = (found[name].to_numpy(zero_copy_only=False) for name in ("inside", "strong", "suffix_alone"))
    compared = Compared(
        np.stack([found[f"g_{n}"].to_numpy() for n in range(len(fields))], axis=1),
        {n: found[f"f_{n}"].to_numpy(zero_copy_only=False) for n in tables.counted},
        *(flag.astype(np.bool_) for flag in flags),
    )
    return tables.said(compared)
