"""How much a count says beside what was to be expected: chance, many comparisons at once, and what is left of it.

A share among few is drawn towards that of those alike as far as all such shares of the shop differ by chance alone
(empirical Bayes: Efron & Morris 1975, JASA 70:311-319, with the spread of DerSimonian & Laird 1986, Controlled Clinical
Trials 7:177-188). Of thousands of articles some stand out by luck: what is named has a false discovery rate of 5 %
(Benjamini & Hochberg 1995, JRSS B 57:289-300).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: Of what is named, at most this share by luck.
FALSE_DISCOVERIES = 0.05
_NORMAL_95 = 1.959964
_ALONE = 0.05
_GAMMA_MOST = 1e6  #: above it all lifts are the same


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of people, one a row, beside those of people alike."""

    people: Ints
    came: Ints  #: of how many of them it came true
    alike: Floats  #: the share that was to be expected, 0..1
    low: Floats  #: 95 % interval of the share, drawn towards `alike`
    high: Floats
    chance: Floats  #: false discovery rate at which it would be named, 0..1
    alone: Floats  #: the chance of such a difference, were it the only one looked at

    @property
    def share(self) -> Floats:
        """The share itself."""
        return self.came / np.maximum(self.people, 1)

    @property
    def above(self) -> Flags:
        """More than those alike, by more than luck."""
        return (self.chance <= FALSE_DISCOVERIES) & (self.low > self.alike)

    @property
    def below(self) -> Flags:
        """Less than those alike, by more than luck."""
        return (self.chance <= FALSE_DISCOVERIES) & (self.high < self.alike)

    @property
    def leads(self) -> Flags:
        """More than those alike; it may be luck, among so many."""
        return (self.alone <= _ALONE) & (self.share > self.alike) & ~self.above

    def plain(self, at: int) -> tuple[float, float]:
        """The 95 % interval of a share by itself (Wilson 1927, JASA 22:209-212)."""
        n, share, z = int(self.people[at]), float(self.share[at]), _NORMAL_95
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
        return float(middle - half), float(middle + half)

    @property
    def strength(self) -> Floats:
        """By how many standard deviations it differs."""
        spread = np.sqrt(np.maximum(self.people * self.alike * (1 - self.alike), 1e-9))
        return np.abs(self.came - self.people * self.alike) / spread


def counted_between(n: int) -> tuple[float, float]:
    """The 95 % interval of how many are to be expected where so many came (exact, Garwood 1936, Biometrika 28).

    >>> [round(end, 2) for end in counted_between(3)]
    [0.62, 8.77]
    """
    from scipy.special import chdtri

    low = float(chdtri(2 * n, 0.975)) / 2 if n else 0.0
    return low, float(chdtri(2 * n + 2, 0.025)) / 2


def shares(people: Ints, came: Ints, expected: Floats) -> Shares:
    """Shares beside what was to be expected of people alike (`expected`: how many of them)."""
    from scipy.special import bdtr, bdtrc

    rate = np.clip(expected / np.maximum(people, 1), 1e-6, 1 - 1e-6)
    more = np.where(came > 0, bdtrc(np.maximum(came - 1, 0), people, rate), 1.0)
    chance = np.minimum(1.0, 2 * np.minimum(more, bdtr(came, people, rate)))
    odds = np.log((came + 0.5) / (people - came + 0.5)) - np.log(rate / (1 - rate))
    spread = 1 / (came + 0.5) + 1 / (people - came + 0.5)
    middle, doubt = _drawn(odds, spread)
    ends = (np.log(rate / (1 - rate)) + middle + side * _NORMAL_95 * doubt for side in (-1, 1))
    low, high = (np.asarray(1 / (1 + np.exp(-end))) for end in ends)
    return Shares(people, came, rate, low, high, false_discovery(chance), chance)


def _drawn(values: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Differences drawn towards none: their middle and standard deviation."""
    if not len(values):
        return values, values
    weight = 1 / variances
    between = max(0.0, float((values**2 * weight).sum() - len(values)) / float(weight.sum()))
    kept = between / (between + variances)
    return kept * values, np.sqrt(kept * variances)


def false_discovery(chances: Floats, of: int | None = None) -> Floats:
    """The least false discovery rate at which each would be named, of `of` comparisons (default: as many as given).

    The example of Benjamini & Hochberg (1995), in which four of fifteen are named at 5 %:

    >>> chances = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .324, .4262, .5719, .6528, .759, 1]
    >>> int((false_discovery(np.array(chances)) <= .05).sum())
    4
    """
    order = np.argsort(chances, kind="stable")
    ranked = chances[order] * (of or len(chances)) / np.arange(1, len(chances) + 1)
    found = np.empty(len(chances))
    found[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return found


def more_often(seen: Floats, expected: Floats) -> Floats:
    """The chance to see so many or more where so many are expected (Poisson)."""
    from scipy.special import gammainc

    return np.asarray(np.where(seen > 0, gammainc(np.maximum(seen, 1e-9), np.maximum(expected, 1e-9)), 1.0))


def lift(seen: Floats, expected: Floats, same: float) -> tuple[Floats, Floats, Floats]:
    """How many times as often as expected, drawn towards once, and its 95 % interval.

    Each stands as if `same` had been seen where `same` were expected (DuMouchel 1999, The American Statistician
    53:177-190, with one gamma distribution).
    """
    from scipy.special import gammaincinv

    low, high = (np.asarray(gammaincinv(same + seen, q)) / (same + expected) for q in (0.025, 0.975))
    return (same + seen) / (same + expected), low, high


def sameness(seen: Floats, expected: Floats) -> float:
    """How alike all lifts are, for `lift`: the square of the mean over the variance between them."""
    over = float(((seen - expected) ** 2 - expected).sum())
    return min(_GAMMA_MOST, max(0.1, float((expected**2).sum()) / over)) if over > 0 else _GAMMA_MOST


def alike_expected(stratum: Ints, came: Flags) -> Floats:
    """What was to be expected of each: the share of all in its stratum."""
    number = np.unique(stratum, return_inverse=True)[1]
    total = np.bincount(number)
    return np.asarray((np.bincount(number, weights=came) / np.maximum(total, 1))[number], dtype=float)


def binned(values: Floats | Ints, bins: int) -> Ints:
    """Into how many equal parts of all each value falls, 0 first; equal values fall together."""
    cuts = np.quantile(values, np.arange(1, bins) / bins) if len(values) else np.zeros(0)
    return np.searchsorted(np.unique(cuts), values, side="left").astype(np.int64)
