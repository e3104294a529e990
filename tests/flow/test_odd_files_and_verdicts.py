"""A folder with an odd file: the others are loaded, and each file is told of. What people decided outlives an undo."""

from __future__ import annotations

import os

import pytest
from small_files import Exports, Write

from regulars.errors import Invalid
from regulars.shop import Shop

pytestmark = pytest.mark.slow

PEOPLE = "Customer ID,First Name,Last Name,Email,Phone"
ANN = "C1,Ann,Roy,ann@example.ca,514 555-0101"
TWIN = "C2,Ann,Roy,ann@example.ca,514 555-0101"
BOB = "C3,Bob,Lee,bob@example.ca,514 555-0103"


def test_one_odd_file_in_a_folder_does_not_stop_the_others(shop: Shop, write: Write) -> None:
    folder = write("in/people.csv", PEOPLE, ANN, BOB).parent
    (folder / "empty.csv").write_text("")
    (folder / "picture.csv").write_bytes(bytes(range(256)) * 20)
    write("in/colours.csv", "colour,shade", "red,dark")
    loaded = {os.path.basename(one.file): one for one in shop.load([folder])}
    assert loaded["people.csv"].accepted == 2
    for name in ("empty.csv", "picture.csv", "colours.csv"):
        assert loaded[name].error is not None
        assert (loaded[name].import_id, loaded[name].rows_in) == (None, 0)
    assert [one.file for one in shop.imports()] == [str(folder / "people.csv")]


def test_an_odd_file_alone_is_an_error(shop: Shop, write: Write) -> None:
    with pytest.raises(Invalid, match="empty"):
        shop.load([write("empty.csv")])


@pytest.mark.parametrize("verdict", ["merge", "unmerge"])
def test_what_people_decided_holds_when_a_file_is_undone_and_loaded_again(
    shop: Shop, write: Write, exports_of: Exports, verdict: str
) -> None:
    file = write("people.csv", PEOPLE, ANN, TWIN, BOB)
    shop.load([file])
    shop.match()
    if verdict == "merge":
        shop.merge("people:C1", "people:C3", "Eve")
    else:
        shop.unmerge(["people:C2"], "Eve")
    before = persons(shop)
    shop.undo(1)
    shop.match()
    assert persons(shop) == {}
    shop.load([write("other.csv", PEOPLE, "X1,Zoe,Ng,zoe@example.ca,514 555-0199")])
    shop.load([file])
    shop.match()
    after = persons(shop)
    assert len(set(after.values())) == len(set(before.values())) + 1
    assert (after["C1"] == after["C3"]) == (verdict == "merge")
    assert (after["C1"] == after["C2"]) == (verdict == "merge")


def persons(shop: Shop) -> dict[str, str]:
    return {row["source_key"]: row["person_id"] for row in shop.table("identity").to_pylist()}
