"""Stale: what was built with is remembered, so that changed settings are computed anew by the next command."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection

from regulars.flow import Ground
from regulars.indicators import INDICATORS
from regulars.match.review.verdicts import DIFFERENT, SAME, unheard
from regulars.segment.ready import ready_segments
from regulars.store import ledgers

_MATCHED, _BUILT = "matched_with", "built_with"


def remember_match(connection: Connection, ground: Ground) -> None:
    """Remember what records were matched with."""
    ledgers.remember(connection, _MATCHED, _of_match(ground))


def remember_build(connection: Connection, ground: Ground) -> None:
    """Remember what was built with."""
    ledgers.remember(connection, _BUILT, _of_build(ground))


def match_is_of_now(connection: Connection, ground: Ground) -> bool:
    """Whether records were matched with the settings of now, and after all that people said."""
    to_come = any(unheard(connection, verdict) for verdict in (SAME, DIFFERENT))
    return not to_come and ledgers.recall(connection, _MATCHED) == _of_match(ground)


def build_is_of_now(connection: Connection, ground: Ground) -> bool:
    """Whether what is built was built with the settings, the indicators and the segments of now."""
    return ledgers.recall(connection, _BUILT) == _of_build(ground)


def _of_match(ground: Ground) -> str:
    return _hash(ground.settings.match, ground.settings.shop.country)


def _of_build(ground: Ground) -> str:
    settings = ground.settings
    indicators = [(one.name, one.over, one.value, one.missing) for one in INDICATORS.values()]
    segments = [(one.name, one.rule) for one in ready_segments().values()]
    read = (settings.shop, settings.match, settings.sources, settings.survivorship)
    return _hash(*read, indicators, segments)


def _hash(*values: object) -> str:
    return sha256(repr(values).encode()).hexdigest()
