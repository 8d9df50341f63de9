"""What was written to a sheet below its head, to be held against what stands there later."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.verdict import LARGE, SMALL

Runs = list[list[int]]  # first and last row of cells without a gap


@dataclass
class Watched:
    """The formulas and numbers of a sheet: how many formulas, the sums of those below LARGE and SMALL, the area.

    Rows and columns are zero-based. Cells that look at the verdicts are not watched: they would look at themselves.
    """

    total: float = 0.0
    small: float = 0.0
    _formulas: dict[int, Runs] = field(default_factory=dict)
    _rows: list[int] = field(default_factory=list)  # the first and the last with a number
    _last_column: int = 0
    _columns: dict[int, list[tuple[int, float]]] = field(default_factory=dict)  # plain numbers: row and number

    def formula(self, row: int, column: int, value: float | str) -> None:
        """Note a formula and the value that it has."""
        if not isinstance(value, str):
            self._add(value)
        runs = self._formulas.get(column)
        if runs is None:
            self._formulas[column] = [[row, row]]
        elif runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])

    def number(self, row: int, column: int, number: float) -> None:
        """Note a plain number."""
        self._add(number)
        self._rows = [min([row, *self._rows]), max([row, *self._rows])]
        self._last_column = max(self._last_column, column)
        self._columns.setdefault(column, []).append((row, number))

    def _add(self, number: float) -> None:
        self.total += number if number < LARGE else 0.0
        self.small += number if abs(number) < SMALL else 0.0

    def by_rows(self) -> list[tuple[str, int, float]]:
        """Of each column of plain numbers its cells, how many, and their sum with weights 1, 2, 3 ..."""
        found = []
        for column, numbers in sorted(self._columns.items()):
            first, last, letters = numbers[0][0], numbers[-1][0], column_letters(column + 1)
            total = sum((row - first + 1) * number for row, number in numbers)
            found.append((f"${letters}${first + 1}:${letters}${last + 1}", last - first + 1, total))
        return found

    @property
    def formulas(self) -> int:
        """How many formulas were noted."""
        return sum(last - first + 1 for runs in self._formulas.values() for first, last in runs)

    @property
    def area(self) -> str:
        """The cells from the first row noted to the last, from column A on."""
        rows = [*self._rows, *(row for runs in self._formulas.values() for run in runs for row in run)]
        letters = column_letters(max([self._last_column, *self._formulas]) + 1)
        return f"$A${min(rows, default=0) + 1}:${letters}${max(rows, default=0) + 1}"

    def count(self, first: int, last: int) -> int:
        """How many formulas stand in these rows, both included."""
        runs = (run for runs in self._formulas.values() for run in runs)
        return sum(max(0, min(last, end) - max(first, start) + 1) for start, end in runs)

    @property
    def first_row(self) -> int:
        """The first row noted."""
        return int(self.area.split(":")[0].rsplit("$", 1)[1]) - 1

    def formula_ranges(self) -> list[str]:
        """The cells with formulas as ranges, neighbouring columns together."""
        ranges = []
        by_runs = groupby(sorted(self._formulas.items()), key=lambda item: item[1])
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
