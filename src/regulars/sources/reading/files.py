"""Which files are meant: folders, globs and paths as a person types them."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
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

#: What an operating system puts into folders on its own.
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini")


def find_files(paths: Sequence[str | Path]) -> list[Path]:
    """The files that `paths` name, each once, in the order given; folders and globs in the order of names.

    Folders are searched to the bottom for files with a known suffix (`.gz` may follow it); hidden files and
    folders are left out.
    """
    if not paths:
        raise Invalid(
            _("no file is named"), _("name files, folders or globs, for example `regulars load exports/`")
        )
    return list(dict.fromkeys(file for path in paths for file in _files(path)))


def left_out(paths: Sequence[str | Path], mapping: Path | None = None) -> list[Path]:
    """The files in the folders that `paths` name which are no data by their names, nor the mapping of this load.

    Hidden ones are not looked at.
    """
    known = mapping.resolve() if mapping else None
    folders = [place for path in paths if (place := Path(path).expanduser()).is_dir()]
    return [
        file
        for folder in folders
        for file in _visible(folder)
        if not _is_data(file) and file.name.lower() not in _OF_THE_SYSTEM and file.resolve() != known
    ]


def no_table(file: Path) -> Invalid:
    """Why a file of a folder is left out."""
    return Invalid(
        _("'{file}' was left out: its name does not end as those of tables do", file=file.name),
        _(
            "load it by its own name if it is one, else take it out of the folder; files end in {suffixes}",
            suffixes=" ".join(SUFFIXES),
        ),
    )


def _files(path: str | Path) -> Iterator[Path]:
    if not str(path).strip():
        raise Invalid(
            _("a file without a name is meant"),
            _("name files, folders or globs; `.` is the folder you are in"),
        )
    place = Path(path).expanduser()
    if place.is_dir():
        yield from _in_folder(place)
    elif place.exists():
        yield place
    elif glob.has_magic(str(path)):
        yield from _in_glob(place)
    else:
        raise NotFound(
            _("there is no file '{path}'", path=path),
            _("check its name; you are in '{here}'", here=Path.cwd()),
        )


def _in_folder(folder: Path) -> list[Path]:
    files = [file for file in _visible(folder) if _is_data(file)]
    if not files:
        raise Invalid(
            _("the folder '{folder}' has no file to load", folder=folder),
            _("files end in {suffixes}, or in one of these and .gz", suffixes=" ".join(SUFFIXES)),
        )
    return files


def _in_glob(pattern: Path) -> list[Path]:
    files = [Path(name) for name in sorted(glob.glob(str(pattern), recursive=True)) if Path(name).is_file()]
    if not files:
        raise NotFound(
            _("no file is like '{pattern}'", pattern=pattern),
            _("check it; you are in '{here}'", here=Path.cwd()),
        )
    return files


def _visible(folder: Path) -> list[Path]:
    return [
        file
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)
    ]


def _is_data(file: Path) -> bool:
    return file.name.lower().removesuffix(".gz").endswith(SUFFIXES)
