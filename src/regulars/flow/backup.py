"""Backup and restore: one file with all that cannot be built again, the settings and the store.

The copy is taken while others may write, and is of one instant. The lake and what was derived are built anew from it.
PostgreSQL has its own tools for this, and they are better.
"""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path

from regulars.errors import Invalid, NotFound, Refused
from regulars.flow.outputs import filling, written
from regulars.settings import FILE_NAME as SETTINGS_FILE
from regulars.settings import read_settings
from regulars.store.sqlite import FILE_NAME as STORE_FILE
from regulars.store.sqlite import copy_store
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
    with written(folder, output) as made, tempfile.TemporaryDirectory(dir=made.parent) as scratch:
        copy = Path(scratch) / STORE_FILE
        copy_store(store, copy)
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(folder / SETTINGS_FILE, SETTINGS_FILE)
            archive.write(copy, STORE_FILE)
        return made.stat().st_size


def restore(archive: Path, folder: Path) -> None:
    """Make a shop of a backup, in a folder where there is none. A damaged backup leaves nothing."""
    if (folder / SETTINGS_FILE).exists() or (folder / STORE_FILE).exists():
        raise Refused(_("there is a shop in '{folder}' already", folder=folder), _("choose another folder"))
    if not archive.exists():
        raise NotFound(_("there is no file '{file}'", file=archive), _("check its name and its folder"))
    with filling(folder):
        _unpack(archive, folder)


def _unpack(archive: Path, folder: Path) -> None:
    """Unpack a backup, and see that it is whole."""
    try:
        with zipfile.ZipFile(archive) as parts:
            if sorted(parts.namelist()) != sorted(_PARTS):
                raise _not_a_backup(archive)
            parts.extractall(folder)
        with closing(sqlite3.connect(folder / STORE_FILE)) as store:
            problem = str(store.execute("pragma quick_check(1)").fetchone()[0])
    except IsADirectoryError:
        raise _not_a_backup(archive) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, sqlite3.DatabaseError) as error:
        if not zipfile.is_zipfile(archive):
            raise _not_a_backup(archive) from None
        problem = str(error)
    if problem != "ok":
        raise Invalid(
            _("the backup '{file}' is damaged: {problem}", file=archive, problem=problem),
            _("take an older one; nothing was restored"),
        )
    read_settings(folder)


def _not_a_backup(archive: Path) -> Invalid:
    return Invalid(
        _("'{file}' is not a backup of a shop", file=archive), _("name a file that `regulars backup` wrote")
    )
