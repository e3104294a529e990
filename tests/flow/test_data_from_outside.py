"""Data from outside: tables of areas, bought lists, answers, partners' feeds: what they tell, of whom, until when."""

from __future__ import annotations

import pyarrow as pa
import pytest
from small_files import Filled, Write

from regulars.cli.pages.outside import _sentences
from regulars.errors import Invalid
from regulars.flow.outside import Codes
from regulars.model.clock import parse_day
from regulars.model.outside import Terms
from regulars.shop import Shop

pytestmark = pytest.mark.slow  # a shop for each test

CLIENTS = (
    "Customer ID,First Name,Last Name,Email,Phone,Address,City,Postal Code,Country",
    "C1,Zoë,Lafrenière,zoe@example.ca,514-555-0101,12 rue Laurier,Montréal,H2X 1Y4,Canada",
    "C2,Bob,Roy,bob@example.ca,514-555-0102,7 rue Roy,Montréal,H2W 1A1,Canada",
    "C3,Luc,Petit,luc@example.fr,,3 rue Oberkampf,Paris,75011,France",
    "C4,Ann,Smith,ann@example.com,,1 Elm Street,Houston,75011,United States",
    "C5,Max,Noir,max@example.ca,,9 rue Noire,Laval,,Canada",
)


def _crm(shop: Shop, write: Write) -> None:
    """A shop with five customers in three countries."""
    shop.load([write("crm.csv", *CLIENTS)], source="crm")


@pytest.fixture
def crm(filled: Filled) -> Shop:
    return filled(_crm)


def told(shop: Shop, source: str | None = None) -> dict[tuple[str, str], object]:
    """What is known from outside after a build: by customer's first name and field."""
    shop.build("2024-06-01")
    people = {row["person_id"]: row["given_name"] for row in shop.table("people").to_pylist()}
    return {
        (people[row["person_id"]], row["field"]): row["text"] if row["number"] is None else row["number"]
        for row in shop.table("outside").to_pylist()
        if source in (None, row["source"])
    }


def test_an_area_is_the_smallest_that_holds_the_postal_code(crm: Shop, write: Write) -> None:
    crm.load([write("census.csv", "FSA,Income", 'H,"40,000"', 'H2X,"52,500"', "h2w 1a1,61000")], kind="areas")
    assert told(crm) == {("Zoë", "Income"): 52_500, ("Bob", "Income"): 61_000}


def test_a_postal_code_of_another_country_is_another_area(crm: Shop, write: Write) -> None:
    rows = ("postcode,country,Income", "75,FR,31000", "75011,US,70000", "750,US,1")
    crm.load([write("census.csv", *rows)], kind="areas")
    assert told(crm) == {("Luc", "Income"): 31_000, ("Ann", "Income"): 70_000}


def test_a_table_of_areas_where_nobody_lives_says_so_and_what_to_do(crm: Shop, write: Write) -> None:
    crm.load([write("france.csv", "postcode,country,Income", "33,FR,31000", "33000,FR,1")], kind="areas")
    crm.load([write("plain.csv", "postcode,Income", "33000,31000")], kind="areas")
    crm.load([write("home.csv", "postcode,Income", "H2X,31000")], kind="areas")
    assert set(told(crm)) == {("Zoë", "Income")}
    found = {one.source: one.elsewhere for one in crm.outside().sources}
    assert found["home"] is None
    customers = Codes(countries=("CA", "FR", "US"), example="H2X…")
    assert found["france"] == (Codes(countries=("FR",), example="33"), customers)
    assert found["plain"] == (Codes(countries=("CA",), example="33000"), customers)
    said = [
        sentence
        for one in crm.outside("france").sources
        for sentence in _sentences(one, crm.outside(), "CAD")
    ]
    assert said == [
        "no customer lives in any of its areas: its postal codes are of FR (such as '33'), your customers' of CA, FR,"
        " US (such as 'H2X…'). If its codes are of another country than that, add a column `country` and load it"
        " again; else load a table of the areas where your customers live."
    ]


def test_where_the_last_build_read_nothing_it_is_not_said_that_nobody_lives_there(
    crm: Shop, write: Write
) -> None:
    ended, census = Terms(licence_until=parse_day("2024-01-01")), write("census.csv", "FSA,Income", "H2X,1")
    crm.load([census], source="rented", kind="areas", terms=ended)
    assert told(crm) == {}
    crm.load([write("later.csv", "FSA,Median", "H2X,2")], source="bought", kind="areas")
    rented, bought = sorted(crm.outside().sources, key=lambda one: one.source, reverse=True)
    assert (rented.ended, rented.people, rented.elsewhere) == (True, 0, None)
    assert (bought.unseen, bought.people, bought.elsewhere) == (True, 0, None)


def test_the_newest_table_of_areas_counts_and_undoing_it_brings_the_old_one_back(
    crm: Shop, write: Write
) -> None:
    crm.load([write("census.csv", "FSA,Income", "H2X,50000")], source="census", kind="areas")
    newer = crm.load([write("census.csv", "FSA,Income", "H2X,55000")], source="census", kind="areas")[0]
    assert told(crm)["Zoë", "Income"] == 55_000
    crm.undo(newer.import_id or 0)
    assert told(crm)["Zoë", "Income"] == 50_000


def test_strangers_of_a_bought_list_are_not_kept(crm: Shop, write: Write) -> None:
    rows = (
        "Name,Email,Age band,Newsletter",
        "Zoë L,ZOE@example.ca ,18-34,yes",
        "Eve Stranger,eve@example.com,55+,yes",
        "No Address,,55+,yes",
    )
    loaded = crm.load([write("list.csv", *rows)], terms=Terms(origin="bought", price=12_000))[0]
    assert (loaded.kind, loaded.rows_in, loaded.accepted, loaded.rejected, loaded.duplicates) == (
        "traits",
        3,
        1,
        0,
        2,
    )
    assert told(crm) == {("Zoë", "Age band"): "18-34"}
    assert {row["given_name"] for row in crm.table("people").to_pylist()} == {
        "Zoë",
        "Bob",
        "Luc",
        "Ann",
        "Max",
    }
    assert b"stranger" not in (crm.ground.folder / "shop.db").read_bytes().lower()


def test_a_bought_list_brings_no_consent(crm: Shop, write: Write) -> None:
    rows = ("Email,Car,Accepts Marketing", "zoe@example.ca,yes,yes")
    crm.load([write("list.csv", *rows)], terms=Terms(origin="bought"))
    crm.build("2024-06-01")
    assert crm.table("consents").num_rows == 0


def test_a_later_customer_is_found_when_the_list_is_loaded_again(crm: Shop, write: Write) -> None:
    bought = write("list.csv", "Email,Car", "zoe@example.ca,yes", "eve@example.com,no")
    crm.load([bought], kind="traits")
    crm.load([write("more.csv", "Customer ID,First Name,Email", "C9,Eve,eve@example.com")], source="crm")
    again = crm.load([bought], kind="traits")[0]
    assert (again.accepted, again.duplicates) == (1, 1)
    assert told(crm) == {("Zoë", "Car"): "yes", ("Eve", "Car"): "no"}


def test_an_address_of_several_people_tells_of_none_of_them(crm: Shop, write: Write) -> None:
    crm.load([write("family.csv", "Customer ID,First Name,Last Name,Phone", "D1,Mia,Blanc,514-555-0102")])
    crm.match()
    crm.different("crm:C2", "family:D1", "the owner")
    loaded = crm.load([write("list.csv", "Phone,Car", "514-555-0102,yes")], kind="traits")[0]
    assert loaded.accepted == 0


def test_the_newest_answer_counts_and_none_that_was_given_later(crm: Shop, write: Write) -> None:
    rows = (
        "Customer ID,Question,Answer,Date",
        "C1,Children?,2,2024-03-01",
        "C1,children? ,3,2024-05-01",
        "C1,Children?,1,2023-01-01",
        "C2,Children?,0,2024-05-31",
        "C2,Garden?,,2024-05-31",
        "C3,Garden?,yes,2031-05-31",
    )
    loaded = crm.load([write("survey.csv", *rows)])[0]
    assert (loaded.kind, loaded.accepted, loaded.rejected) == ("traits", 4, 2)
    assert told(crm)["Zoë", "Children?"] == 3
    crm.build("2024-05-02")
    assert crm.table("outside").column("field").to_pylist() == ["Children?"]


def test_of_two_rows_of_one_customer_the_later_one_counts(crm: Shop, write: Write) -> None:
    rows = ("Customer ID,Segment", "C1,gold", "C1,silver", "C1,silver")
    loaded = crm.load([write("partner.csv", *rows)], kind="traits")[0]
    assert (loaded.accepted, loaded.duplicates) == (2, 1)
    assert told(crm) == {("Zoë", "Segment"): "silver"}


def test_keys_of_two_systems_are_asked_about(crm: Shop, write: Write) -> None:
    crm.load([write("till.csv", "Customer ID,First Name", "C1,Noa", "C2,Ida", "C3,Lea")], source="till")
    feed = write("partner.csv", "Customer ID,Segment", "C1,gold", "C2,silver", "C3,gold")
    asked = crm.load([feed], kind="traits")[0]
    assert asked.accepted == 0
    assert "--customers crm" in asked.questions[0]
    assert crm.load([feed], kind="traits", customers="till")[0].accepted == 3
    assert told(crm)["Noa", "Segment"] == "gold"


def test_nothing_is_used_when_its_licence_has_ended(crm: Shop, write: Write) -> None:
    census = write("census.csv", "FSA,Income", "H2X,50000")
    crm.load([census], terms=Terms(licence="one year", licence_until=parse_day("2024-05-31")))
    assert told(crm) == {}
    crm.say_terms("census", Terms(licence_until=parse_day("2024-06-01")))
    assert told(crm) == {("Zoë", "Income"): 50_000}


def test_what_is_told_of_somebody_goes_with_them(crm: Shop, write: Write) -> None:
    crm.load([write("partner.csv", "Customer ID,Hobby", "C1,Quixotry", "C2,chess")], kind="traits")
    crm.build("2024-06-01")
    crm.erase(["crm:C1"], "the owner")
    assert crm.table("outside").column("text").to_pylist() == ["chess"]
    assert not [
        file for file in crm.ground.folder.rglob("*") if file.is_file() and b"Quixotry" in file.read_bytes()
    ]
    again = crm.load([write("again.csv", "Customer ID,Hobby", "C1,Quixotry")], kind="traits")[0]
    assert again.accepted == 0


def test_undoing_a_feed_takes_what_it_told(crm: Shop, write: Write) -> None:
    loaded = crm.load([write("partner.csv", "Customer ID,Hobby", "C1,golf")], kind="traits")[0]
    crm.undo(loaded.import_id or 0)
    assert told(crm) == {}


def test_a_page_tells_what_is_known_from_outside(crm: Shop, write: Write) -> None:
    crm.load([write("partner.csv", "Customer ID,Hobby", "C1,golf")], kind="traits")
    crm.load([write("census.csv", "FSA,Income", "H2X,50000")], kind="areas")
    crm.build("2024-06-01")
    page = crm.show(crm.find("crm:C1")[0].person)
    assert [(one.source, one.about, one.value) for one in page.told] == [
        ("partner", "person", "golf"),
        ("census", "area", 50_000.0),
    ]


def test_numbers_are_read_as_their_column_writes_them(crm: Shop, write: Write) -> None:
    rows = ("FSA;Revenu;Loyer;Secteur", "H2X;52 500,50;1.200;012", "H2W;61 000;900,5;013")
    crm.load([write("census.csv", *rows)], kind="areas")
    found = told(crm)
    assert found["Zoë", "Revenu"] == 52_500.5
    assert found["Zoë", "Loyer"] == 1_200
    assert found["Zoë", "Secteur"] == "012"


def test_a_cell_that_says_nothing_is_empty(crm: Shop, write: Write) -> None:
    crm.load([write("census.csv", "FSA,Income,Type", "H2X,50000,n/a", "H2W,..,Unknown")], kind="areas")
    assert told(crm) == {("Zoë", "Income"): 50_000}


def test_the_shop_s_own_system_may_tell_of_areas_too(crm: Shop, write: Write) -> None:
    crm.load([write("census.csv", "FSA,Income", "H2X,50000")], source="crm", kind="areas")
    more = crm.load(
        [write("more.csv", "Customer ID,First Name,Email", "C9,Eve,eve@example.com")], source="crm"
    )[0]
    assert (more.kind, more.accepted) == ("people", 1)


def test_a_second_list_of_a_broker_is_a_list_from_outside_too(crm: Shop, write: Write) -> None:
    crm.load(
        [write("list.csv", "Email,Car", "zoe@example.ca,yes")], source="broker", terms=Terms(origin="bought")
    )
    more = crm.load([write("next.csv", "Email,First Name,Boat", "eve@example.com,Eve,yes")], source="broker")[
        0
    ]
    assert (more.kind, more.accepted) == ("traits", 0)


def test_a_licence_that_is_long_gone_is_said_at_once(crm: Shop, write: Write) -> None:
    census = write("census.csv", "FSA,Income", "H2X,50000")
    loaded = crm.load([census], terms=Terms(licence_until=parse_day("2019-01-01")))[0]
    assert "licence has ended" in loaded.notes[-1]


def test_orders_are_no_data_from_outside(crm: Shop, write: Write) -> None:
    orders = write("orders.csv", "Order ID,Date,Customer ID,Amount", "1,2024-05-01,C1,10.00")
    with pytest.raises(Invalid, match="data from outside"):
        crm.load([orders], terms=Terms(price=100))


def test_a_table_without_a_postal_code_is_no_table_of_areas(crm: Shop, write: Write) -> None:
    with pytest.raises(Invalid, match="postcode"):
        crm.load([write("odd.csv", "Wealth,Health", "1,2")], kind="areas")


def test_a_rehearsal_keeps_no_terms(crm: Shop, write: Write) -> None:
    census = write("census.csv", "FSA,Income", "H2X,50000")
    crm.load([census], terms=Terms(price=100), dry_run=True)
    crm.build("2024-06-01")
    assert crm.table("outside").num_rows == 0


def test_a_shop_without_any_has_an_empty_table(shop: Shop) -> None:
    shop.build("2024-06-01")
    assert shop.table("outside").num_rows == 0
    assert shop.table("outside").schema.field("number").type == pa.float64()


def people_of(shop: Shop) -> set[str]:
    shop.build("2024-06-01")
    return {row["given_name"] for row in shop.table("people").to_pylist()}


@pytest.mark.parametrize("origin", ["bought", "public", "partner"])
def test_nobody_on_a_list_that_was_bought_becomes_a_customer_when_it_is_called_people(
    crm: Shop, write: Write, origin: str
) -> None:
    rows = ("Email,First Name,Car,Accepts Marketing", "eve@example.com,Eve,yes,yes")
    bought = write("list.csv", *rows)
    loaded = crm.load([bought], source="broker", terms=Terms(origin=origin))[0]
    for source in ("broker", None):
        with pytest.raises(Invalid, match="nobody becomes a customer") as refused:
            crm.load([bought], source=source, kind="people")
        assert "--kind traits" in refused.value.next_step
        assert "--source NAME" in refused.value.next_step
    crm.undo(loaded.import_id or 0)
    with pytest.raises(Invalid, match="nobody becomes a customer"):
        crm.load([write("next.csv", *rows)], source="broker", kind="people")
    assert "Eve" not in people_of(crm)
    assert crm.table("consents").num_rows == 0


def test_a_source_that_only_told_of_areas_brings_no_strangers_when_it_is_guessed_as_people(
    crm: Shop, write: Write
) -> None:
    crm.load([write("census.csv", "FSA,Income", "H2X,50000")], source="broker", terms=Terms(origin="public"))
    rows = ("Email,First Name,Last Name", "eve@example.com,Eve,Stranger")
    with pytest.raises(Invalid, match="nobody becomes a customer"):
        crm.load([write("more.csv", *rows)], source="broker")


def test_nobody_becomes_a_customer_by_orders_of_a_bought_source(crm: Shop, write: Write) -> None:
    crm.load(
        [write("list.csv", "Email,Car", "zoe@example.ca,yes")], source="broker", terms=Terms(origin="bought")
    )
    orders = write("orders.csv", "Order ID,Date,Email,Amount", "1,2024-05-01,eve@example.com,10.00")
    with pytest.raises(Invalid, match="nobody becomes a customer"):
        crm.load([orders], source="broker")


def test_people_who_were_asked_are_the_shops_own(crm: Shop, write: Write) -> None:
    crm.load(
        [write("survey.csv", "Email,Tea", "zoe@example.ca,yes")], source="form", terms=Terms(origin="asked")
    )
    crm.load([write("more.csv", "Email,First Name", "eve@example.com,Eve")], source="form", kind="people")
    assert "Eve" in people_of(crm)


def test_of_strangers_no_row_waits_among_the_rejects(crm: Shop, write: Write) -> None:
    rows = (
        "Customer ID,Email,Name,Car,Date",
        ",zoe@example.ca,Zoë L,yes,2031-05-31",
        ",bob@example.ca,Bob R,,2024-05-01",
        ",eve.stranger@example.com,Eve Stranger,yes,2031-05-31",
        ",ada.stranger@example.com,Ada Stranger,,2024-05-01",
        "1.001E+15,ida.stranger@example.com,Ida Stranger,yes,2024-05-01",
        ",uma.stranger@example.com,Uma Stranger,yes,99/99/9999",
        ",mia.stranger@example.com,Mia Stranger,yes,2024-05-01,too,many,cells",
    )
    loaded = crm.load([write("list.csv", *rows)], terms=Terms(origin="bought"))[0]
    assert (loaded.rows_in, loaded.accepted, loaded.rejected, loaded.duplicates) == (7, 0, 2, 5)
    assert any(note.startswith("5 rows name nobody you know") for note in loaded.notes)
    assert b"stranger" not in (crm.ground.folder / "shop.db").read_bytes().lower()


def test_a_list_of_addresses_and_consents_alone_tells_nothing_and_leaves_nothing(
    crm: Shop, write: Write
) -> None:
    rows = ("Email,Name,Opt-in", "zoe@example.ca,Zoë L,yes", "eve@example.com,Eve Stranger,yes")
    with pytest.raises(Invalid, match="tells nothing that can be used"):
        crm.load([write("list.csv", *rows)], terms=Terms(origin="bought"))
    assert b"stranger" not in (crm.ground.folder / "shop.db").read_bytes().lower()


def test_what_may_no_longer_be_used_shows_nowhere_before_the_next_build(crm: Shop, write: Write) -> None:
    crm.load([write("census.csv", "FSA,Income", "H2X,50000")], kind="areas")
    crm.load([write("partner.csv", "Customer ID,Hobby", "C1,golf")], source="partner", kind="traits")
    more = crm.load([write("more.csv", "Customer ID,Boat", "C1,yes")], source="harbour", kind="traits")[0]

    def shown() -> set[str]:
        page = {one.field for one in crm.show(crm.find("crm:C1")[0].person).told}
        assert page == set(crm.table("outside").column("field").to_pylist())
        return page

    crm.build("2024-06-01")
    assert shown() == {"Income", "Hobby", "Boat"}
    crm.undo(more.import_id or 0)
    assert shown() == {"Income", "Hobby"}
    crm.say_terms("census", Terms(licence_until=parse_day("2024-05-31")))
    assert shown() == {"Hobby"}


def test_countries_of_areas_may_be_written_out(crm: Shop, write: Write) -> None:
    rows = (
        "postcode,country,Income", "H2X,Canada,50000", "75,France,31000", "75011,États-Unis,70000", "H2W,n/a,61000"
    )  # fmt: skip
    crm.load([write("census.csv", *rows)], kind="areas")
    assert told(crm) == {
        ("Zoë", "Income"): 50_000, ("Luc", "Income"): 31_000, ("Ann", "Income"): 70_000, ("Bob", "Income"): 61_000
    }  # fmt: skip
