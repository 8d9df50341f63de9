"""Cells that are composed in any order and written row after row, as a large workbook is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportgen.render.workbook.page import Page


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

    def link(self, row: int, column: int, sheet: str, text: str, cell: str = "A1") -> None:
        """A link, as the page writes it."""
        self._cells[row, column] = lambda: self.page.link(row, column, sheet, text, cell)

    def write(self) -> None:
        """Write every cell, from the top left on."""
        for row, points in sorted(self._heights.items()):
            self.page.sheet.set_row(row, points)
        for place in sorted(self._cells):
            self._cells[place]()
