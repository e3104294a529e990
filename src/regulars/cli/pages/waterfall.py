"""What a model says of two records, as a waterfall: from how rare one person is, field by field, to the sum."""

from __future__ import annotations

from collections.abc import Iterator
from math import log2
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text as Line

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.words import _

if TYPE_CHECKING:
    from regulars.match.explain import Explanation

#: Letters across.
_WIDTH = 32
_UP, _DOWN = "█", "░"
#: Bits that are nothing on the page.
_NOTHING = 0.05


def print_waterfall(said: Explanation) -> None:
    """Print a bar for what each field adds or takes, under each other, and the sum against the thresholds."""
    if said.weight is None or said.probability is None:
        return
    steps = list(_steps(said))
    sums = [sum(bits for _label, bits in steps[: n + 1]) for n in range(len(steps))]
    needed = _bits_of(said.automatic_from)
    low, high = min(0.0, *sums), max(needed or 0.0, *sums)
    place = (_WIDTH - 1) / max(high - low, 1.0)
    table = Table(show_header=False, box=None, padding=(0, 1, 0, 0), pad_edge=False)
    for justify in ("left", "left", "right", "right"):
        table.add_column(justify=justify, no_wrap=True)
    before = 0.0
    for (label, bits), after in zip(steps, sums, strict=True):
        ends = sorted(round((bit - low) * place) for bit in (before, after))
        bar = _bar(*ends, up=bits > 0, mark=None if needed is None else round((needed - low) * place))
        table.add_row(Line(label), Line(bar), Line(values.bits(bits)), Line(values.bits(after), "dim"))
        before = after
    out.print(table)
    out.print(_sum(said), markup=False)


def _steps(said: Explanation) -> Iterator[tuple[str, float]]:
    yield _("before looking"), said.prior or 0.0
    for field in said.fields:
        if abs(field.weight or 0.0) >= _NOTHING:
            yield values.field(field.field), field.weight or 0.0
    if abs(said.rival_bits or 0.0) >= _NOTHING:
        yield _rival(said.rival), said.rival_bits or 0.0


def _bar(start: int, end: int, *, up: bool, mark: int | None) -> str:
    letters = [" "] * _WIDTH
    if mark is not None and 0 <= mark < _WIDTH:
        letters[mark] = "│"
    for at in range(start, max(end, start + 1)):
        letters[min(at, _WIDTH - 1)] = _UP if up else _DOWN
    return "".join(letters)


def _rival(rival: str | None) -> str:
    """Whoever else two records may be, in a few words."""
    words = {"household": _("or one household"), "namesake": _("or one name")}
    return words.get(rival or "", _("or others"))


def _bits_of(probability: float | None) -> float | None:
    if probability is None or not 0 < probability < 1:
        return None
    return log2(probability / (1 - probability))


def _sum(said: Explanation) -> str:
    parts = [
        _(
            "Sum {bits} bits: probability {share}.",
            bits=values.bits(said.weight or 0.0),
            share=values.decimal(said.probability or 0.0, 4),
        )
    ]
    automatic, review = _bits_of(said.automatic_from), _bits_of(said.review_from)
    if automatic is not None and review is not None and said.automatic_from is not None:
        parts.append(
            _(
                "Joined without asking from {bits} (│, probability {share}), asked from {least} ({chance}).",
                bits=values.bits(automatic),
                share=values.decimal(said.automatic_from, 3),
                least=values.bits(review),
                chance=values.decimal(said.review_from, 3),
            )
        )
    return " ".join(parts)
