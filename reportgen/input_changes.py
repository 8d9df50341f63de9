"""What a case changes in the inputs, by a name that a person would write.

    btc_price                        a field of a form
    Operators.power_price[Alpha]     one operator's cell; of Fleet or Debt all rows of the operator
    Fleet.units[Alpha / S21]         one row of an operator, by its second name
    Network_History.btc_price[2025-11-30], Risk.weight[3]    a row by its date, or by its number
    Operators.power_price            a whole column
    Operators.power_price*           a whole column by a factor (cells, too)

The sheet may be left out where a form or only one sheet has a field of that name. Factors are applied last.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from reportgen.excel_dates import iso_day
from reportgen.sheets import BY_NAME

_WRITTEN = re.compile(r"(?:(\w+)\.)?(\w+)(?:\[(.+)\])?(\*)?", re.DOTALL)


class Columns(Protocol):
    """What is changed: the table of a sheet."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    @property
    def columns(self) -> Mapping[str, Any]:
        """Arrays by field."""


@dataclass(frozen=True)
class Change:
    """Which cells change: rows (all of them as a slice) of one field of one sheet, to a value or by a factor."""

    written: str
    sheet: str
    field: str
    rows: Any
    factor: bool

    def applied(self, column: Any, values: Any) -> Any:
        """The column (rows, cases) after the change, one value a case; ValueError for a value out of bounds."""
        changed = column.copy()
        changed[self.rows] = column[self.rows] * values if self.factor else values
        self._refuse_out_of_bounds(changed[self.rows])
        return changed

    def _refuse_out_of_bounds(self, cells: Any) -> None:
        field = BY_NAME[self.sheet].field(self.field) if self.sheet in BY_NAME else None
        if field is None or not field.number:
            return
        bounds = field.bounds
        told = cells[~np.isnan(cells)] if self.factor else cells  # a blank cell stays blank, whatever the factor
        for cell in np.unique(told):
            if not bounds.admit(cell):
                raise ValueError(f"{self.written}: {cell:g} is not within the bounds of {field.label}")


def in_order(names: Iterable[str]) -> list[str]:
    """Changes in the order in which they are made: values first, then factors."""
    return sorted(names, key=lambda written: written.endswith("*"))


def find_change(written: str, tables: Mapping[str, Columns]) -> Change:
    """What a name stands for; KeyError, with what is near, for a name or row that is not there."""
    parts = _WRITTEN.fullmatch(written.strip())
    if parts is None:
        raise KeyError(f"{written!r} names no field: write field, Sheet.field or Sheet.field[row], and * for a factor")
    sheet, field, row, factor = parts.groups()
    found = _sheet_of(written, sheet, field, tables)
    column = tables[found].columns[field]
    if column.dtype == object and (tables[found].rows != 1 or factor):
        raise KeyError(f"{written!r} is a text: texts say which rows there are, and those are the same in every case")
    if field in ("date", "as_of"):
        raise KeyError(f"{written!r} says which days there are, and those are the same in every case")
    rows = slice(None) if row is None else _rows_called(written, row, tables[found])
    return Change(written, found, field, rows, bool(factor))


def _sheet_of(written: str, sheet: str | None, field: str, tables: Mapping[str, Columns]) -> str:
    having = [name for name, table in tables.items() if field in table.columns and sheet in (None, name)]
    forms = [name for name in having if name in BY_NAME and BY_NAME[name].form]
    if len(forms or having) == 1:
        return (forms or having)[0]
    if having:
        raise KeyError(f"{written!r} is a field of {' and '.join(having)}: write {having[0]}.{field}")
    known = {name for table in tables.values() for name in table.columns}
    close = difflib.get_close_matches(field, known, n=1)
    raise KeyError(f"{written!r} names no field of {sheet or 'the inputs'}{f': {close[0]}?' if close else ''}")


def _rows_called(written: str, row: str, table: Columns) -> Any:
    """The rows of that name, date or number."""
    texts = [column for column in table.columns.values() if column.dtype == object][:2]
    dates = table.columns.get("date", ())
    wanted = " ".join(row.split()).casefold()
    names = [
        {str(texts[0][at]).casefold(), " / ".join(str(column[at]) for column in texts).casefold()} if texts else set()
        for at in range(table.rows)
    ]
    found = [at for at, called in enumerate(names) if wanted in called]
    found = found or [at for at, date in enumerate(dates) if iso_day(date) == wanted]
    if not found and wanted.isdigit() and 1 <= int(wanted) <= table.rows:
        found = [int(wanted) - 1]
    if not found:
        raise KeyError(f"{written!r}: there is no row called {row}")
    return np.array(found)
