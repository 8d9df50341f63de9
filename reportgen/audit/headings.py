"""Where a figure is told what it is: the unit beside its row or over its column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reportgen.audit.file.cells import Cell
from reportgen.audit.view import View, is_figure

UNIT = "unit"
HIGHEST_STACK = 4
LONGEST_UNIT = 30
_BRACKETED = re.compile(r"\(([^()]+(?:\([^()]*\)[^()]*)?)\)\s*$")
_AFTER_COMMA = re.compile(r", ([^,]{1,20})$")
_COUNTS = re.compile(r"(?:.*\b)?(?:no\.|#|number|rank|year)$", re.IGNORECASE)


@dataclass
class Headings:
    """The texts beside and over the figures of one sheet."""

    view: View
    _rows: dict[int, str | None] = field(default_factory=dict)
    _unit_columns: dict[int, int] = field(default_factory=dict)
    _titles: dict[int, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # a row with nothing but one blank cell is a gap that has a height, and ends a list
        held = Counter(row for row, _ in self.view.sheet.cells)
        written = {cell.row for cell in self.view.sheet.filled}
        self._used = {row for row, count in held.items() if count > 1 or row in written}
        self._listed = {cell.row for cell in self.view.by_kind["n"]}
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
        if texts and _COUNTS.match(texts[0].strip()):
            return ""
        written = [text for column in range(max(1, first - 6), first) if (text := self._written(row, column))]
        if len(texts) >= 2 and written and written[-1] == texts[-1]:
            return texts[-1]
        after = self._written(row, first + 1)
        if texts and after and len(after) <= LONGEST_UNIT:
            return after
        if written and (match := _AFTER_COMMA.search(written[-1])):
            return match[1]
        return self._in_title(row, first)

    def _in_title(self, row: int, first: int) -> str | None:
        """The unit in brackets at the end of a title over a table, of which it is that of every figure."""
        if any(is_figure_at(self.view, row - 1, column) for column in (first, first + 1)) and row - 1 in self._titles:
            self._titles[row] = self._titles[row - 1]
        else:
            above = range(row - 1, max(0, row - 1 - HIGHEST_STACK), -1)
            texts = (self._written(each, column) for each in above for column in range(1, first + 1))
            found = (match[1] for text in texts if (match := _BRACKETED.search(text)))
            self._titles[row] = next(found, None)
        return self._titles[row]

    def of_column(self, top: int, column: int) -> str | None:
        """The unit over a column whose first figure stands in the row `top`; "" where the column only counts."""
        stack: list[str] = []
        row = self._over_inputs(top - 1, column)
        while row >= 1 and len(stack) < HIGHEST_STACK:
            cell = self.view.sheet.cells.get((row, column))
            text = self._plain(row, column)
            if cell is not None and not is_figure(cell) and self._is_heading(cell):
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

    def _is_heading(self, cell: Cell) -> bool:
        """True for a cell of a heading, blank or not: on a ground of its own, and no name that is called up."""
        look = self.view.look(cell)
        return cell.formula is None and look.locked and bool(look.fill)

    def _over_inputs(self, row: int, column: int) -> int:
        """The first row upwards from this one whose cell holds something or is one of a heading, or that is blank."""
        cells = self.view.sheet.cells
        while row > 1 and row in self._used:
            cell = cells.get((row, column))
            if cell is not None and (self._is_heading(cell) or self._ends_list(cell)):
                break
            row -= 1
        return row

    def _ends_list(self, cell: Cell) -> bool:
        """True for a figure, and for a written text of a row without one: a title, a note."""
        written = cell.kind == "text" and bool(cell.value) and cell.formula is None
        return is_figure(cell) or (written and cell.row not in self._listed)

    def over_gap(self, row: int, before: tuple[int, str | None], column: int) -> str | None:
        """The unit of the figure further up, where nothing but blank cells of the same list stands between."""
        return before[1] if self._over_inputs(row - 1, column) == before[0] else None

    def _written(self, row: int, column: int) -> str:
        """A text that is neither a figure nor an input nor a formula."""
        cell = self.view.sheet.cells.get((row, column))
        return self._plain(row, column) if cell and cell.formula is None and self.view.look(cell).locked else ""

    def _plain(self, row: int, column: int) -> str:
        """A text that is no figure."""
        cell = self.view.sheet.cells.get((row, column))
        return cell.value if cell is not None and cell.kind == "text" and not is_figure(cell) else ""


def is_figure_at(view: View, row: int, column: int) -> bool:
    """True where a figure stands."""
    cell = view.sheet.cells.get((row, column))
    return cell is not None and is_figure(cell)


class Told(NamedTuple):
    """A unit (None where none is told), whether it is that of a column or of a row's only figure, and the format."""

    unit: str | None
    own: bool
    style: int


def numbers_by_unit(view: View) -> Mapping[Told, list[Cell]]:
    """Every number of a sheet by its unit and the number of its format."""
    headings = Headings(view)
    figures: dict[int, list[int]] = {}
    last: dict[int, int] = {}
    units: dict[int, str | None] = {}
    found: dict[Told, list[Cell]] = {}
    by_row: list[Cell] = []
    at, here = 0, list[int]()
    for cell in view.sheet.filled:
        if cell.kind != "n" and not is_figure(cell):
            continue
        row, column = cell.row, cell.column
        if row != at:
            at, here = row, figures.setdefault(row, [])
        here.append(column)
        above = last.get(column)
        if above != row - 1:
            unit = headings.of_column(row, column)
            if unit is None and above is not None:
                unit = headings.over_gap(row, (above, units[column]), column)
            units[column] = unit
        last[column] = row
        if cell.kind == "n":
            by_row.append(cell) if units[column] is None else _put(found, units[column], True, cell)
    for cell in by_row:
        columns = figures[cell.row]
        _put(found, headings.of_row(cell.row, columns[0]), len(columns) == 1, cell)
    return found


def _put(found: dict[Told, list[Cell]], unit: str | None, own: bool, cell: Cell) -> None:
    found.setdefault(Told(unit, own, cell.style), []).append(cell)
