"""A statement for one row, as a Python function: what an engine needs 50 ms to plan is done in 50 microseconds.

For a record that somebody types now. The statement is the one that files go through, so that a rule is said once.
Only what reads row by row can be said: expressions, and left joins to answers that are looked up. Texts, whole numbers,
truth and days (as ISO texts) are its values; whatever else is asked is an error of whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlglot
from sqlglot import exp

from regulars.engine import row_words

#: A row, by the names of its columns; None is SQL's null.
Row = Mapping[str, Any]
#: The columns that a row gets from a relation it is joined to, looked up by what it is joined on.
Lookups = Mapping[str, Callable[..., Row]]
_Said = Callable[["_Scope"], Any]


class _Scope:
    """What a name can mean while a row is read: columns of what is selected from, then what is made so far."""

    __slots__ = ("given", "lookups", "made", "row", "tables")

    def __init__(self, row: Row, lookups: Lookups, given: Row) -> None:
        self.row, self.lookups, self.given = row, lookups, given
        self.tables: dict[str, Row] = {}
        self.made: dict[str, Any] = {}

    def column(self, name: str) -> Any:
        """What a name without a table means: a column of the row, else what was made before it."""
        return self.row[name] if name in self.row else self.made[name]


class Statement:
    """A `select` that makes one row of one row."""

    def __init__(self, select: exp.Select) -> None:
        """The statement is read here, once. `NotImplementedError` at what is not a matter of one row."""
        _refuse(select, ("expressions", "from_", "joins"))
        source = select.args["from_"].this
        self._inner = Statement(source.this) if isinstance(source, exp.Subquery) else None
        self._alias = source.alias_or_name
        self._joins = [_Join(join) for join in select.args.get("joins") or ()]
        self._columns = [_column(each) for each in select.expressions]

    def __call__(self, row: Row, lookups: Lookups | None = None, given: Row | None = None) -> dict[str, Any]:
        """The row that the statement makes of a row; `given` are its parameters."""
        known, bound = lookups or {}, given or {}
        scope = _Scope(self._inner(row, known, bound) if self._inner else row, known, bound)
        scope.tables[self._alias] = scope.row
        for join in self._joins:
            scope.tables[join.alias] = join.looked_up(scope)
        for add in self._columns:
            add(scope)
        return scope.made


@cache
def statement(sql: str) -> Statement:
    """A statement in DuckDB's words, read once.

    >>> statement("select lower(name) as small, small = 'roy' as theirs from people")({"name": "ROY"})
    {'small': 'roy', 'theirs': True}
    """
    read = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(read, exp.Select)
    return Statement(read)


def _refuse(node: exp.Expr, known: tuple[str, ...]) -> None:
    """Refuse the clauses of a statement or a join that are not known: `where`, `group by`, `qualify`, …"""
    unknown = sorted(name for name, value in node.args.items() if value and name not in known)
    if unknown:
        raise NotImplementedError(f"{', '.join(unknown)}: this cannot be said for one row yet: {node.sql()}")


class _Join:
    """A left join, as a look-up of answers."""

    def __init__(self, join: exp.Join) -> None:
        _refuse(join, ("this", "side", "on"))
        if join.side != "LEFT":
            raise NotImplementedError(f"{join.sql()}: this cannot be said for one row yet")
        self.alias, self._relation = join.this.alias_or_name, join.this.name
        self._keys = list(self._sides(join.args["on"]))

    def looked_up(self, scope: _Scope) -> Row:
        """The columns that the relation has for a row; none when what it is joined on is unknown."""
        values = []
        for key, may_be_null in self._keys:
            value = key(scope)
            if value is None and not may_be_null:
                return {}
            values.append(value)
        return scope.lookups[self._relation](*values)

    def _sides(self, on: exp.Expr) -> Iterator[tuple[_Said, bool]]:
        for one in on.flatten() if isinstance(on, exp.And) else (on,):
            assert isinstance(one, exp.Binary)
            mine = isinstance(one.left, exp.Column) and one.left.table == self.alias
            yield _say(one.right if mine else one.left), isinstance(one, exp.NullSafeEQ)


def _column(each: exp.Expr) -> Callable[[_Scope], None]:
    star = each.this if isinstance(each, exp.Column) else each
    if isinstance(star, exp.Star):
        table = each.table if isinstance(each, exp.Column) else None
        left_out = {one.name for one in star.args.get("except_") or ()}

        def copy(scope: _Scope) -> None:
            """Take over all columns of a row but those left out."""
            row = scope.tables[table] if table else scope.row
            scope.made.update((name, value) for name, value in row.items() if name not in left_out)

        return copy
    said, name = _say(each.unalias()), each.alias_or_name

    def make(scope: _Scope) -> None:
        """Add one column, as its expression says."""
        scope.made[name] = said(scope)

    return make


def _say(node: exp.Expr) -> _Said:
    write = _WRITTEN.get(type(node))
    if write is not None:
        return write(node)
    name = node.name if isinstance(node, exp.Anonymous) else type(node).__name__
    function = row_words.WORDS.get(name)
    if function is None:
        raise NotImplementedError(f"{node.sql()}: this cannot be said for one row yet")
    return _called(function, [_say(each) for each in _arguments(node)])


def _arguments(node: exp.Expr) -> Iterator[exp.Expr]:
    for name in node.arg_types:
        if name not in ("position", "single_replace") and isinstance(node.args.get(name), (exp.Expr, list)):
            each = node.args[name]
            yield from each if isinstance(each, list) else (each,)


def _called(function: Callable[..., Any], said: list[_Said]) -> _Said:
    """A function of values; of nothing known it makes nothing known."""

    def call(scope: _Scope) -> Any:
        """The function's value; None where any of its arguments is."""
        values = [each(scope) for each in said]
        return None if None in values else function(*values)

    return call


def _name(node: exp.Column) -> _Said:
    name, table = node.name, node.table
    if table:
        return lambda scope: scope.tables[table].get(name)
    return lambda scope: scope.column(name)


def _literal(node: exp.Literal) -> _Said:
    value = node.name if node.is_string else int(node.name)
    return lambda scope: value


def _case(node: exp.Case) -> _Said:
    subject = _say(node.this) if node.this else None
    steps = [(_say(one.this), _say(one.args["true"])) for one in node.args["ifs"]]
    last: _Said = _say(node.args["default"]) if node.args.get("default") else lambda scope: None

    def choose(scope: _Scope) -> Any:
        """The result beside the first condition that holds, else the last one."""
        value = subject(scope) if subject else True
        for condition, result in steps:
            if value is not None and condition(scope) == value:
                return result(scope)
        return last(scope)

    return choose


def _and(node: exp.And) -> _Said:
    left, right = _say(node.left), _say(node.right)

    def both(scope: _Scope) -> bool | None:
        """Whether both hold; None, as in SQL, where an unknown one decides it."""
        one = left(scope)
        if one is False:
            return False
        other = right(scope)
        return False if other is False else None if one is None or other is None else True

    return both


def _or(node: exp.Or) -> _Said:
    left, right = _say(node.left), _say(node.right)

    def either(scope: _Scope) -> bool | None:
        """Whether one of them holds; None, as in SQL, where an unknown one decides it."""
        one = left(scope)
        if one is True:
            return True
        other = right(scope)
        return True if other is True else None if one is None or other is None else False

    return either


def _coalesce(node: exp.Coalesce) -> _Said:
    said = [_say(each) for each in (node.this, *node.expressions)]
    return lambda scope: next((value for each in said if (value := each(scope)) is not None), None)


def _joined(node: exp.ConcatWs) -> _Said:
    between, *said = (_say(each) for each in node.expressions)
    return lambda scope: between(scope).join(value for each in said if (value := each(scope)) is not None)


def _same(node: exp.Binary) -> _Said:
    left, right = _say(node.left), _say(node.right)
    if isinstance(node, exp.NullSafeNEQ):
        return lambda scope: left(scope) != right(scope)
    return lambda scope: left(scope) == right(scope)


def _is(node: exp.Is) -> _Said:
    said = _say(node.this)
    return lambda scope: said(scope) is None


def _in(node: exp.In) -> _Said:
    said, listed = _say(node.this), {each.name for each in node.expressions}
    return lambda scope: None if (value := said(scope)) is None else value in listed


def _trim(node: exp.Trim) -> _Said:
    strip = {"LEADING": str.lstrip, "TRAILING": str.rstrip}.get(node.args.get("position") or "", str.strip)
    signs = node.expression.name if node.expression else " "
    return _called(lambda text: strip(text, signs), [_say(node.this)])


def _pattern(node: exp.Expr, made: Callable[..., Callable[[str], Any]]) -> _Said:
    """A function of a text and a pattern that is known beforehand."""
    modifiers = node.args.get("parameters") or node.args.get("modifiers")
    flags = re.ASCII | (re.IGNORECASE if modifiers is not None and "i" in modifiers.name else 0)
    return _called(made(node, re.compile(node.expression.name, flags)), [_say(node.this)])


def _extracted(node: exp.Expr, pattern: re.Pattern[str]) -> Callable[[str], str]:
    group = int(node.args["group"].name) if node.args.get("group") else 0
    return lambda text: (found[group] or "") if (found := pattern.search(text)) else ""


def _replaced(node: exp.Expr, pattern: re.Pattern[str]) -> Callable[[str], str]:
    modifiers = node.args.get("modifiers")
    instead, most = node.args["replacement"].name, 0 if modifiers and "g" in modifiers.name else 1
    return lambda text: pattern.sub(instead, text, count=most)


def _cast(node: exp.Cast) -> _Said:
    kind = node.to.this.name
    if kind == "DATE":  # a day is its ISO text
        return _say(node.this)
    cast = {"TEXT": row_words.text, "VARCHAR": row_words.text, "BIGINT": row_words.number}[kind]
    return _called(cast, [_say(node.this)])


def _placeholder(node: exp.Placeholder) -> _Said:
    name = node.name
    return lambda scope: scope.given[name]


def _moved(node: exp.Binary) -> _Said:
    """A day so many years later or earlier."""
    years = int(node.expression.name) * (1 if isinstance(node, exp.Add) else -1)
    return _called(lambda day: row_words.years_later(day, years), [_say(node.left)])


_WRITTEN: dict[type[exp.Expr], Callable[[Any], _Said]] = {
    exp.Column: _name,
    exp.Literal: _literal,
    exp.Null: lambda node: lambda scope: None,
    exp.Boolean: lambda node: lambda scope: node.this,
    exp.Paren: lambda node: _say(node.this),
    exp.Case: _case,
    exp.And: _and,
    exp.Or: _or,
    exp.Coalesce: _coalesce,
    exp.ConcatWs: _joined,
    exp.NullSafeEQ: _same,
    exp.NullSafeNEQ: _same,
    exp.Is: _is,
    exp.In: _in,
    exp.Trim: _trim,
    exp.RegexpFullMatch: lambda node: _pattern(
        node, lambda _node, found: lambda text: bool(found.fullmatch(text))
    ),
    exp.RegexpLike: lambda node: _pattern(node, lambda _node, found: lambda text: bool(found.search(text))),
    exp.RegexpExtract: lambda node: _pattern(node, _extracted),
    exp.RegexpReplace: lambda node: _pattern(node, _replaced),
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Placeholder: _placeholder,
    exp.Add: _moved,
    exp.Sub: _moved,
}
