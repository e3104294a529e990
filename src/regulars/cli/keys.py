"""Single keys typed on a terminal, without echo; what is typed before a question stands there answers nothing."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Any

import click

if sys.platform != "win32":  # there a key is read without echo anyway
    import termios

_INTERRUPT, _END, _ESCAPE = "\x03", "\x04", "\x1b"


class Keys:
    """The keyboard while questions are asked, a key each; closed, the terminal is as before.

    A key that is typed while the next question is still on its way is not shown and not taken for an answer: who
    answers by habit would settle, for good, who is who of two people that they have not seen. It is typed again.
    """

    def __init__(self) -> None:
        """Of the standard input, which is a terminal."""
        self._file = sys.stdin.fileno()
        self._before: list[Any] = []

    def __enter__(self) -> Keys:
        """Stop echo: what is typed while a question is on its way stands nowhere on the page."""
        if sys.platform != "win32":
            self._before = termios.tcgetattr(self._file)
            self._quiet()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        """Leave the terminal as it was; keys that nobody read are not left to whatever reads next."""
        if sys.platform != "win32":
            termios.tcsetattr(self._file, termios.TCSAFLUSH, self._before)

    def forget(self) -> None:
        """Drop what was typed so far."""
        if sys.platform != "win32":
            termios.tcflush(self._file, termios.TCIFLUSH)

    def next(self) -> str:
        """Wait for a key; of one that sends several signs, an arrow, all of them. What was typed at once behind it is
        dropped. `EOFError` where input ends."""
        if sys.platform == "win32":
            return click.getchar()
        self._quiet()  # whoever stopped and continued the command may have changed it
        typed = os.read(self._file, 32).decode("utf-8", "replace")
        key = typed if typed.startswith(_ESCAPE) else typed[:1]
        if key in ("", _END):
            raise EOFError
        if key == _INTERRUPT:
            raise KeyboardInterrupt
        return key

    def _quiet(self) -> None:
        """Take keys one by one, without echo; interrupting still interrupts."""
        if sys.platform == "win32":
            return
        now = termios.tcgetattr(self._file)
        now[3] &= ~(termios.ECHO | termios.ICANON)
        now[6][termios.VMIN], now[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._file, termios.TCSANOW, now)
