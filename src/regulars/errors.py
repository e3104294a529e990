"""Every error raised on purpose, as a tree; the class says who must act.

    RegularsError
    ├── Invalid       the caller can mend it: a wrong name, a bad file      422, exit 2
    ├── NotFound      there is no such thing                                404, exit 3
    ├── Refused       it is not allowed, whoever asks                       403, exit 4
    └── Unavailable   it may work later: a locked store, a full disk        503, exit 75

An error is a sentence and a next step. `Interrupted` is none: somebody stopped, with Ctrl-C, what was half done.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import ClassVar

from regulars.words import _

#: From so alike on, 0..1, a word may be another one with a slip in it.
_NEAR = 0.65


class RegularsError(Exception):
    """A sentence that says what is wrong, and a next step."""

    http_status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, next_step: str = "") -> None:
        """Both are shown to whoever asked, in their language; without a next step there is nothing they could do."""
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step


class Invalid(RegularsError):
    """What was asked for, or given, cannot be right."""

    http_status = 422
    exit_code = 2


class NotFound(RegularsError):
    """There is no such thing."""

    http_status = 404
    exit_code = 3


class Refused(RegularsError):
    """It is understood, and not allowed."""

    http_status = 403
    exit_code = 4


class Unavailable(RegularsError):
    """It may work later."""

    http_status = 503
    exit_code = 75


class Interrupted(KeyboardInterrupt):
    """Somebody stopped what was half done: a sentence on what of it holds, and how to have the rest."""


def full_disk() -> Unavailable:
    """What is said when there is no room for what is written."""
    return Unavailable(
        _("the disk is full"), _("make room, then run the same command again; nothing was lost")
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A next step that names the nearest known words, or nothing when none is near."""
    words = {one.lstrip("-"): one for one in known}
    near = difflib.get_close_matches(word.lstrip("-"), list(words), n=3, cutoff=_NEAR)
    return one_of(words[one] for one in near) if near else ""


def one_of(words: Iterable[str]) -> str:
    """A next step that asks which of these words was meant."""
    quoted = [_("'{word}'", word=word) for word in words]
    return _("did you mean {words}?", words=" / ".join(quoted))


def place_in_toml(problem: ValueError) -> str:
    """Where a TOML file breaks, in words: the parser says it in English alone."""
    found = re.search(r"at line (\d+), column (\d+)", str(problem))
    return _("line {line}, column {column}", line=found[1], column=found[2]) if found else _("its end")
