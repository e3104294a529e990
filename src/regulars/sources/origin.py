"""Which system a file comes from, when nobody says: the one that told a file like it before, else one of its own.

Exports of one system come again and again under names that hardly differ. Read as systems of their own, their people
and their money would multiply; two systems read as one would mix up customers who happen to have the same number. So
a file joins a source only when its name is of the same series, its columns are the same and its kind is: see
docs/why/0016-one-system-many-files.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regulars.sources.meaning.series import series_of, source_name
from regulars.sources.vocabulary.fingerprint import plain
from regulars.words import _

#: A file that lacks columns of the other, or has more, is like it when it shares so many of them.
_SHARED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A file that a source told: it is loaded, or stands before this one in the same load."""

    file: Path
    file_hash: str  #: SHA-256 of its bytes
    source: str  #: empty: not known yet
    kind: str  #: empty: not known yet
    header: tuple[str, ...]  #: empty: not known, it was loaded by an early version
    import_id: int | None = None  #: None: not loaded yet


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of a file, and why when it is not evident."""

    source: str
    note: str | None = None  #: a sentence


def origin_of(file: Told, before: Sequence[Told], export_source: str | None = None) -> Origin:
    """The source of a file whose `source` nobody said; `export_source` is the one of the known export it is.

    Files of two kinds never share a source by this rule.
    """
    alike = [one for one in before if not file.kind or one.kind == file.kind]
    same = next((one for one in reversed(alike) if one.file_hash == file.file_hash), None)
    if same is not None:
        return Origin(same.source)
    kin = [one for one in alike if _same_series(one, file) and same_columns(one.header, file.header)]
    sources = {one.source for one in kin}
    if len(sources) > 1:
        sources &= {one.source for one in kin if source_name(one.file) == source_name(file.file)}
    if len(sources) == 1:
        (source,) = sources
        return Origin(source, _joined(file, next(one for one in kin if one.source == source)))
    own = export_source or _own_name(file, before)
    return Origin(own, _said_how_to_join(file, own, alike))


def elsewhere(file: Told, before: Sequence[Told]) -> str | None:
    """Say when the very bytes of a file are loaded already as another source than its own."""
    other = next(
        (one for one in before if one.file_hash == file.file_hash and one.source != file.source), None
    )
    if other is None:
        return None
    return _(
        "this very file is loaded already as source '{source}': what it tells counts twice, unless you undo one of the"
        " two imports",
        source=other.source,
    )


def _same_series(one: Told, other: Told) -> bool:
    return series_of(one.file).name == series_of(other.file).name


def same_columns(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two files have the same columns, or one of them all of the other's and some more."""
    some, more = sorted((_columns(one), _columns(other)), key=len)
    return not some or (some <= more and len(some) >= _SHARED * len(more))


def _columns(header: Sequence[str]) -> set[str]:
    return {plain(name) or name.strip() for name in header}


def _own_name(file: Told, before: Sequence[Told]) -> str:
    """A name that no other source has; with its kind behind when files of another kind have the name."""
    kinds = {one.source: one.kind for one in before}
    named = series_of(file.file).name or file.kind
    if file.kind and kinds.get(named, file.kind) != file.kind:
        named = f"{named}_{file.kind}"
    numbered = (f"{named}_{number}" for number in range(2, len(kinds) + 3))
    return next(name for name in (named, *numbered) if name not in kinds)


def _joined(file: Told, kin: Told) -> str | None:
    if source_name(file.file) == source_name(kin.file):
        return None
    return _(
        "it goes on with source '{source}', like '{file}': their columns are the same, and so are their names but for a"
        " date, a number or a word for a copy; if they are two systems, undo this import and load it with"
        " --source NAME",
        source=kin.source,
        file=kin.file.name,
    )


def _said_how_to_join(file: Told, own: str, alike: Sequence[Told]) -> str | None:
    """What to do if a file of the same columns and another name is from the same system after all."""
    columns = _columns(file.header)
    others = [one for one in alike if one.source != own and one.header]
    twin = next((one for one in reversed(others) if _columns(one.header) == columns), None)
    if twin is None:
        return None
    return _(
        "it has the same columns as '{file}' of source '{source}' and another name, so it counts as source '{own}', a"
        " system of its own; if both are one system, undo this import and load it with --source {source}",
        file=twin.file.name,
        source=twin.source,
        own=own,
    )
