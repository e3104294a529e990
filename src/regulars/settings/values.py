"""A value as authored -> one of the type and within the bounds of its setting, or a sentence on what it should be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from math import isfinite
from typing import Any

from regulars.errors import Invalid, did_you_mean, one_of
from regulars.words import _

#: From so alike on, 0..1, a word is one of some few with a slip in it, and not another one.
_A_SLIP = 0.75


def table(given: Any, where: str) -> Mapping[str, Any]:
    """A table as authored; `Invalid` when it is anything else."""
    if not isinstance(given, dict):
        raise Invalid(_("{where} is not a table", where=where), _("write it as [name] with lines below"))
    return given


def known_names(given: Mapping[str, Any], known: Mapping[str, Any], where: str) -> None:
    """Refuse a name that is not known, with the nearest one that is."""
    for name in given:
        if name not in known:
            raise Invalid(
                _("{where}: there is no setting '{name}'", where=where, name=name),
                did_you_mean(name, known) or _("settings are {known}", known=", ".join(known)),
            )


def section(kind: Any, given: Any, where: str) -> Any:
    """A table as authored, as settings of a kind."""
    known = {f.name: f for f in fields(kind)}
    known_names(table(given, where), known, where)
    return kind(**{name: checked(known[name], value, f"{where} {name}") for name, value in given.items()})


def checked(setting: Any, value: Any, where: str) -> Any:
    """A value as authored, in the type and within the bounds of its setting."""
    default, bounds = setting.default, setting.metadata
    if isinstance(default, tuple) and isinstance(value, list):
        value = tuple(map(str, value)) if all(type(item) in (str, int, date) for item in value) else value
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(default):
        raise Invalid(
            _("{where}: '{value}' is not {kind}", where=where, value=_as_found(value), kind=_kind(default)),
            _("for example {example}", example=_authored(default) if default != () else '["…"]'),
        )
    _check_words(bounds.get("words", ()), value, where)
    _check_bounds(bounds.get("least"), bounds.get("most"), default, value, where)
    return value


def _check_words(words: tuple[str, ...], value: Any, where: str) -> None:
    given = value if isinstance(value, tuple) else (value,)
    if words and not given:
        raise Invalid(
            _("{where}: the list is empty", where=where), _("write one of {words}", words=", ".join(words))
        )
    for word in given if words else ():
        if word not in words:
            near = get_close_matches(word.lower(), words, n=1, cutoff=_A_SLIP)
            raise Invalid(
                _("{where}: there is no '{word}'", where=where, word=word),
                one_of(near) if near else _("write one of {words}", words=", ".join(words)),
            )


def _check_bounds(least: float | None, most: float | None, default: Any, value: Any, where: str) -> None:
    if least is None or (least <= value and (most is None or value <= most)):
        return
    if most is None:
        raise Invalid(
            _("{where}: {value} is too small", where=where, value=_number(value)),
            _("the least is {least}", least=_number(least)),
        )
    raise Invalid(
        _(
            "{where}: {value} is not between {least} and {most}",
            where=where,
            value=_number(value),
            least=_number(least),
            most=_number(most),
        ),
        _("write it as a share, for example {example}", example=_authored(default)),
    )


def _kind(default: Any) -> str:
    match default:
        case bool():
            return _("true or false")
        case int():
            return _("a whole number")
        case float():
            return _("a number")
        case str():
            return _("a text in quotation marks")
        case _:
            return _("a list of texts")


def _number(value: float) -> str:
    """A number in a sentence, all its decimals shown."""
    from regulars import figures  # it brings the languages of the world, slow to import

    if not isfinite(value):
        return str(value)
    decimals = f"{value:.10f}".rstrip("0").partition(".")[2]
    return figures.decimal(value, len(decimals)) if decimals else figures.count(int(value))


def _authored(value: Any) -> str:
    """A value as settings.toml has it, in any language: what an example shows can be copied."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False, default=str)


def _as_found(value: Any) -> str:
    """A value as somebody wrote it, without the quotation marks around a text."""
    return value if isinstance(value, str) else _authored(value)
