"""Header words in English and French, and of people in others -> the fields they may mean (`lexicon.toml`).

A header is taken apart into standard words ("N° de commande" -> no, order), and these are compared with the
phrases of every field, whatever their order. Words that change nothing ("billing email") cost a little.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from regulars.model.fields import IDENTIFIER_PREFIX, KINDS
from regulars.sources.vocabulary.fingerprint import plain

_EXACT, _LIGHT, _HEAVY, _LATER = 1.0, 0.05, 0.22, 0.004


_OUTSIDE = 0.96  #: what a name is worth without what stands in parentheses: "Total (inc tax)"
_PARENTHESIS = re.compile(r"\([^)]*\)")
_NOT = re.compile(r"\b(do not|don t|dont|ne pas|ne plus)\b")
_NOT_MAIL = re.compile(r"\bnot (allow )?mails?\b")  #: letters or e-mails: whoever asked for it is spared both


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a header may mean, and how well it says so."""

    field: str
    score: float  #: 0..1
    phrase: str  #: the phrase it agrees with


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words and phrases, ready to compare."""

    standard: dict[str, str]  #: every way to write a word -> the standard word
    french: frozenset[str]  #: ways to write that are French and not English
    idle: frozenset[str]
    light: frozenset[str]
    heavy: frozenset[str]
    bare: frozenset[str]
    phrases: dict[str, tuple[frozenset[str], ...]]  #: by field, or by `kind.field`; best first

    def words(self, header: str) -> tuple[str, ...]:
        """The standard words of a header; unknown ones as they are.

        >>> lexicon().words("Courriel du client")
        ('email', 'customer')
        """
        denied = _NOT_MAIL.sub("not person", _NOT.sub("not", plain(header)))
        found = [word for raw in denied.split() for word in self._taken_apart(raw)]
        return tuple(word for word in found if word not in self.idle)

    def is_french(self, header: Sequence[str]) -> bool:
        """Has a header clearly French words?"""
        words = [word for name in header for word in plain(name).split()]
        return sum(word in self.french for word in words) >= max(1, len(header) // 5)

    def meanings(self, header: str, kind: str) -> list[Meaning]:
        """What a header may mean in a kind of file, best first."""
        ways = [(frozenset(self.words(header)), 1.0)]
        if "(" in header and (outside := _PARENTHESIS.sub(" ", header).strip()):
            ways.append((frozenset(self.words(outside)), _OUTSIDE))
        own = [Meaning(header, 1.0, header)] if header in KINDS[kind].fields else []
        found = own or [
            Meaning(meaning.field, meaning.score * worth, meaning.phrase)
            for field in _fields(kind)
            for words, worth in ways
            if (meaning := self._meaning(words, field, kind))
        ]
        return sorted(found, key=lambda meaning: -meaning.score)

    def _meaning(self, words: frozenset[str], field: str, kind: str) -> Meaning | None:
        phrases = self.phrases.get(f"{kind}.{field}", self.phrases.get(field, ()))
        count = _is_count(field, kind)
        best: Meaning | None = None
        for rank, phrase in enumerate(phrases):
            score = self._agreement(words, phrase, count) - _LATER * min(rank, 20)
            if score > (best.score if best else 0.5):
                best = Meaning(field, score, " ".join(sorted(phrase)))
        return best

    def _agreement(self, words: frozenset[str], phrase: frozenset[str], count: bool) -> float:
        if words == phrase:
            return _EXACT
        more = words - phrase
        if (
            not phrase <= words
            or more - self.light - self.heavy
            or (len(phrase) == 1 and phrase <= self.bare)
        ):
            return 0.0
        heavy = len(more & self.heavy)
        if heavy and count:
            return 0.0
        return 0.93 - _HEAVY * heavy - _LIGHT * (len(more) - heavy)

    def _taken_apart(self, raw: str) -> Sequence[str]:
        if raw in self.standard or raw in self.idle or len(raw) < 4:
            return (self.standard.get(raw, raw),)
        if parts := self._split(raw):
            return [self.standard.get(part, part) for part in parts]
        return (self.standard.get(self._without_typo(raw), raw),)

    def _without_typo(self, raw: str) -> str:
        """The known word that a slip of the keyboard made unknown: letters swapped, or one more, less or wrong."""
        slips = 1 if len(raw) < 8 else 2
        known = [
            word
            for word in self.standard
            if word[0] == raw[0] and (len(word) > 4 or sorted(word) == sorted(raw))
        ]
        near = process.extractOne(raw, known, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near else raw

    def _split(self, raw: str) -> list[str] | None:
        """Known words that were run together, the fewest of them: "dateofbirth" -> date, of, birth."""
        best: list[list[str] | None] = [[], *[None] * len(raw)]
        for end in range(2, len(raw) + 1):
            for start in range(max(0, end - 14), end - 1):
                before, part = best[start], raw[start:end]
                if before is None or (part not in self.standard and part not in ("of", "de", "du", "la")):
                    continue
                shortest = best[end]
                if shortest is None or len(before) + 1 < len(shortest):
                    best[end] = [*before, part]
        found = best[len(raw)]
        return found if found and len(found) > 1 and sum(len(part) > 3 for part in found) else None


@cache
def lexicon() -> Lexicon:
    """The lexicon of `lexicon.toml`."""
    document = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text("utf-8"))
    english, french = document["words"]["en"], document["words"]["fr"]
    every = (document["words"]["other"], english, french)  # a later one has the last word
    standard = {way: word for words in every for word, ways in words.items() for way in ways}
    in_english = {way for ways in english.values() for way in ways}
    fields = document["fields"] | {
        IDENTIFIER_PREFIX + name: text for name, text in document["identifiers"].items()
    }
    return Lexicon(
        standard=standard,
        french=frozenset(
            way for ways in french.values() for way in ways if way not in in_english and len(way) > 2
        ),
        idle=frozenset(document["qualifiers"]["idle"]),
        light=frozenset(document["qualifiers"]["light"]),
        heavy=frozenset(document["qualifiers"]["heavy"]),
        bare=frozenset(document["qualifiers"]["bare"]),
        phrases={name: tuple(_phrases(text)) for name, text in fields.items()},
    )


def _phrases(text: str) -> Iterator[frozenset[str]]:
    for phrase in text.split("|"):
        if words := phrase.split():
            yield frozenset(words)


@cache
def _fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind that a header may name."""
    identifiers = [name for name in lexicon().phrases if name.startswith(IDENTIFIER_PREFIX)]
    return (*KINDS[kind].fields, *(identifiers if kind == "people" else ()))


def _is_count(field: str, kind: str) -> bool:
    """Numbers, amounts and dates: "shipping value" is no value of the line, as "shipping city" is a city."""
    known = KINDS[kind].fields.get(field)
    return known is not None and known.shape in ("number", "rating", "money", "date", "instant")
