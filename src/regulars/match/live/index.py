"""Every card and its blocking keys as files: a new record's neighbours are looked up, not searched for.

A key and its text are hashed to a number; the numbers stand in order beside the cards that have them, and are found by
halving. A full run writes the files anew from the cards that it compared; the store says which files count. They hold
nothing that the store does not have.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import md5
from pathlib import Path
from types import FunctionType
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.match.comparison import words_in_python
from regulars.match.comparison.fields import keys
from regulars.match.live.cards import SAID
from regulars.match.records import made_by
from regulars.model import alphabets

SQL = statements(Path(__file__).with_suffix(".sql"))
#: The form of the files. Those of another form are written anew.
FORM = 2
_NUMBER = "cast(md5_number({0}) >> 65 as bigint)"
#: A number's upper bits say which key it is of, the others are of the text.
_OF_TEXT = 57
#: Records of which the cards are kept at hand.
_AT_HAND = 20_000
_ABOUT = "about.json"
_Integers = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far the store had come at an instant."""

    last_import: int
    last_verdict: int
    undone: int  #: how many imports had been taken back
    at_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an index was made of."""

    model: str  #: version of the model that weighed these cards
    kinds: tuple[str, ...]
    largest: tuple[
        int, ...
    ]  #: the largest block of each key that is looked at, 0: none; the last is of identifiers, of those allowed
    sources: tuple[str, ...]
    settings: str  #: the settings of matching
    rules: str  #: `rules` by which the cards were made
    made: Mark
    numbers: int = 0  #: how many there are
    form: int = FORM


class Index:
    """The cards of the last full run."""

    def __init__(self, folder: Path, about: About) -> None:
        """The files are mapped, not read."""
        self.folder, self.about = folder, about
        self._numbers, cards, records, by_record, source, ends = (
            np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
            for name in ("numbers", "cards", "records", "by_record", "source", "ends")
        )
        self._each, self._cards, self._records, self._source, self._ends = (
            values.data for values in (self._numbers, cards, records, source, ends)
        )
        self._in_order, self._place = by_record[0].data, by_record[1].data
        self._kept = _mapped(folder / "kept.txt", np.uint8).data
        self._found: dict[int, int] = {}  # the cards of records that were found last
        self.hot = frozenset(np.load(folder / "hot.npy").tolist())

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """The index of a folder; None when it is not there, of another form, or made by other rules."""
        try:
            about = json.loads((folder / _ABOUT).read_text("utf-8"))
            if (about["form"], about["rules"]) != (FORM, rules(tuple(about["kinds"]))):
                return None
            told: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value for name, value in about.items()
            }
            found = cls(folder, About(**told | {"made": Mark(**about["made"])}))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if found._is_whole() else None

    def _is_whole(self) -> bool:
        """Whether the files are as long as they were written."""
        texts = self._ends[-1] if len(self._ends) else 0
        return len(self._kept) == texts and len(self._each) == len(self._cards) == self.about.numbers

    def __len__(self) -> int:
        """How many cards."""
        return len(self._records)

    def blocks(self, numbers: Sequence[int]) -> list[list[int]]:
        """The records that have each of some numbers; of one that is hot, nobody."""
        if len(self._found) > _AT_HAND:
            self._found.clear()
        low = self._numbers.searchsorted(np.array(numbers, np.int64)).tolist()
        return [self._from(at, number) for at, number in zip(low, numbers, strict=True)]

    def block(self, number: int) -> list[int]:
        """The records that have a number; of one that is hot, nobody."""
        return self._from(bisect_left(self._each, number), number)

    def _from(self, at: int, number: int) -> list[int]:
        each, last, found = self._each, len(self._each) - 1, []
        while at <= last and each[at] == number:
            card = self._cards[at]
            record = self._records[card]
            self._found[record] = card
            found.append(record)
            at += 1
        return found

    def kept(self, record: int) -> tuple[str, str] | None:
        """The source and the kept card of a record; None when it has none."""
        card = self._found.get(record)
        if card is None:
            card = self._card(record)
        if card is None:
            return None
        low = self._ends[card - 1] if card else 0
        text = str(self._kept[low : self._ends[card]], "utf-8")
        return self.about.sources[self._source[card]], text

    def has(self, record: int) -> bool:
        """Whether a record has a card here."""
        return self._card(record) is not None

    def _card(self, record: int) -> int | None:
        at = bisect_left(self._in_order, record)
        if at == len(self._in_order) or self._in_order[at] != record:
            return None
        return int(self._place[at])


@cache
def rules(kinds: tuple[str, ...]) -> str:
    """A hash of all that cards and their keys are made by: where one of it changes, the cards are made anew."""
    files = (Path(__file__).with_suffix(".sql"), Path(alphabets.__file__))
    own = (repr(keys([f"id_{n}" for n in range(len(kinds))])), repr(SAID))
    whole = "\x1f".join([*own, *made_by(), *(file.read_text("utf-8") for file in files)])
    return md5(whole.encode(), usedforsecurity=False).hexdigest()


def number_of(key: int, text: str) -> int:
    """The number of a key's text, as the engine has it: the key, and 57 bits of the text's MD5."""
    hashed = md5(text.encode(), usedforsecurity=False).digest()
    return key << _OF_TEXT | int.from_bytes(hashed[8:], "little") >> 64 - _OF_TEXT


def key_of(number: int) -> int:
    """The key that a number is of."""
    return number >> _OF_TEXT


def key_texts(kinds: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[str | None, ...]]:
    """A function that gives the text of each blocking key of a card."""
    from regulars.match.comparison.dialects import columns_in, python

    values = [key.value for key in keys([f"id_{n}" for n in range(len(kinds))])]
    columns = sorted(set().union(*map(columns_in, values)))
    lines = [
        "def texts(card):",
        *(f"    {column} = card[{column!r}]" for column in columns),
        f"    return ({' '.join(python(value) + ',' for value in values)})",
    ]
    code = compile("\n".join(lines), "blocking keys", "exec").co_consts[0]
    return FunctionType(code, vars(words_in_python))


def write(session: Session, folder: Path, about: About, identifier_limit: int) -> Path:
    """Write the cards of a session into a new folder of `folder`; returns it."""
    new = folder / f"cards-{os.urandom(4).hex()}"
    new.mkdir(parents=True)
    values = [key.value for key in keys([f"id_{n}" for n in range(len(about.kinds))])]
    asked = [
        SQL["keyed"].format(number=_NUMBER.format(f"({value})"), value=f"({value})") if largest else None
        for value, largest in zip(values, about.largest, strict=False)
    ]
    of_identifier = _NUMBER.format("type || ' ' || value")
    asked.append(SQL["identified"].format(number=of_identifier))
    count, hot = 0, []
    with (new / "numbers.raw").open("wb") as numbers, (new / "cards.raw").open("wb") as cards:
        for key, (statement, largest) in enumerate(zip(asked, about.largest, strict=True)):
            few, many = _sorted(session, statement, largest)
            _of_key(key, few[0]).tofile(numbers)
            few[1].tofile(cards)
            count += len(few[0])
            hot.append(_of_key(key, many))
    worn = session.rows(SQL["worn"].format(number=of_identifier), {"identifier_limit": identifier_limit})
    hot[-1] = _of_key(len(asked) - 1, worn["h"].to_numpy())
    _settle(new, "numbers", np.int64)
    _settle(new, "cards", np.int32)
    np.save(new / "hot.npy", np.concatenate(hot))
    _write_kept(session, new, about.sources)
    told = asdict(about) | {"numbers": count}
    (new / _ABOUT).write_text(json.dumps(told), "utf-8")
    for file in new.iterdir():
        with file.open("rb") as written:
            os.fsync(written.fileno())
    return new


def _sorted(
    session: Session, statement: str | None, largest: int
) -> tuple[tuple[_Integers, _Integers], _Integers]:
    """The numbers of a key in order with their cards, where few enough share them; and those that too many share."""
    if statement is None:
        return (np.empty(0, np.int64), np.empty(0, np.int32)), np.empty(0, np.int64)
    found = session.rows(statement)
    numbers, cards = (found[name].combine_chunks().to_numpy() for name in ("h", "card"))
    first = (
        np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1)) if len(numbers) else np.empty(0, np.int64)
    )
    sizes = np.diff(first, append=len(numbers))
    few = np.repeat(sizes <= largest, sizes)
    return (numbers[few], cards[few]), numbers[first[sizes > largest]]


def _of_key(key: int, numbers: _Integers) -> _Integers:
    """The numbers of texts as numbers of a key."""
    return numbers >> 63 - _OF_TEXT | np.int64(key << _OF_TEXT)


def _settle(folder: Path, name: str, kind: type[np.generic]) -> None:
    """Give the raw numbers of a file the head that NumPy maps them by."""
    raw = folder / f"{name}.raw"
    np.save(folder / f"{name}.npy", _mapped(raw, kind))
    raw.unlink()


def _mapped(file: Path, kind: type[np.generic]) -> _Integers:
    """The numbers of a file, mapped; none when it is empty."""
    return np.asarray(np.memmap(file, kind, "r")) if file.stat().st_size else np.empty(0, kind)


def _write_kept(session: Session, folder: Path, sources: Sequence[str]) -> None:
    session.table(
        "sources", pa.table({"source": list(sources), "n": pa.array(range(len(sources)), pa.int16())})
    )
    said = ", ".join(f"coalesce(cards.{name}, '')" for name in SAID)
    records, source, ends, end = [], [], [], 0
    with (folder / "kept.txt").open("wb") as file:
        for batch in session.batches(SQL["kept"].format(said=said)):
            records.append(batch["record"].to_numpy(zero_copy_only=False))
            source.append(batch["source"].to_numpy(zero_copy_only=False))
            texts = batch["kept"].cast(pa.large_binary())
            offsets = np.frombuffer(texts.buffers()[1], np.int64)[
                texts.offset : texts.offset + len(texts) + 1
            ]
            file.write(texts.buffers()[2].slice(offsets[0], offsets[-1] - offsets[0]))
            ends.append(offsets[1:] - offsets[0] + end)
            end += int(offsets[-1] - offsets[0])
    every = np.concatenate(records) if records else np.empty(0, np.int64)
    order = np.argsort(every, kind="stable")
    np.save(folder / "records.npy", every)
    np.save(folder / "by_record.npy", np.stack([every[order], order]))
    np.save(folder / "source.npy", np.concatenate(source) if source else np.empty(0, np.int16))
    np.save(folder / "ends.npy", np.concatenate(ends) if ends else np.empty(0, np.int64))
