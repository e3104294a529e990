"""A text in its sentences, which may be of other minds: what stands before "but" and after it are two."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_TURN = r"(?:but|however|although|mais|par contre|cependant|toutefois|dommage)\b"
_BREAK = re.compile(rf"[.!?…;\n]+\s+|\n+|\s+[.!?…;]+\s+|,?\s+(?={_TURN})", re.IGNORECASE)
_TURNS = re.compile(_TURN, re.IGNORECASE)
_LETTERS = 3  #: fewer are no sentence


def turns(sentence: str) -> bool:
    """Whether a sentence begins by saying that it is of another mind than what stands before.

    >>> turns("Mais trop cher"), turns("Trop cher")
    (True, False)
    """
    return _TURNS.match(sentence) is not None


def sentences(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """Every sentence of every text in order, and the place of its text.

    >>> sentences(["Lovely tea, but it came late. Thanks!"])[0]
    ['Lovely tea', 'but it came late', 'Thanks!']
    """
    found, of = [], []
    for place, text in enumerate(texts):
        for part in _BREAK.split(text):
            said = " ".join(part.split())
            if len(said) >= _LETTERS:
                found.append(said)
                of.append(place)
    return found, np.array(of, np.int64)
