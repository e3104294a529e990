"""What every command shares: help that begins with an example, `--shop`, `--json`, `--lang`, errors as sentences."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

import regulars
from regulars.cli.terminal import Terminal, escaped
from regulars.errors import Invalid, did_you_mean
from regulars.words import _, speak

if TYPE_CHECKING:
    from regulars.flow import Progress as Told
    from regulars.shop import Shop

#: Data goes to stdout, everything else to stderr.
out = Terminal(highlight=False, soft_wrap=True, emoji=False)
err = Terminal(stderr=True, highlight=False, soft_wrap=True, emoji=False)

#: How often long work says where it is, when stderr is no terminal.
_QUIET_SECONDS = 15


@dataclass(slots=True)
class Asked:
    """What was said before the command, or with it."""

    shop: Path = Path()
    as_json: bool = False

    def open(self) -> Shop:
        """The shop that was named."""
        return regulars.open(self.shop)


class Command(click.Command):
    """A command whose help begins with an example that works, and speaks the language of its reader."""

    def __init__(self, *args: Any, example: str = "", **more: Any) -> None:
        """`example` is a whole line that a user can type; the rest is as click takes it."""
        super().__init__(*args, **more)
        self.example = example

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Understand the words; an option in the place of another's value is none of its values."""
        _refuse_swallowed(self.get_params(ctx), args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as problem:
            problem.ctx = problem.ctx or ctx  # so that the help named is this command's
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Example, meaning, usage, options."""
        formatter.write(f"  $ {self.example}\n")
        formatter.write_paragraph()
        formatter.write_text(_(self.help or ""))
        formatter.write_paragraph()
        self.format_usage(ctx, formatter)
        self.format_options(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the command is written, translated."""
        pieces = [placeholder(piece) for piece in self.collect_usage_pieces(ctx)]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, translated."""
        records = []
        for parameter in self.get_params(ctx):
            if not isinstance(parameter, click.Option) or not parameter.help:
                continue
            record = parameter.get_help_record(ctx)
            if record is not None:
                said = _("show this and exit") if "--help" in parameter.opts else _(parameter.help)
                more = _("[required]") if parameter.required else _default(parameter)
                records.append((placeholder(record[0]), f"{said}  {more}" if more else said))
        if records:
            with formatter.section(_("Options")):
                formatter.write_dl(records)


def _refuse_swallowed(parameters: Sequence[click.Parameter], words: Sequence[str]) -> None:
    """`Invalid` where an option stands in the place of another's value: `--different A --lang fr B`."""
    options = {name: one for one in parameters if isinstance(one, click.Option) for name in one.opts}
    for at, word in enumerate(words):
        taker = options.get(word)
        if word == "--":
            return
        if taker is None or taker.is_flag:
            continue
        for taken in words[at + 1 : at + 1 + taker.nargs]:
            if taken.partition("=")[0] in options:
                values = placeholder(taker.make_metavar(click.Context(click.Command(None))))
                raise Invalid(
                    _("'{word}' stands where {name} expects a value", word=taken, name=word),
                    _("write {name} {values}, and other options before or after", name=word, values=values),
                )


def placeholder(written: str) -> str:
    """What stands in the place of a value, in words: TEXT, NUMBER, FILE."""
    words = {
        "INTEGER RANGE": _("NUMBER"), "INTEGER": _("NUMBER"), "TEXT": _("TEXT"), "PATH": _("PATH"),
        "[OPTIONS]": _("[OPTIONS]"),
        "FOLDER": _("FOLDER"), "FILES": _("FILES"), "FILE": _("FILE"), "IMPORT": _("IMPORT"), "RECORDS": _("RECORDS"),
        "RECORD_A": _("RECORD_A"), "RECORD_B": _("RECORD_B"), "RULE": _("RULE"), "NAMES": _("NAMES"), "NAME": _("NAME"),
        "KEY": _("KEY"), "FIELD=VALUE": _("FIELD=VALUE"), "FIELD": _("FIELD"), "DAY": _("DAY"),
        "PRODUCT": _("PRODUCT"), "TABLE": _("TABLE"),
    }  # fmt: skip
    found = sorted(words, key=len, reverse=True)
    return re.sub(
        "|".join(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z_])" for word in found),
        lambda match: words[match.group()],
        written,
    )


def _default(parameter: click.Option) -> str:
    if parameter.default is None or not parameter.show_default:
        return ""
    return _("[default: {value}]", value=parameter.default)


class House(click.Group):
    """The commands in the order data walks, and errors as sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the house, not of the alphabet."""
        return list(self.commands)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, translated."""
        formatter.write("  $ regulars demo\n")
        formatter.write_paragraph()
        formatter.write_text(_(cleandoc(self.help or "")))
        formatter.write_paragraph()
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [
                    (name, _(self.commands[name].help or "").partition(".")[0] + ".")
                    for name in self.list_commands(ctx)
                ]
            )

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command, or say which one was probably meant."""
        if args and args[0] not in self.commands:
            raise Invalid(
                _("there is no command '{name}'", name=args[0]),
                did_you_mean(args[0], self.commands) or _("`regulars --help` lists them"),
            )
        return super().resolve_command(ctx, args)


def command(name: str, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function: its docstring is the help, `example` its first line."""

    def made(function: Callable[..., Any]) -> click.Command:
        """The command that a function becomes, with the options of every command."""
        wrapped = _shared_options(function)
        return click.command(name, cls=Command, example=example, help=cleandoc(function.__doc__ or ""))(
            wrapped
        )

    return made


def _shared_options(function: Callable[..., Any]) -> Callable[..., Any]:
    @click.option(
        "--shop", type=click.Path(path_type=Path), help="the shop's folder; default: the current one"
    )
    @click.option("--json", "as_json", is_flag=True, help="print data as JSON")
    @click.option(
        "--lang", type=click.Choice(["en", "fr"]), help="English or French; default: the computer's"
    )
    @click.pass_context
    def run(ctx: click.Context, /, shop: Path | None, as_json: bool, lang: str | None, **given: Any) -> Any:
        """Take what every command may be told, then do the work of this one."""
        asked: Asked = ctx.ensure_object(Asked)
        if shop is not None:
            asked.shop = shop
        asked.as_json = asked.as_json or as_json
        if lang:
            speak(lang)
        return function(asked, **given)

    run.__doc__ = function.__doc__
    for parameter in getattr(function, "__click_params__", []):
        run.__click_params__.append(parameter)  # type: ignore[attr-defined]
    return run


def print_json(data: object) -> None:
    """Print data on stdout as one JSON document; where stdout is not UTF-8, in ASCII, which says the same."""
    spelled = (sys.stdout.encoding or "utf-8").lower() not in ("utf-8", "utf8")
    click.echo(escaped(json.dumps(data, ensure_ascii=spelled, default=_plain, indent=2)))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Path):
        return str(value)
    return str(value)


def _quiet_lines() -> Told:
    """What is being done, on stderr, at most once in so many seconds: nothing of work that is done sooner."""
    said_at = time.monotonic()

    def told(what: str, done: int, of: int | None) -> None:
        """Print how far the work is, unless something was printed a moment ago."""
        nonlocal said_at
        if time.monotonic() - said_at >= _QUIET_SECONDS:
            said_at = time.monotonic()
            err.print(
                f"… {what}" + (f" ({done}/{of})" if of else f" ({done:,})" if done else ""), markup=False
            )

    return told


@contextlib.contextmanager
def progress(*, spoken: bool = False) -> Iterator[Told]:
    """A progress bar on stderr, with the rate; where it is no terminal nothing, or `spoken`, a line now and then."""
    if spoken and not err.is_terminal:
        yield _quiet_lines()
        return
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None, rate="")
        started: dict[str, float] = {}

        def told(what: str, done: int, of: int | None) -> None:
            """Move the bar to where the work is, with its pace where its end is not known."""
            seconds = bar.get_time() - started.setdefault(what, bar.get_time())
            rate = (
                _("{rate} rows/s", rate=f"{done / seconds:,.0f}")
                if of is None and seconds > 0 and done
                else ""
            )
            bar.update(task, description=what, completed=done, total=of, rate=rate)

        yield told


def language_asked(words: Sequence[str]) -> str | None:
    """The language that `--lang` names anywhere among the words of a command, before they are understood."""
    for word, following in pairwise((*words, "")):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
