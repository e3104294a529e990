"""What is said in French shares no word with what is said in English, but names, data and a few cognates."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from said import Run

from regulars import cli
from regulars.flow.export import EXPORTS
from regulars.indicators import INDICATORS
from regulars.model.field_names import field_name
from regulars.model.fields import KINDS
from regulars.segment.ready import ready_segments

#: A count of one, or in French of none, before a plural.
MANY = re.compile(
    r"(?<![\d.,:#-])\b1 (rows|lines|orders|people|records|days|pairs|messages|rejects|files)\b"
    r"|(?<![\d.,:#-])\b[01] (lignes|commandes|personnes|fiches|jours|paires|rejets|fichiers)\b"
)
WORD = re.compile(r"[^\W\d_]{3,}")
#: What is asked of the small shop.
ASKED = (
    "quality", "quality --history", "imports", "rejects", "review", "match", "build --as-of 2026-10-31", "indicators",
    "indicators spend_90d", "segments", "segments --ladder", "segments --overlap", "segments --history",
    "segments --by city", "count \"stage = 'late' and orders_lifetime > 1\"", "count \"city = 'Nowhere'\"",
    "show P1", "show Roy", "explain shop:1 shop:2", "explain shop:1 shop:3", "lock P1 city=Laval", "unlock P1 city",
    "plan --as-of 2026-10-31", "load exports/people.csv --source shop", "load exports/orders.csv --source other",
    "load exports --dry-run", "export people --output out.csv", "undo 1", "undo 99", "show nobody", "lod x",
    "clean --name 'ROY, ann' --email ann@gmial.com --phone '514 555-0101'", "export peple --output x.csv",
    "count 'spend_9d > 3'", "build --as-of never",
)  # fmt: skip
#: The same word in both languages.
COGNATES = frozenset({
    "app", "article", "articles", "attention", "bits", "but", "cents",
    "clients", "code", "coupon", "cycle", "date", "dates", "double",
    "engagement", "expression", "exports", "import", "impossible", "instant", "licence", "long",
    "machines", "message",
    "messages", "moment", "notes",
    "nov", "oct", "options", "page", "part", "prospects", "question", "quintile", "quintiles", "score", "second",
    "segment", "segments", "sept", "source", "sources", "suggestions", "table", "total", "type", "types", "web",
})  # fmt: skip
#: Names: of things outside, and of what is written in commands, files and rules.
NAMES = frozenset({
    "america", "asked", "bigint", "bought", "cad", "cast",
    "census", "chez", "coalesce", "com", "csv", "email", "eur", "europe", "example", "excel",
    "filter", "fra", "gmail", "gmial", "gzip", "help", "iana", "iso", "json", "jsonl", "key", "mug", "nous", "other",
    "paris", "parquet", "partner", "postgresql", "pot", "public",
    "regulars", "rfm", "root", "sql", "sqlite", "till", "toml", "toronto",
    "usd", "utf", "where", "xlsx",
})  # fmt: skip


def words(text: str) -> set[str]:
    return {
        word.lower()
        for word in WORD.findall(re.sub(r"`[^`]*`|\$ .*|'[^']*'|«[^»]*»|\S*[/@_.=]\S*\w", " ", text))
    }


@pytest.fixture(scope="session")
def known(made: Path) -> set[str]:
    """The words of the shop's data, of commands, and of what rules and mapping files are written in."""
    data = " ".join(file.read_text("utf-8") for file in (made / "exports").iterdir())
    codes = [
        *cli.regulars.commands, *EXPORTS, *INDICATORS, *ready_segments(), *KINDS,
        *(field for kind in KINDS.values() for field in kind.fields),
        *(name for command in cli.regulars.commands.values() for one in command.params for name in one.opts),
    ]  # fmt: skip
    return {word.lower() for word in WORD.findall(" ".join([data, *codes]))} | COGNATES | NAMES


@pytest.mark.slow
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_said_in_french_has_no_english_word(
    run: Run, here: Path, known: set[str], asked: str
) -> None:
    said = {lang: run(*shlex.split(asked), "--lang", lang) for lang in ("en", "fr")}
    english, french = (words(one.out + one.err) for one in (said["en"], said["fr"]))
    assert english & french - known == set(), said["fr"].out + said["fr"].err


@pytest.mark.parametrize("name", cli.regulars.commands)
def test_the_help_in_french_has_no_english_word(run: Run, known: set[str], name: str) -> None:
    said = {lang: run(name, "--help", "--lang", lang).out for lang in ("en", "fr")}
    assert words(said["en"]) & words(said["fr"]) - known == set(), said["fr"]


@pytest.mark.slow
def test_one_is_never_many(run: Run, here: Path) -> None:
    for asked in ASKED:
        for lang in ("en", "fr"):
            said = run(*shlex.split(asked), "--lang", lang)
            assert not MANY.search(said.out + said.err), said.out + said.err


def test_every_field_of_a_file_has_a_plain_name_in_both_languages() -> None:
    for kind in KINDS.values():
        for name in kind.fields:
            plain = field_name(name)
            assert "_" not in plain.en + plain.fr
            assert plain.en != plain.fr or name in ("age", "coupon", "question")
