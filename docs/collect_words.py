"""Collect the words a user sees into the French catalogue: `make words`. Translations that stand are kept.

Messages come from `_("…")`, `both("…")`, `in_both("…")` and `plural("…", "…")` in the source, and from the help of
every command and option.
"""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import regulars
from regulars.cli import regulars as house

SOURCE = Path(regulars.__file__).parent
CATALOGUE = SOURCE / "locale" / "fr.po"


def messages() -> Iterator[tuple[str, str]]:
    """Every English message and where it is said."""
    for file, _line, message, _comments, _context in extract_from_dir(
        SOURCE, keywords={"_": None, "both": None, "in_both": None, "plural": (1, 2)}
    ):
        for one in (message,) if isinstance(message, str) else message:
            yield str(one), file
    for name, command in [("regulars", house), *house.commands.items()]:
        if command.help:
            yield cleandoc(command.help), f"regulars {name}"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield parameter.help, f"regulars {name}"


def collect() -> Catalog:
    """The catalogue as it should be: every message, with the translation it has or none."""
    with CATALOGUE.open("rb") as file:
        standing = read_po(file)
    catalogue = Catalog(locale="fr", project="Regulars", charset="utf-8", fuzzy=False)
    for message, where in sorted(set(messages()), key=lambda pair: (pair[1], pair[0])):
        if not message:
            continue
        known = standing.get(message)
        catalogue.add(message, known.string if known else "", locations=[(where, 0)])
    return catalogue


def main() -> None:
    """Write the catalogue and say what is missing."""
    if not CATALOGUE.exists():
        CATALOGUE.parent.mkdir(exist_ok=True)
        CATALOGUE.write_bytes(b"")
    catalogue = collect()
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=True, include_lineno=False, sort_by_file=True)
    missing = [str(entry.id) for entry in catalogue if entry.id and not entry.string]
    print(f"{len(catalogue)} messages, {len(missing)} without French")
    for message in missing:
        print(" ", message.splitlines()[0][:100])


if __name__ == "__main__":
    main()
