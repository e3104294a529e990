"""Ready segments: groups that every retailer wants, one a file; copy a file to add one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from regulars.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A group of people by rule."""

    name: str
    title: Text
    why: Text  #: one sentence: what the group is good for
    rule: str
    ladder: int  #: its place from first visit to regular, the smallest first


@cache
def ready_segments() -> Mapping[str, Segment]:
    """The ready segments by name, in the order of the ladder."""
    read = (_read(path) for path in Path(__file__).parent.glob("*.toml"))
    return MappingProxyType(
        {segment.name: segment for segment in sorted(read, key=lambda one: (one.ladder, one.name))}
    )


def _read(path: Path) -> Segment:
    document = tomllib.loads(path.read_text("utf-8"))
    return Segment(
        name=path.stem,
        title=Text(**document["title"]),
        why=Text(**document["why"]),
        rule=document["rule"],
        ladder=document["ladder"],
    )
