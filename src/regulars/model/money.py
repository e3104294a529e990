"""Money in integer minor units (cents), by ISO 4217."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

#: Digits after the point of the currencies that do not have two (ISO 4217).
_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}


def currency_digits() -> dict[int, list[str]]:
    """The currencies that do not have two digits after the point, by how many they have."""
    return {digits: codes.split() for digits, codes in _DIGITS.items()}


_DIGITS_OF = {code: digits for digits, codes in _DIGITS.items() for code in codes.split()}


def minor_digits(currency: str) -> int:
    """How many digits after the point a currency has.

    >>> minor_digits("CAD"), minor_digits("JPY")
    (2, 0)
    """
    return _DIGITS_OF.get(currency.upper(), 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in currency units as minor units, half away from zero.

    >>> to_minor(Decimal("-0.005"), "CAD"), to_minor(Decimal("12"), "JPY")
    (-1, 12)
    """
    return int(amount.scaleb(minor_digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_units(minor: int, currency: str) -> Decimal:
    """Minor units as currency units.

    >>> to_units(123456, "CAD")
    Decimal('1234.56')
    """
    return Decimal(minor).scaleb(-minor_digits(currency))
