"""What was written to a sheet below its head, to be held against what stands there later."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from reportgen.excel_addresses import column_letters

Runs = list[list[int]]  # first and last row of cells without a gap


@dataclass
class Watched:
    """The formulas and plain numbers of a sheet: how many, their sum, and the area that holds them.

    Rows and columns are zero-based. Cells that look at the verdicts are not watched: they would look at themselves.
    """

    formulas: int = 0
    total: float = 0.0
    _first: int = 2**20
    _last: tuple[int, int] = (1, 0)
    _columns: dict[int, Runs] = field(default_factory=dict)

    def formula(self, row: int, column: int) -> None:
        """Note a formula."""
        self.formulas += 1
        self._widen(row, column)
        runs = self._columns.setdefault(column, [])
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])

    def number(self, row: int, column: int, number: float) -> None:
        """Note a plain number."""
        self.total += number
        self._widen(row, column)

    def _widen(self, row: int, column: int) -> None:
        self._first = min(self._first, row)
        self._last = max(self._last[0], row), max(self._last[1], column)

    @property
    def area(self) -> str:
        """The cells from the first row noted to the last, from column A on."""
        row, column = self._last
        return f"$A${min(self._first, row) + 1}:${column_letters(column + 1)}${row + 1}"

    def formula_ranges(self) -> list[str]:
        """The cells with formulas as ranges, neighbouring columns together."""
        ranges = []
        by_runs = groupby(sorted(self._columns.items()), key=lambda item: item[1])
        for runs, group in by_runs:
            columns = [column for column, _ in group]
            for left, right in _neighbours(columns):
                ranges += [
                    f"{column_letters(left + 1)}{first + 1}:{column_letters(right + 1)}{last + 1}"
                    for first, last in runs
                ]
        return ranges


def _neighbours(columns: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for column in columns:
        if found and found[-1][1] == column - 1:
            found[-1] = found[-1][0], column
        else:
            found.append((column, column))
    return found
