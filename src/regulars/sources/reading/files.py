"""Which files are meant: folders, globs and paths as a person types them."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from regulars.errors import Invalid, NotFound
from regulars.words import _

#: What a folder is searched for; a file named by itself may be called anything.
SUFFIXES = (
    ".csv",
    ".tsv",
    ".txt",
    ".jsonl",
    ".ndjson",
    ".json",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".ods",
    ".parquet",
    ".pq",
)

#: What operating systems put into folders on their own.
_OF_THE_SYSTEM = ("thumbs.db", "ehthumbs.db", "desktop.ini")
_LOCK = "~$"  #: begins the name of what an office program leaves beside an open document
#: What a file that tells about those beside it is called, before its ending: any but those of tables, and `.txt`.
_READMES = ("readme", "lisezmoi", "lisez-moi", "lisez_moi", "license", "licence", "changelog", "notice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """The files that somebody means, each once, in the order given; of folders and globs in the order of names."""

    tables: list[Path]  #: to be read
    readmes: list[Path]  #: they tell about the files beside them
    others: list[Path]  #: of folders: no tables by their names


def find_files(paths: Sequence[str | Path], apart: Sequence[Path] = ()) -> Meant:
    """The files that `paths` mean.

    Folders are searched to the bottom for files with a known suffix (`.gz` may follow it); hidden files and folders
    are passed over. So are locks, what the system makes, and the files and folders `apart`, also where several files
    are named: a terminal may have found them for `*`. A file named alone is read whatever it is called.
    """
    if not paths:
        raise Invalid(
            _("no file is named"), _("name files, folders or globs, for example `regulars load exports/`")
        )
    places, own = [_place(path) for path in paths], {place.resolve() for place in apart}
    if len(places) == 1 and places[0].exists() and not places[0].is_dir():
        return Meant(tables=places, readmes=[], others=[])
    named: dict[Path, bool] = {}  #: in turn; false for a file that only lies in a folder
    for place in (
        places if len(places) == 1 else [place for place in places if not _is_in(own, place.resolve())]
    ):
        folder = place.is_dir()
        files = _in_folder(place, own) if folder else _passable(_in_glob(place), own)
        named |= {file: not folder for file in files if file not in named}
    tables = [
        file for file, by_name in named.items() if not _is_readme(file) and (by_name or _is_table(file))
    ]
    if not tables:
        raise Invalid(_("none of these files is to be loaded"), _what_is_read())
    readmes = [file for file in named if _is_readme(file)]
    told = {*tables, *readmes}
    return Meant(tables=tables, readmes=readmes, others=[file for file in named if file not in told])


def about_readme(file: Path) -> str:
    """What is said of a file that tells about those beside it."""
    return _(
        "left out: by its name, '{file}' tells about the other files; load it alone if it is a table",
        file=file.name,
    )


def no_table(file: Path) -> Invalid:
    """Why a file of a folder is left out."""
    return Invalid(
        _("'{file}' was left out: its name does not end as those of tables do", file=file.name),
        _(
            "load it by its own name if it is one, else take it out of the folder; files end in {suffixes}",
            suffixes=" ".join(SUFFIXES),
        ),
    )


def _place(path: str | Path) -> Path:
    if not str(path).strip():
        raise Invalid(
            _("a file without a name is meant"),
            _("name files, folders or globs; `.` is the folder you are in"),
        )
    place = Path(path)
    if not place.exists():
        with contextlib.suppress(RuntimeError):  # `~$a.xlsx` is nobody's home
            place = place.expanduser()
    if not place.exists() and not glob.has_magic(str(path)):
        raise NotFound(
            _("there is no file '{path}'", path=path),
            _("check its name; you are in '{here}'", here=Path.cwd()),
        )
    return place


def _in_folder(folder: Path, apart: Set[Path]) -> list[Path]:
    """The files in a folder, to the bottom; `PermissionError` names a folder that may not be opened."""
    _check_open(folder)
    visible = [
        place
        for place in sorted(folder.rglob("*"))
        if not any(part.startswith((".", _LOCK)) for part in place.relative_to(folder).parts)
    ]
    below = _passable(visible, apart)
    for place in below:
        if place.is_dir() and not place.is_symlink():
            _check_open(place)
    files = [place for place in below if place.is_file()]
    if not any(_is_table(file) and not _is_readme(file) for file in files):
        raise Invalid(_("the folder '{folder}' has no file to load", folder=folder), _what_is_read())
    return files


def _check_open(folder: Path) -> None:
    """`PermissionError` when a folder may not be opened: what is in it would be left out in silence."""
    if not os.access(folder, os.R_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _in_glob(pattern: Path) -> list[Path]:
    """The files like a pattern; a name may be one by chance."""
    if pattern.exists():
        return [pattern]
    files = [Path(name) for name in sorted(glob.glob(str(pattern), recursive=True)) if Path(name).is_file()]
    if not files:
        raise NotFound(
            _("no file is like '{pattern}'", pattern=pattern),
            _("check it; you are in '{here}'", here=Path.cwd()),
        )
    return files


def _passable(files: Iterable[Path], apart: Set[Path]) -> list[Path]:
    """Those of some files that somebody may mean."""
    return [file for file in files if not _is_litter(file.name) and not _is_in(apart, file.resolve())]


def _is_litter(name: str) -> bool:
    return name.startswith(_LOCK) or name.lower() in _OF_THE_SYSTEM


def _is_in(places: Set[Path], file: Path) -> bool:
    """Is a file one of some places, or in one of them?"""
    return any(place in places for place in (file, *file.parents))


def _is_readme(file: Path) -> bool:
    stem, _dot, ending = file.name.lower().partition(".")
    return stem in _READMES and (ending == "txt" or not _is_table(file))


def _is_table(file: Path) -> bool:
    return file.name.lower().removesuffix(".gz").endswith(SUFFIXES)


def _what_is_read() -> str:
    return _("files end in {suffixes}, or in one of these and .gz", suffixes=" ".join(SUFFIXES))
