"""What can be known: which records of one person anybody could tell to be one, who had all the files in front of them.

Some cannot be: a browser of the app with a number who never signs in with an e-mail, or a first name and nothing else.
No data links them, and whoever joins them has guessed. The rule looks at what the files say, never at what a matcher
made of it. Two records of a person are *linked* when both say the same telling thing; slips of the pen and nicknames
are read through, as a careful human reads through them. Telling are

- an account, an e-mail or a telephone of one's own; one that the family shares, beside a first name;
- first and last name with a birth date, or with a house where nobody else is called so;
- a first name with a birth date and a house: she who married;
- first and last name alone, or a mailbox made of them, where nobody else in town is called so and, by how common the
  two names are, fewer than one in a hundred such people would have a namesake.

Records linked by way of others of the same person are linked as well: whoever has all of them sees the chain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.town.census import Census, counted
from regulars.town.exports.browsing import Trail
from regulars.town.exports.buyers import buyer_keys
from regulars.town.exports.slips import FILLERS
from regulars.town.people import People, mailable

#: Other bearers of a name that are expected, at most, where the name alone tells who somebody is.
NAMESAKES = 0.01
#: What a record means by a field, whatever is written there: columns `meant_…` beside those that are made dirty.
_MEANT = ("email", "phone", "family", "home")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Records that each say something telling; the same thing in two records of a person links them."""

    source: pa.Array
    key: pa.Array
    person: np.ndarray
    thing: np.ndarray  #: a whole number


def with_meaning(records: pa.Table) -> pa.Table:
    """Clean records, with what each means by some fields kept aside before the dirt."""
    clean = {
        "email": pc.utf8_lower(records["email"]),
        "phone": records["phone"],
        "family": records["family"],
        "home": pc.binary_join_element_wise(records["number"], records["street"], records["city"], "\x1f"),
    }
    for name in _MEANT:
        records = records.append_column(f"meant_{name}", _flat(clean[name]).dictionary_encode())
    return records


def chains(records: pa.Table, written: pa.Table, people: People, trail: Trail, names: Census) -> np.ndarray:
    """A number for each record of the truth (source, source_key, person), the same for those that are linked.

    `written` are the rows of the files of people, with `key` and with what they mean.
    """
    keys, whose = _named(records["source"], records["source_key"]), np.array(records["person"])
    found = []
    for kind, told in enumerate((*_by_rows(written, people, names), *_by_events(written, trail))):
        at = pc.index_in(_named(told.source, told.key), value_set=keys).fill_null(-1).to_numpy()
        mine = np.flatnonzero(at >= 0)
        mine = mine[whose[at[mine]] == told.person[mine]]
        of_kind = kind if kind < _KINDS else 0
        thing = (told.person[mine] << 36) | (of_kind << 33) | (told.thing[mine].astype(np.int64) & _MASK)
        found.append(np.column_stack([at[mine], thing]))
    record, thing = np.concatenate(found).T
    return _components(len(records), record, thing)


#: Kinds of things that rows tell; what events tell is of the first.
_KINDS, _MASK = 6, (1 << 33) - 1


def _by_rows(rows: pa.Table, people: People, names: Census) -> Iterator[_Told]:
    """What the files of people tell, a kind of thing after the other."""
    person = np.array(rows["person"])
    email, phone, family, home = (_codes(rows[f"meant_{name}"]) for name in _MEANT)
    given, mail, line, birth, street = (
        _says(rows, n) for n in ("given", "email", "phone", "birth", "street")
    )
    # A whole name in one cell leaves the cell of the last name empty.
    named = given & (
        _says(rows, "family") | (_words(rows["given"]) > _words(people.given.take(rows["person"])))
    )
    called = _Names.of(people, rows, names)
    spelt = mail & _spells(rows, people)
    for says, thing in (
        (mail & (_own(email, person) | given), email),
        (line & (_own(phone, person) | given), phone),
        (named & birth, family),
        (named & street & called.alone_at_home, family * 1_000_003 + home),
        (given & birth & street, home),
        ((named | spelt) & called.rare, family),
    ):
        some = pa.array(np.flatnonzero(says))
        yield _Told(
            source=_flat(rows["source"]).take(some),
            key=_keys(rows).take(some),
            person=person[says],
            thing=thing[says],
        )


def _by_events(rows: pa.Table, trail: Trail) -> Iterator[_Told]:
    """The e-mail of a reader, and of a user who signed in with it, where it is one's own."""
    known = rows["meant_email"].combine_chunks()
    own = _own(_codes(known), np.array(rows["person"]))
    sole = np.zeros(len(known.dictionary), bool)
    sole[_codes(known)[own]] = True
    for key, told in (
        (pc.binary_join_element_wise("email:", trail.readers["email"], ""), trail.readers),
        (pc.binary_join_element_wise("user:", trail.signed["user_id"], ""), trail.signed),
    ):
        code = pc.index_in(_flat(told["email"]), value_set=known.dictionary).fill_null(-1).to_numpy()
        some = np.flatnonzero((code >= 0) & sole[code])
        keys = _flat(key).take(pa.array(some))
        source = pa.array(np.full(len(some), "app"))
        yield _Told(source=source, key=keys, person=np.array(told["person"])[some], thing=code[some])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What the name of each row tells."""

    rare: np.ndarray  #: nobody else bears it, and hardly anybody could
    alone_at_home: np.ndarray  #: nobody else in the house bears it

    @classmethod
    def of(cls, people: People, rows: pa.Table, names: Census) -> _Names:
        """Find out how many bear the name of each row, in the town and in its house."""
        person, family = np.array(rows["person"]), rows["meant_family"].combine_chunks()
        today = (
            pc.index_in(people.family, value_set=family.dictionary)
            .fill_null(len(family.dictionary))
            .to_numpy()
        )
        first = people.given.dictionary_encode().indices.to_numpy().astype(np.int64)
        size = len(family.dictionary) + 1
        code = _codes(family)
        of_people, of_rows = first * size + today, first[person] * size + code
        me = (today[person] == code).astype(np.int64)
        houses = people.households
        at_home = counted(
            of_rows * houses + people.household[person],
            *np.unique(of_people * houses + people.household, return_counts=True),
        )
        given, meant = people.given.take(pa.array(person)), family.cast(pa.string())
        rare = (names.bearers(given, meant) == me) & (names.expected(given, meant) <= NAMESAKES)
        return cls(rare=rare, alone_at_home=at_home == me)


def _own(code: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Whether what a row means is meant by rows of its person alone."""
    low, high = np.full(code.max(initial=0) + 1, np.iinfo(np.int64).max), np.full(code.max(initial=0) + 1, -1)
    np.minimum.at(low, code, person)
    np.maximum.at(high, code, person)
    return np.asarray((low == high)[code])


def _spells(rows: pa.Table, people: People) -> np.ndarray:
    """Whether the mailbox of each row is made of both names of its person."""
    names = (mailable(part).take(rows["person"]).to_pylist() for part in (people.given, people.family))
    boxes = _flat(rows["meant_email"]).cast(pa.string()).to_pylist()
    return np.array(
        [given in box and family in box for given, family, box in zip(*names, boxes, strict=True)]
    )


def _says(rows: pa.Table, name: str) -> np.ndarray:
    """Whether the cell of each row holds something that is no filler."""
    cells = _flat(rows[name])
    empty = pc.or_(pc.equal(cells, ""), pc.is_in(cells, value_set=pa.array(FILLERS.get(name, ("",)))))
    return np.asarray(pc.invert(empty).to_numpy(zero_copy_only=False))


def _words(names: pa.ChunkedArray) -> np.ndarray:
    parts = pc.count_substring_regex(pc.utf8_trim_whitespace(names), "[ -]")
    return np.asarray(_flat(parts).to_numpy(zero_copy_only=False))


def _keys(rows: pa.Table) -> pa.Array:
    """The key of each row as the shop knows it: of a guest, what the order says."""
    return _flat(pc.if_else(pc.equal(rows["kind"], "guest"), buyer_keys(rows), rows["key"]))


def _named(source: pa.ChunkedArray | pa.Array, key: pa.ChunkedArray | pa.Array) -> pa.Array:
    return _flat(pc.binary_join_element_wise(source, key, "\x1f"))


def _codes(values: pa.ChunkedArray | pa.Array) -> np.ndarray:
    return np.asarray(_flat(values).indices.to_numpy().astype(np.int64))


def _flat(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _components(size: int, record: np.ndarray, thing: np.ndarray) -> np.ndarray:
    """The smallest record that each is linked to by way of things."""
    number = np.unique(thing, return_inverse=True)[1]
    label = np.arange(size)
    while True:
        least = np.full(number.max(initial=0) + 1, size)
        np.minimum.at(least, number, label[record])
        before = label.copy()
        np.minimum.at(label, record, least[number])
        if np.array_equal(label, before):
            return label
