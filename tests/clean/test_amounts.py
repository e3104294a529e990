"""An amount is read in its column's style, and its sign says its currency; what does not fit is a reject."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from regulars.app import init_shop
from regulars.shop import Shop

Take = Callable[..., Shop]


@pytest.fixture
def take(tmp_path: Path, takes_seconds: None) -> Take:
    """Load a till's file of these amounts into a new shop."""

    def load(*amounts: str, header: str = "Order;Date;Email;Amount", currency: str = "CAD") -> Shop:
        shop = init_shop(tmp_path / f"shop{len(list(tmp_path.iterdir()))}", currency=currency)
        rows = [f"{n};2024-02-03;a@x.ca;{amount}" for n, amount in enumerate(amounts, 1)]
        (tmp_path / "till.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
        shop.load([tmp_path / "till.csv"])
        return shop

    return load


def money(shop: Shop) -> dict[str, tuple[float, str]]:
    rows = shop.table("orders").to_pylist()
    return {row["order_id"]: (float(row["paid"]), row["currency"]) for row in rows}


def reasons(shop: Shop) -> list[str]:
    return [str(one["reason"]) for one in shop.rejects()]


@pytest.mark.parametrize("other", ["20,00 $", "1 234,56", "1.234,56", "12,5"])
def test_an_amount_of_another_style_is_never_guessed(take: Take, other: str) -> None:
    shop = take("$100.00", "$1,250.50", "7.95", other)
    assert money(shop) == {"1": (100.0, "CAD"), "2": (1250.5, "CAD"), "3": (7.95, "CAD")}
    (reason,) = reasons(shop)
    assert (other in reason, "decimal comma" in reason) == (True, True)


def test_an_amount_too_big_to_be_true_says_so(take: Take) -> None:
    shop = take("12.50", "3.50", "99999999999999999999999")
    assert len(money(shop)) == 2
    assert "too big" in reasons(shop)[0]
    assert "decimal" not in reasons(shop)[0]


def test_a_decimal_point_among_decimal_commas_is_a_reject_too(take: Take) -> None:
    shop = take("1 234,56 $", "12,00", "0,99", "1,234.56")
    assert [paid for paid, _code in money(shop).values()] == [1234.56, 12.0, 0.99]
    assert "decimal point" in reasons(shop)[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("€50.00", "EUR"), ("50.00 €", "EUR"), ("£50.00", "GBP"), ("US$ 50.00", "USD"), ("50.00 $ US", "USD"),
        ("CA$50.00", "CAD"), ("50.00 CAD", "CAD"), ("EUR 50.00", "EUR"), ("$50.00", "CAD"), ("50.00", "CAD"),
        ("50.00 euros", "EUR"),
    ],
)  # fmt: skip
def test_the_sign_beside_an_amount_says_its_currency(take: Take, amount: str, currency: str) -> None:
    assert money(take(amount, "10.25")) == {"1": (50.0, currency), "2": (10.25, "CAD")}


def test_a_dollar_in_a_shop_of_euros_is_not_silently_a_euro(take: Take) -> None:
    shop = take("$50.00", "50.00", "US$50.00", currency="EUR")
    assert money(shop) == {"2": (50.0, "EUR"), "3": (50.0, "USD")}
    assert "which dollar" in reasons(shop)[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "currency"),
    [("$", "CAD"), ("dollars", "CAD"), ("Euros", "EUR"), ("€", "EUR"), ("usd", "USD"), ("Dollars US", "USD")],
)
def test_a_currency_column_is_understood_in_words(take: Take, word: str, currency: str) -> None:
    shop = take(f"5.50;{word}", header="Order;Date;Email;Amount;Currency")
    assert money(shop) == {"1": (5.5, currency)}


def test_what_is_no_currency_or_contradicts_it_is_a_reject(take: Take) -> None:
    shop = take("5.50;bananas", "€5.50;CAD", "$5.50;USD", header="Order;Date;Email;Amount;Currency")
    assert money(shop) == {"3": (5.5, "USD")}
    assert ["bananas" in reasons(shop)[0], "another currency" in reasons(shop)[1]] == [True, True]
