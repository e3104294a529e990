"""In which language a text is written: English, French, another one, or too little to tell.

By py3langid, the language identifier of Lui & Baldwin (2012, ACL demo 25-30) kept up by A. Barbaresi: its model comes
with it, so nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from regulars.words import LANGUAGES

OTHER = "other"  #: a language that nobody reads here
UNKNOWN = "unknown"  #: too short to tell
_SURE = 0.8
_LETTERS = 8  #: fewer tell nothing
#: The languages that shops' customers write; the model knows others, dead ones too, which short texts resemble.
_WRITTEN = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi", "hr",
    "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sv",
    "ta", "th", "tl", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip


def languages_of(texts: Sequence[str]) -> list[str]:
    """The language of each text: "en", "fr", `OTHER` or `UNKNOWN`."""
    return [_language(text) for text in texts]


def _language(text: str) -> str:
    if sum(letter.isalpha() for letter in text) < _LETTERS and text.isascii():
        return UNKNOWN
    found, sure = _identifier().classify(text)
    if sure < _SURE:
        return UNKNOWN
    return found if found in LANGUAGES else OTHER


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([one for one in _WRITTEN if one in identifier.nb_classes])
    return identifier
