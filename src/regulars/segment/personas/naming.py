"""Plain names: what sets a persona apart from the shop's mean, the strongest first; never two the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from regulars.segment.personas.traits import Trait
from regulars.words import Text

_TELLS = 0.35  #: standard deviations from the mean, times the weight, from which a trait is worth a word
_WORDS = 2  #: traits in a name; more where two would have the same


def names(traits: Sequence[Trait], middles: npt.NDArray[np.float64]) -> list[Text]:
    """A name for each persona, in both languages."""
    said = [_said(traits, middle) for middle in middles]
    lengths = [_WORDS] * len(said)
    while True:
        made = [_joined(words[:length]) for words, length in zip(said, lengths, strict=True)]
        twice = [at for at, one in enumerate(made) if made.count(one) > 1]
        longer = [at for at in twice if lengths[at] < len(said[at])]
        if not longer:
            return [_numbered(one, made[:at].count(one)) for at, one in enumerate(made)]
        for at in longer:
            lengths[at] += 1


def _said(traits: Sequence[Trait], middle: npt.NDArray[np.float64]) -> list[Text]:
    """What can be said of a persona, the strongest first."""
    strongest = sorted(range(len(traits)), key=lambda at: (-abs(middle[at]), traits[at].name))
    found: list[Text] = []
    for at in strongest:
        words = traits[at].much if middle[at] > 0 else traits[at].little
        if words is not None and (abs(middle[at]) >= _TELLS or not found):
            found.append(words)
    return found


def _joined(words: Sequence[Text]) -> Text:
    both = {language: ", ".join(one.in_language(language) for one in words) for language in ("en", "fr")}
    return Text(**{language: said[:1].upper() + said[1:] for language, said in both.items()})


def _numbered(name: Text, before: int) -> Text:
    return name if not before else Text(en=f"{name.en} ({before + 1})", fr=f"{name.fr} ({before + 1})")
