"""Cells and ranges as Excel writes them, and formulas that move with the row or column they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen.excel_addresses import column_letters

# a formula is rendered once a line; the coordinate that moves stands between two private-use characters
_OPEN, _CLOSE = "\ue000", "\ue001"
_MOVING = re.compile(f"{_OPEN}(-?\\d+){_CLOSE}")
_NAMED = re.compile(r'"[^"]*"|(?<![\w.])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w(])')
"""A text, or the name of a one-value input: two words or more, in small letters."""


@dataclass(frozen=True)
class CellRange:
    """Where a column of a block sits: `fixed` is its row (across) or column (down), `first` where its members begin.

    `width` is more than one for a wide field, which takes several columns.
    """

    sheet: str
    fixed: int
    first: int
    members: int
    across: bool
    width: int = 1

    def at(self, member: int) -> tuple[int, int]:
        """Zero-based row and column of one member."""
        return (self.fixed, self.first + member) if self.across else (self.first + member, self.fixed)

    def cell(self, member: int = 0, absolute: bool = True) -> str:
        """The address of one member's cell, without its sheet."""
        row, column = self.at(member)
        return f"${column_letters(column + 1)}${row + 1}" if absolute else f"{column_letters(column + 1)}{row + 1}"

    def moving(self, back: int = 0) -> str:
        """The address of the asking member's cell, `back` members before it; to be placed by `FormulaPattern.at`."""
        mark = f"{_OPEN}{self.first - back}{_CLOSE}"
        return f"{mark}{self.fixed + 1}" if self.across else f"{column_letters(self.fixed + 1)}{mark}"

    def place(self) -> str:
        """The number of the asking member, from 1: how far its cell is from the heading before the first."""
        if self.across:
            return f"COLUMN()-COLUMN(${column_letters(self.first)}{self.fixed + 1})"
        return f"ROW()-ROW({column_letters(self.fixed + 1)}${self.first})"

    def so_far(self) -> str:
        """The members from the first to the asking one."""
        return f"{self.cell()}:{self.moving()}"

    @property
    def last(self) -> str:
        """The address of the last member's cell, in the last column of a wide field."""
        row, column = self.at(self.members - 1)
        return f"${column_letters(column + self.width)}${row + 1}"

    def whole(self) -> str:
        """All members, in all columns of a wide field."""
        return f"{self.cell()}:{self.last}"

    def whole_of(self, from_sheet: str) -> str:
        """All members, with their sheet in front where it is another one."""
        return self.qualified(self.whole(), from_sheet)

    def qualified(self, text: str, from_sheet: str) -> str:
        """An address with its sheet in front where it is another one."""
        return text if self.sheet == from_sheet else f"{self.sheet}!{text}"


def looks_out(formula: str) -> bool:
    """True for a formula that looks at another sheet: by its name in front, or by the name of a one-value input."""
    return "!" in formula or any(not found.startswith('"') for found in _NAMED.findall(formula))


class FormulaPattern:
    """A formula with moving coordinates, placed member by member without walking the tree again."""

    def __init__(self, text: str, across: bool) -> None:
        pieces = _MOVING.split("=" + text)
        self._text = ("%s" if across else "%d").join(piece.replace("%", "%%") for piece in pieces[::2])
        self._places = [int(base) + 1 for base in pieces[1::2]]
        self._across = across
        self.cross_sheet = looks_out(text)

    def at(self, member: int) -> str:
        """The formula as it stands at one member."""
        places = [place + member for place in self._places]
        if self._across:
            return self._text % tuple(map(column_letters, places))
        return self._text % tuple(places)
