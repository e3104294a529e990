"""What goes wrong, said on stderr: a sentence, a next step below it, and an exit code. Nobody sees a traceback."""

from __future__ import annotations

import contextlib
import errno
import re
from collections.abc import Iterator
from pathlib import Path

import click

from regulars import figures
from regulars.cli.command import err, placeholder
from regulars.errors import Interrupted, Invalid, Refused, RegularsError, Unavailable, did_you_mean, full_disk
from regulars.words import _, shortened


def speak_of(problem: RegularsError) -> None:
    """Say what went wrong on stderr: a sentence, and a next step below it."""
    err.print(f"regulars: {problem.sentence}", markup=False)
    if problem.next_step:
        err.print(f"          {problem.next_step}", markup=False)


@contextlib.contextmanager
def sentences() -> Iterator[None]:
    """Errors become a sentence, a next step and an exit code."""
    try:
        yield
    except RegularsError as problem:
        _leave(problem)
    except click.UsageError as problem:
        _leave(_misuse(problem))
    except (KeyboardInterrupt, click.Abort) as stopped:
        err.print(f"regulars: {_interrupted(stopped)}", markup=False)
        raise SystemExit(130) from None
    except SystemExit as left:
        # The libraries leave so, and quietly, when nobody reads on: `regulars quality | head`. All was done before.
        raise SystemExit(0 if left.code == 1 else left.code) from None
    except UnicodeEncodeError as problem:
        if problem.reason != "surrogates not allowed":
            raise
        _leave(_no_text(problem))
    except OSError as problem:
        said = _of_the_system(problem)
        if said is None:
            raise
        _leave(said)


def _interrupted(stopped: BaseException) -> str:
    """What an interruption left, which click may have wrapped in its own."""
    for one in (stopped, stopped.__cause__):
        if isinstance(one, Interrupted):
            return str(one)
    return _("interrupted; what was finished is saved, and nothing is left half done: run it again to go on")


def _leave(problem: RegularsError) -> None:
    speak_of(problem)
    raise SystemExit(problem.exit_code) from None


def _no_text(problem: UnicodeEncodeError) -> Invalid:
    return Invalid(
        _("'{word}' has letters in an encoding that cannot be read", word=_shown(problem.object)),
        _("write it in UTF-8; rename the file when it is a file's name"),
    )


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _of_the_system(problem: OSError) -> RegularsError | None:
    """What the operating system refused, in a sentence; None when nobody could have foreseen it."""
    file = problem.filename or _named_in(problem)
    match problem.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return full_disk()
        case errno.EACCES | errno.EROFS | errno.EPERM:
            return Refused(
                _("'{file}' may not be opened", file=file), _("check who owns it, or name another place")
            )
        case errno.ENOENT if problem.filename:
            folder = Path(str(file)).parent
            return Invalid(
                _("there is no folder '{folder}'", folder=folder), _("make it first, or name another")
            )
        case errno.EEXIST | errno.ENOTDIR | errno.EISDIR:
            return Refused(
                _("'{file}' cannot be written: a file or a folder is in its way", file=file),
                _("move that out of the way, or name another place"),
            )
        case errno.ENAMETOOLONG:
            return Invalid(
                _("the name '{file}' is too long", file=shortened(str(file), 60)), _("choose another name")
            )
        case (
            errno.EIO
            | errno.EBUSY
            | errno.ETXTBSY
            | errno.EMFILE
            | errno.ENOMEM
            | errno.ENOTEMPTY
            | errno.ENOENT
        ):
            return Unavailable(
                _("the computer refuses: {problem}", problem=problem.strerror or problem),
                _("wait a moment, then run the same command again; nothing was lost"),
            )
        case _:
            return None


def _named_in(problem: OSError) -> str:
    """The file that a library names in its words alone: the first that stands between quotes."""
    named = re.search(r"'([^']+)'", str(problem))
    return named.group(1) if named else str(problem)


def _misuse(problem: click.UsageError) -> Invalid:
    """What is wrong with the words of a command, in a sentence."""
    how = _("`{command} --help` shows how", command=problem.ctx.command_path if problem.ctx else "regulars")
    match problem:
        case click.NoSuchOption():
            near = did_you_mean(problem.option_name, problem.possibilities or ())
            return Invalid(_("there is no option {name}", name=problem.option_name), near or how)
        case click.MissingParameter(param=click.Parameter() as missing):
            return Invalid(_("{name} is missing", name=placeholder(_name(missing))), how)
        case click.BadParameter(param=click.Parameter() as wrong):
            return Invalid(_expected(wrong), how)
        case click.BadOptionUsage():
            return Invalid(_("a value is missing after {name}", name=problem.option_name), how)
        case _:
            return Invalid(_("there are more words than this command takes"), how)


def _name(parameter: click.Parameter) -> str:
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name


def _expected(parameter: click.Parameter) -> str:
    """What may stand in a place where something else does."""
    name = _name(parameter)
    match parameter.type:
        case click.Choice() as choice:
            return _("{name} is one of {words}", name=name, words=", ".join(map(str, choice.choices)))
        case click.IntRange() as numbers:
            return _(
                "{name} is a whole number from {least} to {most}",
                name=name,
                least=figures.count(int(numbers.min or 0)),
                most=figures.count(int(numbers.max or 0)),
            )
        case click.Path():
            return _(
                "{name} names a file or a folder that is not there, or that may not be opened", name=name
            )
        case _:
            return _("{name} is a whole number", name=name)
