"""The town of the simulator: its dirty exports loaded as a shop loads them, and the truth beside each record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq

from bench.match.loaded import File, loaded
from bench.match.table import Row
from regulars.town import Town, build

#: The exports that a shop names when it loads them; the others are recognised.
_SOURCES = {"crm_clients.csv": "crm", "app_events.jsonl": "app", "products.xlsx": "catalogue"}


def people(customers: int) -> Iterator[Row]:
    """The records of a town; `chain` are those that can be known to be one, `kin` twins, fathers and juniors."""
    with TemporaryDirectory() as folder:
        town = build(Path(folder), customers=customers)
        records = pq.read_table(town.truth["records"])
        names = list(zip(records["source"].to_pylist(), records["source_key"].to_pylist(), strict=True))
        person = records["person"].to_pylist()
        chain = dict(zip(names, map(str, records["chain"].to_pylist()), strict=True))
        kin = _kin(town)
        truth = {name: str(who) for name, who in zip(names, person, strict=True)}
        files = [File(path, _SOURCES.get(name)) for name, path in town.exports.items()]
        for name, row in loaded(files, truth):
            yield row._replace(chain=chain[name], kin=kin.get(int(row.truth)))


def _kin(town: Town) -> dict[int, str]:
    """The family of those who have a twin, a son with their name, or their father's name."""
    known = pq.read_table(town.truth["people"])
    household, place = (known[name].to_numpy() for name in ("household", "place"))
    birth, suffix = known["birth_date"].to_numpy(), known["suffix"].to_numpy(zero_copy_only=False)
    second = np.flatnonzero((place[1:] == 3) & (birth[1:] == birth[:-1])) + 1
    junior = np.flatnonzero(suffix != "")
    head = np.flatnonzero(place == 0)[household[junior]]
    return {int(one): str(household[one]) for one in np.concatenate([second, second - 1, junior, head])}


def kin_merged(truth: Sequence[str], kin: Sequence[str | None], person: Sequence[int]) -> tuple[int, int]:
    """How many families with twins or a junior have two of them in one person, and how many such families there are."""
    whole, merged = set(filter(None, kin)), set()
    inside: dict[tuple[int, str], set[str]] = defaultdict(set)
    for who, family, found in zip(truth, kin, person, strict=True):
        if family:
            inside[found, family].add(who)
    merged = {family for (_found, family), members in inside.items() if len(members) > 1}
    return len(merged), len(whole)
