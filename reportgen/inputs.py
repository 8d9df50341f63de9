"""What the reader hands to the model: one table of columns for each declared sheet."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.input_changes import Change, find_change, in_order
from reportgen.problems import Where
from reportgen.sheets import BY_NAME

if TYPE_CHECKING:
    from reportgen.problems import Problem

Column = Any  # a numpy array: float64 for numbers, object for texts, two-dimensional for a wide field

DATED = ("Network_History", "ETF_Flows", "Events")
"""The lists whose rows after the as-of day are left out."""


@dataclass(frozen=True)
class Cells:
    """Where the records of a table stand in the input file, all counted from 1.

    `rows` holds the row of each record, `columns` the column of each field that the sheet has; in a form every field
    has a row of its own in `items`, and `columns` that of the values.
    """

    rows: tuple[int, ...]
    columns: Mapping[str, int]
    items: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def address(self, field: str, record: int = 0) -> str:
        """The cell of a field of a record, such as D7; "row 7", its row or the headers', where there is none."""
        row, column = self.items.get(field, self.rows[record]), self.columns.get(field, 0)
        return f"{column_letters(column)}{row}" if column else f"row {row}"


@dataclass(frozen=True)
class Table:
    """Columns of equal length, by field or line name.

    Numbers are float64 with NaN for missing; dates are Excel serial days; yes/no is 1/0; texts are object arrays of
    str with "" for missing. A wide field (the funds of ETF_Flows) is a (rows, names) array whose names are in `wide`.
    `remarks` are the user's words beside the fields of a form: source and notes, by field. `cells` says where the
    records stand; None for a table that was never in a file.
    """

    rows: int
    columns: Mapping[str, Column]
    wide: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    remarks: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    cells: Cells | None = None

    def only(self, kept: Column) -> Table:
        """The rows for which `kept`, an array of truths, says so."""
        columns = {name: values[kept] for name, values in self.columns.items()}
        cells = self.cells
        if cells is not None and len(cells.rows) != len(kept):
            cells = None  # the rows are others than those that were read
        if cells is not None:
            rows = tuple(row for row, stays in zip(cells.rows, kept.tolist(), strict=True) if stays)
            cells = dataclasses.replace(cells, rows=rows)
        return dataclasses.replace(self, rows=int(np.count_nonzero(kept)), columns=columns, cells=cells)


@dataclass(frozen=True)
class LaterRows:
    """Rows of a sheet after the as-of day, which are left out: how many, and the last of their days (serial)."""

    rows: int
    until: float


OLDEST_HISTORY = 7
"""Days: the newest row of Network_History may be that old, as the pack is a weekly one."""
OLDEST_FLOWS = 5
"""Trading days: the same for the newest day on which a fund reported."""


@dataclass(frozen=True)
class OldData:
    """A sheet whose newest row is too old for the as-of day, and which counts all the same as `stale_ok` was given.

    `until` is the day of its newest row (serial), `age` how many days, or trading days, lie behind that.
    """

    sheet: str
    until: float
    age: int
    trading_days: bool


@dataclass(frozen=True)
class Inputs:
    """A checked input workbook: the tables by sheet name, where it came from and what was odd about it.

    `warnings` are delivered with the pack; `kept_warnings` tell of what is not sent, and only the terminal shows them.
    `accepted` are the warnings that would be delivered and that the sheet Accepted silences.

    A form (`Report`, `Market`) is a table of one row. Every declared sheet is there, an empty one with zero rows.
    `later_rows` tells, by sheet, of rows after the as-of day, which are left out; `old_data` of sheets that end long
    before it; `last_week` holds what a form's fields had in the week before, by sheet and field, where it is noted.
    """

    tables: Mapping[str, Table]
    file: str = ""
    sha256: str = ""
    warnings: tuple[Problem, ...] = ()
    later_rows: Mapping[str, LaterRows] = dataclasses.field(default_factory=dict)
    kept_warnings: tuple[Problem, ...] = ()
    accepted: tuple[Problem, ...] = ()
    old_data: tuple[OldData, ...] = ()
    last_week: Mapping[str, Mapping[str, float | str]] = dataclasses.field(default_factory=dict)

    def value(self, sheet: str, field: str) -> Any:
        """The value of a form's field: a float (NaN when missing) or a str ("" when missing)."""
        return self.tables[sheet].columns[field][0]

    def where(self, sheet: str, field: str, record: int = 0) -> Where:
        """The place of a field of a record, for a problem."""
        table = self.tables[sheet]
        cell = table.cells.address(field, record) if table.cells is not None and table.rows else ""
        return Where(self.file, sheet, cell, BY_NAME[sheet].field(field).label)

    def with_value(self, sheet: str, field: str, value: float | str) -> Inputs:
        """A copy in which one field of a form has another value.

        KeyError for a field that is not there, ValueError for a value out of its field's bounds.
        """
        table = self.tables[sheet]
        change = Change(f"{sheet}.{field}", sheet, field, slice(0, 1), factor=False)
        column = change.applied(table.columns[field], value)
        changed = dataclasses.replace(table, columns={**table.columns, field: column})
        return dataclasses.replace(self, tables={**self.tables, sheet: changed})

    def with_values(self, changes: Mapping[str, Any]) -> Inputs:
        """A copy with other values, in any row and column: `{"btc_price": 80_000, "Operators.cash[Alpha]": 0}`.

        Names are those of `reportgen.input_changes`; a name that ends in * takes a factor. KeyError for a name that is
        not there, ValueError for a value out of its field's bounds.
        """
        tables = dict(self.tables)
        for written in in_order(changes):
            change = find_change(written, tables)
            table = tables[change.sheet]
            column = change.applied(table.columns[change.field][..., None], changes[written])[..., 0]
            tables[change.sheet] = dataclasses.replace(table, columns={**table.columns, change.field: column})
        return dataclasses.replace(self, tables=tables)

    def with_shock(self, shock: str) -> Inputs:
        """A copy under one shock of the `Shocks` sheet ("" for none).

        Raises KeyError when the workbook has no shock of that name.
        """
        names = [str(name) for name in self.tables["Shocks"].columns["shock"]]
        if shock and shock not in names:
            raise KeyError(f"no shock called {shock!r}; the workbook has: {', '.join(names) or 'none'}")
        return self.with_value("Market", "active_shock", shock)
