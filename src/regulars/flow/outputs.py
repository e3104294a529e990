"""What a command writes for its user: whole or not at all, and never in the place of the shop itself."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regulars.errors import Invalid, Refused
from regulars.flow.turn import FILE_NAME as TURN_FILE
from regulars.settings import FILE_NAME as SETTINGS_FILE
from regulars.store.sqlite import FILE_NAME as STORE_FILE
from regulars.words import _

_OWN_FILES = (SETTINGS_FILE, TURN_FILE, STORE_FILE, f"{STORE_FILE}-wal", f"{STORE_FILE}-shm")
_OWN_FOLDERS = ("lake", "scratch")


@contextmanager
def written(shop: Path, output: Path) -> Iterator[Path]:
    """A path to write to; the file takes its name when it is whole, and an older one stands until then."""
    check_place(shop, output)
    if _is_stream(output):
        yield output
        return
    place = output.resolve()
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".regulars-") as scratch:
        made = Path(scratch) / place.name
        yield made
        made.replace(place)


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """A new folder while it is filled; when that fails, nothing of it is left."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    stood = set() if missing else set(folder.iterdir())
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for made in [missing[-1]] if missing else set(folder.iterdir()) - stood:
            if made.is_dir():
                shutil.rmtree(made, ignore_errors=True)
            else:
                made.unlink(missing_ok=True)
        raise


def check_place(shop: Path, output: Path) -> None:
    """Refuse a place where no file can stand, or where the shop's own files do."""
    if output.is_dir():
        raise Invalid(_("'{folder}' is a folder", folder=output), _("name a file in it"))
    if _is_stream(output):
        return
    if not output.absolute().parent.is_dir():
        raise Invalid(
            _("there is no folder '{folder}'", folder=output.parent), _("make it first, or name another")
        )
    if not os.access(output.absolute().parent, os.W_OK):
        raise Refused(
            _("nothing may be written into the folder '{folder}'", folder=output.parent),
            _("name another place"),
        )
    place, own = output.resolve(), own_places(shop)
    if place in own or any(folder in place.parents for folder in own):
        raise Refused(
            _("'{file}' belongs to the shop itself, and would be lost", file=output),
            _("choose another name"),
        )


def own_places(shop: Path) -> list[Path]:
    """The files and folders of a shop itself, which are nobody's to write, nor to load."""
    return [shop.resolve() / name for name in (*_OWN_FILES, *_OWN_FOLDERS)]


def _is_stream(output: Path) -> bool:
    """A pipe or a terminal, such as /dev/stdout."""
    return output.exists() and not output.is_file()
