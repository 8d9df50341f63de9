"""The addresses that formulas see, from the sheet that each stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.formula.tree import FormulaError, Ref, Scope
from reportgen.render.workbook.address import CellRange
from reportgen.render.workbook.layout import IN_ERROR

if TYPE_CHECKING:
    from reportgen.render.workbook.plan import Plan


@dataclass(frozen=True)
class Places:
    """The addresses that a line of one block sees from the sheet that it stands on."""

    plan: Plan
    block: str
    sheet: str

    def cell(self, ref: Ref, back: int = 0) -> str:
        """One value, or the asking row's own."""
        if ref.scope is Scope.ONE:
            if ref.name in self.plan.graph.blocks[ref.block].fields:
                return ref.name  # a one-value input goes by its name
            return self._qualified(self._range(ref), self._range(ref).cell())
        cells = self._range(ref)
        return self._qualified(cells, cells.moving(back))

    def window(self, ref: Ref, length: str) -> str:
        """The last cells of a column, from one that is found by its number: the text is the same in each row."""
        return f"INDEX({self.column(replace(ref, scope=Scope.ALL))},{self.number()}-{length}+1):{self.cell(ref)}"

    def table(self, columns: Sequence[Ref]) -> str:
        """The cells of columns side by side; one-value inputs go by their names, and are none."""
        if any(ref.scope is Scope.ONE and ref.name in self.plan.graph.blocks[ref.block].fields for ref in columns):
            return ""
        ranges = [self._range(ref) for ref in columns]
        first = ranges[0]
        beside = [replace(first, fixed=first.fixed + place) for place in range(len(ranges))]
        return self._qualified(first, f"{first.cell()}:{ranges[-1].last}") if ranges == beside else ""

    def entry(self, columns: Sequence[Ref], number: str, row: str) -> str:
        """A cell of the table that the columns make."""
        table = self.table(columns)
        if not table:
            raise FormulaError(f"{columns[0].name} and the columns after it must stand side by side on one sheet")
        return f"INDEX({table},{number},{row})" if self._range(columns[0]).across else f"INDEX({table},{row},{number})"

    def column(self, ref: Ref) -> str:
        """A whole column, or the wide columns of this row."""
        cells = self._range(ref)
        whole = self._qualified(cells, cells.whole())
        return f"INDEX({whole},{self.number()},0)" if ref.scope is Scope.WIDE else whole

    def numbers(self, ref: Ref) -> str:
        """A whole column that is calculated with."""
        return self.column(ref)

    def so_far(self, ref: Ref) -> str:
        """The cells up to this row."""
        return self._qualified(self._range(ref), self._range(ref).so_far())

    def typed(self, ref: Ref) -> bool:
        """True for an input that is not called up."""
        return self._range(ref) in self.plan.input_ranges.values()

    def owner_numbers(self, block: str) -> str:
        """The owner's number beside each row of a block."""
        cells = self.plan.range_of(block, (block, "owner_number"))
        return self._qualified(cells, cells.whole())

    def number(self) -> str:
        """This row's number."""
        cells = self.plan.range_of(self.block, (self.block, "number"))
        return self._qualified(cells, cells.moving())

    def in_error(self, block: str) -> str:
        """The cell beside the first row of a block that is 0 while none of its rows is in error."""
        cells = self.plan.range_of(block, (block, IN_ERROR))
        return self._qualified(cells, cells.cell())

    def _range(self, ref: Ref) -> CellRange:
        asking = self.block if ref.scope is Scope.OWNER else ref.block
        return self.plan.range_of(asking, ref.key)

    def _qualified(self, cells: CellRange, text: str) -> str:
        return cells.qualified(text, self.sheet)
