"""What texts speak of: themes of any shop, said with the words of `themes.toml`, and those of the shop's own words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from regulars.model.text import plain
from regulars.words import LANGUAGES, Language, Text

_LOOKED_THROUGH = 10_000  #: texts, the newest
_LEAST, _SHARE, _MOST_SHARE = 8, 0.02, 0.4
_FOUND = 8  #: themes of its own a shop has in a language, at most
_SHORTEST = 4
_MOSTLY = 0.6  #: a pair of words stands for one of them that is in so much of its texts
_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Something that customers speak of."""

    name: str
    title: Text
    patterns: Mapping[Language, str]  #: RE2 over a sentence without accents and capitals


@cache
def known_themes() -> Mapping[str, Theme]:
    """The themes of any shop, by name."""
    document = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {
        name: Theme(
            name=name,
            title=Text(**one["title"]),
            patterns={language: _pattern(one[language].split()) for language in LANGUAGES},
        )
        for name, one in document.items()
        if name != "idle"
    }


def found_themes(language: Language, texts: Sequence[str]) -> list[Theme]:
    """What the customers of this shop speak of beside, the most frequent first: words and pairs of words that many
    texts have, not all of them, and that say what, not how. A word and its plural in s are one.

    >>> spoken = [f"{word} {n}" for n, word in enumerate(("kettle", "kettles") * 5 + ("spout",) * 20)]
    >>> [(one.name, one.patterns["en"]) for one in found_themes("en", spoken)]
    [('kettle', '\\\\b(?:kettles?)\\\\b')]
    """
    words, pairs, written, count = Counter[str](), Counter[str](), Counter[tuple[str, str]](), 0
    for text in texts[:_LOOKED_THROUGH]:
        said = [word.strip("'") for word in _WORD.findall(plain(text))]
        told = [(_singular(word), word) if _tells(language, word) else None for word in said]
        words.update({one[0] for one in told if one})
        written.update(one for one in told if one)
        pairs.update({f"{one[0]} {other[0]}" for one, other in pairwise(told) if one and other})
        count += 1
    enough = max(_LEAST, _SHARE * count)
    chosen = {word: n for word, n in words.items() if enough <= n <= _MOST_SHARE * count}
    for pair, n in pairs.items():
        one, other = pair.split()
        if n >= enough and n >= _MOSTLY * min(words[one], words[other]):
            chosen = {word: m for word, m in chosen.items() if word not in (one, other)} | {pair: n}
    best = sorted(chosen, key=lambda word: (-chosen[word], word))[:_FOUND]
    usual: dict[str, str] = {}
    for (word, form), _n in sorted(written.items(), key=lambda one: (-one[1], one[0])):
        usual.setdefault(word, form)
    return [_theme(language, found.split(), usual) for found in best]


def _theme(language: Language, words: Sequence[str], usual: Mapping[str, str]) -> Theme:
    """A theme of a word or of several, called as they are written most."""
    name = " ".join(usual[word] for word in words)
    pattern = rf"\b(?:{'[ -]'.join(f'{re.escape(word)}s?' for word in words)})\b"
    return Theme(name=name, title=Text(en=name, fr=name), patterns={language: pattern})


def _singular(word: str) -> str:
    """A word without the s of a plural: what a theme is counted by, and `s?` is added to."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _idle(language: Language) -> frozenset[str]:
    """Words that name no theme: of grammar, and of liking or not."""
    document = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return frozenset(document["idle"][language].split())


@cache
def _tells(language: Language, word: str) -> bool:
    """Whether a word may name a theme that is not one of any shop; a plural may where its singular may."""
    forms = {word, _singular(word)}
    if len(word) < _SHORTEST or "'" in word or forms & _idle(language):
        return False
    known = (one.patterns[language] for one in known_themes().values())
    return not any(re.fullmatch(pattern, form) for pattern in known for form in forms)


def _pattern(words: Sequence[str]) -> str:
    said = (re.escape(word).replace("_", "[ '-]").replace(r"\*", r"\w*") for word in words)
    return rf"\b(?:{'|'.join(said)})\b"
