"""What customers say: how often our readers are right, beside the published figures of the same texts.

English: Amazon review snippets with the mean rating of people (Hutto & Gilbert 2014, ICWSM; MIT). French: reviews of
television series (Dong & de Melo 2018), used to test alone.
"""

from __future__ import annotations

import argparse
import gzip
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from regulars.predict.voice import english, feeling
from regulars.predict.voice.grams import columns_of
from regulars.predict.voice.tongue import languages_of

_CLEAR = 0.5  #: of -4 … 4: below it people did not agree
_LEAST = 2  #: texts that have a gram of the general model
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]*)*|'+[^\W_]+(?:'[^\W_]*)*")
_HEAD = """# what: the general model of English: words and pairs, how rare they are, what they weigh (above 0: glad)
# source: clear Amazon review snippets of C. J. Hutto and E. Gilbert, VADER (ICWSM 2014), cjhutto/vaderSentiment
# licence: MIT, Copyright (c) 2016 C.J. Hutto
"""


def english_texts(data: Path) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """The clear texts, and which of them are pleased."""
    with gzip.open(data / "voice" / "reviews_en_rated.txt.gz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    clear = [(text, float(rating) > 0) for _id, rating, text in rows if abs(float(rating)) >= _CLEAR]
    return [text for text, _good in clear], np.array([good for _text, good in clear])


def french_texts(data: Path, part: str) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """The texts of a part, "train" or "dev", and which of them are pleased."""
    with gzip.open(data / "voice" / f"fr_series_reviews_{part}.tsv.gz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t", 1) for line in file]
    return [text for _label, text in rows], np.array([label == "1" for label, _text in rows])


def wilson(right: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    share, z = right / n, 1.96
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return float(middle - half), float(middle + half)


def french_accuracy(data: Path) -> tuple[int, int]:
    """Trained on train, marked once on dev: how many are right, of how many."""
    model = feeling.train(*french_texts(data, "train")).reader
    texts, good = french_texts(data, "dev")
    return int(((model.pleased(texts) > 0.5) == good).sum()), len(texts)


def main(arguments: list[str]) -> None:
    """Print ours beside theirs; with `--write-english` make the file of the general model anew."""
    parser = argparse.ArgumentParser(prog="bench smart voice")
    parser.add_argument("--data", type=Path, required=True, help="the folder of real data")
    parser.add_argument("--write-english", action="store_true", help="make the general model anew")
    given, _others = parser.parse_known_args(arguments)
    data: Path = given.data
    texts, good = english_texts(data)
    if given.write_english:
        _write_english(texts, good)
        return
    ours, words = (
        feeling.train(texts, good, **how).unseen for how in ({}, {"kinds": (False,), "least": _LEAST})
    )
    low, high = wilson(int(((ours > 0.5) == good).sum()), len(good))
    print(f"English, {len(good):,} clear texts, five folds")
    print(f"  ours, learnt from stars   {((ours > 0.5) == good).mean():.3f}  (95 %: {low:.3f} to {high:.3f})")
    print(
        f"  ours, the general model   {((words > 0.5) == good).mean():.3f}  it says {english.head()['accuracy']}"
    )
    most = max(good.mean(), 1 - good.mean())
    print(f"  published: VADER .623; words and logistic regression .765; most texts {most:.3f}")
    right, n = french_accuracy(data)
    low, high = wilson(right, n)
    print(f"French, learnt from 2,739, marked on {n} others")
    print(f"  ours                      {right / n:.3f}  (95 %: {low:.3f} to {high:.3f})")
    print("  published: vaderSentiment-fr .679; textblob-fr .699; words and logistic regression .917")
    french = french_texts(data, "train")[0]
    for name, some in (("en", texts), ("fr", french)):
        found = languages_of(some)
        print(f"language of {len(some):,} texts in {name}: {found.count(name) / len(some):.3f} right,"
              f" {found.count('unknown') / len(some):.3f} not said")  # fmt: skip


def _write_english(texts: list[str], good: npt.NDArray[np.bool_]) -> None:
    trained = feeling.train(texts, good, kinds=(False,), least=_LEAST)
    (block,) = trained.reader.blocks
    said = [_WORD.findall(text.lower().replace("’", "'")) for text in texts]
    grams = sorted({gram for one in said for gram in (*one, *map(" ".join, pairwise(one)))})
    columns = columns_of(grams)
    kept = [(gram, at) for gram, at in zip(grams, columns, strict=True) if block.rarity[at] > 0]
    right = ((trained.unseen > 0.5) == good).mean()
    lines = [
        *_HEAD.splitlines(),
        f"# texts: {len(texts)}",
        f"# accuracy: {right:.3f}",
        f"# made of: {' '.join(sorted({english.mark_of(text) for text in texts}))}",
        *(f"# {name}: {getattr(trained.reader, name):.6f}" for name in ("bias", "slope", "offset")),
        *(f"{gram}\t{block.rarity[at]:.4f}\t{block.weight[at]:.4f}" for gram, at in kept),
    ]
    Path(english.__file__).with_suffix(".tsv").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(kept):,} grams, right for {right:.3f}")
