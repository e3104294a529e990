"""Parts: what is stored in one short transaction, and the rows that could not be understood."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from regulars.clean.people import People
from regulars.clean.traits import Traits
from regulars.words import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row that could not be understood."""

    line: int
    column: str | None
    reason: Text
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is stored in one transaction: the cards of people, or facts about them with the cards of who they are."""

    cards: People | None = None
    facts: pa.Table | None = None
    told: Traits | None = None  #: what is told of people from elsewhere, who are cards already


def cut(cards: People | None, facts: pa.Table | None, rows: int) -> Iterator[Part]:
    """Cut by line, so that a fact and the card of its buyer stay together or the card comes first."""
    leading = facts if facts is not None else cards.rows if cards is not None else None
    lines = [] if leading is None else leading.column("line").to_pylist()
    for at in range(0, len(lines), rows):
        low = lines[at]
        high = lines[at + rows] if at + rows < len(lines) else None
        yield Part(
            cards=None if cards is None else People(
                rows=_between(cards.rows, low, high),
                identifiers=_between(cards.identifiers, low, high),
                consents=_between(cards.consents, low, high),
                rejects=cards.rejects.slice(0, 0),
            ),
            facts=None if facts is None else _between(facts, low, high),
        )  # fmt: skip


def _between(rows: pa.Table, low: int, high: int | None) -> pa.Table:
    inside = pc.greater_equal(rows.column("line"), low)
    if high is not None:
        inside = pc.and_(inside, pc.less(rows.column("line"), high))
    return rows.filter(inside)


def rejects_of(
    wrong: pa.Table, rows: pa.Table, lines: Sequence[int], own_names: Mapping[str, str]
) -> list[Reject]:
    """What was wrong, with each row as it was found."""
    if not wrong.num_rows:
        return []
    at = {line: position for position, line in enumerate(lines)}
    whole = rows.take([at[line] for line in wrong.column("line").to_pylist()]).to_pylist()
    return [
        Reject(
            line=one["line"],
            column=own_names.get(one["column"], one["column"]),
            reason=Text(en=one["reason"], fr=one["reason_fr"]),
            raw={name: value or "" for name, value in row.items()},
        )
        for one, row in zip(wrong.to_pylist(), whole, strict=True)
    ]


def raw_json(raw: Mapping[str, str]) -> str:
    """A rejected row as it is kept: JSON by column, accents as they are."""
    return json.dumps(dict(raw), ensure_ascii=False)
