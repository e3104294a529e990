"""The town of the simulator: its dirty exports loaded as a shop loads them, and the truth beside each record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pyarrow.parquet as pq

from bench.match.loaded import File, loaded
from bench.match.table import Row
from regulars.match.comparison.fields import GENERATION
from regulars.match.records import SUFFIXES
from regulars.model.text import plain_words
from regulars.town import Town, build

#: What tells members of a family apart.
TELLING = ("given_name", "family_name", "name_suffix", "birth_date")
#: The exports that a shop names when it loads them; the others are recognised.
_SOURCES = {"crm_clients.csv": "crm", "app_events.jsonl": "app", "products.xlsx": "catalogue"}


def people(customers: int, seed: int = 7) -> Iterator[Row]:
    """The records of a town, another one for each `seed`; `chain` are those that can be known to be one, `kin` twins,
    fathers and juniors."""
    with TemporaryDirectory() as folder:
        town = build(Path(folder), customers=customers, seed=seed)
        records = pq.read_table(town.truth["records"])
        names = list(zip(records["source"].to_pylist(), records["source_key"].to_pylist(), strict=True))
        person = records["person"].to_pylist()
        chain = dict(zip(names, map(str, records["chain"].to_pylist()), strict=True))
        kin = _kin(town)
        truth = {name: str(who) for name, who in zip(names, person, strict=True)}
        files = [File(path, _SOURCES.get(name)) for name, path in town.exports.items()]
        for name, row in loaded(files, truth):
            yield row._replace(chain=chain[name], kin=kin.get(int(row.truth)))


#: What a record says, by field.
Values = Mapping[str, str | None]


def _kin(town: Town) -> dict[int, str]:
    """The family of those who have a twin, a son with their name, or their father's name."""
    known = pq.read_table(town.truth["people"])
    household, place = (known[name].to_numpy() for name in ("household", "place"))
    birth, suffix = known["birth_date"].to_numpy(), known["suffix"].to_numpy(zero_copy_only=False)
    second = np.flatnonzero((place[1:] == 3) & (birth[1:] == birth[:-1])) + 1
    junior = np.flatnonzero(suffix != "")
    head = np.flatnonzero(place == 0)[household[junior]]
    return {int(one): str(household[one]) for one in np.concatenate([second, second - 1, junior, head])}


class Merged(NamedTuple):
    """Families with twins or a junior."""

    families: int
    merged: int  #: of them, those with two members in one person
    tellable: int  #: of these, those whose two members the files tell apart


def kin_merged(
    truth: Sequence[str], kin: Sequence[str | None], person: Sequence[int], said: Sequence[Values]
) -> Merged:
    """How many families with twins or a junior have two of these in one person, by what the records say."""
    inside: dict[tuple[int, str], dict[str, list[Values]]] = defaultdict(lambda: defaultdict(list))
    for who, family, found, row in zip(truth, kin, person, said, strict=True):
        if family:
            inside[found, family][who].append(row)
    several = {of: list(members.values()) for of, members in inside.items() if len(members) > 1}
    return Merged(
        families=len(set(filter(None, kin))),
        merged=len({family for _found, family in several}),
        tellable=len({family for (_found, family), members in several.items() if _told_apart(members)}),
    )


def _told_apart(members: Sequence[Sequence[Values]]) -> bool:
    """Whether some record of a member says what none of another member could: a word such as Junior, a birth date of
    another generation where the other has one, or another given name."""
    names, years = (
        [{row[c] for row in rows if row[c]} for rows in members] for c in ("given_name", "birth_date")
    )
    junior = any(
        _JUNIOR.search(f"{row['family_name']} {row['name_suffix']}") for rows in members for row in rows
    )
    born = [{int(date[:4]) for date in dates if date} for dates in years]
    pairs = list(combinations(range(len(members)), 2))
    generation = any(abs(a - b) >= GENERATION for one, other in pairs for a in born[one] for b in born[other])
    differ = any(names[one] and names[other] and not _alike(names[one], names[other]) for one, other in pairs)
    return junior or generation or differ


def _alike(some: set[str | None], others: set[str | None]) -> bool:
    """Whether one of some names begins as one of the others."""
    words = [{plain_words(name or "")[:3] for name in names} for names in (some, others)]
    return not words[0].isdisjoint(words[1])


#: What stands behind the name of a son who is called as his father.
_JUNIOR = re.compile(
    rf"\b({'|'.join(word for word, suffix in SUFFIXES.items() if suffix == 'jr')})\b", re.IGNORECASE
)
