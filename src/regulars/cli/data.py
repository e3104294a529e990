"""Data: load files, take them back, mend what was rejected, see how good it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regulars.clean.person.rules import RULES
from regulars.cli.command import Asked, command, err, out, print_json, progress
from regulars.cli.pages import values
from regulars.cli.pages.quality import history_json, history_page, quality_json, quality_page
from regulars.cli.pages.tables import number, print_table, text, whole
from regulars.cli.sentences import speak_of
from regulars.cli.terms import terms_of, terms_options
from regulars.errors import Invalid
from regulars.model.clock import from_us
from regulars.settings import FILE_NAME, Settings, read_settings
from regulars.words import _, plural

if TYPE_CHECKING:
    from regulars.flow.loading.understanding import LoadedFile
    from regulars.sources.reads import Import


@command("load", "regulars load exports/ --dry-run")
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--source", help="which system the files come from; default: the export recognised, or the file's name"
)
@click.option("--kind", help="people, orders, products, events, …; default: what the columns look like")
@click.option(
    "--mapping", type=click.Path(path_type=Path), help="a TOML file that says what each column means"
)
@click.option("--customers", help="data from outside: the source whose customers its keys name")
@terms_options
@click.option("--dry-run", is_flag=True, help="show what would happen, and write nothing")
def load(
    asked: Asked,
    files: tuple[str, ...],
    source: str | None,
    kind: str | None,
    mapping: Path | None,
    customers: str | None,
    dry_run: bool,
    **said: str | None,
) -> None:
    """Load files, folders or globs: CSV, XLSX, JSONL, Parquet, also gzipped.

    What each column means is proposed from its name and its values. Rows that cannot be understood are kept as
    rejects; the same file twice changes nothing; a load can be undone whole. Data from outside says its price, its
    licence and its day; `regulars outside` says whether it helped.
    """
    shop = asked.open()
    terms = terms_of(shop.settings.shop.currency, **said)
    with progress() as told:
        loaded = shop.load(
            files, source=source, kind=kind, mapping=mapping, terms=terms, customers=customers, dry_run=dry_run,
            progress=told,
        )  # fmt: skip
    _print_loaded(asked, loaded, dry_run=dry_run)
    odd = [one.error for one in loaded if one.error]
    for problem in odd:
        speak_of(problem)
    if odd:
        raise SystemExit(Invalid.exit_code)


def _print_loaded(asked: Asked, loaded: list[LoadedFile], *, dry_run: bool = False) -> None:
    for one in loaded:
        for sentence in (*one.notes, *one.questions):
            err.print(values.about(Path(one.file).name, sentence), markup=False)
    if asked.as_json:
        print_json({"files": [one.as_json() for one in loaded]})
        return
    loaded = [one for one in loaded if one.kind]
    counts = (number(_("rows")), number(_("accepted")), number(_("rejected")), number(_("duplicates")))
    print_table(
        (whole(_("file")), whole(_("source")), text(_("what")), number(_("import")), *counts),
        [
            (
                Path(one.file).name,
                one.source,
                f"{values.kind(one.kind)} ({one.export})" if one.export else values.kind(one.kind),
                "" if one.import_id is None else str(one.import_id),
                *map(values.count, (one.rows_in, one.accepted, one.rejected, one.duplicates)),
            )
            for one in loaded
        ],
        title=_("Dry run: nothing was written") if dry_run else "",
    )
    for one in loaded:
        columns = one.mapping.columns.items()
        meanings = ", ".join(f"{name} → {_meaning(column.field)}" for name, column in columns)
        out.print(values.about(Path(one.file).name, meanings), markup=False)
        if one.ignored:
            out.print("  " + _("kept as they are: {columns}", columns=", ".join(one.ignored)), markup=False)
    if any(one.rejected for one in loaded) and not dry_run:
        out.print(_("See the rejected rows with `regulars rejects`."), markup=False)


def _meaning(field: str) -> str:
    """A field by the word of mapping files, and its plain name where that is another."""
    plain = values.field(field)
    return field if plain == field else f"{field} ({plain})"


@command("imports", "regulars imports")
def imports(asked: Asked) -> None:
    """List what was loaded, the oldest first."""
    shop = asked.open()
    listed = shop.imports()
    zone = shop.settings.shop.time_zone
    if asked.as_json:
        print_json({"imports": [_import_json(one, zone) for one in listed]})
        return
    if not listed:
        out.print(_("Nothing was loaded yet. `regulars load FILES` takes files in."), markup=False)
        return
    counts = (number(_("rows")), number(_("accepted")), number(_("rejected")), number(_("duplicates")))
    named = (whole(_("file")), whole(_("source")), text(_("what")))
    print_table(
        (number(_("import")), text(_("when")), *named, *counts),
        [
            (
                str(one.import_id),
                values.instant(one.started_us, zone),
                Path(one.file).name,
                one.source,
                values.kind(one.kind) + _state(one.state),
                *(
                    "" if count is None else values.count(count)
                    for count in (one.rows_in, one.accepted, one.rejected, one.duplicates)
                ),
            )
            for one in listed
        ],
    )


def _import_json(one: Import, zone: str) -> dict[str, object]:
    """An import without its mapping and formats, and when it began, as the shop's clock showed it."""
    told = {name: value for name, value in asdict(one).items() if name not in ("mapping", "formats")}
    return {**told, "started": from_us(one.started_us, zone).isoformat()}


def _state(state: str) -> str:
    """What became of an import, when it does not count."""
    return {"done": "", "undone": ", " + _("undone"), "loading": ", " + _("loading")}[state]


@command("undo", "regulars undo 1")
@click.argument("import_id", metavar="IMPORT", type=click.IntRange(1, 999_999_999))
def undo(asked: Asked, import_id: int) -> None:
    """Take back a whole import: its facts go, and what they had replaced comes back."""
    asked.open().undo(import_id)
    if asked.as_json:
        print_json({"undone": import_id})
        return
    out.print(_("Import {number} is undone.", number=import_id), markup=False)


@command("rejects", "regulars rejects")
@click.option(
    "--output", type=click.Path(path_type=Path), help="write them as CSV, to be mended in a spreadsheet"
)
@click.option("--replay", type=click.Path(path_type=Path, exists=True), help="take a mended file in again")
def rejects(asked: Asked, output: Path | None, replay: Path | None) -> None:
    """List the rows that could not be understood, with the reason of each.

    Write them with --output mend.csv, mend that file, and take it in again with --replay mend.csv.
    """
    shop = asked.open()
    if replay is not None:
        with progress() as told:
            _print_loaded(asked, shop.replay(replay, told))
        return
    if output is not None:
        _print_written(asked, shop.write_rejects(output), output)
        return
    _print_rejects(asked, shop.rejects())


def _print_written(asked: Asked, written: int, output: Path) -> None:
    """Say how many rejects stand in a file, and how they are taken in again."""
    if asked.as_json:
        print_json({"file": str(output), "rejects": written})
        return
    out.print(
        plural(
            "{count} reject is in '{file}'; mend it, then `regulars rejects --replay {file}`.",
            "{count} rejects are in '{file}'; mend them, then `regulars rejects --replay {file}`.",
            written,
            file=output,
        ),
        markup=False,
    )


def _print_rejects(asked: Asked, listed: Sequence[Mapping[str, object]]) -> None:
    """Print the rows that could not be understood, with the reason of each."""
    if asked.as_json:
        print_json({"rejects": listed})
        return
    if not listed:
        out.print(_("No row waits to be mended: every row of every file was understood."), markup=False)
        return
    print_table(
        (number(_("reject")), whole(_("file")), number(_("line")), text(_("column")), text(_("reason"))),
        [
            (
                str(one["reject_id"]),
                Path(str(one["file"])).name,
                str(one["line"]),
                str(one["column"] or ""),
                str(one["reason"]),
            )
            for one in listed
        ],
    )


@command("quality", "regulars quality")
@click.option("--history", is_flag=True, help="show what the last reports counted, side by side")
def quality(asked: Asked, history: bool) -> None:
    """Report how good the data is: what is missing, wrong, double or old, what that costs, and what became better.

    Each report on changed data is kept, and compared with the last one and with the one of 30 days ago.
    """
    shop = asked.open()
    if history:
        kept = shop.quality_history()
        if asked.as_json:
            print_json({"history": history_json(kept)})
        else:
            history_page(kept, shop.settings)
        return
    report = shop.quality()
    trends = shop.quality_trends()
    if asked.as_json:
        print_json(quality_json(report, trends))
        return
    quality_page(report, trends, shop.settings)


@command(
    "clean",
    "regulars clean --name 'TREMBLAY, Jean-François' --email jf@gmial.com --phone '(514) 555-0123 poste 45'",
)
@click.option("--name", help="the whole name")
@click.option("--email", help="an e-mail address")
@click.option("--phone", help="a telephone number")
@click.option("--address", help="an address in one line")
@click.option("--birth-date", help="a birth date, as 1980-05-31")
def clean(asked: Asked, **fields: str | None) -> None:
    """Clean one record by the rules that files are cleaned by, with suggestions; outside a shop, as in a new shop."""
    from regulars.app import clean_record

    given = {name: value for name, value in fields.items() if value}
    if not given:
        raise Invalid(
            _("there is nothing to clean"),
            _("give at least one of --name, --email, --phone, --address, --birth-date"),
        )
    cleaned = clean_record(given, _settings(asked))
    if asked.as_json:
        print_json(
            {
                "values": dict(cleaned.values),
                "changes": {name: list(rules) for name, rules in cleaned.changes.items()},
                "warnings": [str(sentence) for sentence in cleaned.warnings],
                "suggestions": dict(cleaned.suggestions),
            }
        )
        return
    for name, value in cleaned.values.items():
        because = "; ".join(str(RULES[rule]) for rule in cleaned.changes.get(name, ()))
        out.print(
            f"{values.field(name):22} {values.written(name, value)}" + (f"   ({because})" if because else ""),
            markup=False,
        )
    for sentence in cleaned.warnings:
        out.print(f"! {sentence}", markup=False)
    for name, value in cleaned.suggestions.items():
        out.print(
            "? " + _("did you mean {value}? ({field})", value=value, field=values.field(name)), markup=False
        )


def _settings(asked: Asked) -> Settings:
    """The settings of the shop; where nobody named one and there is none, those of a new shop."""
    if asked.shop == Path() and not (asked.shop / FILE_NAME).exists():
        return Settings()
    return read_settings(asked.shop)


@command("export", "regulars export profiles --output profiles.csv")
@click.argument("table")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path), help=".csv, .parquet, .xlsx or .jsonl"
)
def export(asked: Asked, table: str, output: Path) -> None:
    """Write a table: identity, people, orders, indicators, profiles, segments, decisions, consents, rejects."""
    rows = asked.open().export(table, output)
    if asked.as_json:
        print_json({"table": table, "file": str(output), "rows": rows})
        return
    out.print(
        plural(
            "{count} row of {table} is in '{file}'.",
            "{count} rows of {table} are in '{file}'.",
            rows,
            table=table,
            file=output,
        ),
        markup=False,
    )


COMMANDS = (load, imports, undo, rejects, quality, clean, export)
