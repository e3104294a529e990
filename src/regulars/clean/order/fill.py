"""Orders whose later rows leave the order's own columns blank: those cells take the first row's value."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa


@dataclass(slots=True, kw_only=True)
class FillDown:
    """Fills chunk after chunk of one file; an order may go on in the next chunk."""

    order_column: str | None
    columns: tuple[str, ...]
    _order: str | None = None
    _values: dict[str, str | None] = field(default_factory=dict)

    def fill(self, rows: pa.Table) -> pa.Table:
        """The rows, with blanks filled within each run of one order."""
        if self.order_column is None or not self.columns:
            return rows
        orders = rows.column(self.order_column).to_pylist()
        columns = {name: rows.column(name).to_pylist() for name in self.columns if name in rows.column_names}
        for position, order in enumerate(orders):
            if order is None or order != self._order:
                self._order = order
                self._values = {name: values[position] for name, values in columns.items()}
                continue
            for name, values in columns.items():
                if values[position] is None:
                    values[position] = self._values[name]
        for name, values in columns.items():
            rows = rows.set_column(rows.schema.get_field_index(name), name, pa.array(values, pa.string()))
        return rows
