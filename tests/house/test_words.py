"""Every text a user sees exists in English and in French, and says the same things."""

import string
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

import collect_words  # noqa: E402


def places(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in string.Formatter().parse(text) if name is not None}


def test_no_text_is_without_french_and_no_french_is_left_over() -> None:
    with collect_words.CATALOGUE.open("rb") as file:
        kept = {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}
    said = {message for message, _where in collect_words.messages() if message}
    assert sorted(said - kept.keys()) == [], "run `make words` and translate"
    assert sorted(kept.keys() - said) == [], "run `make words`"
    assert sorted(message for message, french in kept.items() if not french) == []


def test_a_translation_fills_in_the_same_values() -> None:
    with collect_words.CATALOGUE.open("rb") as file:
        kept = [(str(entry.id), str(entry.string)) for entry in read_po(file) if entry.id and entry.string]
    for english, french in kept:
        if "{" in english:
            assert places(english) == places(french), english


@pytest.mark.parametrize("chosen", ["en", "fr"])
def test_a_language_can_be_chosen(chosen: str) -> None:
    from regulars.words import _, language, speak

    speak(chosen)
    try:
        assert language() == chosen
        assert (
            _("choose another folder")
            == {"en": "choose another folder", "fr": "choisissez un autre dossier"}[chosen]
        )
    finally:
        speak(None)
