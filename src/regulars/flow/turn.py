"""One command at a time works on a shop: long work takes a turn, and the others are told to come later.

The store's own lock is held for moments only, while a load or a build takes many of them. The turn is held from the
beginning to the end of such work, and by a lock of the operating system, so that it ends with the process, however
that ends. Whoever has the turn knows that an import still `loading` is one that was killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from regulars.errors import Unavailable, full_disk
from regulars.flow import Ground
from regulars.words import _

FILE_NAME = "turn.db"
_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())
_P = ParamSpec("_P")
_R = TypeVar("_R")


def takes_turn(work: Callable[Concatenate[Ground, _P], _R]) -> Callable[Concatenate[Ground, _P], _R]:
    """Let work run only while no other command works on the same shop; work within work shares its turn."""

    @wraps(work)
    def run(ground: Ground, /, *given: _P.args, **named: _P.kwargs) -> _R:
        """The same work, while the shop is this command's alone."""
        with _turn(ground.folder.resolve()):
            return work(ground, *given, **named)

    return run


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    if folder in _held.get():
        yield
        return
    with closing(sqlite3.connect(folder / FILE_NAME, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as problem:
            raise _sentence(problem) from None
        before = _held.set(_held.get() | {folder})
        try:
            yield
        finally:
            _held.reset(before)


def _sentence(problem: sqlite3.OperationalError) -> Unavailable:
    if "locked" in str(problem):
        return Unavailable(
            _("another command is at work on this shop"), _("wait until it has finished, then try again")
        )
    if "full" in str(problem):
        return full_disk()
    return Unavailable(_("the shop's folder cannot be written"), _("check who owns it"))
