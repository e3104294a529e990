"""How many examples the tests of properties try: as many as each says, and on a free evening `LONGER` times as many."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

#: So many times the examples of every day: `make test LONGER=20`.
LONGER = int(os.environ.get("LONGER", "1"))
#: A life of more steps than this is hard to read when it fails.
_MOST_STEPS = 50


def tried(examples: int) -> settings:
    """The settings of a test that tries so many examples every day, each in whatever time it takes."""
    return settings(
        max_examples=examples * LONGER,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


def lives(examples: int, steps: int) -> settings:
    """The settings of so many lives of at most so many steps every day; longer ones have more of both."""
    return settings(
        max_examples=examples * LONGER,
        stateful_step_count=max(steps, min(steps * LONGER, _MOST_STEPS)),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def all_longer() -> None:
    """As many times the examples of the tests that do not say how many they try."""
    if LONGER > 1:
        settings.register_profile("longer", max_examples=settings().max_examples * LONGER)
        settings.load_profile("longer")
