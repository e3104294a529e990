"""Variants of one article: the same in another size or colour. That they are bought together tells nothing new."""

from __future__ import annotations

import re
from collections.abc import Sequence

from regulars.model.text import plain_words

_WORD = re.compile(r"[a-z]{3,}")
#: A number and what tells its variants apart: 85099B, 4711-2.
_ID = re.compile(r"(\d{3,})(?:\D.{0,2})?")

#: What stands before the size, colour or taste: "Apron, one size", "Tea (100 g)".
_HEAD = re.compile(r"(.{3,}?)\s*[,(/–]")


def variants(one_id: str, one_name: str | None, other_id: str, other_name: str | None) -> bool:
    """Whether two articles are one in two sizes, colours or tastes, by their numbers and names.

    >>> variants("A1", "Ground coffee 250 g", "A2", "Ground coffee 500 g")
    True
    >>> variants("22697", "Green regency teacup and saucer", "22699", "Roses regency teacup and saucer")
    True
    >>> variants("1", "Apron, one size", "2", "Apron, L")
    True
    >>> variants("85099B", None, "85099C", None), variants("T1", "Chai 100 g", "T2", "Sencha 100 g")
    (True, False)
    >>> variants("T1", "Teapot", "T2", "Tea cup")
    False
    """
    numbers = _ID.fullmatch(one_id), _ID.fullmatch(other_id)
    if numbers[0] and numbers[1] and numbers[0].group(1) == numbers[1].group(1):
        return True
    heads = _HEAD.match(one_name or ""), _HEAD.match(other_name or "")
    if heads[0] and heads[1] and heads[0].group(1).lower() == heads[1].group(1).lower():
        return True
    one, other = _words(one_name), _words(other_name)
    if not one or not other:
        return False
    mine, theirs, shared = set(one) - set(other), set(other) - set(one), set(one) & set(other)
    return bool(shared) and len(mine) <= 1 and len(theirs) <= 1 and len(shared) > max(len(mine), len(theirs))


def _words(name: str | None) -> Sequence[str]:
    return _WORD.findall(plain_words(name or ""))
