"""The general model of English: what a shop's English texts are read by until it has stars of its own.

Its words, pairs of words and weights stand in `english.tsv`, whose head says where they come from, under which licence,
and how often the model is right. `python -m bench smart voice --write-english` makes the file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np

from regulars.predict.voice.feeling import Block, Reader
from regulars.predict.voice.grams import BINS, columns_of

_FILE = Path(__file__).with_name("english.tsv")


@cache
def head() -> dict[str, str]:
    """What the file says of itself: `accuracy`, `texts`, `licence`, …"""
    return dict(line[2:].split(": ", 1) for line in _lines() if line.startswith("# "))


def mark_of(text: str) -> str:
    """What a text that the model was made of is known by."""
    return f"{crc32(' '.join(text.lower().split()).encode()):08x}"


def is_learnt(text: str) -> bool:
    """Whether the model was made of this very text, so that it says nothing of how good it is."""
    return mark_of(text) in _learnt()


@cache
def _learnt() -> frozenset[str]:
    return frozenset(head()["made of"].split())


@cache
def general_reader() -> Reader:
    """The model."""
    rows = [line.split("\t") for line in _lines() if not line.startswith("#")]
    columns = columns_of([gram for gram, _rarity, _weight in rows])
    rarity, weight = np.zeros(BINS), np.zeros(BINS)
    rarity[columns] = [float(one) for _gram, one, _weight in rows]
    weight[columns] = [float(one) for _gram, _rarity, one in rows]
    told = head()
    return Reader(
        blocks=(Block(characters=False, rarity=rarity, weight=weight),),
        bias=float(told["bias"]),
        slope=float(told["slope"]),
        offset=float(told["offset"]),
    )


@cache
def _lines() -> list[str]:
    return [line for line in _FILE.read_text("utf-8").splitlines() if line]
