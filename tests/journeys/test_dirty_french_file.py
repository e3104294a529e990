"""A French file as Quebec tills write them: cp1252, `;`, decimal commas, day first. No mapping file is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from regulars.shop import Shop

PEOPLE = (
    "No client;Prénom;Nom;Courriel;Téléphone;Date de naissance;Ville;Code postal",
    "1;Zoé;Lafrenière;zoe@exemple.ca;(514) 555-0123 poste 45;31/05/1980;Montréal;H2X 1Y4",
    "2;Benoît;L'Écuyer;benoit@exemple.ca;450-555-0199;03/02/1975;Laval;h7n 2k3",
    "3;Anaïs;Côté;anais@exemple.ca;514.555.0144;12/11/1990;Montréal",
    "4;Élise;Bélanger;elise@exemple.ca;514 555 0155;01/07/1968;Québec;G1R 2B5;de trop;encore",
    "5;François;Noël;francois@exemple.ca;418 555-0166;24/12/1959;Québec;G1R 2B5",
)
ORDERS = (
    "No facture;Date;Client;Prénom;Nom;Courriel;Téléphone;Produit;Quantité;Prix;Montant",
    "F-1;03/02/2024;1;Zoé;Lafrenière;zoe@exemple.ca;(514) 555-0123 poste 45;Canapé;1;1 234,56;1 234,56",
    "F-1;03/02/2024;1;Zoé;Lafrenière;zoe@exemple.ca;(514) 555-0123 poste 45;Lampe;2;1\u00a0000,50;2\u00a0001,00",
    "F-2;25/03/2024;2;Benoît;L'Écuyer;benoit@exemple.ca;450-555-0199;Table;1;99,99;99,99",
    "F-3;26/03/2024;2;Benoît;L'Écuyer",
    "F-4;27/03/2024;2;Benoît;L'Écuyer;benoit@exemple.ca;450-555-0199;Table;1;99,99;99,99;x;y",
)


def save(path: Path, lines: tuple[str, ...]) -> Path:
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def test_french_customers_are_read_right(shop: Shop, tmp_path: Path) -> None:
    (loaded,) = shop.load([save(tmp_path / "clients.csv", PEOPLE)])
    assert (loaded.kind, loaded.rows_in, loaded.accepted, loaded.rejected) == ("people", 5, 4, 1)
    assert [row["line"] for row in shop.rejects()] == [5]
    shop.build("2024-06-01")
    zoe = next(row for row in shop.table("people").to_pylist() if row["email"] == "zoe@exemple.ca")
    assert (zoe["given_name"], zoe["family_name"], zoe["birth_date"]) == ("Zoé", "Lafrenière", "1980-05-31")
    assert zoe["phone"].startswith("+15145550123")
    assert (zoe["city"], zoe["postcode"]) == ("Montréal", "H2X 1Y4")
    benoit = next(row for row in shop.table("people").to_pylist() if row["email"] == "benoit@exemple.ca")
    assert benoit["birth_date"] == "1975-02-03"


def test_french_orders_with_their_customers_are_read_right(shop: Shop, tmp_path: Path) -> None:
    (loaded,) = shop.load([save(tmp_path / "factures.csv", ORDERS)])
    assert (loaded.kind, loaded.rows_in, loaded.accepted, loaded.rejected) == ("orders", 5, 3, 2)
    assert [row["line"] for row in shop.rejects()] == [5, 6]
    lines = {row["product_name"]: row for row in shop.table("orders").to_pylist()}
    assert {name: row["paid"] for name, row in lines.items()} == {
        "Canapé": 1234.56,
        "Lampe": 2001.0,
        "Table": 99.99,
    }
    assert (lines["Canapé"]["day"], lines["Table"]["day"]) == ("2024-02-03", "2024-03-25")
    shop.build("2024-06-01")
    people = {row["family_name"]: row for row in shop.table("profiles").to_pylist()}
    assert set(people) == {"Lafrenière", "L'Écuyer"}
    assert people["Lafrenière"]["spend_lifetime"] == 3235.56
    assert people["Lafrenière"]["phone"].startswith("+15145550123")


@pytest.mark.parametrize(
    "encoding",
    [
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("utf-8", "utf-8-sig", "utf-16", "cp1252")),
        "mac_roman",
    ],
)
def test_the_same_file_in_any_encoding_is_the_same_people(shop: Shop, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes("\n".join([*PEOPLE[:3], PEOPLE[5]]).encode(encoding))
    (loaded,) = shop.load([path])
    assert (loaded.accepted, loaded.rejected) == (3, 0)
    shop.build("2024-06-01")
    names = {(row["given_name"], row["family_name"]) for row in shop.table("people").to_pylist()}
    assert names == {("Zoé", "Lafrenière"), ("Benoît", "L'Écuyer"), ("François", "Noël")}
