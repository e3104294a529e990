"""How a model learns: strangers by drawing pairs at random, one person by what the candidate pairs look like."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from pathlib import Path
from typing import NamedTuple

import numpy as np

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.arrays import Floats
from regulars.match.comparison import comparing
from regulars.match.comparison.fields import AGE, BIRTH_DATE, GIVEN_NAME, HOUSEHOLD, NAMESAKE, Field
from regulars.match.learning.beliefs import MOST_NAMED_ALIKE, belief
from regulars.match.learning.mixture import Mixture, Patterns, Subject, learn
from regulars.match.learning.outcome import learnt_field, rounded
from regulars.match.learning.small_shops import believed_model
from regulars.match.records import ENOUGH_FILLED
from regulars.match.weight.model import Model, Priors, catalogue
from regulars.settings import MatchSettings

SQL = statements(Path(__file__).with_name("training.sql"))
#: Fewer records than this teach nothing that can be trusted.
FEWEST_RECORDS = 200
#: The pairs of so many cards are the strangers that are looked at: about 700,000 pairs.
_STRANGERS = 1_200
_SEED = 20_261
#: Where plain rules find fewer pairs of one person, so many are guessed a record: a guess that learning soon mends.
_FEW = 0.05
#: Of the pairs of one person so many, at most, have first names, years of birth, or birth dates that are alike in no
#: way. Without a bound, and without a birth date or an e-mail to tell them apart, families come to be taken for people
#: who change their first names, a father and a son of one name for a man who forgot his age; and where one source alone
#: tells birth dates, and has everybody once, namesakes are the only pairs of which both dates are known.
_MOST_DIFFERENT = {GIVEN_NAME: 0.15, AGE: 0.05, BIRTH_DATE: 0.25}
#: A zone that joins fewer of the pairs that are one person, as far as the model knows, is none.
_LEAST_JOINED = 0.5
#: Each pair of the zone that takes its place is so likely.
_SURE_ENOUGH = 0.95
#: A threshold is rounded down to such parts, so that the pairs that just reach it do.
_FINE = 10**9


def fields_filled(session: Session, kinds: tuple[str, ...]) -> list[Field]:
    """The fields that enough of the records have."""
    every = catalogue(kinds)
    columns = sorted({column for field in every.values() for column in field.needs})
    counts = ", ".join(f"count({c}) / greatest(count(*), 1) as {c}" for c in columns)
    filled = session.rows(f"select {counts} from cards").to_pylist()[0]
    return [field for field in every.values() if any(filled[c] >= ENOUGH_FILLED for c in field.needs)]


def train(
    session: Session, kinds: tuple[str, ...], fields: Sequence[Field], frequencies: comparing.Frequencies
) -> Model | None:
    """Learn a model from the relations `cards`, `exact_links` and `patterns`.

    Records that cannot teach one get the model of small shops; None when there is nothing to compare. Its `keys` are
    still to be chosen.
    """
    known = session.rows(SQL["known_pairs"]).to_pylist()[0]
    patterns = _patterns(session, "patterns", len(fields)) if fields else None
    if patterns is None or not len(patterns.pairs):
        return None
    pairs, drawn = _all_pairs(session), _drawn(session, fields)
    if known["cards"] < FEWEST_RECORDS:
        return believed_model(kinds, fields, drawn, frequencies, records=known["cards"], pairs=pairs)
    learnt = learn(
        patterns,
        drawn,
        [_subject(field) for field in fields],
        pairs=pairs,
        expected_same=max(float(known["pairs"]), _FEW * known["cards"]),
    )
    across, inside = _priors(learnt)
    return Model(
        records=known["cards"],
        learnt=True,
        across=across,
        inside=inside,
        kinds=kinds,
        keys=(),
        fields=tuple(learnt_field(*each) for each in zip(fields, learnt.fields, learnt.taught, strict=True)),
        frequencies=frequencies,
        threshold=1.0,
        precision=1.0,
        expected=1.0,
        floor=1.0,
    )


def _subject(field: Field) -> Subject:
    return Subject(
        belief=belief(field),
        household=HOUSEHOLD in field.shared_by,
        namesake=NAMESAKE in field.shared_by,
        rare=field.rare,
        most_different=_MOST_DIFFERENT.get(field, 1.0),
        most_at_home=MOST_NAMED_ALIKE if field is GIVEN_NAME else 1.0,
    )


class Zone(NamedTuple):
    """Which pairs are joined without a human."""

    threshold: float  #: probability, 0..1, from which they are
    expected: float  #: the share of them, 0..1, that should be one person, by the chances of the model


def calibrated(
    session: Session, joinable: str, precision: float, at_least: float, shift: float, *, learnt: bool
) -> Zone:
    """The largest zone of whose pairs as many are one person as `precision` says, by the model's own chances.

    `shift` is what people's answers add to the weight of every pair, in bits. Never below `at_least`, of a pair's
    probability and of its chance so shifted. Where records say too little for so sure a zone, of names and a door alone
    for example, it would leave to people what they could not tell any better: then 19 in 20 is sure enough, by chances
    that were `learnt`, unless the shop asks for a precision of its own.
    """
    zone = SQL["automatic_zone"].format(joinable=joinable)
    given = {"at_least": at_least, "shift": shift}
    (sure,) = session.rows(zone, given | {"precision": precision}).to_pylist()
    expected = precision
    usual = precision == MatchSettings().precision
    if learnt and usual and sure["joined"] < _LEAST_JOINED * sure["expected"]:
        enough = max(at_least, _SURE_ENOUGH)
        (less,) = session.rows(zone, given | {"at_least": enough, "precision": enough}).to_pylist()
        if less["found"]:
            sure, expected = less, enough
    return Zone(floor(float(sure["threshold"]) * _FINE) / _FINE, expected)


def _patterns(session: Session, name: str, fields: int) -> Patterns:
    levels = ", ".join(f"coalesce(g_{n}, -1) as g_{n}" for n in range(fields))
    found = session.rows(f"select inside, {levels}, pairs from {name} order by pattern")
    return Patterns(
        levels=np.column_stack([found[f"g_{n}"].to_numpy().astype(np.int64) for n in range(fields)]),
        inside=found["inside"].to_numpy().astype(np.int64),
        pairs=found["pairs"].to_numpy().astype(np.float64),
    )


def _drawn(session: Session, fields: Sequence[Field]) -> Patterns:
    """What pairs drawn at random look like."""
    drawn = {"seed": _SEED, "cards": _STRANGERS}
    comparing.compare(session, "drawn", comparing.SQL["drawn"], fields, drawn)
    comparing.count_patterns(session, "drawn", fields, name="drawn_patterns")
    return _patterns(session, "drawn_patterns", len(fields))


def _all_pairs(session: Session) -> Floats:
    """How many pairs of cards there are: across sources, and inside one."""
    cards = session.rows(SQL["sources"])["cards"].to_numpy().astype(np.float64)
    inside = float((cards * (cards - 1) / 2).sum())
    total = float(cards.sum())
    return np.array([total * (total - 1) / 2 - inside, inside])


def _priors(learnt: Mixture) -> tuple[Priors, Priors]:
    of = learnt.proportions
    across, inside = (
        Priors(same=rounded(of.same[n]), household=rounded(of.household[n]), namesake=rounded(of.namesake[n]))
        for n in range(2)
    )
    return across, inside
