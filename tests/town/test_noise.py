"""Errors strike as often as the one table says, and every one is counted."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from regulars.town.exports import noise
from regulars.town.exports.noise import NOISE, Noise, dirty

CELLS = {
    "given": "Alexandre", "family": "Saint-Côté", "email": "alex.cote@courriel.example", "phone": "5145550123",
    "number": "1834", "unit": "", "street": "rue Émile-Zola", "city": "Montréal", "region": "QC",
    "postcode": "H2J 6G3", "country": "CA", "birth": "1984-06-07", "language": "fr", "gender": "M",
}  # fmt: skip


def records(count: int, source: str) -> pa.Table:
    texts = {name: pa.array([value] * count) for name, value in CELLS.items()}
    return pa.table(
        {
            "source": [source] * count,
            "person": range(count),
            "household": [n // 2 for n in range(count)],
            **texts,
        }
    )


def changed(before: pa.Table, after: pa.Table) -> int:
    return sum(
        a != b
        for name in CELLS
        for a, b in zip(before[name].to_pylist(), after[name].to_pylist(), strict=True)
    )


@pytest.mark.parametrize("kind", NOISE, ids=lambda kind: kind.name)
def test_every_error_is_counted_once_for_each_cell_it_changes(
    kind: Noise, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noise, "NOISE", (kind,))
    monkeypatch.setattr(noise, "FILLED", {})
    clean = records(4000, kind.sources[0])
    clean = clean.set_column(
        clean.schema.get_field_index("birth"), "birth", pa.array(["1984-06-07", "1991-03-12"] * 2000)
    )
    messy, dirt = dirty(clean, np.random.default_rng(5))
    assert changed(clean, messy) == dirt[kind.name] > 0
    assert dirt[kind.name] <= 2.2 * kind.rate * 4000 * len(kind.fields) + 20


def test_published_rates_stand_as_published() -> None:
    published = {kind.name: (kind.rate, kind.token) for kind in NOISE if "pseudopeople" in kind.origin}
    assert published["typo"] == (0.01, 0.1)
    assert {rate for rate, _ in published.values()} == {0.01}


def test_a_source_that_never_asks_for_a_birth_date_has_none() -> None:
    messy, _dirt = dirty(records(500, "square"), np.random.default_rng(1))
    assert set(messy["birth"].to_pylist()) == {""}


def test_a_web_shop_and_a_mailing_list_keep_addresses_that_mail_can_reach() -> None:
    for source in ("shopify", "mailchimp"):
        messy, _dirt = dirty(records(3000, source), np.random.default_rng(2))
        emails = Counter(messy["email"].to_pylist())
        assert all("@" in email and " " not in email for email in emails)


def test_the_same_chance_makes_the_same_errors() -> None:
    clean = records(2000, "crm")
    assert dirty(clean, np.random.default_rng(3))[0] == dirty(clean, np.random.default_rng(3))[0]
