"""What a load says of files that are no data, of lines that are no rows, and of rows it has seen before."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_files import Write

from regulars.errors import Invalid
from regulars.shop import Shop

PEOPLE = ("id,email,first name", "1,a@example.com,Anne", ",,", "2,b@example.com,Luc", ",-,")
PRICES = ("SKU,Title,Price", "A,Mug,10.50", "B,Cup,12.50", 'C,Pot,"20,00 $"')
CLICKS = (
    "email,date,event,value", "a@example.com,2024-01-02,Cart,10.50", "b@example.com,2024-01-02,Cart,11.50",
    'b@example.com,2024-01-03,Cart,"20,50"', "a@example.com,2024-01-03,Unsubscribed,n/a",
)  # fmt: skip


def test_a_picture_in_a_folder_is_named_and_the_others_are_loaded(shop: Shop, write: Write) -> None:
    folder = write("exports/clients.csv", *PEOPLE).parent
    write("exports/logo.png", "a picture")
    write("exports/.hidden", "nothing")
    loaded = {Path(one.file).name: one for one in shop.load([folder])}
    assert set(loaded) == {"clients.csv", "logo.png"}
    assert loaded["clients.csv"].accepted == 2
    assert "logo.png" in str(loaded["logo.png"].error)


def test_a_readme_beside_the_exports_is_named_and_nothing_is_wrong(shop: Shop, write: Write) -> None:
    folder = write("exports/clients.csv", *PEOPLE).parent
    write("exports/README.txt", "These are the clients.")
    loaded = {Path(one.file).name: one for one in shop.load([folder])}
    assert (loaded["README.txt"].error, loaded["README.txt"].kind) == (None, "")
    assert "README.txt" in loaded["README.txt"].notes[0]
    assert loaded["clients.csv"].accepted == 2


def test_the_files_of_the_shop_itself_are_not_exports(shop: Shop) -> None:
    (shop.ground.folder / "clients.csv").write_text("\n".join(PEOPLE), "utf-8")
    shop.load([shop.ground.folder])
    shop.build("2024-06-01")
    assert any((shop.ground.folder / "lake").rglob("*.parquet"))
    assert [Path(one.file).name for one in shop.load([shop.ground.folder])] == ["clients.csv"]
    assert len(shop.load(list(shop.ground.folder.iterdir()))) == 1


def test_the_mapping_of_a_load_may_lie_in_its_folder(shop: Shop, write: Write) -> None:
    folder = write("exports/clients.csv", *PEOPLE).parent
    mapping = write("exports/clients.toml", 'kind = "people"')
    assert len(shop.load([folder], mapping=mapping)) == 1


@pytest.mark.parametrize(("name", "said"), [("", "without a name"), ("settings.toml", "settings")])
def test_what_is_no_data_file_is_refused_in_a_sentence(
    shop: Shop, write: Write, name: str, said: str
) -> None:
    path = str(write(name, "[shop]", 'name = "Tea"')) if name else name
    with pytest.raises(Invalid, match=said):
        shop.load([path])


def test_rejects_of_a_file_that_comes_again_stay_rejects_and_wait_once(shop: Shop, write: Write) -> None:
    file = write("clients.csv", *PEOPLE)
    (first,) = shop.load([file])
    shop.load([file])
    (again,) = shop.load([file])
    assert (first.rows_in, first.accepted, first.rejected, first.duplicates) == (3, 2, 1, 0)
    assert (again.rows_in, again.accepted, again.rejected, again.duplicates) == (3, 0, 1, 2)
    assert len(shop.rejects()) == 1


def test_a_mended_row_is_not_rejected_again_with_its_file(shop: Shop, write: Write, tmp_path: Path) -> None:
    file = write("clients.csv", *PEOPLE)
    shop.load([file])
    shop.write_rejects(tmp_path / "mend.csv")
    written = (tmp_path / "mend.csv").read_text("utf-8-sig")
    (tmp_path / "mend.csv").write_text(written.replace('"-"', "-").replace(",-", ",Eva"), "utf-8")
    shop.replay(tmp_path / "mend.csv")
    (again,) = shop.load([file])
    assert (again.rows_in, again.rejected, again.duplicates) == (3, 0, 3)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_copy_in_the_same_load_is_called_by_its_name(shop: Shop, write: Write, dry_run: bool) -> None:
    write("exports/clients.csv", *PEOPLE)
    folder = write("exports/copy of clients.csv", *PEOPLE).parent
    notes = [note for one in shop.load([folder], dry_run=dry_run) for note in one.notes]
    assert any("the very same as 'clients.csv'" in note for note in notes)
    assert not any("import 1" in note for note in notes)


@pytest.mark.parametrize(("rows", "column"), [(PRICES, "Price"), (CLICKS, "value")], ids=["prices", "values"])
def test_an_amount_in_another_style_is_a_reject_not_an_empty_one(
    shop: Shop, write: Write, rows: tuple[str, ...], column: str
) -> None:
    (loaded,) = shop.load([write("file.csv", *rows)])
    assert (loaded.rows_in, loaded.rejected) == (len(rows) - 1, 1)
    (reject,) = shop.rejects()
    assert reject["column"] == column
    assert "decimal comma" in str(reject["reason"])


def test_a_footer_is_a_reject_and_nobody(shop: Shop, write: Write) -> None:
    footers = (
        "Total customers: 40,,",
        "Exported on 2024-01-03,,",
        '"Exporté le 3 janvier 2024",,',
        "2 clients exportés,,",
    )
    rows = ("Anne Roy,a@example.com,Paris", "Luc Total,l@example.com,Paris", "🌸🌸,,")
    (loaded,) = shop.load([write("clients.csv", "name,email,city", *rows, *footers)])
    assert (loaded.accepted, loaded.rejected) == (3, 4)
    assert {one["reason"] for one in shop.rejects()} == {"a line about the file, not a row of it"}


def test_a_file_with_a_header_and_no_rows_says_so(shop: Shop, write: Write) -> None:
    write("in/people.csv", "Email,First Name", "ann@example.ca,Ann")
    loaded = {Path(one.file).name: one for one in shop.load([write("in/later.csv", "Email,Name").parent])}
    assert any("no rows in it" in note for note in loaded["later.csv"].notes)
    assert not any("no rows in it" in note for note in loaded["people.csv"].notes)
