"""Placing: on which rung of the ladder each person stands, and what their next step is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from regulars.segment.ladder import ladder
from regulars.segment.language.rules import Parameters, Rule


def placed(people: str, read: Callable[[str], Rule]) -> tuple[str, Parameters]:
    """The statement that adds `rung` and `next_step` to the rows of another statement, and its parameters.

    `read` reads the rule of a rung or a step.
    """
    known, parameters = ladder(), dict[str, int | float | str]()

    def chosen(prefix: str, named: Sequence[tuple[str, str]]) -> str:
        """The first of some rules that holds, by the name it goes by, as one expression of SQL."""
        cases = []
        for place, (name, text) in enumerate(named):
            condition, values = read(text).named(f"{prefix}{place}")
            parameters.update(values)
            cases.append(f"when {condition} then '{name}'")
        return f"case {' '.join(cases)} end"

    rung = chosen("rung", [(one.name, one.rule) for one in reversed(list(known.rungs.values()))])
    step = chosen("step", [(one.name, one.rule) for one in known.steps.values()])
    return (
        f"select *, {step} as next_step from (select *, {rung} as rung from ({people}) as people) as placed",
        parameters,
    )
