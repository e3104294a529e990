"""The words a user sees, in English and French.

English is written in the code; French comes from `locale/fr.po`, a gettext catalogue read when a French word is
first asked for. `_("…")` translates at once, into the language of this process; `Text` keeps both languages of a
text that is data (a segment's title, a treatment's message).
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")

_chosen: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in both languages."""

    en: str
    fr: str

    def __str__(self) -> str:
        return self.in_language(language())

    def in_language(self, chosen: Language) -> str:
        """Return the text in one language."""
        return self.fr if chosen == "fr" else self.en


def speak(chosen: str | None) -> None:
    """Choose the language of this process; None goes back to what the environment says."""
    global _chosen
    _chosen = next((one for one in LANGUAGES if one == chosen), None)


def language() -> Language:
    """The language of this process: chosen, else from LC_ALL, LC_MESSAGES or LANG, else English."""
    if _chosen is not None:
        return _chosen
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = locale.normalize(os.environ.get(variable, "")).partition("_")[0].lower()
        if spoken:
            return next((one for one in LANGUAGES if one == spoken), "en")
    return "en"


def _(message: str, /, **values: object) -> str:
    """Translate a message, then fill in its `{named}` values."""
    spoken = message if language() == "en" else _catalogue().get(message, message)
    return spoken.format(**values) if values else spoken


def plural(one: str, many: str, number: int, /, **values: object) -> str:
    """The message for so many: `one` for one (in French for none too), else `many`; `{count}` is the number written.

    >>> plural("{count} row", "{count} rows", 1), plural("{count} row", "{count} rows", 1200)
    ('1 row', '1,200 rows')
    """
    single = number == 1 or (number == 0 and language() == "fr")
    written = f"{number:,}" if language() == "en" else f"{number:,}".replace(",", "\u00a0")
    return _(one if single else many, count=written, **values)


def shortened(text: str, most: int = 120) -> str:
    """What fits a page of a text: all of it, or its beginning and an ellipsis, `most` signs in all.

    >>> shortened("Anne"), shortened("Anne-Sophie", 8)
    ('Anne', 'Anne-So…')
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def both(message: str, /, **values: object) -> Text:
    """The same message in English and in French, filled in: for sentences that are kept."""
    french = _catalogue().get(message, message)
    return Text(en=message.format(**values), fr=french.format(**values))


@cache
def _catalogue() -> Mapping[str, str]:
    """French by English. Read as text: a catalogue of some hundred lines needs no compiling."""
    from babel.messages.pofile import read_po

    with (Path(__file__).parent / "locale" / "fr.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}
