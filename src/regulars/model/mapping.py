"""A mapping: what each column of a file means, as authored in TOML or proposed by the column mapper.

kind = "orders"
source = "till"            # optional
customers = "crm"          # optional: the source whose records the customer keys name
[options]
decimal_separator = ","
[defaults]
currency = "CAD"
[columns]
"No facture" = "order_id"
"Naissance" = { field = "birth_date", format = "%d/%m/%Y" }
"Rue" = { field = "street", join = ["No", "Rue"] }
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from regulars.errors import Invalid, did_you_mean, place_in_toml
from regulars.model.fields import IDENTIFIER_PREFIX, KINDS, NAMING, Field
from regulars.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the file is written. None means: decide from evidence."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal_separator: str | None = None
    time_zone: str | None = None  #: IANA name of the zone its naive times are in
    date_format: str | None = None  #: strptime format of its dates
    sheet: str | None = None
    key: str | None = None  #: the field that is a row's key where the file has no number of its own (`email`)

    def over(self, others: Options) -> Options:
        """These, and the others' where these say nothing."""
        said = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(others, **said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column means."""

    field: str  #: a field of the kind, or `identifier.<type>`
    format: str | None = None  #: strptime format, for dates
    join: tuple[str, ...] = ()  #: columns to join with a space, in order; empty: the column alone


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """What a file's columns mean; columns it does not name stay in the raw record."""

    kind: str  #: empty in a mapping without columns that does not say it: proposed with them
    columns: Mapping[str, Column]  #: by column name, as in the file's header
    source: str | None = None
    customers: str | None = None  #: the source whose records the file's customer keys name; None: its own
    options: Options = field(default_factory=Options)
    defaults: Mapping[str, str] = field(default_factory=dict)  #: field -> value when the file has none

    def column_of(self, name: str) -> str | None:
        """The first column that means `name`, or None."""
        return next((column for column, meaning in self.columns.items() if meaning.field == name), None)

    def fields(self) -> frozenset[str]:
        """The fields that have a column or a default."""
        return frozenset(meaning.field for meaning in self.columns.values()) | frozenset(self.defaults)

    def without(self, columns: Collection[str]) -> FileMapping:
        """The mapping of a file of which some columns are not there."""
        left = {
            name: replace(meaning, join=tuple(part for part in meaning.join if part not in columns))
            for name, meaning in self.columns.items()
            if not ({name, *meaning.join} if not meaning.join else set(meaning.join)) <= set(columns)
        }
        return replace(self, columns=left)

    def fields_of(self, columns: Collection[str]) -> frozenset[str]:
        """The fields that are read of some columns, be it among others."""
        return frozenset(
            meaning.field
            for name, meaning in self.columns.items()
            if not set(columns).isdisjoint(meaning.join or (name,))
        )

    def identifier_types(self) -> tuple[str, ...]:
        """The types of `identifier.<type>` columns, sorted."""
        return tuple(
            sorted(
                f.removeprefix(IDENTIFIER_PREFIX) for f in self.fields() if f.startswith(IDENTIFIER_PREFIX)
            )
        )


def read_mapping(path: Path) -> FileMapping:
    """Read a mapping file; a wrong word in it is `Invalid`, with the nearest right one."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise Invalid(
            _("there is no mapping file '{path}'", path=path), _("check the path after --mapping")
        ) from None
    except UnicodeDecodeError:
        raise Invalid(
            _("the mapping file '{path}' is not text in UTF-8", path=path),
            _('a mapping has kind = "people" and a [columns] table; see examples/'),
        ) from None
    except tomllib.TOMLDecodeError as problem:
        raise Invalid(
            _("the mapping file '{path}' is not TOML: {problem}", path=path, problem=place_in_toml(problem)),
            _('a mapping has kind = "people" and a [columns] table; see examples/'),
        ) from None
    return mapping_from(document, str(path))


def mapping_from(document: Mapping[str, object], where: str) -> FileMapping:
    """Check a mapping as authored and return it as a noun."""
    _only(document, ("kind", "source", "customers", "options", "defaults", "columns"), where)
    kind = document.get("kind", "" if not document.get("columns") else None)
    if not isinstance(kind, str) or kind not in {"", *KINDS}:
        raise Invalid(
            _("{where}: there is no kind {kind!r}", where=where, kind=kind),
            did_you_mean(str(kind), KINDS) or _("kinds are {kinds}", kinds=", ".join(KINDS)),
        )
    columns = {
        name: _column(name, value, kind, where) for name, value in _table(document, "columns", where).items()
    }
    defaults = {name: str(value) for name, value in _table(document, "defaults", where).items()}
    for name in defaults if kind else ():
        check_field(name, kind, where)
    options = _table(document, "options", where)
    _only(options, Options.__dataclass_fields__, f"{where} [options]")
    _check_key(options.get("key"), where)
    source, customers = document.get("source"), document.get("customers")
    return FileMapping(
        kind=kind,
        columns=columns,
        source=str(source) if source is not None else None,
        customers=str(customers) if customers is not None else None,
        options=Options(**{name: str(value) for name, value in options.items()}),
        defaults=defaults,
    )


def mapping_to(mapping: FileMapping) -> dict[str, object]:
    """The authored form of a mapping: what is remembered per source, and what `--json` shows."""
    columns: dict[str, object] = {}
    for name, meaning in mapping.columns.items():
        more = {k: v for k, v in (("format", meaning.format), ("join", list(meaning.join))) if v}
        columns[name] = {"field": meaning.field, **more} if more else meaning.field
    options = {
        name: value
        for name in Options.__dataclass_fields__
        if (value := getattr(mapping.options, name)) is not None
    }
    document: dict[str, object] = {"kind": mapping.kind, "columns": columns}
    rest: dict[str, object] = {
        "source": mapping.source,
        "customers": mapping.customers,
        "options": options,
        "defaults": dict(mapping.defaults),
    }
    return document | {name: value for name, value in rest.items() if value}


def check_field(name: str, kind: str, where: str) -> Field | None:
    """The field of that name in a kind; None for `identifier.<type>`; `Invalid` when there is none."""
    if name.startswith(IDENTIFIER_PREFIX) and len(name) > len(IDENTIFIER_PREFIX):
        return None
    found = KINDS[kind].fields.get(name)
    if found is None:
        raise Invalid(
            _("{where}: {kind} have no field '{name}'", where=where, kind=kind, name=name),
            did_you_mean(name, KINDS[kind].fields)
            or _("fields are {fields}", fields=", ".join(KINDS[kind].fields)),
        )
    return found


def _check_key(name: object, where: str) -> None:
    if name is not None and name not in NAMING:
        raise Invalid(
            _("{where} [options]: a row cannot be known by its '{name}'", where=where, name=name),
            did_you_mean(str(name), NAMING) or _("key is one of {fields}", fields=", ".join(NAMING)),
        )


def _column(name: str, value: object, kind: str, where: str) -> Column:
    if isinstance(value, str):
        value = {"field": value}
    if not isinstance(value, dict) or not isinstance(value.get("field"), str):
        raise Invalid(
            _("{where}: column '{name}' does not say its field", where=where, name=name),
            _(
                'write "{name}" = "field", or "{name}" = {{ field = "birth_date", format = "%Y%m%d" }}',
                name=name,
            ),
        )
    _only(value, ("field", "format", "join"), f"{where} [{name}]")
    check_field(value["field"], kind, where)
    join = value.get("join", [])
    return Column(field=value["field"], format=value.get("format"), join=tuple(str(part) for part in join))


def _table(document: Mapping[str, object], name: str, where: str) -> dict[str, object]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise Invalid(
            _("{where}: [{name}] is not a table", where=where, name=name),
            _("see examples/ for a mapping file"),
        )
    return table


def _only(given: Iterable[str], known: Iterable[str], where: str) -> None:
    for name in given:
        if name not in tuple(known):
            raise Invalid(
                _("{where}: there is no setting '{name}'", where=where, name=name),
                did_you_mean(name, known) or _("settings are {known}", known=", ".join(known)),
            )
