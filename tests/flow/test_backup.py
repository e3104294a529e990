"""A backup is one file, and a shop made of it is the same shop."""

from pathlib import Path

import pytest

from regulars.app import init_shop, restore_shop
from regulars.errors import Invalid, Refused

PEOPLE = "id,first name,last name,email\n1,Anne,Roy,anne@example.com\n2,Luc,Côté,luc@example.com\n"
ORDERS = "order,customer id,date,sku,paid\nA,1,2026-01-05,TEA,12.50\nB,2,2026-02-05,MUG,9.00\n"


def test_a_restored_shop_is_the_same_shop(tmp_path: Path) -> None:
    shop = init_shop(tmp_path / "shop")
    for name, text in (("people.csv", PEOPLE), ("orders.csv", ORDERS)):
        (tmp_path / name).write_text(text, "utf-8")
        shop.load([tmp_path / name], source="till")
    shop.build("2026-03-10")
    before = {name: shop.table(name) for name in ("identity", "people", "orders", "profiles")}
    assert shop.backup(tmp_path / "kept.zip") > 0
    shop.close()

    again = restore_shop(tmp_path / "kept.zip", tmp_path / "again")
    again.build("2026-03-10")
    assert {name: again.table(name) for name in before} == before
    again.close()


def test_a_restore_overwrites_no_shop_and_takes_no_other_file(tmp_path: Path) -> None:
    init_shop(tmp_path / "shop").close()
    (tmp_path / "other.zip").write_bytes(b"not a zip")
    with pytest.raises(Refused):
        restore_shop(tmp_path / "other.zip", tmp_path / "shop")
    with pytest.raises(Invalid):
        restore_shop(tmp_path / "other.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()
