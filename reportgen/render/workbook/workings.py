"""A list of cells that words are made of: figures from other sheets, and pieces of sentences, each with its label."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.verdict import Written

LABEL, VALUE, UNIT = 0, 6, 7
"""Zero-based columns of what a piece is, of what it is now, and of its unit."""


@dataclass
class Workings:
    """Rows of a sheet from `first` on, zero-based; what is added is referred to by the address of its cell."""

    first: int
    rows: list[tuple[str, Written, str]] = field(default_factory=list)

    def add(self, label: str, piece: Written, unit: str = "") -> Written:
        """A cell with this formula, or the plain value where it has none; the answer stands for it in others."""
        self.rows.append((label, piece, unit))
        return Written(f"${column_letters(VALUE + 1)}${self.first + len(self.rows)}", piece.value)

    def given(self, label: str, value: float | str, unit: str = "") -> Written:
        """A cell with a plain number or text."""
        return self.add(label, Written("", value), unit)

    def text(self, label: str, piece: Written, words: Callable[[Written], Written], unit: str = "") -> Written:
        """A figure in a cell, and below it the words for it; the answer stands for these."""
        return self.add(f"{label}, in words", words(self.add(label, piece, unit)))
