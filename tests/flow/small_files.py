"""What the tests of the walk are handed: shops, files, and what others see of a shop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from regulars.shop import Shop

#: An evening in June: tests say how old things are from here.
JUNE = datetime(2024, 6, 1, 22, 0, tzinfo=UTC)
NewShop = Callable[..., Shop]
Write = Callable[..., Path]
Exports = Callable[[Shop], dict[str, list[str]]]
Fill = Callable[[Shop, Write], None]
#: A copy of the shop that a function fills.
Filled = Callable[[Fill], Shop]


class Clock:
    """Each time it is asked, a second has passed."""

    def __init__(self) -> None:
        self.now = JUNE

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now
