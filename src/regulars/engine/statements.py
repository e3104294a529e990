"""Named SQL: statements in `.sql` files, each with a name and a reason.

-- name: people_per_day
-- Why this statement exists, in a sentence or two.
select …
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_HEAD = re.compile(r"^-- name: (\w+)[ \t]*$", re.MULTILINE)


@cache
def statements(path: Path) -> Mapping[str, str]:
    """The statements of a `.sql` file, by name."""
    parts = _HEAD.split(path.read_text("utf-8"))
    return {name: body.strip().rstrip(";") for name, body in zip(parts[1::2], parts[2::2], strict=True)}
