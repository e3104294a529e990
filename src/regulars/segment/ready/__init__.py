"""Ready segments: groups that every retailer wants, one a file; copy a file to add one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from regulars.errors import NotFound, did_you_mean
from regulars.words import Text, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The data that a segment is made from: where no person has any, its size is unknown rather than 0."""

    rule: str  #: who has such data
    missing: Text  #: a sentence: that nobody has, and what to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A group of people by rule."""

    name: str
    title: Text
    why: Text  #: one sentence: what the group is good for
    rule: str
    ladder: int  #: its place from first visit to regular, the smallest first
    needs: Needs | None = None  #: the data without which nobody can be said to be in it or not


@cache
def ready_segments() -> Mapping[str, Segment]:
    """The ready segments by name, in the order of the ladder."""
    read = (_read(path) for path in Path(__file__).parent.glob("*.toml"))
    return MappingProxyType(
        {segment.name: segment for segment in sorted(read, key=lambda one: (one.ladder, one.name))}
    )


def chosen(names: Sequence[str]) -> list[str]:
    """The named segments in the order of the ladder; all of them when none is named."""
    for name in names:
        if name not in ready_segments():
            raise NotFound(
                _("there is no segment '{name}'", name=name),
                did_you_mean(name, ready_segments()) or _("`regulars segments` lists them"),
            )
    return [name for name in ready_segments() if name in names or not names]


def _read(path: Path) -> Segment:
    document = tomllib.loads(path.read_text("utf-8"))
    return Segment(
        name=path.stem,
        title=Text(**document["title"]),
        why=Text(**document["why"]),
        rule=document["rule"],
        ladder=document["ladder"],
        needs=_needs(document["needs"]) if "needs" in document else None,
    )


def _needs(document: Mapping[str, str]) -> Needs:
    return Needs(rule=document["rule"], missing=Text(en=document["en"], fr=document["fr"]))
