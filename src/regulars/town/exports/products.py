"""The articles that the shop sells, as a workbook."""

from __future__ import annotations

from datetime import UTC, datetime

import xlsxwriter

from regulars.town.exports.files import Files
from regulars.town.goods import CATEGORIES, Goods

_NAME = "products.xlsx"


def write_products(files: Files, shelf: Goods) -> None:
    """The articles as a workbook, dated so that the same town gives the same bytes."""
    with xlsxwriter.Workbook(files.folder / _NAME) as book:
        book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        sheet = book.add_worksheet("Products")
        sheet.write_row(0, 0, ("SKU", "Product name", "Nom du produit", "Category", "Brand", "Price", "Cost"))
        for row, sku in enumerate(shelf.sku):
            title = CATEGORIES[shelf.category[row]].title
            money = (float(shelf.price[row]) / 100, float(shelf.cost[row]) / 100)
            name = shelf.name[row]
            sheet.write_row(row + 1, 0, (sku, name.en, name.fr, title.fr, shelf.brand[row], *money))
    files.rows[_NAME] = len(shelf)
