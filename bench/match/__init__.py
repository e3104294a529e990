"""How well, how fast and in how much memory records are matched, beside Splink on the same file in the same run.

python -m bench match --data DIR [--set NAME …] [--alone] [--clustering NAME]

With another way of making groups each set is also matched by it; the last line says whether it may become the default,
as it may if it is better on some set and worse on none.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.parquet as pq

from bench.match import ours, peer, senzing, sets, table, town
from bench.measure import measure
from regulars.match.people.cluster import CLUSTERINGS, components
from regulars.town.grade import Pairwise, pairwise

_HEAD = (
    f"{'set':26} {'who':8} {'records':>8} {'people':>7}  {'precision':>9} {'recall':>7} {'F1':>6}"
    f" {'answered':>8} {'review %':>9} {'CPU s':>6} {'peak MB':>8}"
)

#: F1 by which a set gains or loses nothing.
_NOTHING = 0.00005
#: The precision that is asked of people joined without a human.
_ASKED = 0.99


def main(arguments: Sequence[str]) -> None:
    """Print a line for each set and each side."""
    parser = argparse.ArgumentParser(prog="bench match")
    parser.add_argument("--data", type=Path, help="the folder of real data")
    parser.add_argument("--set", action="append", help="only this set; may be said again")
    parser.add_argument("--alone", action="store_true", help="without the peer")
    parser.add_argument("--clustering", choices=sorted(CLUSTERINGS), help="also by this way of making groups")
    given = parser.parse_args(arguments)
    known = sets.sets(given.data / "match" if given.data else None)
    chosen = given.set or [name for name in known if name not in sets.LARGE]
    print(_HEAD)
    compared: dict[str, tuple[Pairwise, Pairwise]] = {}
    for name in chosen:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "records.parquet"
            table.write(known[name](), file)
            for line in (_ours(Path(folder), file), "" if given.alone else peer_line(file)):
                if line:
                    print(f"{name:26} {line}", flush=True)
            usual = _marks(Path(folder), file)
            if name == sets.SENZING:
                _print_cases(senzing.cases(_aside(file, "truth"), *measure(ours.found, Path(folder)).result))
            if given.clustering:
                measure(ours.run, Path(folder), given.clustering)
                other = _marks(Path(folder), file)
                compared[name] = (usual, other)
                said = f"{other.precision:28.4f} {other.recall:7.4f} {other.f1:6.4f}"
                print(f"{name:26} {given.clustering:8} {said}", flush=True)
    if given.clustering and (given.set or not given.data):
        print(
            f"{given.clustering} may be adopted only by what every set says: give --data, and leave out --set"
        )
    elif given.clustering:
        print(adoption(given.clustering, compared))


def _ours(folder: Path, file: Path) -> str:
    measure(ours.fill, file, folder)
    learnt = measure(ours.run, folder)
    again, full = measure(ours.run, folder), measure(partial(ours.run, full=True), folder)
    person, review = measure(ours.found, folder).result
    truth = _aside(file, "truth")
    answered = pairwise(truth, _answered(person, review, truth), _aside(file, "chain"))
    asked = f"{answered.f1:8.4f} {_share(review, truth):9.2f}"
    line = _line("regulars", file, person, asked, learnt.result, learnt.peak)
    return f"{line}   (again {again.result:.1f} s, all again {full.result:.1f} s){_kin(file, person)}"


def _marks(folder: Path, file: Path) -> Pairwise:
    """How well the people that a shop has now are found."""
    person, _review = measure(ours.found, folder).result
    return pairwise(_aside(file, "truth"), person, _aside(file, "chain"))


def adoption(clustering: str, compared: Mapping[str, tuple[Pairwise, Pairwise]]) -> str:
    """Whether a way of making groups may become the default, by the marks of each set with the default and with it: if
    it is better on some set and worse on none.

    It is worse where F1 is by more than rounding hides, and where its joins are less often right than the 99 % that is
    asked; where those of the default are already, than these.
    """
    better, worse = [], []
    for name, (usual, other) in compared.items():
        if other.f1 < usual.f1 - _NOTHING or other.precision < min(_ASKED, usual.precision):
            worse.append(name)
        elif other.f1 > usual.f1 + _NOTHING:
            better.append(name)
    adopted = "may be adopted" if better and not worse else "is not adopted"
    told = f"better on {', '.join(better) or 'none'}, worse on {', '.join(worse) or 'none'}"
    return f"{clustering} {adopted}: {told} (not looked at: {', '.join(sets.LARGE)})"


def peer_line(file: Path) -> str:
    """The line of the peer on a file of records; what to do, where it is not installed."""
    if not find_spec("splink"):
        return f"{'splink':8} is not installed; `make bench` installs it"
    done = measure(peer.run, file)
    if done.result is None:
        return f"{'splink':8} cannot be trained on these records"
    used, pairs, groups = done.result
    line = _line("splink", file, groups, f"{'':18}", used, done.peak)
    return f"{line}   ({pairs / len(groups):.1f} pairs a record with p > .01){_kin(file, groups)}"


def _kin(file: Path, found: list[int]) -> str:
    said = pq.read_table(file, columns=list(town.TELLING)).to_pylist()
    kin = town.kin_merged(_aside(file, "truth"), _aside(file, "kin"), found, said)
    if not kin.families:
        return ""
    told = f"of them {kin.tellable} whom their records tell apart"
    return f"\n  twins and juniors merged automatically: {kin.merged} of {kin.families}, {told}"


def _print_cases(found: dict[str, list[str]]) -> None:
    for outcome, cases in found.items():
        named = f": {', '.join(cases)}" if cases and outcome != "right" else ""
        print(f"  {len(cases)} of its cases {outcome}{named}", flush=True)


def _line(who: str, file: Path, found: list[int], review: str, used: float, peak: float) -> str:
    truth = _aside(file, "truth")
    marks = pairwise(truth, found, _aside(file, "chain"))
    people = len(set(found))
    return (
        f"{who:8} {len(truth):8} {people:7}  {marks.precision:9.4f} {marks.recall:7.4f} {marks.f1:6.4f} "
        f"{review} {used:6.1f} {peak:8.0f}"
    )


def _aside(file: Path, column: str) -> list[str]:
    return list(pq.read_table(file, columns=[column])[column].to_pylist())


def _answered(person: list[int], review: list[tuple[int, int]], truth: list[str]) -> list[int]:
    """The people, if every question of the review were answered by the truth."""
    _, label = np.unique(np.array(person), return_inverse=True)
    right = [(a - 1, b - 1) for a, b in review if truth[a - 1] == truth[b - 1]]
    one, other = (np.array([label[pair[n]] for pair in right], np.int64) for n in (0, 1))
    return list(components(int(label.max()) + 1, one, other)[label])


def _share(review: list[tuple[int, int]], truth: list[str]) -> float:
    return 100 * len(review) / len(truth)
