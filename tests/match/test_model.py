"""What a model learnt from a small town joins, and what it leaves apart."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from small_shop import FAMILY, GIVEN, Person, Shop, person
from sqlalchemy import select

from regulars.match import explain
from regulars.match.comparison import fields
from regulars.match.weight import model
from regulars.match.weight.model import Model
from regulars.settings import MatchSettings, Settings
from regulars.store.tables import links, match_models, review_pairs

STREETS = ("rue Principale", "rue du Moulin", "avenue des Érables", "chemin Royal", "boulevard Laurier")
HOME = {"family_name": "Archambault", "house_number": "12", "street": "rue du Quai", "postcode": "G5L 7Q1"}
JULIE = {"given_name": "Julie", "birth_date": "1971-04-09"}
FAMILY_OF_FOUR = [
    person("mother", **JULIE, **HOME),
    person("father", given_name="Étienne", birth_date="1969-10-30", **HOME),
    person("twin", given_name="Béatrice", birth_date="2001-02-14", **HOME),
    person("other twin", given_name="Victor", birth_date="2001-02-14", **HOME),
    person("parcel", source="web", **HOME),
    person("mother again", source="web", **JULIE, **{**HOME, "family_name": "Archambaut"}),
]


def _town() -> list[Person]:
    """150 people, each at the till and in the web shop, where a letter or a field may be wrong or missing."""
    draw = random.Random(7)
    people = []
    for n in range(150):
        said = {
            "given_name": draw.choice(GIVEN),
            "family_name": draw.choice(FAMILY) + draw.choice(("", "-Roy", "in", "eau")),
            "birth_date": f"{draw.randint(1940, 2004)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            "house_number": str(draw.randint(1, 900)), "street": draw.choice(STREETS), "city": "Rimouski",
            "postcode": f"G5L {draw.randint(1, 9)}A{draw.randint(1, 9)}",
        }  # fmt: skip
        copy = {name: value for name, value in said.items() if name == "family_name" or draw.random() > 0.15}
        copy["family_name"] = copy["family_name"].replace("l", "ll", int(draw.random() < 0.3))
        people += [person(f"{n}", **said), person(f"{n}w", source="web", **copy)]
    return people


@pytest.mark.slow
def test_a_town_is_joined_and_its_families_are_not(shop: Shop) -> None:
    shop.add([*_town(), *FAMILY_OF_FOUR])
    report = shop.match()
    groups = shop.groups()
    right = sum(frozenset({f"{n}", f"{n}w"}) in groups for n in range(150))
    assert report.model is not None
    assert right >= 120
    assert all(len({key.rstrip("w") for key in group}) == 1 for group in groups if not group & {"mother"})
    assert frozenset({"mother", "mother again"}) in groups
    assert {frozenset({key}) for key in ("father", "twin", "other twin", "parcel")} <= groups


@pytest.mark.slow
def test_every_join_has_its_evidence_and_every_doubt_its_pair(shop: Shop) -> None:
    shop.add([*_town(), *FAMILY_OF_FOUR])
    report = shop.match()
    with shop.store.read() as connection:
        written = connection.execute(select(links)).all()
        doubts = connection.execute(select(review_pairs)).all()
        model = Model.from_json(connection.execute(select(match_models.c.model)).scalar_one())
    assert model is not None
    assert len(doubts) == report.to_review
    assert len(written) == report.auto_merged == report.records - report.people
    assert {link.model_version for link in written} == {report.model} == {model.version}
    assert all(link.probability >= model.threshold >= MatchSettings().threshold for link in written)
    assert all(link.record_a < link.record_b for link in (*written, *doubts))


@pytest.mark.slow
def test_an_explanation_shows_what_each_field_weighs_as_the_run_did(shop: Shop) -> None:
    shop.add([*_town(), *FAMILY_OF_FOUR])
    shop.match()
    mother, again, twin, other = (
        shop.record(key) for key in ("mother", "mother again", "twin", "other twin")
    )
    told = explain(shop.store, shop.engine, shop.settings, mother, again)
    (step,) = told.chain
    assert told.same
    assert told.weight == pytest.approx(step.weight, abs=1e-6)
    assert {field.field for field in told.fields if (field.weight or 0) > 0} >= {
        "given_name",
        "birth_date",
        "address",
    }
    assert {field.value_b for field in told.fields} >= {"Archambaut", "1971-04-09"}
    apart = explain(shop.store, shop.engine, shop.settings, twin, other)
    assert not apart.same
    assert apart.sentence.startswith("They are more like two people of one household: probability 0.")


@pytest.mark.slow
def test_a_model_of_fields_that_were_compared_otherwise_is_learnt_anew(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.add(_town())
    before = shop.match()
    assert shop.match(full=True).model == before.model
    changed: list[tuple[object, ...]] = [
        (
            monkeypatch.setitem,
            model.MEASURES,
            "street_likeness",
            "case when street_l = street_r then 1.0 else 0.0 end",
        ),
        (monkeypatch.setattr, fields, "_LOOSE", fields._LOOSE[:-1]),
    ]
    for change, *what in changed:
        change(*what)  # type: ignore[operator]
        model.form.cache_clear()
        try:
            after = shop.match(full=True)
        finally:
            monkeypatch.undo()
            model.form.cache_clear()
        assert after.learnt
        assert after.model != before.model
        before = after


def test_another_threshold_counts_from_the_next_full_match(new_shop: Callable[..., Shop]) -> None:
    shop = new_shop()
    shop.add(_town())
    bold = shop.match()
    shop.settings = Settings(match=MatchSettings(threshold=0.999_999, precision=0.999_999))
    strict = shop.match(full=True)
    assert strict.threshold is not None
    assert strict.threshold >= 0.999_999
    assert strict.auto_merged < bold.auto_merged
    shop.settings = Settings()
    again = shop.match(full=True)
    assert (again.threshold, again.auto_merged) == (bold.threshold, bold.auto_merged)
