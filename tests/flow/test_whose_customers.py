"""The customer keys of an orders file name the customers of the file beside it, when that is evident."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from regulars.app import init_shop
from regulars.flow.loading.customers import shows
from regulars.shop import Shop

pytestmark = pytest.mark.slow

CLIENTS = "No client,Prénom,Nom\n" + "".join(f"{n},Anne,Roy{n}\n" for n in range(1, 9))
SALES = "facture,date,client_id,article,montant\n" + "".join(
    f"F{n},2026-01-0{n},{n},TEA,10.00\n" for n in range(1, 9)
)


def lists(told: Iterable[int], bought: Iterable[int], *, word: str) -> tuple[str, str]:
    """A customer list of some numbers, and orders of some numbers under a column called by `word`."""
    clients = "No client,Prénom,Nom\n" + "".join(f"{n},Anne,Roy{n}\n" for n in told)
    sales = f"facture,date,{word},article,montant\n"
    return clients, sales + "".join(f"F{at},2026-01-01,{n},TEA,10.00\n" for at, n in enumerate(bought))


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


def test_the_two_columns_may_be_called_a_little_differently(shop: Shop, tmp_path: Path) -> None:
    clients, sales = CLIENTS.replace("No client", "N° client"), SALES.replace("client_id", "Client")
    assert (
        shop.load([write(tmp_path / "exports", clients=clients, ventes=sales)])[1].mapping.customers
        == "clients"
    )


@pytest.mark.parametrize(
    "sales",
    [
        SALES.replace("client_id", "household_id"),
        SALES.replace(",1,TEA", ",901,TEA").replace(",2,TEA", ",902,TEA"),
    ],
    ids=["another word", "other keys"],
)
def test_what_is_not_evident_is_left_apart_and_it_is_said(shop: Shop, tmp_path: Path, sales: str) -> None:
    orders = shop.load([write(tmp_path / "exports", clients=CLIENTS, ventes=sales)])[1]
    assert orders.mapping.customers is None
    assert any("--source clients" in question for question in orders.questions)
    assert buyers(shop) == {None}


def test_the_sentence_s_next_step_joins_them(shop: Shop, tmp_path: Path) -> None:
    folder = write(tmp_path / "exports", clients=CLIENTS, ventes=SALES.replace("client_id", "household_id"))
    apart = shop.load([folder])[1]
    assert apart.import_id is not None
    shop.undo(apart.import_id)
    shop.load([folder / "ventes.csv"], source="clients")
    assert buyers(shop) == {f"Roy{n}" for n in range(1, 9)}


def test_many_keys_that_are_no_plain_count_show_whose_they_are(shop: Shop, tmp_path: Path) -> None:
    clients, sales = lists(range(7, 700, 7), range(14, 700, 14), word="household_id")
    assert (
        shop.load([write(tmp_path / "exports", clients=clients, ventes=sales)])[1].mapping.customers
        == "clients"
    )


def test_numbers_from_one_on_show_nothing(shop: Shop, tmp_path: Path) -> None:
    clients, sales = lists(range(1, 100), range(1, 60), word="household_id")
    assert (
        shop.load([write(tmp_path / "exports", clients=clients, ventes=sales)])[1].mapping.customers is None
    )


def test_a_list_of_some_of_the_customers_is_theirs_when_their_numbers_show_it(
    shop: Shop, tmp_path: Path
) -> None:
    told, bought = range(7, 700, 7), [*range(7, 700, 7), *range(7, 700, 3)]
    clients, sales = lists(told, bought, word="client")
    assert (
        shop.load([write(tmp_path / "exports", clients=clients, ventes=sales)])[1].mapping.customers
        == "clients"
    )


def test_a_short_list_among_all_numbers_is_anybody_s(shop: Shop, tmp_path: Path) -> None:
    clients, sales = lists(range(1, 60), range(1, 300), word="client")
    orders = shop.load([write(tmp_path / "exports", clients=clients, ventes=sales)])[1]
    assert orders.mapping.customers is None
    assert any("(59 of 299 keys)" in question for question in orders.questions)


@pytest.mark.data
def test_the_households_of_a_list_are_those_of_a_year_of_receipts(data: Path) -> None:
    told, bought = (
        pq.read_table(data / "retail_year" / f"{name}.parquet", columns=["household_id"]).column(0).unique()
        for name in ("demographics", "transactions")
    )
    assert shows([str(key) for key in told.to_pylist()], [str(key) for key in bought.to_pylist()])


def test_a_file_of_another_folder_is_another_system(shop: Shop, tmp_path: Path) -> None:
    shop.load([write(tmp_path / "crm", clients=CLIENTS)])
    assert shop.load([write(tmp_path / "till", ventes=SALES)])[0].mapping.customers is None


def questions(shop: Shop, path: Path) -> list[str]:
    return [said for one in shop.load([path]) for said in one.questions if "--source clients" in said]


def test_a_list_that_comes_after_its_orders_says_that_they_are_apart_and_how_to_join_them(
    shop: Shop, tmp_path: Path
) -> None:
    shop.load([write(tmp_path / "till", ventes=SALES)])
    [said] = questions(shop, write(tmp_path / "office", clients=CLIENTS))
    assert "8 of 8 keys" in said
    assert "undo import 1 and load ventes.csv" in said
    shop.undo(1)
    shop.load([tmp_path / "till" / "ventes.csv"], source="clients")
    assert buyers(shop) == {f"Roy{n}" for n in range(1, 9)}
    newer = CLIENTS + "9,Eva,Roy9\n"
    assert questions(shop, write(tmp_path / "newer", clients=newer)) == [], "they are joined"


def test_orders_of_a_list_in_another_folder_are_kept_apart_and_it_is_said(shop: Shop, tmp_path: Path) -> None:
    shop.load([write(tmp_path / "office", clients=CLIENTS)])
    [said] = questions(shop, write(tmp_path / "till", ventes=SALES))
    assert "another folder" in said
    others = SALES.replace("client_id", "numéro de caisse du vendeur").replace("F", "G")
    assert questions(shop, write(tmp_path / "elsewhere", others=others)) == []
