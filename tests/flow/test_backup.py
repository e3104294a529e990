"""A backup is one file, and a shop made of it is the same shop."""

import zipfile
from pathlib import Path

import pytest

from regulars.app import init_shop, restore_shop
from regulars.errors import Invalid, NotFound, Refused

PEOPLE = "id,first name,last name,email\n1,Anne,Roy,anne@example.com\n2,Luc,Côté,luc@example.com\n"
ORDERS = "order,customer id,date,sku,paid\nA,1,2026-01-05,TEA,12.50\nB,2,2026-02-05,MUG,9.00\n"


@pytest.mark.slow
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


def test_a_damaged_backup_leaves_no_folder_and_a_missing_one_is_said_to_be_missing(tmp_path: Path) -> None:
    shop = init_shop(tmp_path / "shop")
    shop.backup(tmp_path / "kept.zip")
    shop.close()
    with zipfile.ZipFile(tmp_path / "kept.zip") as parts:
        settings, store = (parts.read(name) for name in ("settings.toml", "shop.db"))
    with zipfile.ZipFile(tmp_path / "damaged.zip", "w") as parts:
        parts.writestr("settings.toml", settings)
        parts.writestr("shop.db", store[:5000] + bytes(9000) + store[14000:])
    (tmp_path / "torn.zip").write_bytes((tmp_path / "kept.zip").read_bytes()[:2000])
    for name in ("damaged.zip", "torn.zip"):
        with pytest.raises(Invalid):
            restore_shop(tmp_path / name, tmp_path / "new")
        assert not (tmp_path / "new").exists()
    with pytest.raises(NotFound, match=r"no\.zip"):
        restore_shop(tmp_path / "no.zip", tmp_path / "new")
