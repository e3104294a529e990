"""A header as one short word, so that the same export is known again; and header words made comparable."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBER_SIGN = re.compile(r"n[°º]s?|№|#", re.IGNORECASE)
_LETTER_DIGIT = re.compile(r"(?<=[a-z])(?=\d)")
_INITIALS = re.compile(r"\b([A-Za-z])\.(?=[A-Za-z]\b)")
_OTHER = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o"})
_MAIL = re.compile(r"\b[ce] (mails?)\b")


def plain(name: str) -> str:
    """A column's name in lower-case words without accents or signs.

    >>> plain("N° de commande"), plain("CustomerID"), plain("E-mail Address"), plain("postal_address1")
    ('no de commande', 'customer id', 'email address', 'postal address 1')
    """
    written_out = _NUMBER_SIGN.sub(" no ", _INITIALS.sub(r"\1", name)).replace("%", " percent ")
    spaced = _CAMEL.sub(" ", written_out)
    bare = "".join(c for c in unicodedata.normalize("NFKD", spaced.lower()) if not unicodedata.combining(c))
    words = _OTHER.sub(" ", _LETTER_DIGIT.sub(" ", bare.translate(_LETTERS))).strip()
    return _MAIL.sub("email", words)


def fingerprint(header: Sequence[str]) -> str:
    """Sixteen hex digits that stand for a header, whatever the order, case and accents of its columns.

    >>> fingerprint(["E-mail", "Prénom"]) == fingerprint(["prenom", "Email"])
    True
    """
    names = sorted(plain(name) or name.strip() for name in header)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
