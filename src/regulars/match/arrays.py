"""What the steps of matching pass on: numbers of records, cards, people or links, bits and chances, and pairs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Pair = tuple[int, int]
