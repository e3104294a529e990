"""Who is kept aside: a hash of the shop's salt, the experiment and the person, so that it can be computed again.

The first 8 bytes of SHA-256 of "salt, experiment, person" (joined by the unit separator, in UTF-8) are a number that
is uniform on 0..2^64; a person is kept aside when it lies below share x 2^64. So a larger share keeps everybody aside
whom a smaller one keeps, and two experiments are independent.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import numpy as np
import numpy.typing as npt

_SPAN = 2**64


def held(persons: Iterable[int], experiment: str, salt: str, share: float) -> npt.NDArray[np.bool_]:
    """Who of these persons is kept aside from this experiment, in their order; `share` is 0..1. A second for a million.

    >>> held([7, 19], "welcome", "a salt", 0.1).tolist()
    [False, True]
    """
    opening = f"{salt}\x1f{experiment}\x1f".encode()
    digests = b"".join([sha256(opening + b"%d" % person).digest()[:8] for person in persons])
    threshold = round(share * _SPAN)
    if threshold >= _SPAN:
        return np.ones(len(digests) // 8, dtype=np.bool_)
    return np.frombuffer(digests, dtype=">u8").astype(np.uint64) < np.uint64(threshold)
