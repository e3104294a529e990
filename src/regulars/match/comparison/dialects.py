"""Conditions on two cards, said once and understood by every engine.

`fields.py` writes them as SQL over columns `…_l` and `…_r`, with words that each engine has under another name:

likeness(a, b)  Jaro-Winkler similarity of two texts, 0..1
edits(a, b)     Levenshtein distance of two texts
slip(a, b)      whether one slip of the hand parts them: a letter wrong, missing, too many, or two neighbours swapped
slips(a, b)     how many slips of the hand part them
begins(a, b)    whether a text begins with another
overlap(a, b)   whether two lists share a value
within(a, b)    whether every value of a list is in another

They count characters, not bytes: one wrong letter is one in Greek as in French.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import sqlglot
from sqlglot import exp

from regulars.match.comparison import words_in_python

# A slip is one Damerau-Levenshtein edit; that distance is dear, so the pairs it cannot hold for are sorted out first.
_DUCKDB = {
    "likeness": "jaro_winkler_similarity({0}, {1})",
    "edits": "levenshtein({0}, {1})",
    "slip": "case when length({0}) <> length({1}) then levenshtein({0}, {1}) <= 1"
    " when hamming({0}, {1}) <= 2 then damerau_levenshtein({0}, {1}) <= 1 end",
    "slips": "damerau_levenshtein({0}, {1})",
    "begins": "starts_with({0}, {1})",
    "overlap": "list_has_any({0}, {1})",
    "within": "list_has_all({1}, {0})",
}


@cache
def duckdb(text: str) -> str:
    """A condition, or a key, in DuckDB's words."""
    return sqlglot.parse_one(text, read="duckdb").transform(_worded(_DUCKDB, "duckdb")).sql("duckdb")


#: What Spark is taught (`SparkEngine(words=…)`): the word, the function that says it, and the type of the answer.
SPARK_WORDS: dict[str, tuple[Callable[..., object], str]] = {
    "likeness": (words_in_python.likeness, "double"),
    "edits": (words_in_python.edits, "int"),
    "slip": (words_in_python.slip, "boolean"),
}
_SPARK = {"overlap": "arrays_overlap({0}, {1})"}


@cache
def spark(text: str) -> str:
    """A condition, or a key, for a Spark that knows `SPARK_WORDS`."""
    return sqlglot.parse_one(text, read="duckdb").transform(_worded(_SPARK, "duckdb")).sql("duckdb")


#: How an engine is told a condition, by its dialect.
SAID_IN: dict[str, Callable[[str], str]] = {"duckdb": duckdb, "spark": spark}


def _worded(words: dict[str, str], dialect: str) -> Callable[[exp.Expr], exp.Expr]:
    def reword(node: exp.Expr) -> exp.Expr:
        """A function of ours in the words of the dialect; any other node as it is."""
        if not isinstance(node, exp.Anonymous) or node.name not in words:
            return node
        said = words[node.name].format(*(each.sql(dialect) for each in node.expressions))
        return exp.paren(sqlglot.parse_one(said, read=dialect))

    return reword


@cache
def duckdb_in_turn(text: str) -> str:
    """The same of a condition that is a list of alternatives: each is looked at only where none before it holds, as
    DuckDB does of a case and not of an `or`. What is unknown is not true."""
    parsed = sqlglot.parse_one(duckdb(text), read="duckdb")
    alternatives = list(parsed.flatten()) if isinstance(parsed, exp.Or) else [parsed]
    steps = " ".join(f"when {each.sql('duckdb')} then true" for each in alternatives)
    return f"case {steps} else false end"


@cache
def python(text: str) -> str:
    """A condition, or a key, as a Python expression over the words of `words_in_python`.

    A condition is true or false: what is unknown is not true. A value may be None.
    """
    return _Python().say(sqlglot.parse_one(text, read="duckdb"))


@cache
def columns_in(text: str) -> frozenset[str]:
    """The columns that a condition, or a key, reads."""
    return frozenset(column.name for column in sqlglot.parse_one(text, read="duckdb").find_all(exp.Column))


class _Python:
    """Writes an expression. Only what `fields.py` may say is known; anything else is an error of whoever wrote it."""

    def say(self, node: exp.Expr) -> str:
        """Python that computes what a node of SQL says; `NotImplementedError` for a kind of node that has no method."""
        write = getattr(self, f"_{type(node).__name__.lower()}", None)
        if write is None:
            raise NotImplementedError(f"{node.sql()}: this cannot be said in Python yet")
        return str(write(node))

    def _column(self, node: exp.Column) -> str:
        return node.name

    def _literal(self, node: exp.Literal) -> str:
        return repr(node.name) if node.is_string else node.name

    def _boolean(self, node: exp.Boolean) -> str:
        return repr(bool(node.this))

    def _paren(self, node: exp.Paren) -> str:
        return f"({self.say(node.this)})"

    def _and(self, node: exp.And) -> str:
        return f"({self.say(node.left)} and {self.say(node.right)})"

    def _or(self, node: exp.Or) -> str:
        return f"({self.say(node.left)} or {self.say(node.right)})"

    def _not(self, node: exp.Not) -> str:
        return f"(not {self.say(node.this)})"

    def _neq(self, node: exp.NEQ) -> str:
        left, right = self.say(node.left), self.say(node.right)
        sides = ((left, node.left), (right, node.right))
        known = "".join(f"{said} is not None and " for said, side in sides if not _is_never_unknown(side))
        return f"({known}{left} != {right})"

    def _is(self, node: exp.Is) -> str:
        return f"({self.say(node.this)} is None)"

    def _eq(self, node: exp.EQ) -> str:
        return self._compared(node, "==")

    def _gte(self, node: exp.GTE) -> str:
        return self._compared(node, ">=")

    def _gt(self, node: exp.GT) -> str:
        return self._compared(node, ">")

    def _lte(self, node: exp.LTE) -> str:
        return self._compared(node, "<=")

    def _lt(self, node: exp.LT) -> str:
        return self._compared(node, "<")

    def _compared(self, node: exp.Binary, sign: str) -> str:
        left, right = self.say(node.left), self.say(node.right)
        if not isinstance(node.left, exp.Column):
            return f"((known := {left}) is not None and known {sign} {right})"
        return f"({left} is not None and {left} {sign} {right})"

    def _add(self, node: exp.Add) -> str:
        return f"({self.say(node.left)} + {self.say(node.right)})"

    def _coalesce(self, node: exp.Coalesce) -> str:
        first, instead = self.say(node.this), self.say(node.expressions[0])
        # A condition is never unknown here, so `coalesce(condition, false)` is the condition.
        if isinstance(node.expressions[0], exp.Boolean):
            return first
        if isinstance(node.this, exp.Column):
            return f"({instead} if {first} is None else {first})"
        return f"instead({first}, {instead})"

    def _dpipe(self, node: exp.DPipe) -> str:
        return f"joined({self.say(node.this)}, {self.say(node.expression)})"

    def _case(self, node: exp.Case) -> str:
        steps = [f"{self.say(step.args['true'])} if {self.say(step.this)} else " for step in node.args["ifs"]]
        last = node.args.get("default")
        return f"({''.join(steps)}{self.say(last) if last else None})"

    def _left(self, node: exp.Left) -> str:
        return f"left({self.say(node.this)}, {self.say(node.expression)})"

    def _right(self, node: exp.Right) -> str:
        return f"right({self.say(node.this)}, {self.say(node.expression)})"

    def _substring(self, node: exp.Substring) -> str:
        parts = (node.this, node.args["start"], node.args["length"])
        return f"middle({', '.join(self.say(part) for part in parts)})"

    def _length(self, node: exp.Length) -> str:
        return f"length({self.say(node.this)})"

    def _greatest(self, node: exp.Greatest) -> str:
        return f"greatest({self._listed(node)})"

    def _least(self, node: exp.Least) -> str:
        return f"least({self._listed(node)})"

    def _listed(self, node: exp.Expr) -> str:
        return ", ".join(self.say(each) for each in (node.this, *node.expressions))

    def _anonymous(self, node: exp.Anonymous) -> str:
        word = node.name.lower()  # a parser writes it in capitals
        if word not in _DUCKDB:
            raise NotImplementedError(f"{node.sql()}: this cannot be said in Python yet")
        return f"{word}({', '.join(self.say(each) for each in node.expressions)})"


def _is_never_unknown(node: exp.Expr) -> bool:
    """Whether a value is always told, as `'text'` and that of `coalesce(column, 'text')`."""
    return isinstance(node.expressions[-1] if isinstance(node, exp.Coalesce) else node, exp.Literal)
