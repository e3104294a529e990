"""French reads as French: words for what the program calls in code, commas in numbers, one day without an s."""

from __future__ import annotations

from pathlib import Path

import pytest
from said import Run

from regulars.cli.command import Asked
from regulars.cli.pages import segments, values
from regulars.indicators import INDICATORS
from regulars.segment.lookalike import LookAlikes
from regulars.words import speak


def test_why_records_are_one_person_is_french_too(run: Run, here: Path) -> None:
    assert "courriel" in run("explain", "shop:1", "shop:2", "--lang", "fr").out
    assert "même courriel" in run("show", "shop:1", "--lang", "fr").out


def test_numbers_are_written_as_their_reader_writes_them() -> None:
    try:
        speak("fr")
        assert (values.decimal(0.9834, 3), values.bits(-2.04)) == ("0,983", "-2,0")
        assert values.kind("orders") == "commandes"
        assert values.indicator(INDICATORS["days_since_last_order"], 1, "CAD") == "1 jour"
        speak("en")
        assert (values.decimal(0.9834, 3), values.bits(2.04)) == ("0.983", "+2.0")
        assert values.indicator(INDICATORS["days_since_last_order"], 1, "CAD") == "1 day"
    finally:
        speak(None)


def test_what_makes_people_alike_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    found = LookAlikes(
        members=60, of=600, share=0.05, lift=4.0, lift_low=3.0, lift_high=5.0, like=((1, 0.9),),
        tells=(("average_basket", True),), left_out=("orders_lifetime",), protected=("gender",),
    )  # fmt: skip
    try:
        speak("fr")
        segments.look_alikes(Asked(), found, 5)
    finally:
        speak(None)
    said = capsys.readouterr().out
    assert "panier moyen +" in said
    assert "average_basket" not in said
    assert "orders_lifetime" not in said
    assert "genre (gender)" in said  # the word that `--also` takes
