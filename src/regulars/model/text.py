"""Texts as they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NO_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Without accents and capitals.

    >>> plain("Élise")
    'elise'
    """
    if text.isascii():
        return text.lower()
    bare = "".join(
        c for c in unicodedata.normalize("NFD", text) if not unicodedata.category(c).startswith("M")
    )
    return unicodedata.normalize("NFC", bare).lower()


def plain_words(text: str) -> str:
    """The words of a text, plain, one blank between them.

    >>> plain_words(" Saint-Éloi, (rue)")
    'saint eloi rue'
    """
    return _NO_WORD.sub(" ", plain(text)).strip()
