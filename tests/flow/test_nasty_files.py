"""Files as shops really have them: what cannot be true is a reject with its reason, and the rest comes in."""

from __future__ import annotations

import csv

import pytest
from small_files import Write

from regulars.errors import Invalid
from regulars.shop import Shop

TILL = "Order,Date,Customer ID,Email,Amount"


def reasons(shop: Shop) -> list[str]:
    return [str(one["reason"]) for one in shop.rejects()]


@pytest.mark.slow
@pytest.mark.parametrize("line", ["Total,4,,,", "Grand total,,,,120.00", "Totaux :,4,,,", ",,,Total,120.00"])
def test_a_line_of_totals_is_nobody(shop: Shop, write: Write, line: str) -> None:
    people = write("clients.csv", "Nom,Prénom,Courriel,Ville,Téléphone", "Roy,Anne,a@x.ca,Laval,", line)
    till = write("till.csv", TILL, "1,2024-02-03,7,a@x.ca,12.50", line)
    loaded = shop.load([people, till])
    assert [(one.accepted, one.rejected) for one in loaded] == [(1, 1), (1, 1)]
    assert set(reasons(shop)) == {"a line of totals"}


def test_somebody_called_total_is_somebody(shop: Shop, write: Write) -> None:
    people = write("clients.csv", "Last name,First name,Email", "Total,Anne,a@x.ca", "Roy,Luc,b@x.ca")
    assert shop.load([people])[0].rejected == 0


def test_cells_left_away_at_the_end_of_a_row_are_empty(shop: Shop, write: Write) -> None:
    rows = ["1,Roy,Anne,a@x.ca,Laval,tea", "2,Côté,Luc,b@x.ca", "3,Lee,Ann,c@x.ca,Laval"]
    loaded = shop.load([write("clients.csv", "ID,Last name,First name,Email,City,Note", *rows)])[0]
    assert (loaded.accepted, loaded.rejected) == (3, 0)
    assert sum("end before the last column" in note for note in loaded.notes) == 1


def test_a_row_that_a_line_end_cut_in_two_stays_a_reject(shop: Shop, write: Write) -> None:
    rows = ["1,Roy,Anne,a@x.ca,Laval", "2,Côté,Lu", "c,b@x.ca,Laval", "3,Lee,Ann,c@x.ca,Laval"]
    loaded = shop.load([write("clients.csv", "ID,Last name,First name,Email,City", *rows)])[0]
    assert (loaded.accepted, loaded.rejected) == (2, 2)
    assert not any("end before the last column" in note for note in loaded.notes), (
        "a reject is no row with empty cells"
    )


def test_a_column_without_a_name_at_the_end_breaks_nothing(shop: Shop, write: Write) -> None:
    rows = ["1;Roy;a@x.ca;", "2;Côté;b@x.ca;", "3;Lee;c@x.ca"]
    assert shop.load([write("clients.csv", "ID;Nom;Courriel;", *rows)])[0].accepted == 3


@pytest.mark.parametrize("day", ["03/02/0024", "03/02/1024", "03/02/2999"])
def test_an_order_of_another_age_is_a_reject(shop: Shop, write: Write, day: str) -> None:
    loaded = shop.load([write("till.csv", TILL, "1,25/02/2024,7,a@x.ca,12.50", f"2,{day},7,a@x.ca,12.50")])[0]
    assert (loaded.accepted, loaded.rejected) == (1, 1)
    assert day in reasons(shop)[0]


def test_a_number_that_a_spreadsheet_keeps_as_text_is_that_number(shop: Shop, write: Write) -> None:
    shop.load([write("till.csv", TILL, '="1001",2024-02-03,="007",a@x.ca,12.50')])
    assert [order["order_id"] for order in shop.table("orders").to_pylist()] == ["1001"]


def test_a_number_that_a_spreadsheet_rounded_names_nothing(shop: Shop, write: Write) -> None:
    till = write("till.csv", TILL, "1.001E+03,2024-02-03,7,a@x.ca,12.50", "12,2024-02-03,5E+09,a@x.ca,1.50")
    people = write("clients.csv", "ID,Last name,Email", "1.001E+03,Roy,a@x.ca", "E12,Lee,b@x.ca")
    assert [(one.accepted, one.rejected) for one in shop.load([till, people])] == [(1, 1), (0, 2)]
    assert all("export that column as text" in reason for reason in reasons(shop))


def test_a_mapping_may_say_only_how_a_file_is_written(shop: Shop, write: Write) -> None:
    mapping = write("how.toml", "[options]", 'date_format = "%d/%m/%Y"', "[defaults]", 'currency = "EUR"')
    loaded = shop.load([write("till.csv", TILL, "1,03/02/2024,7,a@x.ca,12.50")], mapping=mapping)[0]
    assert (loaded.kind, loaded.questions) == ("orders", [])
    (order,) = shop.table("orders").to_pylist()
    assert (str(order["day"]), order["currency"]) == ("2024-02-03", "EUR")


def test_a_default_of_such_a_mapping_is_one_of_the_file_s_kind(shop: Shop, write: Write) -> None:
    mapping = write("how.toml", "[defaults]", 'birth_date = "1980-01-01"')
    with pytest.raises(Invalid, match="birth_date"):
        shop.load([write("till.csv", TILL, "1,2024-02-03,7,a@x.ca,12.50")], mapping=mapping)


def test_an_e_mail_column_without_addresses_stops_the_load_whoever_names_the_kind(
    shop: Shop, write: Write
) -> None:
    people = write(
        "clients.csv", "ID,Last name,Email", "1,Roy,a@x.ca", "2,Lee,no", "3,Li,none", "4,Wu,no mail"
    )
    with pytest.raises(Invalid, match="under half of its values have an @"):
        shop.load([people])


def test_rejects_to_be_mended_have_every_column(shop: Shop, write: Write) -> None:
    till = write("till.csv", TILL + ",Note", "1,someday,7,,12.50,", "2,2024-02-03,7,,1.50,")
    shop.load([till])
    shop.write_rejects(till.with_name("mend.csv"))
    with till.with_name("mend.csv").open(encoding="utf-8-sig") as file:
        assert [*TILL.split(","), "Note"] == next(csv.reader(file))[5:]
