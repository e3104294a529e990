"""Backup and restore: one file with all that cannot be built again, the settings and the store.

The copy is taken while others may write, and is of one instant. The lake and what was derived are built anew from it.
PostgreSQL has its own tools for this, and they are better.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from regulars.errors import Invalid, Refused
from regulars.settings import FILE_NAME as SETTINGS_FILE
from regulars.store.sqlite import FILE_NAME as STORE_FILE
from regulars.words import _

_PARTS = (SETTINGS_FILE, STORE_FILE)


def backup(folder: Path, output: Path) -> int:
    """Write a shop's settings and store into a zip file; its size in bytes. An older file is replaced at the end."""
    store = folder / STORE_FILE
    if not store.exists():
        raise Refused(
            _("the store of this shop is not a file"),
            _("back up PostgreSQL with pg_dump, and settings.toml beside it"),
        )
    if not output.parent.is_dir():
        raise Invalid(
            _("there is no folder '{folder}'", folder=output.parent), _("make it first, or name another")
        )
    with tempfile.TemporaryDirectory(dir=output.parent) as scratch:
        copy = Path(scratch) / STORE_FILE
        with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        made = Path(scratch) / output.name
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(folder / SETTINGS_FILE, SETTINGS_FILE)
            archive.write(copy, STORE_FILE)
        made.replace(output)
    return output.stat().st_size


def restore(archive: Path, folder: Path) -> None:
    """Make a shop of a backup, in a folder where there is none."""
    if (folder / SETTINGS_FILE).exists() or (folder / STORE_FILE).exists():
        raise Refused(_("there is a shop in '{folder}' already", folder=folder), _("choose another folder"))
    try:
        with zipfile.ZipFile(archive) as parts:
            if sorted(parts.namelist()) != sorted(_PARTS):
                raise _not_a_backup(archive)
            folder.mkdir(parents=True, exist_ok=True)
            for name in _PARTS:
                (folder / name).write_bytes(parts.read(name))
    except (zipfile.BadZipFile, FileNotFoundError, IsADirectoryError):
        raise _not_a_backup(archive) from None


def _not_a_backup(archive: Path) -> Invalid:
    return Invalid(
        _("'{file}' is not a backup of a shop", file=archive), _("name a file that `regulars backup` wrote")
    )
