"""Rule text -> condition: parsed by sqlglot, then admitted piece by piece from a short list of what a rule may say.

Nothing of the text reaches a statement: names are looked up in the catalogue, literals are bound as values, and
everything else is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from regulars.errors import Invalid, did_you_mean
from regulars.segment.language import happened
from regulars.segment.language.admitting import (
    MEMBER_WORDS,
    check_days,
    check_text,
    check_tokens,
    not_a_rule,
    tokens_of,
)  # fmt: skip
from regulars.segment.language.conditions import (
    All,
    Any,
    Comparison,
    Condition,
    Flag,
    Known,
    Like,
    Member,
    OneOf,
    Operator,
    Range,
    Value,
    Versus,
    opposite,
)  # fmt: skip
from regulars.segment.language.literals import Given, quoted, read_factor, read_period, read_value
from regulars.segment.language.operands import ORDERED, Operand
from regulars.segment.language.told import told_name
from regulars.segment.language.wording import strict
from regulars.segment.ready import Segment
from regulars.words import _

#: Every kind of node a rule may have, and the only arguments it may have.
_ADMITTED: dict[type[exp.Expr], set[str]] = {
    exp.And: {"this", "expression"}, exp.Or: {"this", "expression"}, exp.Not: {"this"}, exp.Paren: {"this"},
    exp.EQ: {"this", "expression"}, exp.NEQ: {"this", "expression"}, exp.LT: {"this", "expression"},
    exp.LTE: {"this", "expression"}, exp.GT: {"this", "expression"}, exp.GTE: {"this", "expression"},
    exp.Between: {"this", "low", "high"}, exp.In: {"this", "expressions"}, exp.Is: {"this", "expression"},
    exp.Like: {"this", "expression", "negate"}, exp.Mul: {"this", "expression"}, exp.Neg: {"this"},
    exp.Column: {"this", "table"}, exp.Identifier: {"this", "quoted"}, exp.Anonymous: {"this", "expressions"},
    exp.Literal: {"this", "is_string"}, exp.Boolean: {"this"}, exp.Null: set(),
}  # fmt: skip
_OPERATORS: dict[type[exp.Expr], Operator] = {
    exp.EQ: "=", exp.NEQ: "<>", exp.LT: "<", exp.LTE: "<=", exp.GT: ">", exp.GTE: ">=",
}  # fmt: skip
_TURNED: dict[Operator, Operator] = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads rules over a catalogue of operands and segments, for one evening."""

    operands: Mapping[str, Operand]
    segments: Mapping[str, Segment]
    as_of: int  #: day number; decides what `this_month` is
    currency: str  #: ISO 4217; amounts are written in its units
    within: tuple[str, ...] = ()  #: the segments being read, so that none contains itself

    def read(self, text: str) -> Condition:
        """Read a rule; anything a rule may not say is `Invalid`."""
        check_text(text)
        text = strict(text)
        check_days(text)
        check_tokens(tokens_of(text), self.operands, self.segments)
        try:
            tree = sqlglot.parse_one(text, dialect="duckdb")
        except (SqlglotError, RecursionError):
            raise not_a_rule(text) from None
        for node in tree.walk():
            given = {name for name, value in node.args.items() if value}
            if type(node) not in _ADMITTED or not given <= _ADMITTED[type(node)]:
                raise not_a_rule(node.sql(dialect="duckdb"))
        return self._condition(tree)

    def _condition(self, node: exp.Expr) -> Condition:
        match node:
            case exp.Paren():
                return self._condition(node.this)
            case exp.And():
                return All(tuple(self._parts(node)))
            case exp.Or():
                return Any(tuple(self._parts(node)))
            case exp.Not():
                return opposite(self._condition(node.this))
            case exp.Column():
                return self._flag(node)
            case exp.Anonymous() if str(node.this).lower() in (*happened.DID, *happened.THEN):
                return happened.read_happening(node, self.as_of)
            case exp.Anonymous() if happened.is_times(node):
                raise happened.alone(node)
            case exp.Anonymous():
                return self._member(node)
            case exp.Between():
                return self._between(node)
            case exp.In():
                return self._one_of(node)
            case exp.Is() if isinstance(node.expression, exp.Null):
                return Known(self._operand(node.this), known=False)
            case exp.Is(this=exp.Column() as name, expression=exp.Literal() | exp.Boolean() as value):
                return self._condition(exp.EQ(this=name, expression=value))
            case exp.Like():
                return self._like(node)
            case exp.EQ() | exp.NEQ() | exp.LT() | exp.LTE() | exp.GT() | exp.GTE():
                return self._comparison(node, _OPERATORS[type(node)])
        raise not_a_rule(node.sql(dialect="duckdb"))

    def _parts(self, node: exp.And | exp.Or) -> list[Condition]:
        """The parts of a chain, those of a chain of the same kind within it among them."""
        kind = All if isinstance(node, exp.And) else Any
        parts: list[Condition] = []
        for part in map(self._condition, node.flatten()):
            parts.extend(part.parts if isinstance(part, kind) else (part,))
        return parts

    def _comparison(self, node: exp.Binary, operator: Operator) -> Condition:
        left, right = _bare(node.this), _bare(node.expression)
        if happened.is_times(left):
            return happened.read_times(left, operator, right, self.as_of)
        if happened.is_times(right):
            return happened.read_times(right, _TURNED[operator], left, self.as_of)
        if not self._is_operand(left) or (isinstance(left, exp.Mul) and self._is_operand(right)):
            left, right, operator = right, left, _TURNED[operator]
        operand = self._operand(left)
        self._check_order(operand, operator)
        if isinstance(right, exp.Mul) or self._is_operand(right):
            return self._versus(operand, operator, right)
        if operand.unit == "flag":
            return self._flag_is(operand, operator, right)
        period = read_period(_literal(right), operand)
        if period is not None:
            return _of_period(operand, operator, *period)
        return Comparison(operand, operator, self._value(right, operand))

    def _check_order(self, operand: Operand, operator: str) -> None:
        if operator not in ("=", "<>") and operand.unit not in ORDERED:
            raise Invalid(
                _("'{name}' has no more and less", name=operand.name),
                _("compare it with =, <> or in (…)"),
            )

    def _versus(self, operand: Operand, operator: Operator, right: exp.Expr) -> Versus:
        factor = None
        other = right
        if isinstance(right, exp.Mul):
            number, other = _bare(right.this), _bare(right.expression)
            if self._is_operand(number):
                number, other = other, number
        second = self._operand(other)
        if isinstance(right, exp.Mul):
            factor = read_factor(_literal(number), second)
        if operand.unit != second.unit or (factor and operand.unit in ("day", "hour", "text", "flag")):
            raise Invalid(
                _(
                    "'{one}' and '{other}' cannot be compared",
                    one=operand.name,
                    other=right.sql(dialect="duckdb"),
                ),
                _("compare two names of the same unit"),
            )
        return Versus(operand, operator, second, factor)

    def _flag_is(self, operand: Operand, operator: Operator, right: exp.Expr) -> Flag:
        if not isinstance(right, exp.Boolean):
            raise Invalid(
                _("'{name}' is a yes or a no", name=operand.name),
                _("write {name} or not {name}", name=operand.name),
            )
        return Flag(operand, holds=bool(right.this) == (operator == "="))

    def _flag(self, node: exp.Column) -> Flag:
        operand = self._operand(node)
        if operand.unit != "flag":
            raise Invalid(
                _("'{name}' alone says nothing", name=operand.name),
                _("compare it with a value: {name} = …", name=operand.name),
            )
        return Flag(operand)

    def _between(self, node: exp.Between) -> Range:
        operand = self._operand(node.this)
        self._check_order(operand, "between")
        low, high = self._end(node.args["low"], operand, 0), self._end(node.args["high"], operand, 1)
        if float(low.bound) > float(high.bound):
            raise Invalid(
                _("nothing is between {low} and {high}", low=low.written, high=high.written),
                _("write the smaller one first"),
            )
        return Range(operand, low, high)

    def _end(self, node: exp.Expr, operand: Operand, which: int) -> Value:
        """One end of a range; of a month or a year its first day or its last."""
        period = read_period(_literal(_bare(node)), operand)
        return period[which] if period else self._value(node, operand)

    def _one_of(self, node: exp.In) -> Condition:
        operand = self._operand(node.this)
        if operand.unit == "flag":
            return self._flag_is(operand, "=", exp.Null())
        if not node.expressions:
            raise not_a_rule(node.sql(dialect="duckdb"))
        values = tuple(dict.fromkeys(self._value(value, operand) for value in node.expressions))
        return OneOf(operand, values) if len(values) > 1 else Comparison(operand, "=", values[0])

    def _like(self, node: exp.Like) -> Like:
        operand = self._operand(node.this)
        given = _literal(node.expression)
        if operand.unit != "text" or given.kind != "string" or "\\" in given.text:
            raise Invalid(
                _("like compares a text with a pattern"),
                _("for example postcode like 'H2%', where % stands for anything"),
            )
        return Like(operand, Value(given.text, quoted(given.text)), negated=bool(node.args.get("negate")))

    def _member(self, node: exp.Anonymous) -> Member:
        given = _literal(node.expressions[0]) if len(node.expressions) == 1 else Given("word", "")
        if given.kind != "string" or str(node.this).lower() not in MEMBER_WORDS:
            raise Invalid(_("a segment is named between quotes"), _("write in_segment('loyal')"))
        if given.text not in self.segments:
            raise Invalid(
                _("there is no segment '{name}'", name=given.text),
                did_you_mean(given.text, self.segments) or _("`regulars segments` lists them"),
            )
        if given.text in self.within:
            raise Invalid(
                _("the segment '{name}' contains itself", name=given.text),
                _("name another segment in its rule"),
            )
        segment = self.segments[given.text]
        inner = replace(self, within=(*self.within, given.text)).read(segment.rule)
        return Member(segment.name, segment.title, inner)

    def _value(self, node: exp.Expr, operand: Operand) -> Value:
        return read_value(_literal(_bare(node)), operand, as_of=self.as_of, currency=self.currency)

    def _is_operand(self, node: exp.Expr) -> bool:
        if isinstance(node, exp.Mul):
            return self._is_operand(_bare(node.this)) or self._is_operand(_bare(node.expression))
        return isinstance(node, exp.Column) and (bool(node.table) or _name(node) in self.operands)

    def _operand(self, node: exp.Expr) -> Operand:
        bare = _bare(node)
        if not (isinstance(bare, exp.Column) and self._is_operand(bare)):
            raise not_a_rule(node.sql(dialect="duckdb"))
        name = _name(bare)
        if name not in self.operands:
            raise _not_told(name, self.operands)
        return self.operands[name]


def _of_period(operand: Operand, operator: Operator, first: Value, last: Value) -> Condition:
    """A date compared with a month or a year: in it, before it, after it."""
    match operator:
        case "=" | "<>":
            return Range(operand, first, last, negated=operator == "<>")
        case "<" | ">=":
            return Comparison(operand, operator, first)
        case _:
            return Comparison(operand, operator, last)


def _literal(node: exp.Expr) -> Given:
    match node:
        case exp.Literal():
            return Given("string" if node.is_string else "number", str(node.this))
        case exp.Neg(this=exp.Literal(is_string=False)):
            return Given("number", f"-{node.this.this}")
        case exp.Column():
            return Given("word", node.name.lower())
        case exp.Boolean():
            return Given("word", str(node.this).lower())
    raise not_a_rule(node.sql(dialect="duckdb"))


def _bare(node: exp.Expr) -> exp.Expr:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _name(node: exp.Column) -> str:
    """The name of an operand; of a source's field as `told_name` writes it."""
    return told_name(node.table, node.name) if node.table else node.name.lower()


def _not_told(name: str, operands: Mapping[str, Operand]) -> Invalid:
    told = [one for one in operands if "." in one]
    return Invalid(
        _("nothing from outside is called '{name}'", name=name),
        did_you_mean(name, told)
        or (
            _("there is {names}", names=", ".join(told[:5]))
            if told
            else _("`regulars outside` lists what there is; after a load, run `regulars build`")
        ),
    )
