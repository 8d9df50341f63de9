"""Cells that are composed in any order and written row after row, as a large workbook is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportgen.problems import CheckError

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from reportgen.render.workbook.page import Page
    from reportgen.render.workbook.verdict import Written


@dataclass
class RowByRow:
    """What a sheet is to hold, to be written when all of it is known."""

    page: Page
    _cells: dict[tuple[int, int], Callable[[], None]] = field(default_factory=dict)
    _heights: dict[int, float] = field(default_factory=dict)

    def height(self, row: int, points: float) -> None:
        """The height of a row, which must be known before it is written."""
        self._heights[row] = points

    def text(self, row: int, column: int, text: str, role: str = "plain") -> None:
        """A text, as the page writes it."""
        self._cells[row, column] = lambda: self.page.text(row, column, text, role)

    def value(self, row: int, column: int, value: Any, role: str, number_format: str = "General") -> None:
        """A plain value, as the page writes it."""
        self._cells[row, column] = lambda: self.page.value(row, column, value, role, number_format)

    def formula(self, row: int, column: int, formula: str, value: Any, style: Any, watched: bool = True) -> None:
        """A formula with its value, as the page writes it."""
        self._cells[row, column] = lambda: self.page.formula(row, column, formula, value, style, watched)

    def words(self, row: int, column: int, text: str, style: Format) -> None:
        """A text in a format of its own."""
        self._cells[row, column] = lambda: _done(self.page.sheet.write_string(row, column, text, style))

    def given(self, row: int, column: int, value: float | str, style: Format) -> None:
        """A plain number or text in a format of its own; a number is watched like the others."""
        if isinstance(value, str):
            self.words(row, column, value, style)
            return

        def write() -> None:
            _done(self.page.sheet.write_number(row, column, value, style))
            self.page.watched.number(row, column, value)

        self._cells[row, column] = write

    def titled(self, row: int, columns: tuple[int, int], text: str, style: Format) -> None:
        """A text over the cells of a row from one column to another, in a format of its own."""

        def write() -> None:
            _done(self.page.sheet.merge_range(row, columns[0], row, columns[1], "", style))
            _done(self.page.sheet.write_string(row, columns[0], text, style))

        self._cells[row, columns[0]] = write

    def over(self, row: int, columns: tuple[int, int], written: Written, style: Format, watched: bool = True) -> None:
        """A formula over the cells of a row from one column to another."""

        def write() -> None:
            _done(self.page.sheet.merge_range(row, columns[0], row, columns[1], "", style))
            self.page.formula(row, columns[0], f"={written.formula}", written.value, style, watched)

        self._cells[row, columns[0]] = write

    def across(self, row: int, columns: tuple[int, int], text: str, role: str) -> None:
        """A text over the cells of a row from one column to another."""

        def write() -> None:
            _done(self.page.sheet.merge_range(row, columns[0], row, columns[1], "", self.page.styles.get(role)))
            self.page.text(row, columns[0], text, role)

        self._cells[row, columns[0]] = write

    def when(self, cells: tuple[int, int, int, int], condition: dict[str, Any]) -> None:
        """A conditional format of some cells."""
        _done(self.page.sheet.conditional_format(*cells, condition))

    def link(self, row: int, column: int, sheet: str, text: str, cell: str = "A1") -> None:
        """A link, as the page writes it."""
        self._cells[row, column] = lambda: self.page.link(row, column, sheet, text, cell)

    def write(self) -> None:
        """Write every cell, from the top left on."""
        for row, points in sorted(self._heights.items()):
            self.page.sheet.set_row(row, points)
        for place in sorted(self._cells):
            self._cells[place]()


def _done(code: object) -> None:
    """CheckError where XlsxWriter answers that it did not write."""
    if code:
        raise CheckError(f"the workbook refused something on the first sheet (code {code})")
