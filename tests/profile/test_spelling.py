"""Of one name with and without its accents, the accents are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from regulars.app import init_shop, open_shop


def test_a_name_keeps_the_accents_that_any_source_writes(tmp_path: Path) -> None:
    shop = init_shop(tmp_path / "shop")
    with (tmp_path / "shop" / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("\n[sources.till]\nrank = 1\n")
    header = "Customer ID,First Name,Last Name,Email,City\n"
    (tmp_path / "till.csv").write_text(header + "1,Genevieve,Cote,g@example.ca,Montreal\n", "utf-8")
    (tmp_path / "crm.csv").write_text(header + "7,Geneviève,Côté-Roy,g@example.ca,Montréal\n", "utf-8")
    shop.close()
    shop = open_shop(tmp_path / "shop")
    for name in ("till", "crm"):
        shop.load([tmp_path / f"{name}.csv"], source=name)
    shop.build("2026-10-31")
    (card,) = shop.table("people").to_pylist()
    assert (card["given_name"], card["family_name"], card["city"]) == ("Geneviève", "Cote", "Montréal")


@pytest.mark.parametrize(
    ("crm", "till", "web", "given"),
    [
        ("Anne,Roy", "A.,Roy", "Anne,R", "Anne"),
        ("Anne,Roy", "A.,Roy", ",Roy", "Anne"),
        (",Roy", "A.,Roy", ",Roy", "A."),
    ],
)
def test_an_initial_stands_behind_a_name_whatever_came_last_and_none_behind_an_initial(
    tmp_path: Path, crm: str, till: str, web: str, given: str
) -> None:
    shop = init_shop(tmp_path / "shop")
    header = "Customer ID,First Name,Last Name,Email\n"
    for name, row in (
        ("crm", f"7,{crm}"),
        ("till", f"1,{till}"),
        ("web", f"3,{web}"),
    ):
        (tmp_path / f"{name}.csv").write_text(f"{header}{row},a@example.ca\n", "utf-8")
        shop.load([tmp_path / f"{name}.csv"], source=name)
    shop.build("2026-10-31")
    (card,) = shop.table("people").to_pylist()
    assert (card["given_name"], card["family_name"], card["records"]) == (given, "Roy", 3)
