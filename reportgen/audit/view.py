"""What a rule looks at: a sheet with its formulas, and what the whole workbook says about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reportgen.audit.file.book import Book
from reportgen.audit.file.cells import Cell
from reportgen.audit.file.sheet import Sheet
from reportgen.audit.file.styles import Look
from reportgen.audit.formulas.relative import Formula
from reportgen.audit.legend import Legend

NOT_AVAILABLE = "n/a"


@dataclass
class View:
    """A sheet under audit: its cells, the formula of each, and the legend by which its colours are read."""

    book: Book
    sheet: Sheet
    formulas: Mapping[tuple[int, int], Formula]
    legend: Legend | None

    @property
    def name(self) -> str:
        """Of the sheet."""
        return self.sheet.name

    def look(self, cell: Cell) -> Look:
        """How a cell looks."""
        return self.book.styles.look(cell.style)

    @cached_property
    def by_formula(self) -> Mapping[Formula, list[Cell]]:
        """The cells that hold each formula, in the order of the file."""
        found: dict[Formula, list[Cell]] = {}
        cells = self.sheet.cells
        for place, formula in self.formulas.items():
            found.setdefault(formula, []).append(cells[place])
        return found

    def plain_numbers(self) -> Iterator[Cell]:
        """Numbers that are typed, or written as they are."""
        return (cell for cell in self.sheet.filled if cell.kind == "n" and cell.formula is None)

    def text(self, row: int, column: int) -> str:
        """The text in a cell, "" where none stands."""
        cell = self.sheet.cells.get((row, column))
        return cell.value if cell is not None and cell.kind == "text" else ""


def is_figure(cell: Cell) -> bool:
    """True for a number, or n/a in the place of one."""
    return cell.kind == "n" or (cell.kind == "text" and cell.value == NOT_AVAILABLE)


def places_of(cells: list[Cell]) -> list[tuple[int, int]]:
    """Row and column of each."""
    return [(cell.row, cell.column) for cell in cells]
