"""What a model says of two records, as a waterfall: from how rare one person is, field by field, to the sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.text import Text as Line

from regulars.cli.command import out
from regulars.cli.pages import values
from regulars.words import _

if TYPE_CHECKING:
    from regulars.match.explain import Explanation

#: Letters across; where fewer are left beside the names, these have lines of their own.
_WIDTH, _FEWEST = 32, 20
_UP, _DOWN = "█", "░"
#: Bits that are nothing on the page.
_NOTHING = 0.05
#: The same value on both sides of fewer bits makes people wonder.
_LITTLE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """From bits to letters."""

    low: float  #: bits at its left end
    high: float
    needed: float | None  #: bits from which two are joined without asking
    width: int  #: letters

    def bar(self, before: float, after: float) -> str:
        """What a step adds or takes, and where enough is."""
        letters = [" "] * self.width
        if self.needed is not None and 0 <= (mark := self._at(self.needed)) < self.width:
            letters[mark] = "│"
        start, end = sorted((self._at(before), self._at(after)))
        for at in range(start, max(end, start + 1)):
            letters[min(at, self.width - 1)] = _UP if after > before else _DOWN
        return "".join(letters)

    def _at(self, bits: float) -> int:
        return round((bits - self.low) * (self.width - 1) / max(self.high - self.low, 1.0))


def print_waterfall(said: Explanation) -> None:
    """Print a bar for what each field adds or takes, under each other, and the sum against the thresholds."""
    if said.weight is None or said.probability is None:
        return
    labels, bits, sums = zip(*_steps(said), strict=True)
    numbers = [[values.bits(one) for one in column] for column in (bits, sums)]
    rooms = [max(map(len, column)) for column in numbers]
    name, beside = max(map(cell_len, labels)) + 1, out.width - sum(rooms) - len(rooms)
    apart = beside - name < _FEWEST
    needed = _bits_of(said.automatic_from)
    scale = _Scale(
        low=min(0.0, *sums), high=max(needed or 0.0, *sums), needed=needed,
        width=min(_WIDTH, max(_FEWEST, beside if apart else beside - name)),
    )  # fmt: skip
    for label, step, after, *told in zip(labels, bits, sums, *numbers, strict=True):
        if apart:
            out.print(label, markup=False)
        row = Line("" if apart else set_cell_size(label, name)).append(scale.bar(after - step, after))
        for number, room, style in zip(told, rooms, ("", "dim"), strict=True):
            row.append(" " + number.rjust(room), style)
        out.print(row, no_wrap=True)
    out.print(_sum(said), markup=False)
    _print_of_little_weight(said)
    if said.automatic_from and said.probability < said.automatic_from:
        _print_joined_otherwise(said)


def _print_of_little_weight(said: Explanation) -> None:
    """Of fields that are the same, and count for little or against: what it is that they do not tell apart."""
    alike = [
        values.field(field.field)
        for field in said.fields
        if field.likeness and (field.likeness == "same" or field.value_a == field.value_b)
        if field.weight is not None and field.weight < _LITTLE
    ]
    if alike:
        out.print(
            _(
                "Alike, and of little weight or against ({fields}): two strangers here agree in just that about as"
                " often as two records of one person, or more often.",
                fields=", ".join(alike),
            ),
            markup=False,
        )


def _print_joined_otherwise(said: Explanation) -> None:
    """Of two who are one person though the model is not sure enough: what else joins them."""
    from regulars.match.explain import why_linked  # it brings the engine, slow to import

    if len(said.chain) > 1:
        out.print(_("It is not this sum that joins them, but the links above."), markup=False)
    elif said.chain and said.chain[0].kind != "model":
        out.print(
            _(
                "It is not this sum that joins them: {why}.",
                why=why_linked(said.chain[0].kind, said.chain[0].rule),
            ),
            markup=False,
        )


def _steps(said: Explanation) -> Iterator[tuple[str, float, float]]:
    """The name of each step, its bits and the sum behind it; one that is nothing and changes no figure is left out."""
    total = said.prior or 0.0
    yield _("before looking"), total, total
    fields = [(values.field(field.field), field.weight or 0.0) for field in said.fields]
    for label, bits in (*fields, (_rival(said.rival), said.rival_bits or 0.0)):
        before, total = total, total + bits
        if abs(bits) >= _NOTHING or values.bits(before) != values.bits(total):
            yield label, bits, total


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
            share=values.chance(said.probability or 0.0),
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
