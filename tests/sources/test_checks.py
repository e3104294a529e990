"""The columns that stop an import, and those that are only odd."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest

from regulars.errors import Invalid
from regulars.model.mapping import Column, FileMapping
from regulars.sources.found import Found
from regulars.sources.meaning.checks import check

Table = Callable[..., tuple[Found, pa.Table]]


def checked(file: tuple[Found, pa.Table], kind: str, **fields: str) -> tuple[str, ...]:
    mapping = FileMapping(kind=kind, columns={name: Column(field=field) for name, field in fields.items()})
    return check(file[1], mapping, file[0])


@pytest.mark.parametrize(
    ("kind", "field", "values", "sentence"),
    [
        ("people", "email", ["Ann", "Bob", "c@x.ca"], "under half of its values have an @"),
        ("people", "family_name", ["a@x.ca", "b@x.ca"], "are e-mail addresses"),
        ("people", "phone", ["Ann", "Bob"], "are words, not telephone numbers"),
        ("orders", "paid", ["red", "blue", "3"], "under half of its values are numbers"),
        ("orders", "ordered_at", ["monday", "tuesday"], "can be read as dates"),
        ("events", "at", ["monday", "tuesday"], "can be read as dates"),
    ],
)
def test_a_column_that_cannot_be_what_it_is_said_to_be_stops_the_import(
    table: Table, kind: str, field: str, values: list[str], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as problem:
        checked(table("Id|X", *(f"{i}|{value}" for i, value in enumerate(values))), kind, X=field)
    assert field in problem.value.next_step
    assert "'X'" in problem.value.sentence


def test_half_an_address_column_filled_rightly_is_enough(table: Table) -> None:
    assert checked(table("Id|X", "1|a@x.ca", "2|none", "3|"), "people", X="email") == ()


def test_an_empty_column_stops_nothing(table: Table) -> None:
    assert checked(table("Id|X", "1|", "2|"), "people", X="email") == ()


def test_a_consent_column_with_one_answer_is_odd_and_loads(table: Table) -> None:
    (note,) = checked(table("Id|X", *(f"{i}|yes" for i in range(30))), "people", X="consent_email")
    assert "'yes'" in note
    assert (
        checked(
            table("Id|X", *(f"{i}|{'yes' if i else 'no'}" for i in range(30))), "people", X="consent_email"
        )
        == ()
    )
