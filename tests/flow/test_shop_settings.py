"""What settings.toml says is done; what it says wrongly is said at once."""

from __future__ import annotations

import tomllib

import pytest
from small_files import Clock, NewShop, Write

from regulars.app import open_shop
from regulars.errors import Invalid
from regulars.settings import settings_from
from regulars.words import speak

pytestmark = pytest.mark.slow

PEOPLE = "Customer ID,First Name,Last Name,Email,Loyalty Card"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[shp]\n", "did you mean 'shop'"),
        ("[match]\ntreshold = 0.9\n", "did you mean 'threshold'"),
        ("[sources.till]\nspace = 'x'\n", "order_space"),
        ("[survivorship]\nemial = ['recency']\n", "did you mean 'email'"),
        ("[survivorship]\nemail = ['newest']\n", "trust, recency, frequency"),
        ("[match]\nthreshold = 'high'\n", "for example 0.8"),
        ("[plan\n", "mend that line"),
        ("[plan]\nholdout = -1.0\n", "a share"),
        ("[plan]\nholdout = nan\n", "a share"),
        ("[plan]\ndays_between_messages = 0\n", "the least is 1"),
        ("[plan]\ndays_between_messages = true\n", "for example 7"),
        ("[costs]\nduplicate_mailing = -5\n", "the least is 0"),
        ("[match]\nthreshold = 99\n", "a share"),
        ("[match]\nthreshold = 0.4\n", "for example 0.8"),
        ("[match]\nthreshold = 1\n", "for example 0.8"),
        ("[match]\nprecision = 0\n", "for example 0.997"),
        ("[match]\nprecision = 1\n", "for example 0.997"),
        ("[match]\nprecision = 97\n", "for example 0.997"),
        ("[match]\nreview = 0\n", "for example 0.5"),
        ("[match]\nclustering = 'Chained'\n", "did you mean 'chained'"),
        ("[match]\nclustering = 'xyz'\n", "weighed, chained"),
        ("[survivorship]\nemail = ['Recent']\n", "did you mean 'recency'"),
        ("[match]\nreview = 0.99\n", "0.5 and 0.9"),
        ("[match]\nblocked_values = 'x'\n", 'for example ["…"]'),
        ("[match]\nblocked_values = [['x']]\n", "for example"),
        (
            "[match]\nblocked_values = ['A@b.ca']\nallowed_values = ['a@b.ca']\n",
            "out of blocked_values or of",
        ),
        (
            "[match]\nblocked_values = ['514 555-0199']\nallowed_values = ['(514) 555-0199']\n",
            "out of blocked_values or of",
        ),
        ("[survivorship]\nemail = 5\n", "trust"),
        ("[sources.till]\ntime_zone = 'Mars'\n", "America/Toronto"),
        ("[sources]\ntill = 3\n", "lines below"),
    ],
)
def test_a_wrong_setting_is_said_with_the_right_one(new_shop: NewShop, line: str, said: str) -> None:
    with pytest.raises(Invalid) as problem:
        new_shop(line)
    assert said in problem.value.next_step


def test_what_is_wrong_is_shown_as_it_is_written_and_numbers_as_they_are_said() -> None:
    speak("fr")
    try:
        with pytest.raises(Invalid, match="precision\u00a0: «\u00a0true\u00a0» n’est pas un nombre"):
            settings_from({"match": {"precision": True}}, "settings.toml")
        with pytest.raises(Invalid, match="1,25 n’est pas entre 0,5 et 0,9999") as problem:
            settings_from({"match": {"precision": 1.25}}, "settings.toml")
        assert (
            "par exemple 0.997" in problem.value.next_step
        )  # to be copied into the file, which knows no comma
    finally:
        speak(None)


@pytest.mark.parametrize(
    ("shop", "said"),
    [
        ({"country": "ca"}, "did you mean 'CA'"),
        ({"country": "Canada"}, "for example CA"),
        ({"languages": ["de"]}, "write one of en, fr"),
        ({"languages": []}, "write one of en, fr"),
        ({"languages": ["FR"]}, "did you mean 'fr'"),
        ({"week_start": "friday"}, "write one of monday, sunday"),
        ({"week_start": "Sunday"}, "did you mean 'sunday'"),
        ({"time_zone": "America/Montreall"}, "did you mean 'America/Montreal'"),
        ({"prices_include_tax": "no"}, "for example false"),
        ("Chez Nous", "lines below"),
    ],
)
def test_what_a_shop_says_of_itself_is_checked(shop: object, said: str) -> None:
    with pytest.raises(Invalid) as problem:
        settings_from({"shop": shop}, "settings.toml")
    assert said in problem.value.next_step


@pytest.mark.parametrize(
    ("order", "email"),
    [
        ("", "old@example.ca"),
        ("email = ['recency']", "new@example.ca"),
        ("default = ['recency']", "new@example.ca"),
    ],
)
def test_the_best_value_is_chosen_as_the_shop_says(
    new_shop: NewShop, write: Write, order: str, email: str
) -> None:
    shop = new_shop(f"[survivorship]\n{order}\n[sources.crm]\nrank = 10\n[sources.web]\nrank = 20\n")
    shop.load([write("crm.csv", PEOPLE, "C1,Ann,Roy,old@example.ca,77001")], source="crm")
    shop.load([write("web.csv", PEOPLE, "W1,Ann,Roy,new@example.ca,77001")], source="web")
    shop.build("2024-06-01")
    (person,) = shop.table("people").to_pylist()
    assert person["email"] == email


def test_settings_that_change_are_computed_anew_by_the_next_command(new_shop: NewShop, write: Write) -> None:
    shop = new_shop()
    shop.load([write("crm.csv", PEOPLE, "C1,Ann,Roy,old@example.ca,77001")], source="crm")
    shop.load([write("web.csv", PEOPLE, "W1,Ann,Roy,new@example.ca,77001")], source="web")
    shop.plan("2024-06-01")
    for settings, emails in (
        ("[sources.web]\nrank = 5\n", ["new@example.ca"]),
        ("[sources.crm]\nrank = 5\n", ["old@example.ca"]),
        ("[match]\nblocked_values = ['77001']\n", ["new@example.ca", "old@example.ca"]),
    ):
        text = shop.ground.folder / "settings.toml"
        plain = text.read_text("utf-8").partition("\n[sources")[0]
        text.write_text(f"{plain}\n{settings}", "utf-8")
        again = open_shop(shop.ground.folder, now=Clock())
        again.plan("2024-06-01")
        assert sorted(row["email"] for row in again.table("people").to_pylist()) == emails
        again.close()


def test_a_source_s_times_are_of_its_own_zone(new_shop: NewShop, write: Write) -> None:
    header = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
    shop = new_shop('[sources.paris]\ntime_zone = "Europe/Paris"\n')
    for source in ("paris", "home"):
        shop.load([write(f"{source}.csv", header, "1,2024-02-03 02:30,C1,MUG,1,1.00")], source=source)
    days = {row["source"]: (row["day"], row["sold_at"]) for row in shop.table("orders").to_pylist()}
    assert days["home"] == ("2024-02-03", "2024-02-03T07:30:00Z")
    assert days["paris"][1] == "2024-02-03T01:30:00Z"


def test_fees_and_adjustments_of_the_shop_are_not_goods(new_shop: NewShop, write: Write) -> None:
    shop = new_shop('[orders]\nfee_products = ["WRAP*"]\nadjustment_products = ["B"]\n')
    header = "Order ID,Order Date,Customer ID,Product ID,Quantity,Price"
    lines = ("1,2024-02-03,C1,WRAP-RED,1,2.00", "1,2024-02-03,C1,B,1,3.00", "1,2024-02-03,C1,MUG,1,5.00")
    shop.load([write("till.csv", header, *lines)])
    (books,) = shop.quality().orders
    assert (books.goods, books.fees, books.adjustments) == (500, 200, 300)


def test_a_date_stands_in_a_list_with_and_without_quotation_marks() -> None:
    read = settings_from(
        tomllib.loads('[match]\nallowed_values = [2008-10-31, "2008-11-01"]\n'), "settings.toml"
    )
    assert read.match.allowed_values == ("2008-10-31", "2008-11-01")
