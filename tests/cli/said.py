"""What a command said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> object:
        """Its stdout as one strict JSON document."""
        return json.loads(self.out, parse_constant=_no_constant)


def _no_constant(word: str) -> object:
    raise AssertionError(f"{word} is no JSON")


Run = Callable[..., Said]
