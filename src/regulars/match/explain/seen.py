"""What a pair looks like that somebody names of their own, for the verdict that they give."""

from __future__ import annotations

import json

from regulars.match.explain.explanation import Explanation
from regulars.match.people.evidence import last_model
from regulars.match.review.verdicts import NAMED, Seen
from regulars.settings import MatchSettings
from regulars.store import Store


def as_explained(store: Store, settings: MatchSettings, explained: Explanation) -> Seen:
    """What a pair looks like that somebody named of their own."""
    kept = last_model(store)
    chance = explained.probability
    if kept is None or chance is None:
        return NAMED
    bits = {field.field: field.weight for field in explained.fields if field.weight is not None}
    return Seen(
        asked="named",
        zone="automatic"
        if chance >= kept.model.threshold
        else "review"
        if chance >= settings.review
        else "none",
        weight=explained.weight,
        probability=chance,
        fields=json.dumps(bits),
        model_version=kept.version,
    )
