"""The column mapper on headers that nobody told it of, in English and in French."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from regulars.errors import Invalid
from regulars.model.mapping import Column, FileMapping
from regulars.settings import ShopSettings
from regulars.sources.found import Proposal
from regulars.sources.meaning.columns import propose
from regulars.sources.reading.read import sample
from regulars.sources.reading.sniff import sniff
from regulars.sources.vocabulary.fingerprint import fingerprint

Meant = Callable[..., Proposal]

#: what it is | kind | header with `column=field` | two rows
FILES = Path(__file__).with_name("unseen_headers.txt")


def cases() -> list[tuple[str, str, str, list[str]]]:
    blocks = [block.splitlines() for block in FILES.read_text("utf-8").split("\n\n")]
    lines = [[line for line in block if line and not line.startswith("#")] for block in blocks]
    return [(*block[0].split(": "), block[1], block[2:]) for block in lines if block]  # type: ignore[misc]


@pytest.mark.parametrize(("name", "kind", "columns", "rows"), cases())
def test_an_export_that_nobody_described_finds_its_meaning(
    meant: Meant, name: str, kind: str, columns: str, rows: list[str]
) -> None:
    wanted = [tuple(column.split("=")) for column in columns.split("|")]
    proposal = meant("|".join(column for column, *_field in wanted), *rows)
    assert proposal.mapping.kind == kind
    assert {(column, meaning.field) for column, meaning in proposal.mapping.columns.items()} == {
        pair for pair in wanted if len(pair) == 2
    }


def test_columns_that_only_together_tell_a_person_are_read_as_one(meant: Meant) -> None:
    rows = ("1|7|3|1956|Ana|García|Pérez", "2|15|11|1971|Luis|Ruiz|Díaz")
    proposal = meant(
        "id|birth_day|birth_month|birth_year|nombre|primer_apellido|segundo_apellido", *rows
    ).mapping
    birth, family = proposal.column_of("birth_date"), proposal.column_of("family_name")
    assert birth
    assert family
    assert proposal.columns[birth].join == ("birth_year", "birth_month", "birth_day")
    assert proposal.columns[birth].format == "%Y %m %d"
    assert proposal.columns[family].join == ("primer_apellido", "segundo_apellido")
    assert "age" not in proposal.fields()


def test_two_of_the_three_parts_of_a_birth_date_are_none(meant: Meant) -> None:
    proposal = meant("id|birth_month|birth_year|nombre", "1|3|1956|Ana", "2|11|1971|Luis").mapping
    assert {name: one.field for name, one in proposal.columns.items()} == {
        "id": "source_key",
        "birth_year": "age",
        "nombre": "given_name",
    }


def test_british_postal_codes_speak_for_themselves(meant: Meant) -> None:
    proposal = meant("id|full_name|where", "1|Ann Lee|EX1 2AB", "2|Bob Hill|SW1A 1AA").mapping
    assert proposal.columns["where"].field == "postcode"


def test_an_order_s_total_on_each_of_its_lines_is_nobody_s_payment(meant: Meant) -> None:
    proposal = meant(
        "Order Number|Order Date|Email|Item|Quantity|Price|Order Total",
        "1|2024-02-03|a@x.ca|Mug|1|10.00|25.00",
        "1|2024-02-03|a@x.ca|Cup|1|15.00|25.00",
        "2|2024-02-03|b@x.ca|Mug|1|10.00|22.00",
        "2|2024-02-03|b@x.ca|Cup|1|12.00|22.00",
    )
    assert proposal.mapping.column_of("paid") is None
    assert proposal.mapping.column_of("unit_price") == "Price"
    assert any("Order Total" in question for question in proposal.questions)


def test_what_only_the_first_row_of_an_order_fills_is_to_be_filled_down(meant: Meant) -> None:
    proposal = meant(
        "Order Number|Order Date|Email|Item|Quantity|Price|Order Total",
        "1|2024-02-03|a@x.ca|Mug|1|10.00|25.00",
        "1|||Cup|1|15.00|",
        "2|2024-02-03|b@x.ca|Mug|1|10.00|22.00",
        "2|||Cup|1|12.00|",
    )
    assert set(proposal.fill_down) == {"Order Date", "Email"}
    assert proposal.order_column == "Order Number"
    assert proposal.mapping.column_of("order_total") == "Order Total"


def test_a_given_mapping_of_such_orders_is_filled_down_too(meant: Meant) -> None:
    fields = {"N": "order_id", "D": "ordered_at", "P": "paid"}
    mapping = FileMapping(
        kind="orders", columns={name: Column(field=field) for name, field in fields.items()}
    )
    assert meant("N|D|P", "1|2024-02-03|5", "1||6", given=mapping).fill_down == ("D",)


def test_the_values_decide_where_a_name_does_not(meant: Meant) -> None:
    header = "Commande|Date|Client|Montant"
    by_name = meant(header, "1|2024-02-03|Ann Lee|5,00", "2|2024-02-04|Bob Li|6,00")
    by_key = meant(header, "1|2024-02-03|C100|5,00", "2|2024-02-04|C101|6,00")
    by_mail = meant(header, "1|2024-02-03|a@x.ca|5,00", "2|2024-02-04|b@x.ca|6,00")
    fields = [proposal.mapping.columns["Client"].field for proposal in (by_name, by_key, by_mail)]
    assert fields == ["full_name", "customer_key", "email"]


def test_an_address_column_is_told_by_its_values_under_any_name(meant: Meant) -> None:
    assert (
        meant("Nom|Prénom|Colonne 7", "Lee|Ann|a@x.ca", "Li|Bob|b@x.ca").mapping.column_of("email")
        == "Colonne 7"
    )


def test_orders_without_a_number_are_told_apart_by_customer_and_time(meant: Meant) -> None:
    proposal = meant("customer_id|date|dollar_value", "1|19970101|11.77", "2|19970112|12.00")
    (join,) = [column.join for column in proposal.mapping.columns.values() if column.field == "order_id"]
    assert join == ("customer_id", "date")
    assert proposal.questions


GIVEN = FileMapping(kind="people", columns={"nm": Column(field="full_name"), "k": Column(field="source_key")})


def test_a_mapping_that_is_given_is_taken_as_it_is(meant: Meant) -> None:
    proposal = meant("k|nm|Email", "1|Ann Lee|a@x.ca", given=GIVEN)
    assert proposal.mapping is GIVEN
    assert proposal.ignored == ("Email",)


def test_a_given_mapping_goes_before_a_remembered_one_and_that_before_names(meant: Meant) -> None:
    other = FileMapping(kind="people", columns={"nm": Column(field="family_name")})
    assert meant("k|nm", "1|Ann", given=GIVEN, remembered=other).mapping is GIVEN
    assert meant("k|nm", "1|Ann", remembered=other).mapping is other


def test_columns_may_be_joined_under_a_name_of_their_own(meant: Meant) -> None:
    street = Column(field="street", join=("number", "street_name"))
    mapping = FileMapping(kind="people", columns={"id": Column(field="source_key"), "street": street})
    assert meant("id|number|street_name", "1|12|rue X", given=mapping).ignored == ()


def test_a_given_mapping_with_a_column_that_is_not_there_names_the_nearest(meant: Meant) -> None:
    with pytest.raises(Invalid, match="no column 'nm'") as problem:
        meant("k|nme", "1|Ann", given=GIVEN)
    assert "'nme'" in problem.value.next_step


@pytest.mark.parametrize(
    ("header", "row", "more", "sentence"),
    [
        ("colour|size", "red|4", {}, "do not tell what it is about"),
        ("colour|size", "red|4", {"kind": "orders"}, "no column of these orders is order_id"),
        ("colour|size", "red|4", {"kind": "order"}, "there is no kind 'order'"),
        ("k|nm", "1|Ann", {"given": GIVEN, "kind": "orders"}, "for people, not for orders"),
    ],
)
def test_what_cannot_be_mapped_is_said_with_a_next_step(
    meant: Meant, header: str, row: str, more: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as problem:
        meant(header, row, **more)
    assert problem.value.next_step


def test_the_kind_that_is_asked_for_is_the_kind(meant: Meant) -> None:
    assert meant("id|date|email|note", "1|2024-02-03|a@x.ca|x", kind="events").mapping.kind == "events"


def test_the_order_of_columns_does_not_change_a_fingerprint() -> None:
    assert fingerprint(["E-mail", "Prénom", "No client"]) == fingerprint(["no_client", "PRENOM", "email"])
    assert fingerprint(["email"]) != fingerprint(["email", "phone"])


@pytest.mark.data
@pytest.mark.parametrize(
    ("file", "kind", "fields"),
    [
        ("match/fake_1000.csv", "people", "source_key given_name family_name birth_date city email -"),
        (
            "match/febrl3.csv",
            "people",
            "source_key given_name family_name house_number street unit city postcode region birth_date"
            " identifier.social_security",
        ),
        (
            "orders/online_retail_uci.parquet",
            "orders",
            "order_id product_id product_name quantity ordered_at unit_price customer_key -",
        ),
        (
            "retail_year/transactions.parquet",
            "orders",
            "customer_key store order_id product_id quantity paid discount - - - ordered_at",
        ),
    ],
)
def test_real_files_find_their_meaning(data: Path, file: str, kind: str, fields: str) -> None:
    found = sniff(data / file)
    mapping = propose(found, sample(found), ShopSettings()).mapping
    meanings = [mapping.columns[name].field if name in mapping.columns else "-" for name in found.header]
    assert (mapping.kind, meanings) == (kind, fields.split())


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Désabonné", "opt_out_email"),
        ("Désinscrit", "opt_out_email"),
        ("Unsubscribed", "opt_out_email"),
        ("Unsubscribe date", "opt_out_email"),
        ("Do not email", "opt_out_email"),
        ("EMAIL_BLACKLIST", "opt_out_email"),
        ("Refuse les courriels", "opt_out_email"),
        ("SMS_BLACKLIST", "opt_out_sms"),
        ("Ne pas appeler", "opt_out_phone"),
        ("Do Not Call", "opt_out_phone"),
        ("Opt out", "opt_out"),
        ("Ne pas contacter", "opt_out"),
        ("Do not mail", "opt_out"),
        ("Marketing OK?", "consent_email"),
        ("OK to text", "consent_sms"),
    ],
)
def test_a_column_of_people_who_said_no_says_no(meant: Meant, name: str, field: str) -> None:
    assert meant(f"Email|First name|{name}").mapping.column_of(field) == name


def test_each_column_of_people_who_said_no_is_read(meant: Meant) -> None:
    proposal = meant(
        "Email|Unsubscribed|Unsubscribe date|Unsubscribe reason|Unsubscribe link",
        "a@x.ca|yes|2024-02-03|too many|https://x.ca/1",
    )
    columns = [name for name, one in proposal.mapping.columns.items() if one.field == "opt_out_email"]
    assert columns == ["Unsubscribed", "Unsubscribe date"]
    assert [question for question in proposal.questions if "opt_out" in question and "reason" in question]
    assert not [question for question in proposal.questions if "link" in question]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Code|Nom|Catégorie|Prix", "T1|Thé vert|Thés|10.00"),
        ("Code|Nom|Catégorie|Prix", "T1|Tasse|Thés|10.00"),
        ("SKU|Title|Price|Stock", "A1|Mug|10.00|4"),
        ("ID|Name|Type|Retail price|Brand", "1|Mug|Kitchen|10.00|Z"),
    ],
)
def test_a_list_of_articles_is_no_list_of_people(meant: Meant, header: str, row: str) -> None:
    assert meant(header, row).mapping.kind == "products"


def test_articles_without_a_number_are_refused_with_a_next_step(meant: Meant) -> None:
    with pytest.raises(Invalid, match="products") as refused:
        meant("Nom|Prix", "Tasse|10.00", "Bol|12.50")
    assert "product_id" in str(refused.value.next_step)
