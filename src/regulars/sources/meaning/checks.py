"""The columns that stop an import: a wrong column does more harm than a file that is not loaded."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from regulars.errors import Invalid
from regulars.model.fields import KINDS, OPT_OUT
from regulars.model.mapping import Column, FileMapping
from regulars.sources.found import Found
from regulars.sources.notation.dates import date_format
from regulars.sources.notation.shapes import Shape, shape_of, some_values
from regulars.words import _

_HALF = 0.5
_FEW = 20  #: answers from which a consent column with one value is odd


def check(sample: pa.Table, mapping: FileMapping, found: Found) -> tuple[str, ...]:
    """Stop with `Invalid` at a column that cannot be what it is mapped to; return what is odd, as sentences."""
    notes = []
    for name, column in mapping.columns.items():
        if column.join or name not in sample.column_names:
            continue
        shape = shape_of(sample[name])
        if shape.values and (problem := _problem(name, column, mapping, shape, sample)):
            raise Invalid(
                _(
                    "'{file}', column '{column}': {problem}",
                    file=found.path.name,
                    column=name,
                    problem=problem,
                ),
                _("map another column to {field}, or leave it out, in a mapping file", field=column.field),
            )
        if column.field in _CONSENTS and shape.values >= _FEW and shape.distinct == 1:
            notes.append(_one_answer(name, sample))
    if mapping.kind == "traits" and (
        said := [name for name in mapping.columns if _is_consent(name, mapping)]
    ):
        notes = [_not_taken(said)]
    return tuple(notes)


_CONSENTS = ("consent_email", "consent_sms", "consent_phone", "consent_post")


def _problem(name: str, column: Column, mapping: FileMapping, shape: Shape, sample: pa.Table) -> str | None:
    """What is wrong with a column, as a sentence; None when it is well."""
    field = KINDS[mapping.kind].fields.get(column.field)
    if field is None:
        return None
    example = some_values(sample[name], 1)[0][:40]
    if field.shape == "email" and shape.share("email") < _HALF:
        return _("under half of its values have an @, for example '{example}'", example=example)
    if field.shape == "name" and shape.share("email") >= _HALF:
        return _("its values are e-mail addresses, not names, for example '{example}'", example=example)
    if (
        field.shape == "phone"
        and shape.share("phone") + shape.share("number") < _HALF
        and shape.share("words") >= _HALF
    ):
        return _("its values are words, not telephone numbers, for example '{example}'", example=example)
    if field.shape in ("number", "money") and column.field in _NEEDED and shape.share("number") < _HALF:
        return _("under half of its values are numbers, for example '{example}'", example=example)
    if column.field in _WHEN and _dates(name, column, mapping, sample) < _HALF:
        return _("under half of its values can be read as dates, for example '{example}'", example=example)
    return None


_NEEDED = ("quantity", "unit_price", "line_total", "paid")
_WHEN = ("ordered_at", "at")


def _dates(name: str, column: Column, mapping: FileMapping, sample: pa.Table) -> float:
    """The share of values that are dates; all of them when the mapping gives a format of its own."""
    if column.format or mapping.options.date_format:
        return 1.0
    values = some_values(sample[name])
    readable: Callable[[str], str | None] = date_format
    return sum(1 for value in values if readable(value)) / len(values)


def _is_consent(name: str, mapping: FileMapping) -> bool:
    return mapping.columns[name].field.startswith(("consent_", OPT_OUT))


def _not_taken(columns: list[str]) -> str:
    return _(
        "what it says of consent is not taken ({columns}): a customer gives that to you, nobody else does",
        columns=", ".join(columns),
    )


def _one_answer(name: str, sample: pa.Table) -> str:
    answer = some_values(sample[name], 1)[0]
    return _("every answer in '{column}' is '{answer}': was the file edited?", column=name, answer=answer)
