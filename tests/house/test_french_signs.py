"""French is written by one rule wherever a user reads it, and one thing has one word."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[2] / "src" / "regulars"

#: A colon takes a no-break space before it; a semicolon, a question mark and an exclamation mark take none.
LOOSE = re.compile(r"(?<!\u00a0):(?=\s|$)|[\s\u00a0\u202f][;?!]")
#: The same in a text that may be English.
LOOSE_ANYWHERE = re.compile(r"\w[ \u202f]:(?=\s|$)|\w[\u00a0\u202f][;?!]")


def catalogue() -> dict[str, str]:
    with (SOURCE / "locale" / "fr.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def texts_of_code() -> Iterator[str]:
    """Every text in the code, of either language: English has neither sign, so what is loose is French."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                yield node.value


def written_in_code() -> Iterator[str]:
    """The French of every `Text(en=…, fr=…)`."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for given in node.keywords:
                    if given.arg == "fr" and isinstance(given.value, ast.Constant):
                        yield str(given.value.value)


def written_as_data() -> Iterator[str]:
    """The French of segments, steps and treatments; not the messages, which leave by tools that count letters."""
    for path in SOURCE.rglob("*.toml"):
        yield from _french(tomllib.loads(path.read_text(encoding="utf-8")))


def _french(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("fr"), str):
            yield value["fr"]
        for inner in value.values():
            yield from _french(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _french(inner)


def test_signs_stand_where_french_puts_them() -> None:
    texts = [*catalogue().values(), *written_in_code(), *written_as_data()]
    assert len(texts) > 1000
    assert [text for text in texts if LOOSE.search(text)] == [], (
        "a no-break space before `:`, none before `;?!`"
    )
    assert [text for text in texts_of_code() if LOOSE_ANYWHERE.search(text)] == []


def test_one_thing_has_one_word_in_french() -> None:
    """A shop is a *boutique*, one of its stores a *magasin*, its app an *appli*, and what happens an *évènement*; a
    household is a *foyer*, and records are *rapprochées*, by whomever and whatever."""
    french = {**catalogue(), **{text: text for text in (*written_in_code(), *written_as_data())}}
    wrong = re.compile(r"\bcommerces?\b|\bapps?\b|événement|\bménages?\b|\bréuni|\bappari[ée]", re.IGNORECASE)
    assert [text for text in french.values() if wrong.search(text)] == []
    told = [english for english, text in catalogue().items() if "magasin" in text.lower()]
    assert told
    assert [english for english in told if not re.search("store", english, re.IGNORECASE)] == []
