"""E-mail addresses and telephones: SQL and Python agree, and a bad one says why."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.clean.person.emails import email_by_hand
from regulars.clean.person.phones import fixed_line_sql, phone_by_hand, placeholder
from regulars.engine.duckdb import DuckDBEngine


@pytest.mark.parametrize(
    ("found", "standard", "rules"),
    [
        ("Anna <anna@example.com>", "anna@example.com", '"punctuation"'),
        ("mailto:anna@example.com", "anna@example.com", '"punctuation"'),
        ("'anna@example.com", "anna@example.com", '"punctuation"'),
        ("anna@example.com.", "anna@example.com", '"punctuation"'),
        ("anna @example.com", "anna@example.com", '"spaces"'),
        ("éloïse@exämple.fr", "éloïse@exämple.fr", None),
        ("a@b@example.com", None, '"invalid: two @"'),
        ("a..b@example.com", None, '"invalid: not an e-mail"'),
        ("anna@localhost", None, '"invalid: not an e-mail"'),
    ],
)
def test_an_email_is_freed_of_what_stands_around_it(found, standard, rules):
    assert email_by_hand(found) == (standard, rules)


def test_sql_and_python_settle_the_same_emails_alike(people):
    texts = ["Anna@Example.com", " a.b+c@example.co.uk ", "o'brien@example.com", "x_1@sub.example.info"]
    made = (
        people([{"source_key": str(n), "email": text} for n, text in enumerate(texts)])
        .rows["email"]
        .to_pylist()
    )
    assert made == [email_by_hand(text)[0] for text in texts]


numbers = st.from_regex(r"\(?[2-9][0-9]{2}\)?[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}", fullmatch=True)


@given(number=numbers, country=st.sampled_from(["CA", "US"]))
def test_north_american_numbers_become_e164(number, country):
    digits = "".join(sign for sign in number if sign.isdigit())
    standard = phone_by_hand(number, country)[0]
    assert standard == (None if placeholder(digits) else f"+1{digits}")


@pytest.mark.parametrize(
    ("number", "country", "standard"),
    [
        ("0055 31 97403-4484", "BR", "+5531974034484"),
        ("5531974034484", "BR", "+5531974034484"),
        ("31974034484", "BR", "+5531974034484"),
        ("55991234567", "BR", "+5555991234567"),
        ("4915112345678", "DE", "+4915112345678"),
        ("0151 12345678", "DE", "+4915112345678"),
        ("0034612345678", "ES", "+34612345678"),
        ("8613812345678", "CN", "+8613812345678"),
        ("33612345678", "FR", "+33612345678"),
    ],
)
def test_a_number_is_the_same_with_its_country_s_code_and_without(number, country, standard):
    assert phone_by_hand(number, country)[0] == standard


def test_sql_and_python_settle_the_same_numbers_alike(people):
    texts = [
        "514-282-2020",
        "1 (450) 282 2020",
        "+1 438 282 2020",
        "+33 6 12 34 56 78",
        "'+15142822020",
        "8888888888",
    ]
    made = (
        people([{"source_key": str(n), "phone": text} for n, text in enumerate(texts)])
        .rows["phone"]
        .to_pylist()
    )
    assert made == [phone_by_hand(text, "CA")[0] for text in texts]


@given(found=st.text(alphabet=string.printable, max_size=30))
def test_no_text_breaks_a_reader(found):
    email_by_hand(found)
    phone_by_hand(found, "CA")
    phone_by_hand(found, "FR")


@pytest.mark.parametrize("found", ["call me", "12", "321-3212", "5145551234567890"])
def test_what_is_no_number_is_refused(found):
    assert phone_by_hand(found, "CA") == (None, '"invalid: not a phone"')


@pytest.mark.parametrize(
    ("number", "fixed"),
    [
        ("+33142685300", True),
        ("+33612345678", False),
        ("+15145550123", False),
        ("+15145550123;ext=4", True),
        ("+442071838750", True),
        ("+447400123456", False),
    ],
)
def test_a_fixed_line_is_known_where_its_country_tells_it_apart(number: str, fixed: bool) -> None:
    with DuckDBEngine(Path("unused")).session() as session:
        sql = fixed_line_sql("phone", ["+331", "+336", "+151", "+442"])
        assert session.rows(f"select {sql} as fixed from (select $n as phone)", {"n": number})[
            "fixed"
        ].to_pylist() == [fixed]
