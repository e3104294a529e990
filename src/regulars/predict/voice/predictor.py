"""The predictor of this room: reads what was said, and makes what is kept of it.

voice_texts     one row a text: who, when, of what, in which language, praise or complaint
voice_products  one row an article and theme, and one a theme for the whole shop: how many praise and complain
voice_themes    the themes, with their titles
voice_people    one row a person: how many texts, praises and complaints in the last year
voice_examples  sentences, a few for each of these, with who wrote them
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from regulars.engine import Session
from regulars.engine.statements import statements
from regulars.model.report import ModelReport
from regulars.model.text import plain
from regulars.predict.voice import stars
from regulars.predict.voice.asking import ASKING
from regulars.predict.voice.feeling import MIXED
from regulars.predict.voice.parts import sentences, turns
from regulars.predict.voice.reading import Reading, reading
from regulars.predict.voice.said_of_itself import report
from regulars.predict.voice.themes import Theme, found_themes, known_themes
from regulars.predict.voice.tongue import languages_of
from regulars.words import LANGUAGES, Language

_SQL = statements(Path(__file__).with_name("texts.sql"))
_DAYS = 730  #: older texts are of another shop
_MOST = 200_000  #: texts, the newest
#: A sentence contradicts the stars of its text when its model is as sure as this.
_AGAINST = (0.2, 0.8)
RESULTS = {
    "voice_texts": "select * from voice_texts order by day, fact",
    "voice_products": "select * from voice_products order by product_id nulls first, theme nulls first",
    "voice_themes": "select * from voice_themes order by theme",
    "voice_people": "select * from voice_people order by person",
    "voice_examples": "select * from voice_examples order by product_id nulls first, theme, tone, place",
}

_RARE = 10  #: of so many ratings one that is off the scale of the others is a slip
Tones = npt.NDArray[np.object_]
Readings = Mapping[Language, Reading]


def predict(session: Session, as_of: int) -> list[ModelReport]:
    """Make the relations of this room, and say how good the reading was."""
    found = session.rows(_SQL["texts"].format(as_of=as_of, days=_DAYS, most=_MOST, rare=_RARE))
    texts = [text or "" for text in found.column("said").to_pylist()]
    language = np.array(languages_of(texts), dtype=object)
    rated = [found.column(name).to_numpy().astype(np.float64) for name in ("rating", "lowest", "highest")]
    scaled = stars.on_scale(*rated)
    read = _readings(texts, language, scaled)
    tone = _text_tones(texts, language, stars.tones(scaled), read)
    columns = {"scaled": scaled, "language": language, "tone": tone}
    told = found.drop_columns(["rating", "lowest", "highest", "said"])
    for name, values in columns.items():
        told = told.append_column(name, pa.array(values, from_pandas=True))
    session.table("voice_texts", told)
    themes = _themes(texts, language)
    session.table("voice_themes", _titles(themes))
    session.table("voice_sentences", _sentences(texts, language, tone, read, themes, found))
    for name in ("voice_said", "voice_people", "voice_products", "voice_examples"):
        session.create(name, _SQL[name].format(sums=_SQL["sums"]))
    return [report(as_of, language, read)]


def _readings(texts: Sequence[str], language: Tones, scaled: npt.NDArray[np.float64]) -> Readings:
    """How each language is read."""
    found = dict[Language, Reading]()
    for one in LANGUAGES:
        own = np.flatnonzero(language == one)
        tones = stars.tones(scaled[own])
        pleased = np.select([tones == "praise", tones == "complaint"], [1.0, 0.0], np.nan)
        starred = int(np.isfinite(scaled[own]).sum())
        found[one] = reading(one, [texts[at] for at in own.tolist()], pleased, starred)
    return found


def _text_tones(texts: Sequence[str], language: Tones, starred: Tones, read: Readings) -> Tones:
    """Praise, complaint, mixed, or None: by the stars, else by the words."""
    tone = starred.copy()
    for one, how in read.items():
        own = np.flatnonzero((language == one) & (starred == None))  # noqa: E711
        if how.reader is not None and len(own):
            tone[own] = _spoken(how.reader.pleased([texts[at] for at in own.tolist()]), MIXED)
    return tone


def _spoken(pleased: npt.NDArray[np.float64], between: tuple[float, float]) -> Tones:
    found = np.full(len(pleased), None, dtype=object)
    found[pleased <= between[0]], found[pleased >= between[1]] = "complaint", "praise"
    return found


def _themes(texts: Sequence[str], language: Tones) -> list[Theme]:
    own = [
        theme
        for one in LANGUAGES
        for theme in found_themes(one, [text for text, of in zip(texts, language, strict=True) if of == one])
    ]
    return [*known_themes().values(), *own]


def _titles(themes: Sequence[Theme]) -> pa.Table:
    rows = [{"theme": one.name, "title_en": one.title.en, "title_fr": one.title.fr} for one in themes]
    return pa.Table.from_pylist(rows)


def _sentences(
    texts: Sequence[str],
    language: Tones,
    tone: Tones,
    read: Readings,
    themes: Sequence[Theme],
    found: pa.Table,
) -> pa.Table:
    """One row a sentence and theme, or a sentence that asks for something: its tone, and how sure that is."""
    readable = np.flatnonzero(np.isin(language, LANGUAGES))
    said, of = sentences([texts[at] for at in readable.tolist()])
    text = readable[of] if len(of) else np.zeros(0, np.int64)
    spoken, sure = _sentence_tones(said, language[text], tone[text], read)
    bare = pa.array([plain(one).replace("’", "'") for one in said], pa.string())
    asks = _matches(bare, language[text], ASKING)
    spoken_of = {
        theme.name: np.flatnonzero(_matches(bare, language[text], theme.patterns)) for theme in themes
    }
    named = [*spoken_of, None]
    places = [*spoken_of.values(), np.flatnonzero(asks)]
    at = np.concatenate(places)
    names = np.repeat(np.array(named, dtype=object), [len(one) for one in places])
    whole = pa.table(
        {
            "theme": pa.array(names, pa.string()),
            "tone": pa.array(spoken[at], pa.string()),
            "asks": pa.array(asks[at], pa.bool_()),
            "sure": pa.array(sure[at], pa.float64()),
            "sentence": pa.array(said, pa.string()).take(pa.array(at, pa.int64())),
            "language": pa.array(language[text][at], pa.string()),
        }
    )
    for name in ("fact", "person", "day", "product_id"):
        whole = whole.append_column(name, found.column(name).take(pa.array(text[at], pa.int64())))
    return whole


def _matches(bare: pa.Array, language: Tones, patterns: Mapping[Language, str]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(bare), bool)
    for one, pattern in patterns.items():
        own = np.flatnonzero(language == one)
        if len(own):
            found[own] = pc.match_substring_regex(bare.take(pa.array(own)), pattern).to_numpy(False)
    return found


def _sentence_tones(
    said: Sequence[str], language: Tones, whole: Tones, read: Readings
) -> tuple[Tones, npt.NDArray[np.float64]]:
    """The tone of each sentence, and how sure it is, 0 to 1: that of the whole text, unless its words are sure of
    the contrary, or it begins with "but": then its words alone."""
    tone, sure = whole.copy(), np.zeros(len(said))
    tone[[turns(one) for one in said]] = None
    tone[tone == "mixed"] = None
    for one, how in read.items():
        own = np.flatnonzero(language == one)
        if how.reader is None or not len(own):
            continue
        pleased = how.reader.pleased([said[at] for at in own.tolist()])
        against, alone = _spoken(pleased, _AGAINST), _spoken(pleased, MIXED)
        of_whole = tone[own]
        known = of_whole != None  # noqa: E711
        tone[own] = np.where(known, np.where(against != None, against, of_whole), alone)  # noqa: E711
        sure[own] = np.abs(pleased - 0.5) * 2
    return tone, sure
