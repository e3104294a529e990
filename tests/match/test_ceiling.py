"""What two cards can weigh at most is never less than what they weigh, where little of them is looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pytest
from test_weighing import believed

from regulars.match.comparison.comparing import RARE
from regulars.match.comparison.fields import AGE, FAMILY_NAME, GIVEN_NAME, Field
from regulars.match.weight.ceiling import Ceiling
from regulars.match.weight.scorer import Scorer

NAMED = {"given_share": RARE, "family_share": RARE}
HERMAS = {**NAMED, "given": "hermas", "family": "quintal"}
QUINTAL = {**NAMED, "given": "quintal", "family": "hermas"}
OLDER, YOUNGER = ({"birth_year": year, "birth": f"{year}-02-03"} for year in (1980, 1984))


@pytest.mark.parametrize(
    ("fields", "columns", "one", "other"),
    [
        ((GIVEN_NAME, FAMILY_NAME), ("given", "family"), HERMAS, HERMAS),
        ((FAMILY_NAME,), ("family", "family_parts", "script"), HERMAS, QUINTAL),
        ((AGE,), ("birth_year",), OLDER, YOUNGER),
    ],
    ids=[
        "of a name so rare that a namesake is no likelier than a stranger",
        "whose names stand in each other's place, which the family name alone does not tell",
        "whose birth dates are known, which the years alone do not tell",
    ],
)
def test_who_weigh_more_than_they_seem_to_stay_below_their_ceiling(
    fields: Sequence[Field], columns: Sequence[str], one: dict[str, object], other: dict[str, object]
) -> None:
    model = believed(fields)
    cards = [
        defaultdict(lambda: None, said, source=source) for said, source in ((one, "till"), (other, "web"))
    ]
    seen = [{name: card[name] for name in (*columns, "source")} for card in cards]
    weight = Scorer(model).weigh(*cards).weight
    assert Ceiling(model, columns).of(*seen) >= weight - 1e-9
