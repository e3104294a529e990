"""Names in another alphabet, written in Latin letters, so that they can be compared with names that are.

Not for a human to read: one letter is always written the same way, as passports do of most. Where a script does not
tell how a name sounds, that is said, for then two writings of one name need not look alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: What the letters of a name tell: how it sounds, or only a part of it (no vowels, or nothing at all).
LETTERS, SIGNS = "letters", "signs"
#: Beyond the Latin letters of Europe: only there may letters of another alphabet be, and some Latin ones.
BEYOND_LATIN = r"[^\x{0}-\x{24F}]"
_BEYOND_LATIN = re.compile("[^\x00-\u024f]")
# Each letter, and what stands for it.
_SOUNDED = """
а-a б-b в-v г-g ґ-g д-d е-e ё-e є-ye ж-zh з-z и-i і-i ї-i й-y ј-y к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ў-u ф-f х-kh
ц-ts ч-ch џ-dz ш-sh щ-shch ъ- ы-y ь- э-e ю-yu я-ya ђ-dj ћ-c љ-lj њ-nj ѓ-g ќ-k ѕ-dz
α-a β-v γ-g δ-d ε-e ζ-z η-i θ-th ι-i κ-k λ-l μ-m ν-n ξ-x ο-o π-p ρ-r σ-s ς-s τ-t υ-y φ-f χ-ch ψ-ps ω-o
ա-a բ-b գ-g դ-d ե-e զ-z է-e ը-y թ-t ժ-zh ի-i լ-l խ-kh ծ-ts կ-k հ-h ձ-dz ղ-gh ճ-ch մ-m յ-y ն-n շ-sh ո-o չ-ch պ-p ջ-j
ռ-r ս-s վ-v տ-t ր-r ց-ts ւ-u փ-p ք-k օ-o ֆ-f և-ev
ა-a ბ-b გ-g დ-d ე-e ვ-v ზ-z თ-t ი-i კ-k ლ-l მ-m ნ-n ო-o პ-p ჟ-zh რ-r ს-s ტ-t უ-u ფ-p ქ-k ღ-gh ყ-q შ-sh ჩ-ch ც-ts
ძ-dz წ-ts ჭ-ch ხ-kh ჯ-j ჰ-h
"""
_CONSONANTS = """
ا-a أ-a إ-i آ-a ٱ-a ب-b پ-p ت-t ث-th ج-j چ-ch ح-h خ-kh د-d ذ-dh ر-r ز-z ژ-zh س-s ش-sh ص-s ض-d ط-t ظ-z ع-a غ-gh ف-f ق-q
ك-k ک-k گ-g ل-l م-m ن-n ه-h ة-a و-w ؤ-w ي-y ی-y ى-a ئ-y ء-
א-a ב-b ג-g ד-d ה-h ו-v ז-z ח-h ט-t י-y כ-k ך-k ל-l מ-m ם-m נ-n ן-n ס-s ע-a פ-p ף-p צ-ts ץ-ts ק-k ר-r ש-sh ת-t
"""


def _read(table: str) -> dict[str, str]:
    return {letter: latin for letter, _line, latin in (each.partition("-") for each in table.split())}


_WRITTEN = _read(_SOUNDED) | _read(_CONSONANTS)
_UNVOICED = frozenset(_read(_CONSONANTS))
#: The names of these letters say how they sound: KATAKANA LETTER KA, HANGUL SYLLABLE GIM.
_SYLLABLE = re.compile(r"(?:HIRAGANA LETTER|KATAKANA LETTER|HANGUL SYLLABLE) (?:SMALL )?([A-Z]+)")
#: So do those of the scripts of India and of Khmer, where a consonant bears an `a` that a sign behind it replaces.
_INDIC = re.compile(
    r"(?:DEVANAGARI|BENGALI|GURMUKHI|GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|MALAYALAM|KHMER)"
    r" (?P<kind>LETTER|VOWEL SIGN|INDEPENDENT VOWEL|SIGN)(?: [A-Z]+)*? Q?(?P<sound>[A-Z]+)"
)
_INDIC_SIGNS = {"ANUSVARA": "n", "BINDI": "n", "TIPPI": "n", "NIKAHIT": "m", "VISARGA": "h", "REAHMUK": "h"}
_INHERENT = re.compile(r"[AO]+$")


class Romanised(NamedTuple):
    """A name in Latin letters."""

    text: str
    script: str | None  #: `LETTERS` or `SIGNS`; None when it was in Latin letters already


@lru_cache(maxsize=100_000)
def romanised(name: str) -> Romanised:
    """A name in Latin letters; what cannot be written in them stays as it is.

    >>> [romanised(name).text for name in ("Βασίλης", "Зоя", "गीता", "김", "فيصل", "王杰", "Élise")]
    ['vasilis', 'zoya', 'gita', 'gim', 'fysl', '王杰', 'Élise']
    >>> [romanised(name).script for name in ("Βασίλης", "فيصل", "王杰", "Élise")]
    ['letters', 'signs', 'signs', None]
    """
    if not _BEYOND_LATIN.search(name):
        return Romanised(name, None)
    written: list[str] = []
    script: str | None = None
    bears_a = False  # the letter before is a consonant of India, and nothing behind it told its vowel yet
    for sign in unicodedata.normalize("NFC", name):
        latin, tells, consonant = _sign(sign)
        if consonant and bears_a:
            written.append("a")
        bears_a = consonant
        written.append(latin)
        script = SIGNS if SIGNS in (tells, script) else tells or script
    return Romanised("".join(written), script) if script else Romanised(name, None)


@lru_cache(maxsize=10_000)
def _sign(sign: str) -> tuple[str, str | None, bool]:
    """A letter in Latin ones, what its script tells, and whether it is a consonant that bears an `a`."""
    bare = unicodedata.normalize("NFD", sign.lower())[0]
    for letter in (sign.lower(), bare):
        if letter in _WRITTEN:
            return _WRITTEN[letter], SIGNS if letter in _UNVOICED else LETTERS, False
    name = unicodedata.name(sign, "")
    if syllable := _SYLLABLE.fullmatch(name):
        return syllable[1].lower(), LETTERS, False
    if indic := _INDIC.fullmatch(name):
        return _indic(indic["kind"], indic["sound"])
    foreign = unicodedata.category(sign) in ("Lo", "Ll", "Lu") and not _is_latin(name)
    return sign, SIGNS if foreign else None, False


def _indic(kind: str, sound: str) -> tuple[str, str | None, bool]:
    if kind == "SIGN":
        return _INDIC_SIGNS.get(sound, ""), LETTERS, False
    consonant = _INHERENT.sub("", sound) if kind == "LETTER" else ""
    if consonant:
        return _single(consonant), LETTERS, True
    return _single(sound).replace("y", "i"), LETTERS, False


def _single(sound: str) -> str:
    """Without the doubled letters by which names tell long vowels and hard consonants: AA, TTA."""
    return re.sub(r"(.)\1+", r"\1", sound.lower())


def _is_latin(name: str) -> bool:
    return "LATIN" in name
