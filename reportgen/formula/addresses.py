"""What a formula must be told about places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reportgen.formula.tree import Ref


class Addresses(Protocol):
    """Where things are, seen from the line that is written. Ranges are absolute, cells move with the row."""

    def cell(self, ref: Ref, back: int = 0) -> str:
        """The cell of one row's value, or of the row `back` rows above."""

    def window(self, ref: Ref, length: str) -> str:
        """The last cells of a column up to this row, as many as `length` (a number or a cell) says."""

    def table(self, columns: Sequence[Ref]) -> str:
        """The cells of columns, or of one-value lines, that stand side by side on one sheet; "" where they do not."""

    def entry(self, columns: Sequence[Ref], number: str, row: str) -> str:
        """The cell of one of such columns, in a row; FormulaError where they do not stand side by side."""

    def column(self, ref: Ref) -> str:
        """All cells of a column of a block, or of a wide field in this row."""

    def numbers(self, ref: Ref) -> str:
        """All cells of a column of a block that is calculated with row by row: there each must hold a number."""

    def so_far(self, ref: Ref) -> str:
        """The cells of a column from the first row to this one."""

    def typed(self, ref: Ref) -> bool:
        """True for a column of input cells as they were typed, which may hold texts and blanks."""

    def owner_numbers(self, block: str) -> str:
        """The column that says to which row of its owner each row of this block belongs."""

    def number(self) -> str:
        """The cell with this row's number, which `owner_numbers` refers to."""

    def in_error(self, block: str) -> str:
        """The cell that is 0 while no row of a block that belongs to another is in error; "" where there is none."""
