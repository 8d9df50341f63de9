"""Where everything sits: which cell holds which figure, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reportgen.excel_addresses import column_letters
from reportgen.model.graph import Graph, Key
from reportgen.model.solve import Solution
from reportgen.render.workbook.address import CellRange
from reportgen.render.workbook.layout import WHOLE, Part, parts_by_sheet
from reportgen.render.workbook.spare_rows import spare_members, spare_rows_of
from reportgen.sheets import SHEETS, Field, Sheet

INPUT_HEADER = 3  # zero-based row of the headers of an input sheet: title, help, a blank row, headers
INPUT_CHECKS = "Input_Checks"  # the sheet with a row for each field: its default, and the value that is used
DEFAULT_COLUMN, USED_COLUMN = 4, 7


@dataclass(frozen=True)
class Plan:
    """The places of all figures of a solution.

    `ranges`: (asking block, column) → place; a column asked for by its own block is under that block's name.
    """

    graph: Graph
    solution: Solution
    sheets: Mapping[str, tuple[Part, ...]]
    ranges: Mapping[tuple[str, Key], CellRange]
    input_ranges: Mapping[tuple[str, str], CellRange]

    def range_of(self, asking: str, key: Key) -> CellRange:
        """The place of a column as a block sees it: its own call-up first, then where the figure lives."""
        found = self.ranges.get((asking, key)) or self.ranges.get((key[0], key))
        if found is not None:
            return found
        block = self.graph.blocks[key[0]]
        return self.input_ranges[block.source_of(key[1]).name, key[1]]

    def default_cell(self, sheet: str, field: str) -> str:
        """The address of the cell that holds the default of an input field."""
        return self._checked_cell(sheet, field, DEFAULT_COLUMN)

    def used_cell(self, sheet: str, field: str) -> str:
        """The address of the cell that holds the value of a form's field, its default where it is left blank."""
        return self._checked_cell(sheet, field, USED_COLUMN)

    def field_rows(self, sheet: str) -> tuple[int, int]:
        """The first and the last row of Input_Checks that a sheet's fields take, as Excel counts them."""
        rows = [row + 1 for (name, _), row in self._checked_rows.items() if name == sheet]
        return min(rows), max(rows)

    def checked_row(self, sheet: str, field: str) -> int:
        """The row of Input_Checks that a field takes, as Excel counts it."""
        return self._checked_rows[sheet, field] + 1

    def _checked_cell(self, sheet: str, field: str, column: int) -> str:
        return f"{INPUT_CHECKS}!${column_letters(column + 1)}${self.checked_row(sheet, field)}"

    @cached_property
    def _checked_rows(self) -> Mapping[tuple[str, str], int]:
        fields = enumerate(checked_fields(self.solution), start=INPUT_HEADER + 1)
        return {(sheet, field.name): row for row, (sheet, field) in fields}

    @cached_property
    def note_columns(self) -> Mapping[str, int]:
        """For each sheet, the column of the notes in its across parts: right of the last value.

        Where members run across, right of the tables too: notes beside members are not printed.
        """
        return {sheet: _note_column(parts) for sheet, parts in self.sheets.items()}


def _note_column(parts: tuple[Part, ...]) -> int:
    members = any(part.across and not part.block.one for part in parts)
    return max((part.end[1] for part in parts if part.across or members), default=WHOLE + 1)


def make_plan(solution: Solution) -> Plan:
    """Places for every section of the model and every input sheet."""
    spare = spare_members(solution, input_sheets(solution))
    sheets = parts_by_sheet(solution.graph, solution.rows, spare)
    ranges: dict[tuple[str, Key], CellRange] = {}
    seen: set[str] = set()
    for part in (part for parts in sheets.values() for part in parts):
        ranges |= dict(part.ranges(first=part.block.name not in seen))
        seen.add(part.block.name)
    return Plan(solution.graph, solution, sheets, ranges, dict(_input_ranges(solution)))


def input_row(sheet: type[Sheet], field: str) -> int:
    """Zero-based row of a form's field."""
    return INPUT_HEADER + 1 + [item.name for item in sheet.fields].index(field)


def _input_ranges(solution: Solution) -> Iterator[tuple[tuple[str, str], CellRange]]:
    for sheet in input_sheets(solution):
        table = solution.inputs.tables[sheet.name]
        rows = table.rows + spare_rows_of(sheet, table.rows)
        column = 0
        for field in sheet.fields:
            if sheet.form:
                yield (sheet.name, field.name), CellRange(sheet.name, input_row(sheet, field.name), 1, 1, across=True)
                continue
            width = max(1, len(table.wide[field.name])) if field.wide else 1
            yield (
                (sheet.name, field.name),
                CellRange(sheet.name, column, INPUT_HEADER + 1, max(1, rows), False, width),
            )
            column += width


def checked_fields(solution: Solution) -> Iterator[tuple[str, Field]]:
    """Sheet and field of each row of Input_Checks: what is not private; the columns of the funds share a row."""
    for sheet in input_sheets(solution):
        for field in sheet.fields if not sheet.private else ():
            if not field.private:
                yield sheet.name, field


def input_sheets(solution: Solution) -> tuple[type[Sheet], ...]:
    """The input sheets in their order: those of the declaration, as the blocks of the model know them."""
    known = {sheet.name: sheet for sheet in SHEETS if sheet.name in solution.inputs.tables}
    known |= {sheet.name: sheet for block in solution.graph.blocks.values() for sheet in block.sources}
    return tuple(known.values())
