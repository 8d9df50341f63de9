"""Formulas as Excel rewrites them when rows or columns of a sheet are inserted or deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.excel_addresses import column_letters

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_TEXT = re.compile(r'("(?:[^"]|"")*")')
_REFERENCE = re.compile(
    r"(?P<sheet>[A-Za-z_][A-Za-z_.]*!)?"
    r"(?:(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?"
    r"|(?P<from_row>\$?\d+):(?P<to_row>\$?\d+)|(?P<from_column>\$?[A-Z]{1,3}):(?P<to_column>\$?[A-Z]{1,3}))"
    r"(?![\w(.])"
)
_BEFORE = re.compile(r"[\w.$!]$")
_CELL = re.compile(r"(\$?)([A-Z]*)(\$?)(\d*)$")


def number_of(letters: str) -> int:
    """The number of a column, 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True)
class Shift:
    """One row (or column) inserted before number `at` of a sheet, or deleted there."""

    sheet: str
    at: int
    by: int
    rows: bool = True

    def formula(self, text: str, on: str) -> str:
        """A formula that stands on sheet `on`, afterwards."""
        parts = _TEXT.split(text)
        return "".join(part if part.startswith('"') else self._moved(part, on) for part in parts)

    def number(self, number: int) -> int | None:
        """Where a row (or column) is afterwards; None when it is gone."""
        if self.by > 0:
            return number + 1 if number >= self.at else number
        return None if number == self.at else number - (number > self.at)

    def _moved(self, part: str, on: str) -> str:
        def replace(found: re.Match[str]) -> str:
            if _BEFORE.search(part[: found.start()]):
                return found[0]
            sheet = found["sheet"] or ""
            if (sheet[:-1] or on) != self.sheet:
                return found[0]
            ends = [end for end in found.groups()[1:] if end is not None]
            return sheet + self._ends(ends)

        return _REFERENCE.sub(replace, part)

    def _ends(self, ends: list[str]) -> str:
        if len(ends) == 1:
            return self._end(ends[0], self.number) or "#REF!"
        first, last = self._end(ends[0], self._first), self._end(ends[1], self._last)
        if first is None or last is None or (self.by < 0 and self._numbers(first) > self._numbers(last)):
            return "#REF!"
        return f"{first}:{last}"

    def _first(self, number: int) -> int:
        """The first of a range: what follows moves up into its place when it is deleted."""
        return number + (number >= self.at) if self.by > 0 else number - (number > self.at)

    def _last(self, number: int) -> int:
        last = LAST_ROW if self.rows else LAST_COLUMN
        return min(last, number + (number >= self.at)) if self.by > 0 else number - (last > number >= self.at)

    def _numbers(self, end: str) -> int:
        _, letters, _, digits = _CELL.match(end).groups()  # type: ignore[union-attr]  # an address as matched above
        return int(digits or 0) if self.rows else number_of(letters)  # a whole column has no rows to be out of order

    def _end(self, end: str, moved: object) -> str | None:
        lock, letters, second, digits = _CELL.match(end).groups()  # type: ignore[union-attr]  # an address as above
        if not letters:  # a whole row: its lock was read as that of a column
            lock, second = "", lock or second
        number = (digits if self.rows else letters) or ""
        if not number:
            return end
        new = moved(int(number) if self.rows else number_of(number))  # type: ignore[operator]  # one of the three above
        if new is None:
            return None
        return f"{lock}{letters}{second}{new}" if self.rows else f"{lock}{column_letters(new)}{second}{digits}"
