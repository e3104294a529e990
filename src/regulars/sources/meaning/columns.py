"""What the columns of a file mean: a proposal, with a reason for every column.

A mapping file that is given is taken as it is. Else a known export is recognised by its header. Else a mapping
remembered for this header. Else each column's name is looked up in the lexicon and its values are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

import pyarrow as pa

from regulars.errors import Invalid, did_you_mean
from regulars.model.fields import KINDS
from regulars.model.mapping import Column, FileMapping, check_field
from regulars.settings import ShopSettings
from regulars.sources.found import Found, Proposal
from regulars.sources.meaning import guesses, joins, kinds, order_rows
from regulars.sources.meaning.exports import KnownExport, columns_in, recognise
from regulars.sources.meaning.guesses import Guess
from regulars.sources.notation.shapes import Shape, shape_of, some_values
from regulars.sources.notation.zones import iana_zone
from regulars.sources.vocabulary.lexicon import lexicon
from regulars.words import _

_UNSURE = 0.6  #: confidence under which a person is asked
_JOINED = 0.5  #: confidence in an order number made of other columns

#: How exports of many systems call a column of people who said no.
_NO = re.compile(
    r"(?!.*(\burl|\blink|\blien))"
    r".*(unsub|opt(ed)?[ _-]?out|black ?_?list|suppress|do ?_?not|d[ée]s(abonn|inscri)|refus|\bne\b.*\bpas\b|\bstop\b)",
    re.IGNORECASE,
)
#: How such columns are called on orders, where a payment may be refused and a delivery stopped.
_LEFT = re.compile(
    r"(?!.*(\burl|\blink|\blien)).*(unsub|opt(ed)?[ _-]?out|black ?_?list|d[ée]s(abonn|inscri))",
    re.IGNORECASE,
)
#: How columns are called that say what came off an order or was given back of it.
_OFF = re.compile(
    r"(?!.*(code|date|%|percent|pourcent)).*(refund|rembours|discount|remise|rabais)", re.IGNORECASE
)


class _FillDown(TypedDict):
    fill_down: tuple[str, ...]
    order_column: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file, its sample, and what its values look like."""

    found: Found
    sample: pa.Table
    shapes: Mapping[str, Shape]


def propose(
    found: Found,
    sample: pa.Table,
    shop: ShopSettings,
    remembered: FileMapping | None = None,
    given: FileMapping | None = None,
    kind: str | None = None,
) -> Proposal:
    """What the columns of a file mean; `Invalid` when what its kind needs is not there, or `given` does not fit."""
    if kind is not None and kind not in KINDS:
        raise Invalid(
            _("there is no kind '{kind}'", kind=kind),
            did_you_mean(kind, KINDS) or _("kinds are {kinds}", kinds=", ".join(KINDS)),
        )
    if given is not None and not given.columns:
        return _completed(propose(found, sample, shop, remembered, None, kind or given.kind or None), given)
    file = _File(found=found, sample=sample, shapes={name: shape_of(sample[name]) for name in found.header})
    if given is not None:
        proposal = _as_given(file, given, kind, _("the mapping file says so"))
    elif (export := recognise(found.header)) and (
        kind is None or export.mapping is None or export.mapping.kind == kind
    ):
        proposal = _as_known(file, export)
    elif remembered is not None and kind in (None, remembered.kind):
        proposal = _as_given(
            file, remembered, kind, _("as in the last file of this source with these columns")
        )
    else:
        proposal = _as_guessed(file, kind)
    needs_met(found, proposal.mapping)
    return proposal


def _completed(proposal: Proposal, given: FileMapping) -> Proposal:
    """What is proposed, with what a mapping file without columns says of the file."""
    mapping = proposal.mapping
    for name in given.defaults:
        check_field(name, mapping.kind, "[defaults]")
    mapping = replace(
        mapping,
        source=given.source or mapping.source,
        customers=given.customers or mapping.customers,
        options=given.options.over(mapping.options),
        defaults={**mapping.defaults, **given.defaults},
    )
    return replace(proposal, mapping=mapping)


def _as_given(file: _File, given: FileMapping, kind: str | None, reason: str) -> Proposal:
    if kind is not None and kind != given.kind:
        raise Invalid(
            _("the mapping file is for {given}, not for {kind}", given=given.kind, kind=kind),
            _("leave out --kind, or change the mapping's first line"),
        )
    for name in _named(given):
        if name not in file.found.header:
            raise Invalid(
                _("'{file}' has no column '{column}'", file=file.found.path.name, column=name),
                did_you_mean(name, file.found.header)
                or _("its columns are {columns}", columns=", ".join(file.found.header)),
            )
    return Proposal(
        mapping=given,
        confidence=dict.fromkeys(given.columns, 1.0),
        why=dict.fromkeys(given.columns, reason),
        ignored=_ignored(file.found.header, given),
        **_filled_down(given, file.sample),
    )


def _named(mapping: FileMapping) -> list[str]:
    """The columns of the file that a mapping reads."""
    return [part for name, column in mapping.columns.items() for part in column.join or (name,)]


def _ignored(header: Sequence[str], mapping: FileMapping) -> tuple[str, ...]:
    named = set(_named(mapping))
    return tuple(name for name in header if name not in named)


def _as_known(file: _File, export: KnownExport) -> Proposal:
    if export.mapping is None:
        sentence = _("'{file}' is {export}", file=file.found.path.name, export=export.name)
        raise Invalid(sentence, str(export.refused))
    columns = _one_column_a_field(columns_in(export, file.found.header), file.shapes)
    mapping = replace(export.mapping, columns=columns)
    mapping, questions = _with_zone(file, mapping, export.time_zone_column)
    header = set(file.found.header)
    ignored = _ignored(file.found.header, mapping)
    return Proposal(
        mapping=mapping,
        export=export.name,
        confidence=dict.fromkeys(columns, 1.0),
        why=dict.fromkeys(columns, _("a column of {export}", export=export.name)),
        ignored=ignored,
        questions=(
            *questions,
            *_perhaps_a_no(mapping, [name for name in ignored if not export.leaves_aside(name)]),
        ),
        fill_down=tuple(name for name in export.fill_down if name in header),
        order_column=mapping.column_of("order_id") if export.fill_down else None,
    )


def _one_column_a_field(columns: Mapping[str, Column], shapes: Mapping[str, Shape]) -> dict[str, Column]:
    """Of columns that mean one field the fullest, of equally full ones the first; all that name or answer."""
    fullest: dict[str, str] = {}
    for name, column in columns.items():
        held = fullest.setdefault(column.field, name)
        if shapes[name].filled > shapes[held].filled:
            fullest[column.field] = name
    return {
        name: column
        for name, column in columns.items()
        if fullest[column.field] == name or column.field in guesses.SEVERAL
    }


def _with_zone(file: _File, mapping: FileMapping, column: str | None) -> tuple[FileMapping, tuple[str, ...]]:
    """The mapping in the time zone that a column of the file names, when it names one."""
    if column is None or column not in file.found.header or mapping.options.time_zone:
        return mapping, ()
    named = [zone for value in some_values(file.sample[column]) if (zone := iana_zone(value))]
    if not named:
        return mapping, ()
    usual = max(set(named), key=named.count)
    asked = _("'{column}' names several time zones; all times are read as {zone}", column=column, zone=usual)
    zoned = replace(mapping, options=replace(mapping.options, time_zone=usual))
    return zoned, (asked,) if len(set(named)) > 1 else ()


def _as_guessed(file: _File, kind: str | None) -> Proposal:
    header = file.found.header
    guessed = {name: guesses.guess(header, file.shapes, name) for name in ([kind] if kind else KINDS)}
    chosen = kind or kinds.choose(guessed, file.found)
    found: Sequence[Guess] = guessed[chosen]
    questions: tuple[str, ...] = ()
    columns = {guess.column: Column(field=guess.field) for guess in found}
    why = {guess.column: guess.why for guess in found}
    if chosen == "orders":
        found, questions = order_rows.with_wholes(found, file.sample)
        columns, asked = _with_order_id({guess.column: Column(field=guess.field) for guess in found})
        questions += asked
    elif chosen == "people":
        columns = joins.with_joins(columns, header, file.shapes)
    mapping, zones = _with_zone(file, FileMapping(kind=chosen, columns=columns), _zone_column(header))
    confidence = {guess.column: round(guess.confidence, 2) for guess in found}
    return Proposal(
        mapping=mapping,
        confidence={name: confidence.get(name, _JOINED) for name in columns},
        why={name: why.get(name) or _together(column) for name, column in columns.items()},
        ignored=_ignored(header, mapping),
        questions=(
            *questions,
            *zones,
            *(_unsure(guess) for guess in found if guess.confidence < _UNSURE),
            *_perhaps_a_no(mapping, _ignored(header, mapping)),
            *_perhaps_off(mapping, file),
        ),
        **_filled_down(mapping, file.sample),
    )


def _together(column: Column) -> str:
    """Why several columns are read as one."""
    if column.field == "order_id":
        return _("it tells the orders apart")
    return _("its columns say it together")


def _filled_down(mapping: FileMapping, sample: pa.Table) -> _FillDown:
    """What is blank on the later rows of an order, in a file of orders."""
    if mapping.kind != "orders":
        return {"fill_down": (), "order_column": None}
    columns = {column.field: name for name, column in mapping.columns.items()}
    blank = order_rows.blank_below(columns, sample)
    return {"fill_down": blank, "order_column": columns["order_id"] if blank else None}


def _with_order_id(columns: dict[str, Column]) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Where orders have no number of their own: one order is what a customer bought at one time."""
    fields = {column.field: name for name, column in columns.items()}
    if "order_id" in fields or "customer_key" not in fields or "ordered_at" not in fields:
        return columns, ()
    join = (fields["customer_key"], fields["ordered_at"])
    asked = _(
        "no column numbers the orders: is what has the same {columns} one order?", columns=" + ".join(join)
    )
    return columns | {" + ".join(join): Column(field="order_id", join=join)}, (asked,)


def _perhaps_a_no(mapping: FileMapping, ignored: Sequence[str]) -> tuple[str, ...]:
    """A question for each column left aside that seems to say who wants no messages."""
    return tuple(
        _(
            "'{column}' seems to say who wants no messages, and is not read: if it does, map it to opt_out or"
            " opt_out_email in a mapping file, and load the file again before you write to anybody",
            column=column,
        )
        for column in ignored
        if (mapping.kind == "people" and _NO.match(column))
        or (mapping.kind == "orders" and _LEFT.match(column))
    )


def _perhaps_off(mapping: FileMapping, file: _File) -> tuple[str, ...]:
    """A question for each column left aside that seems to say what came off an order, or was given back of it."""
    return tuple(
        _(
            "'{column}' seems to say what came off an order or was given back, and is not read: if it does, map it to"
            " discount, order_discount or refunded in a mapping file",
            column=column,
        )
        for column in _ignored(file.found.header, mapping)
        if mapping.kind == "orders" and _OFF.match(column) and file.shapes[column].share("number") >= _UNSURE
    )


def _unsure(guess: Guess) -> str:
    return _("does '{column}' mean {field}? {why}", column=guess.column, field=guess.field, why=guess.why)


def _zone_column(header: Sequence[str]) -> str | None:
    return next((name for name in header if frozenset(lexicon().words(name)) in _ZONE), None)


_ZONE = (frozenset({"timezone"}), frozenset({"time", "zone"}))


def needs_met(found: Found, mapping: FileMapping) -> None:
    """Whether the fields without which no row of its kind can be understood have a column; else `Invalid`."""
    fields = mapping.fields()
    for needed in KINDS[mapping.kind].needs:
        if fields.isdisjoint(needed):
            raise Invalid(
                _(
                    "'{file}': no column of these {kind} is {fields}",
                    file=found.path.name,
                    kind=mapping.kind,
                    fields=_(" or ").join(needed[:4]),
                ),
                _(
                    'say it in a mapping file: kind = "{kind}" and under [columns] "COLUMN" = "{field}"; '
                    "the columns are {columns}",
                    kind=mapping.kind,
                    field=needed[0],
                    columns=", ".join(found.header[:40]),
                ),
            )
