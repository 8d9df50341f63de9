"""A worksheet for formulas that Excel 2010 has, written without looking each of 70,000 through for newer ones."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.page import NOT_AVAILABLE

if TYPE_CHECKING:
    from xlsxwriter.format import Format


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter comes without types
    """XlsxWriter's sheet without its search of every formula for functions newer than ours.

    The functions of the formula language are those of one table, all of 2010 or older: nothing needs a mark, and none
    answers with an array. Most of the time of a large workbook went there. `formulas` counts those that it holds.
    """

    formulas = 0

    def write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: str | float = 0
    ) -> int:
        """Keep a formula and its value for the file; the answer is 0, or below where the sheet has no such cell."""
        if self._check_dimensions(row, col):
            return -1
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        self.formulas += 1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _write_single_row(self, current_row_num: int = 0) -> None:
        """In constant memory: the row that is done, and rows without cells up to the next that have a height."""
        done = self.previous_row
        super()._write_single_row(current_row_num)
        for row in range(done + 1, current_row_num):
            if row in self.row_info:
                self._write_empty_row(row, None, self.row_info[row])

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """A formula with a number, n/a or an empty text goes into the file at once: nothing in it needs a look."""
        value = cell.value if isinstance(cell, CellFormulaTuple) and cell.format is not None else None
        if type(value) is not float and value not in (NOT_AVAILABLE, ""):
            super()._write_cell(row, col, cell)
            return
        address, style = f"{column_letters(col + 1)}{row + 1}", cell.format._get_xf_index()
        kind = ' t="str"' if isinstance(value, str) else ""
        self.fh.write(f'<c r="{address}" s="{style}"{kind}><f>{escape(cell.formula, False)}</f><v>{value}</v></c>')
