"""Which words and signs a rule may have at all: looked at before it is parsed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import sqlglot
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from regulars.errors import Invalid, did_you_mean, one_of
from regulars.model.clock import iso_readings, no_day
from regulars.segment.language import happened
from regulars.segment.language.happenings import PROPERTIES
from regulars.segment.language.literals import THIS_MONTH
from regulars.segment.language.operands import Operand
from regulars.segment.language.vocabulary import plain_word
from regulars.segment.ready import Segment
from regulars.words import _, shortened

LONGEST = 4_000  #: characters of a rule
DEEPEST = 50  #: parentheses within parentheses
MEMBER_WORDS = ("segment", "in_segment")
CALLED = (*MEMBER_WORDS, *happened.WORDS)

_ASKED = ("in_segment", happened.DID[0], happened.TIMES[0], happened.THEN[0])
_ASKING = "did('Product Viewed', 'last 30 days')"
EXAMPLE = "orders_365d >= 3 and stage in ('due', 'late')"
_WORDS = {
    TokenType.AND, TokenType.OR, TokenType.NOT, TokenType.IN, TokenType.IS, TokenType.NULL, TokenType.BETWEEN,
    TokenType.LIKE, TokenType.TRUE, TokenType.FALSE,
}  # fmt: skip
_SIGNS = {
    TokenType.L_PAREN, TokenType.R_PAREN, TokenType.COMMA, TokenType.EQ, TokenType.NEQ, TokenType.LT, TokenType.LTE,
    TokenType.GT, TokenType.GTE, TokenType.DASH, TokenType.STAR, TokenType.NUMBER, TokenType.STRING,
}  # fmt: skip


def check_text(text: str) -> None:
    """Whether the text as such is fit to be a rule."""
    if len(text) > LONGEST:
        raise Invalid(
            _("the rule has {count} characters; {most} is the most", count=len(text), most=LONGEST),
            _("split it into several segments"),
        )
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs") and sign not in "\n\r\t" for sign in text):
        raise Invalid(_("the rule has an invisible character"), _("type it again, without pasting"))


def tokens_of(text: str) -> list[Token]:
    """The words and signs of a rule."""
    try:
        tokens = sqlglot.tokenize(text, read="duckdb")
    except SqlglotError:
        raise not_a_rule(text) from None
    if not tokens:
        raise Invalid(_("the rule is empty"), _("for example {example}", example=EXAMPLE))
    if any(token.comments for token in tokens):
        raise Invalid(_("a rule has no comments"), _("take away what follows -- or stands in /* */"))
    return tokens


def check_tokens(
    tokens: Sequence[Token], operands: Mapping[str, Operand], segments: Mapping[str, Segment]
) -> None:
    """Whether every word and sign of a rule has a place in one."""
    depth = signs = 0
    for before, token, following in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        if token.token_type == TokenType.DOT or (before and before.token_type == TokenType.DOT):
            continue  # a source and its field are looked up together
        if following is not None and following.token_type == TokenType.DOT:
            continue
        depth += (token.token_type == TokenType.L_PAREN) - (token.token_type == TokenType.R_PAREN)
        signs = signs + 1 if token.token_type in (TokenType.NOT, TokenType.DASH) else 0
        if depth > DEEPEST or signs > DEEPEST:
            raise Invalid(_("the rule is nested too deeply"), _("split it into several segments"))
        if token.token_type == TokenType.VAR:
            called = following is not None and following.text == "("
            compared = before is not None and before.token_type in _SIGNS
            _check_name(token.text, operands, segments, called=called, compared=compared)
        elif token.token_type not in _WORDS | _SIGNS:
            raise Invalid(
                _("'{word}' has no place in a rule", word=token.text),
                _("write amounts without a sign: spend_365d > 500")
                if token.text == "$"
                else _("a rule compares names with values: {example}", example=EXAMPLE),
            )


def _check_name(
    written: str,
    operands: Mapping[str, Operand],
    segments: Mapping[str, Segment],
    *,
    called: bool,
    compared: bool,
) -> None:
    """A name is an operand; `compared` says that a sign stands before it, where a value may be meant."""
    name = written.lower()
    if called and name not in CALLED:
        raise Invalid(
            _("there is no function '{name}' in rules", name=name),
            _("for what nobody did, write not did('…')")
            if name == "never"
            else _("a rule may ask {names}: {example}", names=", ".join(_ASKED), example=_ASKING),
        )
    if not called and name not in operands and name not in PROPERTIES and name != THIS_MONTH:
        raise Invalid(
            _("there is no indicator '{name}'", name=name),
            instead(written, operands, segments, compared=compared),
        )


def instead(
    written: str, operands: Mapping[str, Operand], segments: Mapping[str, Segment], *, compared: bool = False
) -> str:
    """What may have been meant by a name that is none: a segment, a text without quotes, or a name like it."""
    name = written.lower()
    if compared:
        return _("if it is a text, put it between quotes: '{text}'", text=written)
    if name in segments:
        return _("for the segment, write in_segment('{name}')", name=name)
    plain = plain_word(name)
    told = [
        one.name
        for one in operands.values()
        if len(plain) > 2
        and any(plain in plain_word(text) for text in (one.name, one.label.en, one.label.fr))
    ]
    if told:
        return one_of(told[:3])
    return did_you_mean(name, operands) or _("`regulars indicators` lists them")


def check_days(text: str) -> None:
    """A day that stands without quotes is written year, month, day."""
    for found in re.finditer(
        r"(?<![\w.])\d{1,4}([-/.])\d{1,2}\1\d{1,4}(?![\w.])", re.sub("'[^']*'", "''", text)
    ):
        if iso_readings(found[0]):
            raise no_day(found[0])


def not_a_rule(text: str) -> Invalid:
    """What cannot be read as a rule, and how one is written."""
    shown = shortened(text, 80)
    if re.search(r"\d,\d", text):
        return Invalid(
            _("'{text}' cannot be read as a rule", text=shown),
            _("write numbers without commas or spaces, and cents after a point: 1000 or 12.50"),
        )
    return Invalid(
        _("'{text}' cannot be read as a rule", text=shown),
        _("a rule compares names with values: {example}", example=EXAMPLE),
    )
