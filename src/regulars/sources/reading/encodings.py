"""Bytes -> text. The encoding of a file is decided here, over the whole file, before anything is parsed.

A mark at the beginning decides; then UTF-8, if every byte allows it; then UTF-16 without a mark. A file that is
UTF-8 but for a few bytes stays UTF-8, and these bytes are read as Windows's, with a note: such files were put together
from two. No file is refused for one bad byte.
What is left is an old one-byte encoding, which charset-normalizer tells apart among those that our shops use:
left to choose freely it reads French as cp1250, "Lafreničre".
"""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from charset_normalizer import from_bytes

from regulars.errors import Invalid, Unavailable
from regulars.words import _, plural

Compression = Literal["gzip"] | None
_BLOCK = 1 << 20
_EVIDENCE = 1 << 16  #: bytes of lines beyond ASCII, enough to tell one-byte encodings apart
_PLENTY = 20_000  #: bytes that are not UTF-8, after which no more are needed
_OLD = ["utf_8", "utf_16", "cp1252", "mac_roman"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BAD = re.compile("[\udc80-\udcff]")
_NEVER_FIRST = bytes(range(0xC0))  #: bytes that begin no character of two or more bytes in UTF-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How bytes become text."""

    name: str  #: Python's name of it
    notes: tuple[str, ...] = ()


def open_bytes(path: Path, compression: Compression) -> IO[bytes]:
    """The bytes of a file, unpacked."""
    try:
        if compression == "gzip":
            return cast(IO[bytes], gzip.open(path, "rb"))
        return path.open("rb")
    except OSError as problem:
        raise Unavailable(
            _("'{path}' cannot be read: {problem}", path=path, problem=problem.strerror or problem),
            _("check who may read it, then try again"),
        ) from None


def open_text(path: Path, compression: Compression, encoding: str) -> io.TextIOWrapper:
    """The text of a file, with its line ends as they are; a byte that is not UTF-8 is one of Windows's, else `�`."""
    errors = _MIXED if encoding.startswith("utf-8") else "replace"
    return io.TextIOWrapper(open_bytes(path, compression), encoding=encoding, errors=errors, newline="")


def _as_windows(problem: UnicodeError) -> tuple[str, int]:
    """Bytes that are not UTF-8, in Windows's encoding of western Europe."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("cp1252", "replace"), problem.end


_MIXED = "regulars.mixed"
codecs.register_error(_MIXED, _as_windows)


def decide_encoding(path: Path, compression: Compression, wanted: str | None = None) -> Encoding:
    """The encoding of a text file; `wanted` is taken at its word."""
    if wanted is not None:
        return Encoding(name=_known(wanted))
    with open_bytes(path, compression) as file:
        begin = file.read(_BLOCK)
    for mark, name in _MARKS:
        if begin.startswith(mark):
            return Encoding(name=name)
    wide = _utf16_without_mark(begin)
    return Encoding(name=wide) if wide else _utf8_or_old(path, compression)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise Invalid(
            _("there is no encoding '{name}'", name=name), _("for example utf-8, utf-16, cp1252 or mac_roman")
        ) from None


def _utf16_without_mark(begin: bytes) -> str | None:
    """Latin letters in UTF-16 have a zero in every second byte; no other text has zeros."""
    half = len(begin) // 2
    if half < 4:
        return None
    even, odd = begin[0::2].count(0), begin[1::2].count(0)
    if odd > half * 0.5 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.5 and odd < half * 0.05 else None


def _utf8_or_old(path: Path, compression: Compression) -> Encoding:
    bad = leads = kept = 0
    evidence: list[bytes] = []
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    for block in _blocks(path, compression):
        bad += _bad_bytes(decoder.decode(block))
        if block.isascii():
            continue
        leads += len(block.translate(None, delete=_NEVER_FIRST))
        if kept < _EVIDENCE:
            evidence += [line for line in block.splitlines() if not line.isascii()]
            kept = sum(map(len, evidence))
        if bad > _PLENTY and leads < 2 * bad:
            break
    bad += _bad_bytes(decoder.decode(b"", final=True))
    if not bad:
        return Encoding(name="utf-8")
    return _damaged(bad) if leads >= 2 * bad else _old(b"\n".join(evidence)[: 2 * _EVIDENCE])


def _bad_bytes(text: str) -> int:
    """How many bytes of a decoded block were not UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return len(_BAD.findall(text))
    return 0


def _blocks(path: Path, compression: Compression) -> Iterator[bytes]:
    with open_bytes(path, compression) as file:
        try:
            while block := file.read(_BLOCK):
                yield block
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise Invalid(
                _("'{path}' is a damaged gzip file", path=path), _("export it again, or copy it again")
            ) from None


def _damaged(bad: int) -> Encoding:
    note = plural(
        "this UTF-8 file has {count} byte of another encoding; it is read as Windows-1252",
        "this UTF-8 file has {count} bytes of another encoding; they are read as Windows-1252",
        bad,
    )
    return Encoding(name="utf-8", notes=(note,))


def _old(evidence: bytes) -> Encoding:
    best = from_bytes(evidence, cp_isolation=_OLD).best()
    name = best.encoding if best is not None and best.encoding in ("cp1252", "mac_roman") else "cp1252"
    return Encoding(name=name)
