"""What a rule looks at: a sheet with its formulas, and what the whole workbook says about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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

    @cached_property
    def by_style(self) -> Mapping[int, list[Cell]]:
        """The cells that hold something by the number of their format."""
        found: dict[int, list[Cell]] = {}
        for cell in self.sheet.filled:
            style = cell.style
            if style in found:
                found[style].append(cell)
            else:
                found[style] = [cell]
        return found

    @cached_property
    def by_kind(self) -> Mapping[str, list[Cell]]:
        """The cells that hold something by its kind."""
        found: dict[str, list[Cell]] = {"n": [], "text": [], "e": [], "b": [], "": []}
        for cell in self.sheet.filled:
            kind = cell.kind
            if kind in found:
                found[kind].append(cell)
        return found

    def of_styles(self, styles: Collection[int]) -> Iterator[Cell]:
        """The cells in one of these formats that hold something."""
        return (cell for style in styles if style in self.by_style for cell in self.by_style[style])

    def in_legend(self, row: int, column: int) -> bool:
        """True for a cell that shows what others look like."""
        return self.legend is not None and self.legend.sheet == self.name and (row, column) in self.legend.places

    def text(self, row: int, column: int) -> str:
        """The text in a cell, "" where none stands."""
        cell = self.sheet.cells.get((row, column))
        return cell.value if cell is not None and cell.kind == "text" else ""


def is_figure(cell: Cell) -> bool:
    """True for a number, or n/a in the place of one."""
    return cell.kind == "n" or (cell.kind == "text" and cell.value == NOT_AVAILABLE)


def places_of(cells: Iterable[Cell]) -> list[tuple[int, int]]:
    """Row and column of each."""
    return [(cell.row, cell.column) for cell in cells]
