"""Rules ask what is told from outside: of areas, of lists, of answers; those told since the build too."""

from __future__ import annotations

import pytest
from small_files import Filled, NewShop, Write

from regulars.errors import Invalid, NotFound
from regulars.model.clock import parse_day
from regulars.model.outside import Terms
from regulars.shop import Shop

pytestmark = pytest.mark.slow

CLIENTS = (
    "Customer ID,First Name,Last Name,Email,Postal code,Country",
    "C1,Zoë,Lafrenière,zoe@example.ca,H2J 2K5,CA",
    "C2,Marc,Roy,marc@example.ca,H2W 1A1,CA",
    "C3,Ann,Lee,ann@example.fr,75011,FR",
    "C4,Luc,Roy,luc@example.com,75011,US",
    "C5,Ida,Kim,ida@example.ca,H2J 1A1,CA",
    "C6,Guy,Cyr,guy@example.ca,H2J 1A2,CA",
    "C7,Eve,Poe,eve@example.ca,H2J 1A3,CA",
)
CENSUS = (
    "Postcode,Median income,Kind",
    "H2J,61000,urban",
    "H2W,n.d.,urban",
    "H2,40000,urban",
    "75,50000,urban",
)
ANSWERS = ("Customer ID,Question,Answer", "C1,Which size?,M", "C2,Which size?,L")


def _told(shop: Shop, write: Write) -> None:
    shop.load([write("clients.csv", *CLIENTS)], source="crm")
    shop.load([write("census.csv", *CENSUS)], terms=Terms(origin="public"))
    shop.load([write("sizes.csv", *ANSWERS)], source="asked", terms=Terms(origin="asked"), customers="crm")
    shop.build("2024-05-25")


@pytest.fixture
def told(filled: Filled) -> Shop:
    return filled(_told)


def members(shop: Shop, rule: str) -> int:
    return shop.count(rule)[1].members


def test_areas_and_answers_are_asked_by_their_source_and_field(told: Shop) -> None:
    rule, counted = told.count('census.median_income > 50000 and asked.which_size = "M"')
    assert (counted.members, counted.of) == (1, 7)
    assert rule.text == "census.median_income > 50000 and asked.which_size = 'M'"
    assert rule.sentence.en == (
        "customers whose “Median income” of census is over 50,000 and whose “Which size?” of asked is “M”"
    )
    assert rule.sentence.fr.startswith("clients dont la valeur «")
    assert members(told, 'asked."Which size?" in (\'M\', "L") and not has_phone') == 2
    assert members(told, "asked.which_size is unknown") == 5


def test_a_code_without_a_country_is_of_the_shop_s_own(told: Shop) -> None:
    """75 is Paris in a French shop; the shop is in Canada, and neither Paris nor Texas is."""
    assert members(told, "census.kind = 'urban'") == 5


def test_a_word_among_numbers_is_left_out_and_said(told: Shop) -> None:
    """Of four people there is a number, of one a word: the field is one of numbers."""
    field = next(one for one in told.outside("census").sources[0].fields if one.field == "Median income")
    assert (field.rule, field.words, field.people) == ("census.median_income", None, 4)
    assert (field.odd, field.odd_value) == (1, "n.d.")


def test_what_is_told_since_the_build_is_counted_and_what_may_not_be_used_is_not(
    told: Shop, write: Write
) -> None:
    newer = "Customer ID,Question,Answer,Date", "C2,Which size?,M,2024-05-20", "C3,Which size?,M,2024-05-20"
    told.load([write("more.csv", *newer)], source="asked", customers="crm")
    assert members(told, "asked.which_size = 'M'") == 3
    told.build("2024-05-25")
    assert members(told, "asked.which_size = 'M'") == 3
    told.say_terms("asked", Terms(licence_until=parse_day("2024-01-01")))
    assert members(told, "asked.which_size = 'M'") == 0


def test_a_name_that_no_source_has_is_answered_with_those_that_are(told: Shop) -> None:
    with pytest.raises(Invalid, match=r"census\.median_incom'") as problem:
        told.count("census.median_incom > 3")
    assert "census.median_income" in problem.value.next_step
    with pytest.raises(Invalid):
        told.count("census.census.median_income > 3")
    with pytest.raises(NotFound):
        told.outside("nope")


def test_a_list_with_a_price_alone_is_asked_for_its_origin_and_odd_areas_are_told(
    new_shop: NewShop, write: Write
) -> None:
    shop = new_shop("")
    with pytest.raises(Invalid, match="own customers"):
        shop.load([write("list.csv", *CLIENTS)], terms=Terms(price=500))
    areas = "Postcode,Income", "H2J,1", "H2J,2", "Total,3"
    (loaded,) = shop.load([write("areas.csv", *areas)], terms=Terms(origin="public"))
    assert (loaded.accepted, loaded.rejected) == (2, 1)
    assert any("again" in note for note in loaded.notes)
    (reject,) = shop.rejects()
    assert reject["reason"] == "'Total' in 'Postcode' is no postal code, nor the beginning of one"
