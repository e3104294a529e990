"""The model of shops whose records are too few to teach one: what is believed of any shop, and how its strangers look.

It joins less than a learnt model does, for the threshold asks it to be surer, and gives way to one as soon as the shop
has records enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from regulars.match.arrays import Floats
from regulars.match.comparison.fields import GIVEN_NAME, Field
from regulars.match.learning.beliefs import MOST_NAMED_ALIKE, belief
from regulars.match.learning.mixture import (
    BELIEF_STRANGERS,
    Chances,
    Patterns,
    Whole,
    at_each_level,
    shares,
    with_nearest,
)
from regulars.match.learning.outcome import learnt_field
from regulars.match.weight.model import Model, Priors

#: How many records of one person, of one household and of one name another record has, on average: in another source,
#: where a shop's customers are known twice, and in the same one, where few are. Judgement, as all of `retail.toml`.
_PERSONS, _HOUSEHOLDS, _NAMESAKES = (0.3, 0.05), (0.1, 0.1), (0.02, 0.02)
#: No class is believed to have more of the pairs than this.
_MOST = 0.1
#: A value's share in so few records is trusted as far as if it stood beside so many records of shops in general, in
#: which so large a share has it.
_OTHER_RECORDS, _USUAL_SHARE = 1_000, 0.002


def believed_model(
    kinds: tuple[str, ...],
    fields: Sequence[Field],
    drawn: Patterns,
    frequencies: Mapping[str, Mapping[str, float]],
    *,
    records: int,
    pairs: Floats,
) -> Model:
    """What is believed of a shop.

    `drawn` are its pairs of records: they tell that cards are numbered one after the other. `frequencies` are the
    shares, 0..1, of the values in its `records`; `pairs` are all pairs of the records, across sources and inside one.
    The threshold is left at 1, which joins nobody.
    """
    across, inside = (_priors(n, records / max(1.0, float(pairs[n]))) for n in range(2))
    return Model(
        records=records,
        learnt=False,
        across=across,
        inside=inside,
        kinds=kinds,
        keys=(),
        fields=tuple(
            learnt_field(field, _chances(field, drawn.levels[:, n], drawn.pairs))
            for n, field in enumerate(fields)
        ),
        frequencies={column: _tempered(found, records) for column, found in frequencies.items()},
        threshold=1.0,
        precision=1.0,
        expected=1.0,
        floor=1.0,
    )


def _chances(field: Field, levels: Whole, pairs: Floats) -> Chances:
    """The chances of a field, by the level of patterns that so many pairs of records have."""
    before = belief(field)
    if field is GIVEN_NAME:
        return replace(before, household=with_nearest(before.household, MOST_NAMED_ALIKE))
    if not field.rare:  # among so few pairs, those of one person would be taken for strangers who agree
        return before
    drawn = at_each_level(levels, pairs, len(before.stranger))
    stranger = with_nearest(shares(drawn + BELIEF_STRANGERS * before.stranger), before.stranger[-1])
    household, namesake = (_as_near_as(chances, stranger) for chances in (before.household, before.namesake))
    return Chances(same=before.same, household=household, namesake=namesake, stranger=stranger)


def _as_near_as(chances: Floats, stranger: Floats) -> Floats:
    """People who know each other are near in every way as often as strangers are, at least."""
    return shares(np.append(chances[0], np.maximum(chances[1:], stranger[1:])))


def _priors(n: int, records_a_pair: float) -> Priors:
    same, household, namesake = (
        min(_MOST, a_record[n] * records_a_pair) for a_record in (_PERSONS, _HOUSEHOLDS, _NAMESAKES)
    )
    return Priors(same=same, household=household, namesake=namesake)


def _tempered(found: Mapping[str, float], records: int) -> dict[str, float]:
    return {
        value: round((share * records + _USUAL_SHARE * _OTHER_RECORDS) / (records + _OTHER_RECORDS), 6)
        for value, share in found.items()
    }
