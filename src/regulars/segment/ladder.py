"""The ladder from first visit to regular: its rungs, and the next step from each. `ladder.toml` says all of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regulars.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A place on the ladder."""

    name: str
    rule: str
    title: Text
    needs: str | None = None  #: the segment without whose data nobody can be said to be there or not


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What to do for somebody, so that they come up a rung or stay on the highest."""

    name: str
    rule: str
    sentence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs, the lowest first, and the steps, the first that fits first."""

    rungs: Mapping[str, Rung]
    steps: Mapping[str, NextStep]


@cache
def ladder() -> Ladder:
    """The ladder of `ladder.toml`."""
    document = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    rungs = [Rung(**{**one, "title": Text(**one["title"])}) for one in document["rung"]]
    steps = [
        NextStep(name=one["name"], rule=one["rule"], sentence=Text(en=one["en"], fr=one["fr"]))
        for one in document["step"]
    ]
    return Ladder(rungs={one.name: one for one in rungs}, steps={one.name: one for one in steps})
