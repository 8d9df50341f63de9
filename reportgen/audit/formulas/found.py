"""The formulas of a sheet: which formula stands in each cell, with shared ones written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.audit.formulas.relative import Formula, Formulas, shifted

if TYPE_CHECKING:
    from reportgen.audit.file.cells import Cell
    from reportgen.audit.file.sheet import Sheet
    from reportgen.audit.formulas.relative import Pattern

_SHARED = re.compile(r'\bsi="(\d+)"')


def formulas_of(sheet: Sheet, known: Formulas) -> Mapping[tuple[int, int], Formula]:
    """The formula of each cell that has one, in the order of the file; shared ones are written into their cells."""
    found: dict[tuple[int, int], Formula] = {}
    above: dict[int, Pattern] = {}
    left: Pattern | None = None
    started = _shared(sheet, known)
    beside = (0, 0)
    for place, cell in sheet.cells.items():
        text = cell.formula
        if text is None:
            continue
        if not text:
            text = _written_out(cell, started)
            sheet.grid.cells[place] = cell._replace(formula=text)
        row, column = place
        pattern = above.get(column)
        if pattern is not None and pattern.below(row) == text:
            left = None  # what it says across is of the row in which it was met first
        else:
            if left is None or beside != (row, column - 1) or left.beside(column) != text:
                above[column] = left = known.new(text, row, column)
            pattern, beside = left, place
        found[place] = pattern.formula
    return found


def _shared(sheet: Sheet, known: Formulas) -> dict[str, tuple[Pattern, tuple[int, int]]]:
    """The formulas that cells share, by the number of their group, with the cell in which each is written."""
    found: dict[str, tuple[Pattern, tuple[int, int]]] = {}
    for place, cell in sheet.cells.items():
        if cell.formula and "shared" in cell.attributes and (group := _SHARED.search(cell.attributes)):
            found[group[1]] = known.new(cell.formula, *place), place
    return found


def _written_out(cell: Cell, started: Mapping[str, tuple[Pattern, tuple[int, int]]]) -> str:
    group = _SHARED.search(cell.attributes)
    if group is None or group[1] not in started:
        return ""
    pattern, start = started[group[1]]
    return shifted(pattern, cell.row, cell.column, start)
