"""A toy workbook in an independent engine: columns on sheets, formulas that it computes, values that come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import formualizer as fz
import numpy as np

from reportgen.formula.evaluate import Frame
from reportgen.formula.exactness import Exactness
from reportgen.formula.excel import Writer
from reportgen.formula.tree import Expression, FormulaError, Ref, Scope

RESULTS = 60  # a column to the right of all others


def letters(column: int) -> str:
    """A one-based column as Excel's letters."""
    text = ""
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


@dataclass(frozen=True)
class Places:
    """Where the columns of a frame sit: a sheet a block, a column a name, row 2 the first; owners called up beside."""

    frame: Frame
    row: int

    def _place(self, ref: Ref) -> tuple[str, int]:
        names = [name for block, name in self.frame.columns if block == ref.block]
        return ref.block, 1 + 3 * names.index(ref.name)

    def _rows(self, block: str) -> int:
        return max(len(column) for (name, _), column in self.frame.columns.items() if name == block)

    def cell(self, ref: Ref, back: int = 0) -> str:
        sheet, column = self._place(ref)
        if ref.scope is Scope.OWNER:
            owner = int(self.frame.links[self.frame.block][self.row])
            return f"{sheet}!{letters(column)}{owner + 2}"
        return f"{sheet}!{letters(column)}{2 if ref.scope is Scope.ONE else self.row + 2 - back}"

    def window(self, ref: Ref, length: str) -> str:
        return f"INDEX({self.column(ref)},{self.number()}-{length}+1):{self.cell(ref)}"

    def table(self, columns: Sequence[Ref]) -> str:
        return ""

    def entry(self, columns: Sequence[Ref], number: str, row: str) -> str:
        first, *others = [self._place(ref)[1] for ref in columns]
        if others != [first + 3 * (place + 1) for place in range(len(others))]:
            raise FormulaError("side by side")
        sheet, last = columns[0].block, self._rows(columns[0].block) + 1
        table = f"{sheet}!${letters(first)}$2:${letters(others[-1])}${last}"
        return f"INDEX({table},{row},3*({number})-2)"  # the columns of a toy stand three apart

    def column(self, ref: Ref) -> str:
        sheet, column = self._place(ref)
        if ref.scope is Scope.WIDE:
            width = self.frame.columns[ref.key].shape[1]
            return f"{sheet}!{letters(column)}{self.row + 2}:{letters(column + width - 1)}{self.row + 2}"
        last = max(self._rows(ref.block), 1) + 1
        return f"{sheet}!${letters(column)}$2:${letters(column)}${last}"

    def numbers(self, ref: Ref) -> str:
        return self.column(ref)

    def so_far(self, ref: Ref) -> str:
        sheet, column = self._place(ref)
        return f"{sheet}!${letters(column)}$2:{letters(column)}{self.row + 2}"

    def typed(self, ref: Ref) -> bool:
        return False

    def in_error(self, block: str) -> str:
        return ""

    def owner_numbers(self, block: str) -> str:
        return self.column(Ref(block, "owner_number", Scope.ALL))

    def number(self) -> str:
        return self.cell(Ref(self.frame.block, "number", Scope.OWN))


class Spreadsheet:
    """The columns of a frame as cells; n/a is the text "n/a", or an empty cell where `blank` says so."""

    def __init__(self, frame: Frame, blank: frozenset[tuple[str, str]] = frozenset()) -> None:
        self.frame = frame
        self.book = fz.Workbook()
        for sheet in dict.fromkeys(block for block, _ in frame.columns):
            self.book.add_sheet(sheet)
        for (sheet, name), column in frame.columns.items():
            _, first = Places(frame, 0)._place(Ref(sheet, name, Scope.OWN))
            values = column if np.ndim(column) == 2 else np.asarray(column, dtype=object).reshape(-1, 1)
            for row, line in enumerate(values):
                for shift, value in enumerate(line):
                    self._put(sheet, row + 2, first + shift, value, (sheet, name) in blank)

    def _put(self, sheet: str, row: int, column: int, value: Any, blank: bool) -> None:
        if isinstance(value, str):
            self.book.set_value(sheet, row, column, value)
        elif value == value:
            self.book.set_value(sheet, row, column, float(value))
        elif not blank:
            self.book.set_value(sheet, row, column, "n/a")

    def column_of(self, tree: Expression, may_be_missing: Any, known: Exactness | None = None) -> list[Any]:
        """What a line comes to in every row of the frame's block, computed by the independent engine."""
        for row in range(self.frame.rows):
            writer = Writer(Places(self.frame, row), may_be_missing, known or Exactness())
            self.book.set_formula(self.frame.block, row + 2, RESULTS, "=" + writer.formula(tree))
        self.book.evaluate_all()
        return [self.book.get_value(self.frame.block, row + 2, RESULTS) for row in range(self.frame.rows)]


def agree(ours: Any, theirs: Any, scale: float = 1.0) -> bool:
    """True when a value of ours is the cell's: NaN pairs with "n/a", numbers agree to 1e-9."""
    if isinstance(ours, str):
        return bool(ours == theirs)
    if ours != ours:
        return bool(theirs == "n/a")
    if not isinstance(theirs, int | float) or isinstance(theirs, bool):
        return False
    return abs(float(ours) - theirs) <= 1e-9 * max(abs(float(ours)), abs(theirs), scale)


def toy_frame(columns: Mapping[tuple[str, str], Any], block: str, links: Mapping[str, Any]) -> Frame:
    """A frame seen from one block."""
    rows = next(len(column) for (name, _), column in columns.items() if name == block)
    return Frame(block, rows, columns, links)
