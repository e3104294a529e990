"""What customers say: read in its own language or not at all, by stars before words, and never better than it is."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from regulars.app import init_shop
from regulars.engine.duckdb import DuckDBEngine
from regulars.engine.statements import statements
from regulars.model.text import plain
from regulars.predict.voice import english, feeling, predictor, stars
from regulars.predict.voice.asking import ASKING
from regulars.predict.voice.parts import sentences
from regulars.predict.voice.reading import NEEDED, reading
from regulars.predict.voice.themes import found_themes, known_themes
from regulars.predict.voice.tongue import languages_of
from regulars.shop import Shop

EXAMPLE = Path(__file__).parents[2] / "examples" / "reviews"
#: Made-up texts: one word tells, and no two have the same words.
TELLING = {True: ("délicieux", "doux", "parfait", "exquis"), False: ("amer", "décevant", "fade", "gâté")}
GOODS = [
    f"{goods} de {town}"
    for goods in ("thé", "café", "miel", "sucre", "pain")
    for town in ("Lyon", "Laval", "Assise")
]
WHEN = [
    f"{time} de {month}"
    for time in ("matin", "soir", "jour")
    for month in ("mars", "avril", "mai", "juin", "août")
]


def written(n: int, *, good: bool) -> str:
    """The n-th text of a kind."""
    adjective = TELLING[good][n % 4]
    return f"un {GOODS[n // 4 % len(GOODS)]} vraiment {adjective}, un {WHEN[n // 60 % len(WHEN)]}"


Load = Callable[..., None]


@pytest.fixture
def shop(tmp_path: Path, takes_seconds: None) -> Iterator[Shop]:
    made = init_shop(tmp_path / "shop")
    yield made
    made.close()


@pytest.fixture
def load(shop: Shop, tmp_path: Path) -> Load:
    """Load reviews of September 2026: (email, product, stars, text)."""

    def one(*rows: tuple[str, str, object, str]) -> None:
        lines = [
            f"2026-09-{1 + n % 28:02d},{email},{product},{rating},{text}"
            for n, (email, product, rating, text) in enumerate(rows)
        ]
        file = tmp_path / "reviews.csv"
        file.write_text("\n".join(["Date,Email,Product ID,Rating,Review", *lines]) + "\n", "utf-8")
        shop.load([file], kind="reviews")

    return one


def tones(shop: Shop) -> dict[str, tuple[int, int]]:
    """How many praise and complain, by theme; as a whole under ''."""
    return {
        row["theme"] or "": (row["praised"], row["complained"])
        for row in shop.table("voice_products").to_pylist()
        if row["product_id"] is None
    }


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The tea is lovely, thank you", "en"),
        ("Le thé est délicieux, merci", "fr"),
        ("La entrega tardó tres semanas y el paquete llegó roto", "other"),
        ("Die Lieferung war schnell und die Qualität ist gut", "other"),
        ("Il prodotto è arrivato rotto e nessuno risponde", "other"),
        ("とても良い商品です", "other"),
        ("ok", "unknown"),
        ("5/5 !!!", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_text_is_of_its_language_or_too_short_to_tell(text: str, language: str) -> None:
    assert languages_of([text]) == [language]


def test_stars_are_read_on_the_scale_of_their_source() -> None:
    rating = np.array([5.0, 3, 1, 1, 0, 9, 90, 2, -3, np.nan])
    lowest = np.array([1.0, 1, 1, 0, 0, 2, 10, -4, -4, np.nan])
    highest = np.array([5.0, 5, 5, 1, 1, 10, 100, 4, 4, np.nan])
    said = stars.tones(stars.on_scale(rating, lowest, highest))
    expected = [
        "praise",
        "mixed",
        "complaint",
        "praise",
        "complaint",
        "praise",
        "praise",
        "praise",
        "complaint",
        None,
    ]
    assert said.tolist() == expected


def test_what_stands_before_but_and_after_it_are_two_sentences() -> None:
    said, of = sentences(["Délicieux, mais trop cher. Merci!", "", "Late\nThree weeks"])
    assert said == ["Délicieux", "mais trop cher", "Merci!", "Late", "Three weeks"]
    assert of.tolist() == [0, 0, 0, 2, 2]


def test_the_general_model_knows_good_english_from_bad_and_says_how_well() -> None:
    pleased = english.general_reader().pleased(["excellent quality, I love it", "terrible, a waste of money"])
    assert pleased[0] > 0.65
    assert pleased[1] < 0.35
    assert 0.76 <= float(english.head()["accuracy"]) <= 0.82
    assert english.head()["licence"].startswith("MIT")


def test_the_same_texts_in_another_order_give_the_same_model() -> None:
    texts = [written(n, good=good) for n in range(60) for good in (True, False)]
    pleased = np.array([n % 2 == 0 for n in range(len(texts))])
    shuffled = np.random.default_rng(1).permutation(len(texts))
    one = feeling.train(texts, pleased).reader.pleased(texts)
    other = feeling.train([texts[at] for at in shuffled], pleased[shuffled]).reader.pleased(texts)
    assert np.allclose(one, other, atol=1e-3)


def test_french_without_stars_is_unknown_until_the_shop_has_enough_of_them() -> None:
    texts = [written(n // 2, good=n % 2 == 1) for n in range(NEEDED)]
    pleased = np.array([float(n % 2) for n in range(NEEDED)])
    before = reading("fr", texts[:-1], pleased[:-1], NEEDED - 1)
    after = reading("fr", texts, pleased, NEEDED)
    assert (before.by, before.why) == (None, "few")
    assert (after.by, after.why) == ("shop", "learnt")
    assert after.reader is not None
    assert after.reader.pleased(["un thé délicieux"])[0] > 0.8


def test_stars_given_by_chance_teach_nothing_and_the_model_steps_aside() -> None:
    texts = [written(n // 2, good=n % 2 == 1) for n in range(800)]
    pleased = (np.random.default_rng(3).random(800) < 0.6).astype(float)
    read = reading("fr", texts, pleased, 800)
    assert (read.by, read.why) == (None, "no_better")
    assert read.backtest is not None
    assert not read.backtest.beats


def test_one_text_sent_a_thousand_times_is_not_learnt_from_itself() -> None:
    texts = [f"{'un thé doux' if n % 2 else 'un thé amer'}, commande {n}" for n in range(1_000)]
    read = reading("fr", texts, np.array([float(n % 2) for n in range(1_000)]), 1_000)
    assert (read.by, read.why) == (None, "no_better")


def test_texts_all_of_one_mind_teach_nothing() -> None:
    read = reading("fr", [written(n, good=True) for n in range(600)], np.ones(600), 600)
    assert (read.by, read.why) == (None, "one_sided")


def test_the_general_model_is_not_measured_on_what_it_was_made_of() -> None:
    assert not english.is_learnt("The tea is lovely.")
    assert len(english.head()["made of"].split()) > 2_900


def test_a_shop_without_reviews_says_so(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Customer ID,Email\n1,ann@example.ca\n", "utf-8")
    shop.load([file])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shop.build("2026-10-31")
    (report,) = (one for one in shop.models() if one.name == "voice")
    assert (report.enough_data, report.speaks) == (False, False)
    assert report.why.en == "There is no review and no ticket yet."
    assert shop.voice().about.whole.texts == 0


def test_the_example_is_read_theme_by_theme(shop: Shop) -> None:
    shop.load([EXAMPLE])
    shop.build("2026-10-31")
    found = tones(shop)
    assert found[""] == (3, 4)
    assert found["taste"] == (3, 0)
    assert found["delivery"][1] == 2
    (report,) = (one for one in shop.models() if one.name == "voice")
    assert (report.enough_data, report.speaks) == (False, True)
    assert "3 of the 500 starred texts" in report.why.en
    assert shop.voice().about.whole.examples["ask"] == [
        "Do you have a bigger one?",
        "J'aimerais un modèle de deux litres.",
    ]


def test_what_a_thing_lacks_is_no_request_and_very_is_no_ease_of_use() -> None:
    def asks(text: str) -> bool:
        return re.search(ASKING["fr"], plain(text)) is not None

    def easy(text: str) -> bool:
        return re.search(known_themes()["ease"].patterns["fr"], plain(text)) is not None

    assert asks("Il manque une taille plus grande.")
    assert asks("J'aimerais un modèle de deux litres.")
    assert not asks("Ça manque de goût.")
    assert easy("Un appareil très simple.")
    assert not easy("Tout simplement génial!")


def test_a_word_and_its_plural_are_one_theme() -> None:
    texts = [f"{'kettle' if n % 3 else 'kettles'} {n}" for n in range(40)] + ["glass"] * 40 + ["other"] * 80
    found = {one.name: one.patterns["en"] for one in found_themes("en", texts)}
    assert re.search(found["kettle"], "two kettles")
    assert set(found) == {"kettle", "glass"}


def test_a_short_plural_is_a_theme_with_its_singular() -> None:
    texts = [f"mugs {n}" for n in range(40)] + ["other"] * 80
    found = {one.name: one.patterns["en"] for one in found_themes("en", texts)}
    assert set(found) == {"mugs"}
    assert [re.search(found["mugs"], said) is not None for said in ("a mug", "two mugs", "mugss")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("word", ["loves", "likes", "parcels"])
def test_a_plural_of_what_is_no_theme_of_the_shop_is_none_either(word: str) -> None:
    assert found_themes("en", [f"{word} {n}" for n in range(40)] + ["other"] * 80) == []


def test_spanish_without_stars_is_of_no_mind(shop: Shop, load: Load) -> None:
    load(("ann@example.ca", "EG", "", "La entrega tardó tres semanas y el paquete llegó roto"))
    shop.build("2026-10-31")
    assert tones(shop) == {"": (0, 0)}
    assert shop.table("voice_people").to_pylist()[0]["sentiment"] is None


def test_rules_may_ask_who_is_displeased(shop: Shop, load: Load) -> None:
    load(("ann@example.ca", "EG", 1, "Broken on arrival"), ("bob@example.ca", "EG", 5, "A lovely tea"))
    shop.build("2026-10-31")
    rule, counted = shop.count("sentiment = 'displeased' and last_complaint_day >= '2026-09-01'")
    assert counted.members == 1
    assert "sentiment" in str(rule.sentence)


def test_a_later_day_is_not_read(shop: Shop, load: Load) -> None:
    load(("ann@example.ca", "EG", 1, "Broken on arrival"), ("bob@example.ca", "EG", 5, "A lovely tea"))
    shop.build("2026-09-01")
    assert tones(shop)[""] == (0, 1)


def test_who_is_forgotten_is_quoted_no_more(shop: Shop, load: Load) -> None:
    load(
        ("ann@example.ca", "EG", 1, "The quality is poor."),
        ("bob@example.ca", "EG", 5, "Great quality indeed."),
    )
    shop.build("2026-10-31")
    shop.erase(["reviews:email:ann@example.ca"], "the owner")
    quoted = {row["sentence"] for row in shop.table("voice_examples").to_pylist()}
    assert quoted == {"Great quality indeed."}
    assert len(shop.table("voice_people")) == 1


@pytest.mark.data
def test_english_stars_teach_a_model_that_is_right_for_three_of_four(data: Path) -> None:
    from bench.smart.voice import english_texts

    texts, good = english_texts(data)
    assert len(texts) == 2_985
    assert ((feeling.train(texts, good).unseen > 0.5) == good).mean() >= 0.76


@pytest.mark.data
def test_french_stars_teach_a_model_that_is_right_for_nine_of_ten(data: Path) -> None:
    from bench.smart.voice import french_accuracy

    right, n = french_accuracy(data)
    assert right / n >= 0.91


def test_a_slip_among_stars_does_not_move_the_others(tmp_path: Path) -> None:
    ratings = [5.0, 1.0, 4.0, *[5.0] * 20, -1.0, 90.0]
    with DuckDBEngine(tmp_path).session() as session:
        session.table("happenings", rated(ratings))
        session.table("identity", pa.table({"record": [1], "person": [1]}))
        sql = statements(Path(predictor.__file__).with_name("texts.sql"))["texts"]
        found = session.rows(sql.format(as_of=100, days=730, most=1000, rare=10))
    scaled = stars.on_scale(*(found[name].to_numpy() for name in ("rating", "lowest", "highest")))
    tones = dict(zip(found["rating"].to_pylist(), stars.tones(scaled).tolist(), strict=True))
    assert tones == {5.0: "praise", 1.0: "complaint", 4.0: "praise", -1.0: None, 90.0: None}


def rated(ratings: list[float]) -> pa.Table:
    """Reviews of one source with these stars."""
    return pa.table(
        {
            "fact": list(range(len(ratings))),
            "record": [1] * len(ratings),
            "source": ["site"] * len(ratings),
            "day": [50] * len(ratings),
            "product_id": ["MUG"] * len(ratings),
            "event": ["Product Reviewed"] * len(ratings),
            "rating": ratings,
            "said": ["fine"] * len(ratings),
        }
    )
