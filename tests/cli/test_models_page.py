"""The page of a model says what its figures are, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from said import Run

from regulars.cli.pages import match_model, model_figures
from regulars.match.comparison.fields import DIFFERENT, FIELDS, number_field
from regulars.predict.products.again import FEATURES
from regulars.predict.timing.churn import NAMES
from regulars.segment.personas.traits import TRAITS, category_trait
from regulars.words import speak

_COMING_BACK = (
    "total_error_naive",
    "root_mean_squared_error",
    "rank_correlation_naive",
    "corner",
    "season_07",
)
_TEXTS = ("texts_en", "starred_fr", "accuracy_said_en", "share_said_fr", "texts_unknown", "naive_fr")


def _told() -> Iterator[tuple[str, str]]:
    yield from (("churn", name) for name in (*NAMES, "intercept", "calibration_error", "came_share"))
    yield from (("next_products", name) for name in (*FEATURES, "constant", "recall_at_10_frequency_filled"))
    yield from (("mbg_nbd", name) for name in _COMING_BACK)
    yield from (("voice", name) for name in _TEXTS)
    yield from (("gamma_gamma", name) for name in ("total_error", "discount_a_year"))
    yield from (("next_order", name) for name in ("interval_coverage", "interval_open_share"))
    for of in ("mean", "scale", "3"):
        yield from (("personas", f"{of}.{trait.name}") for trait in (*TRAITS, category_trait("Thé")))
    yield from (("personas", "agreement_of_4"), ("importance_orders", "stability"))


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_no_figure_of_a_model_stands_under_the_name_it_has_in_the_code(spoken: str) -> None:
    speak(spoken)
    try:
        said = {(model, name): model_figures.figure(model, name) for model, name in _told()}
    finally:
        speak(None)
    raw = {key: words for key, words in said.items() if words == key[1].replace("_", " ") or "_" in words}
    assert raw == ({("next_products", "constant"): "constant"} if spoken == "en" else {})
    assert len(set(said.values())) == len(said) - 1  # a constant is one in two models


def test_a_figure_that_nobody_foresaw_is_no_identifier_either() -> None:
    assert model_figures.figure("bg_nbd", "pairs_of_one_person") == "pairs of one person"
    assert model_figures.measure("mean_error_in_hours") == "mean error in hours"


def test_the_page_of_a_model_shows_them(run: Run, made: Path) -> None:
    said = run("models", "voice", "--shop", str(made))
    assert "texts in English" in said.out
    assert "texts_en" not in said.out


def test_by_what_records_are_matched_can_be_read(run: Run, made: Path, tmp_path: Path) -> None:
    said = run("models", "match", "--shop", str(made))
    assert said.out.startswith(
        "match: who is who\nOf shops in general: 3 records are too few to learn from.\n"
    )
    assert "nickname or part of it" in said.out
    model = json.loads(run("models", "match", "--json", "--shop", str(made)).out)
    assert {level["pairs"] for field in model["fields"] for level in field["levels"]} == {0}
    assert model["learnt"] is False
    assert (model["review"], model["fields"][0]["levels"][0]["condition"]) == (0.5, "given_l = given_r")
    run("init", str(tmp_path / "new"))
    none = run("models", "match", "--shop", str(tmp_path / "new"))
    assert none.code == 3
    assert none.err.split("\n")[:2] == [
        "regulars: no records have been compared yet",
        "          load two customers or more, then run `regulars match`",
    ]


def test_every_level_has_words() -> None:
    every = (*FIELDS, number_field("loyalty_card", "id_0"))
    assert {level.name for field in every for level in field.levels} | {
        DIFFERENT
    } == match_model.LEVELS.keys()
