"""Where a figure is told what it is: the unit beside its row or over its column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportgen.audit.file.cells import Cell
from reportgen.audit.view import View, is_figure

UNIT = "unit"
HIGHEST_STACK = 4
LONGEST_UNIT = 30
_BRACKETED = re.compile(r"\(([^()]+(?:\([^()]*\)[^()]*)?)\)\s*$")
_COUNTS = re.compile(r"(?:.*\b)?(?:no\.|#|number|rank|year)$", re.IGNORECASE)


@dataclass
class Headings:
    """The texts beside and over the figures of one sheet."""

    view: View
    _rows: dict[int, str | None] = field(default_factory=dict)
    _unit_columns: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.view.by_kind["text"]:
            if cell.value.strip().casefold() == UNIT:
                self._unit_columns[cell.row] = cell.column

    def of_row(self, row: int, first: int) -> str | None:
        """The unit beside the first figure of a row: under the heading Unit, or between the label and the figure."""
        if row not in self._rows:
            self._rows[row] = self._beside(row, first)
        return self._rows[row]

    def _beside(self, row: int, first: int) -> str | None:
        above = [top for top in self._unit_columns if top < row]
        if above and first != self._unit_columns[max(above)]:
            return self.view.text(row, self._unit_columns[max(above)]) or None
        texts = [text for column in range(max(1, first - 6), first) if (text := self._plain(row, column))]
        if len(texts) >= 2 and self._written(row, first - 1):
            return texts[-1]
        if texts and _COUNTS.match(texts[0].strip()):
            return ""
        after = self._written(row, first + 1)
        return after if texts and after and len(after) <= LONGEST_UNIT else None

    def of_column(self, top: int, column: int) -> str | None:
        """The unit over a column whose first figure stands in the row `top`; "" where the column only counts."""
        stack: list[str] = []
        row = self._over_inputs(top - 1, column)
        while row >= 1 and len(stack) < HIGHEST_STACK:
            cell = self.view.sheet.cells.get((row, column))
            text = self._plain(row, column)
            if cell is not None and not is_figure(cell) and self.view.look(cell).locked and self.view.look(cell).fill:
                stack.insert(0, text)
            elif stack or cell is None or (not text and cell.filled):
                break
            row -= 1
        if not stack:
            return None
        for text in stack:
            if match := _BRACKETED.search(text):
                return match[1]
        unit = stack[1] if len(stack) >= 2 else ""
        return unit or ("" if _COUNTS.match(stack[0].strip()) else None)

    def _over_inputs(self, row: int, column: int) -> int:
        """The first row upwards from this one that is no blank input."""
        cells = self.view.sheet.cells
        while (cell := cells.get((row, column))) is not None and not cell.filled and not self.view.look(cell).locked:
            row -= 1
        return row

    def over_gap(self, row: int, before: tuple[int, str | None], column: int) -> str | None:
        """The unit of the figure further up, where nothing but blank cells of the same list stands between."""
        between = (self.view.sheet.cells.get((each, column)) for each in range(before[0] + 1, row))
        return None if any(cell is None or cell.filled for cell in between) else before[1]

    def _written(self, row: int, column: int) -> str:
        """A text that is neither a figure nor an input nor a formula."""
        cell = self.view.sheet.cells.get((row, column))
        return self._plain(row, column) if cell and cell.formula is None and self.view.look(cell).locked else ""

    def _plain(self, row: int, column: int) -> str:
        """A text that is no figure."""
        cell = self.view.sheet.cells.get((row, column))
        return cell.value if cell is not None and cell.kind == "text" and not is_figure(cell) else ""


def numbers_by_unit(view: View) -> Mapping[tuple[str | None, int], list[Cell]]:
    """Every number of a sheet by its unit (None where none is told) and the number of its format."""
    headings = Headings(view)
    first_of_row: dict[int, int] = {}
    over: dict[int, tuple[int, str | None]] = {}
    found: dict[tuple[str | None, int], list[Cell]] = {}
    for cell in view.sheet.filled:
        row, column = cell.row, cell.column
        if cell.kind != "n" and not is_figure(cell):
            continue
        if row not in first_of_row:
            first_of_row[row] = column
        before = over.get(column)
        if before is not None and before[0] == row - 1:
            unit = before[1]
        else:
            unit = headings.of_column(row, column)
            if unit is None and before is not None:
                unit = headings.over_gap(row, before, column)
        over[column] = row, unit
        if cell.kind == "n":
            told = unit if unit is not None else headings.of_row(row, first_of_row[row])
            found.setdefault((told, cell.style), []).append(cell)
    return found
