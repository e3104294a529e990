"""The data quality report on a shop small enough to count by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pyarrow as pa
import pytest

from regulars.clean.quality.report import quality
from regulars.settings import CostSettings, Settings

AS_OF = 20_833  #: 2027-01-15
COLUMNS = {
    "No": "source_key", "Nom": "full_name", "Courriel": "email", "Tel": "phone", "CP": "postcode", "Prov": "region",
    "Adresse": "address_line", "Age": "age", "Né": "birth_date", "Sexe": "gender", "Titre": "name_prefix",
}  # fmt: skip


def person(no, name, **more):
    return {
        "No": str(no),
        "Nom": name,
        **{name: None for name in COLUMNS if name not in ("No", "Nom")},
        **more,
    }


@pytest.fixture
def shop(session, people):
    rows = [
        person(
            1,
            "Anna Roy",
            Courriel="anna@gmial.com",
            Adresse="12 rue Ontario, Montréal",
            CP="H2X 1Y4",
            Prov="QC",
        ),
        person(
            2, "ROY, Anna", Courriel="anna.roy", Adresse="12, rue Ontario, Montréal", CP="h2x1y4", Prov="ON"
        ),
        person(3, "Luc Gagnon", Tel="555-123-4567", Age="30", Né="1950-05-05"),
        person(4, "Mia Tran", Courriel="none@none.com", Né="2050-01-01"),
        person(5, "Zoé Côté", Courriel="anna@gmial.com", Sexe="M", Titre="Mme"),
    ]
    made = people(rows, COLUMNS).rows
    count = made.num_rows
    numbers = pa.array(range(1, count + 1), pa.int64())
    versions = made.append_column("record", numbers).append_column("fact", numbers)
    session.table("record_versions", versions.append_column("import_id", pa.array([7] * count, pa.int64())))
    mapping = json.dumps({"kind": "people", "columns": COLUMNS})
    session.table(
        "imports",
        pa.table(
            {
                "import_id": [7, 8],
                "source": ["crm", "till"],
                "kind": ["people", "orders"],
                "mapping": [mapping, "{}"],
                "started_us": [min(made["seen_us"].to_pylist())] * 2,
            }
        ),
    )
    session.table(
        "rejects",
        pa.table(
            {
                "reason": ["'x' is no date", "gone"],
                "reason_fr": ["« x » n’est pas une date", None],
                "replayed_by": pa.array([None, 9], pa.int64()),
            }
        ),
    )
    session.table(
        "consents", pa.table({"source": ["crm"] * 20, "channel": ["email"] * 20, "state": ["granted"] * 20})
    )
    lines = [
        (1, 500, "goods", False), (1, 100, "fee", False), (2, -200, "goods", True), (0, 50, "goods", False),
        (0, -30, "adjustment", False),
    ]  # fmt: skip
    events = {"record": [0, 0], "source": ["web", "web"], "day": [AS_OF - 9, AS_OF - 4]}
    session.table("happenings", pa.table(events))
    session.table(
        "order_lines",
        pa.table(
            {
                "source": ["till"] * 5,
                "record": pa.array([line[0] for line in lines], pa.int64()),
                "order_no": pa.array([1, 1, 2, 3, 4], pa.int64()),
                "paid": pa.array([line[1] for line in lines], pa.int64()),
                "line_kind": [line[2] for line in lines],
                "is_return": [line[3] for line in lines],
                "currency": ["CAD"] * 5,
                "day": pa.array([AS_OF - 9] * 5, pa.int64()),
            }
        ),
    )
    _records(session, count)
    _identity(session, [])
    return session


def _records(session, count):
    numbers = range(1, count + 1)
    session.table(
        "records",
        pa.table(
            {
                "record": pa.array(numbers, pa.int64()),
                "source": ["crm"] * count,
                "source_key": list(map(str, numbers)),
            }
        ),
    )


def _identity(session, links):
    records, persons = zip(*links, strict=True) if links else ((), ())
    session.table(
        "identity",
        pa.table(
            {
                "record": pa.array(records, pa.int64()),
                "person": pa.array(persons, pa.int64()),
                "until_us": pa.nulls(len(links), pa.int64()),
            }
        ),
    )


def problem(report, name):
    return next(one for one in report.problems if one.name == name)


def test_every_field_says_how_many_rows_fill_it_and_how_many_rightly(shop):
    crm = quality(shop, Settings(), AS_OF).sources[0]
    email = next(field for field in crm.fields if field.field == "email")
    assert (email.rows, email.filled, email.valid, email.distinct, email.share) == (5, 4, 2, 1, 0.8)
    phone = next(field for field in crm.fields if field.field == "phone")
    assert (phone.filled, phone.valid) == (1, 0)
    assert "loyalty_card" not in [field.field for field in crm.fields]


def test_every_source_says_how_old_its_news_is(shop):
    till = quality(shop, Settings(), AS_OF).sources[1]
    assert (till.source, till.rows, till.lines, till.newest_day, till.age_days) == (
        "till",
        0,
        5,
        AS_OF - 9,
        9,
    )
    assert type(till.lines) is int


def test_a_list_without_dates_does_not_look_fresh_for_being_loaded_today(shop):
    crm = quality(shop, Settings(), AS_OF).sources[0]
    assert (crm.source, crm.newest_day, crm.age_days) == ("crm", None, None)


def test_fields_that_must_agree_are_compared(shop):
    checks = quality(shop, Settings(), AS_OF).checks
    assert [(check.source, check.name, check.told, check.broken) for check in checks] == [
        ("crm", "age_and_birth_date", 1, 1),
        ("crm", "postcode_and_country", 2, 0),
        ("crm", "postcode_and_province", 2, 1),
        ("crm", "title_and_gender", 1, 1),
    ]


def test_the_books_are_told_by_kind_of_line_with_credit_notes_inside(shop):
    (books,) = quality(shop, Settings(), AS_OF).orders
    assert (books.goods, books.fees, books.adjustments, books.total, books.credit_notes) == (
        350,
        100,
        -30,
        420,
        -200,
    )
    assert (books.lines, books.orders, books.lines_without_customer, books.total_without_customer) == (
        5,
        4,
        2,
        20,
    )


def test_bad_data_costs_what_the_settings_say(shop):
    settings = replace(Settings(), costs=CostSettings(unreachable_customer=1000, duplicate_mailing=300))
    report = quality(shop, settings, AS_OF)
    lost, double = problem(report, "unreachable_customers"), problem(report, "duplicate_mailings")
    assert (lost.count, lost.cost, lost.examples) == (1, 1000, ("Mia Tran",))
    assert (double.count, double.cost) == (1, 300)
    assert "$10.00" in lost.how.en
    assert report.cost == 1300
    assert report.problems[0] == lost


def test_a_customer_of_whom_only_orders_are_known_cannot_be_reached(shop):
    _records(shop, 6)
    lines = shop.rows("select * from order_lines")
    shop.table(
        "order_lines",
        shop.rows("select * replace (cast(6 as bigint) as record) from order_lines").slice(0, 1),
    )
    shop.table("order_lines", pa.concat_tables([lines, shop.rows("select * from order_lines")]))
    assert "crm:6" in problem(quality(shop, Settings(), AS_OF), "unreachable_customers").examples


def test_people_that_matching_found_count_once(shop):
    _identity(shop, [(1, 100), (2, 100), (3, 101), (4, 101), (5, 102)])
    report = quality(shop, Settings(), AS_OF)
    assert problem(report, "duplicate_mailings").count == 1
    assert "unreachable_customers" not in [one.name for one in report.problems]


def test_refused_values_are_shown_as_they_were_found(shop):
    report = quality(shop, Settings(), AS_OF)
    assert problem(report, "refused_email").examples == ("anna.roy", "none@none.com")
    assert problem(report, "refused_birth_date").examples == ("2050-01-01",)
    assert problem(report, "misspelt_email_domains").examples == ("gmial.com → gmail.com",)


def test_one_answer_for_everybody_is_put_in_question(shop):
    report = quality(shop, Settings(), AS_OF)
    assert report.consents[0].one_value
    assert "is that their answer?" in problem(report, "consent_one_value:crm:email").sentence.en


def test_refused_rows_are_counted_until_they_are_mended(shop):
    report = quality(shop, Settings(), AS_OF)
    assert (report.rejected, problem(report, "rejected_rows").examples) == (1, ("'x' is no date",))
    assert problem(report, "rejected_rows").sentence.fr.startswith("1 ligne a été refusée")


def test_events_are_facts_of_their_source_too(shop):
    web = {one.source: one for one in quality(shop, Settings(), AS_OF).sources}["web"]
    assert (web.rows, web.lines, web.newest_day, web.age_days) == (0, 0, AS_OF - 4, 4)
