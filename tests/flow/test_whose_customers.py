"""The customer keys of an orders file name the customers of the file beside it, when that is evident."""

from pathlib import Path

import pytest

from regulars.app import Shop, init_shop

CLIENTS = "No client,Prénom,Nom\n" + "".join(f"{n},Anne,Roy{n}\n" for n in range(1, 9))
SALES = "facture,date,client_id,article,montant\n" + "".join(
    f"F{n},2026-01-0{n},{n},TEA,10.00\n" for n in range(1, 9)
)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return init_shop(tmp_path / "shop")


def write(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def buyers(shop: Shop) -> set[str]:
    shop.build("2026-01-31")
    names = {row["person_id"]: row["family_name"] for row in shop.table("people").to_pylist()}
    return {names[person] for person in shop.table("orders").column("person_id").to_pylist()}


def test_orders_beside_a_customer_list_are_joined_to_it_and_it_is_said(shop: Shop, tmp_path: Path) -> None:
    loaded = shop.load([write(tmp_path / "exports", clients=CLIENTS, ventes=SALES)])
    orders = next(one for one in loaded if one.kind == "orders")
    assert orders.mapping.customers == "clients"
    assert any("client_id" in note and "clients" in note for note in orders.notes)
    assert buyers(shop) == {f"Roy{n}" for n in range(1, 9)}


def test_loaded_again_they_are_duplicates(shop: Shop, tmp_path: Path) -> None:
    folder = write(tmp_path / "exports", clients=CLIENTS, ventes=SALES)
    shop.load([folder])
    assert [(one.accepted, one.duplicates) for one in shop.load([folder])] == [(0, 8), (0, 8)]


@pytest.mark.parametrize(
    "sales",
    [
        SALES.replace("client_id", "household_id"),
        SALES.replace(",1,TEA", ",901,TEA").replace(",2,TEA", ",902,TEA"),
    ],
    ids=["another word", "other keys"],
)
def test_what_is_not_evident_is_left_apart(shop: Shop, tmp_path: Path, sales: str) -> None:
    orders = shop.load([write(tmp_path / "exports", clients=CLIENTS, ventes=sales)])[1]
    assert orders.mapping.customers is None
    assert buyers(shop) == {None}


def test_a_file_of_another_folder_is_another_system(shop: Shop, tmp_path: Path) -> None:
    shop.load([write(tmp_path / "crm", clients=CLIENTS)])
    assert shop.load([write(tmp_path / "till", ventes=SALES)])[0].mapping.customers is None
