"""One sheet of the file into one table, each value knowing its cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reportgen.inputs import Cells, Table
from reportgen.intake.file.cell import Cell, Content, RawSheet, address
from reportgen.intake.file.limits import MOST_PROBLEMS
from reportgen.intake.reading.headings import header_text
from reportgen.intake.reading.layout import REMARKS, VALUE, Layout, find_layout
from reportgen.intake.reading.total_rows import without_totals
from reportgen.intake.reading.typed_values import unshowable
from reportgen.intake.reading.values import LONGEST_TEXT, blank, read_value
from reportgen.intake.reading.written_numbers import Surroundings, Written
from reportgen.problem_codes import problem
from reportgen.problems import Severity, Where, shortened
from reportgen.sheets import NEAREST, Field, Kind, Sheet

if TYPE_CHECKING:
    from reportgen.inputs import Column
    from reportgen.intake.reading.heading_units import HeadingUnit
    from reportgen.problems import Problem

TIME = "date_time"
_OF_SIZE = frozenset({"out_of_bounds", "number_whole"})
"""What is not said of figures whose unit was refused."""


@dataclass(frozen=True)
class ReadSheet:
    """A sheet as it was read: its table, and where each value stands.

    `order` gives the place in the file of each record of the table, which is sorted by date where dates are unique.
    """

    sheet: type[Sheet]
    file: str
    table: Table
    layout: Layout | None
    order: tuple[int, ...] = ()
    _texts: dict[str, list[str]] = dataclasses.field(default_factory=dict, init=False, repr=False, compare=False)

    def where(self, field: str, record: int = 0) -> Where:
        """The place of a field of a record of the table, for a problem."""
        label = self.sheet.field(field).label
        if self.layout is None or not self.table.rows:
            return Where(self.file, self.sheet.name, "", label)
        row, column = self.layout.place(field, self.order[record])
        if column == 0:
            row = self.layout.rows[self.order[record]]
            return Where(self.file, self.sheet.name, f"row {row}", label)
        return Where(self.file, self.sheet.name, address(row, column), label)

    def placed(self) -> Table:
        """The table with the cells that its records stand in."""
        if self.layout is None:
            return self.table
        layout, fields = self.layout, [field.name for field in self.sheet.fields]
        columns = {name: layout.columns[VALUE if layout.items else name] for name in fields if layout.has(name)}
        rows = tuple(layout.rows[record] for record in self.order)
        return replace(self.table, cells=Cells(rows, columns, layout.items))

    def column(self, field: str) -> Column:
        """The values of a field."""
        return self.table.columns[field]

    def texts(self, field: str) -> list[str]:
        """The values of a text field."""
        if field not in self._texts:
            self._texts[field] = [str(text) for text in self.table.columns[field]]
        return self._texts[field]

    def blank_where(self, field: str, record: int) -> bool:
        """True when the value of a record is missing."""
        value = self.table.columns[field][record]
        return value == "" if isinstance(value, str) else bool(np.isnan(value))


def read_sheet(
    sheet: type[Sheet], raw: RawSheet | None, file: str, written: Written | None = None
) -> tuple[ReadSheet, list[Problem]]:
    """The table of a declared sheet and everything that is wrong with its cells; an absent sheet has no rows.

    How the whole workbook writes numbers (`written`) helps to say what a text in place of a number means.
    """
    if raw is None:
        missing = (
            [problem("sheet_missing", Where(file, sheet.name), f'found no sheet "{sheet.name}".')]
            if sheet.required
            else []
        )
        return ReadSheet(sheet, file, _empty(sheet), None), missing
    layout, problems = find_layout(sheet, raw, file)
    if layout is None:
        if sheet.required and not problems:
            problems.append(problem("sheet_empty", Where(file, sheet.name), "found a blank sheet."))
        return ReadSheet(sheet, file, _empty(sheet), None), problems
    layout, totals = without_totals(sheet, raw, layout, file)
    problems.extend(totals)
    if sheet.required and not layout.rows:
        problems.append(problem("sheet_empty", Where(file, sheet.name), "found headers but no rows below them."))
    columns: dict[str, Column] = {}
    for field in sheet.fields:
        if not field.wide:
            columns[field.name], found = _column(sheet, field, raw, layout, file, written)
            problems.extend(found)
    wide: dict[str, tuple[str, ...]] = {}
    for field in (each for each in sheet.fields if each.wide):
        columns[field.name], found = _wide_column(sheet, field, raw, layout, file, written)
        wide[field.name] = tuple(name for name, _ in layout.wide)
        problems.extend(found)
    if any(each.severity is Severity.ERROR and each.code == "column_missing" for each in problems):
        problems = [each for each in problems if each.code != "value_missing"]
    remarks, found = _remarks(sheet, raw, layout, file)
    problems.extend(found)
    table, order = _in_order(sheet, Table(len(layout.rows), columns, wide, remarks))
    return ReadSheet(sheet, file, table, layout, order), problems


def _remarks(
    sheet: type[Sheet], raw: RawSheet, layout: Layout, file: str
) -> tuple[dict[str, tuple[str, str]], list[Problem]]:
    """What the user wrote beside the fields of a form (source and notes), and the remarks that are too long."""
    found: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for field in sheet.fields if sheet.form else ():
        row = layout.items.get(field.name, 0)
        places = [(row, layout.columns[name]) if row and name in layout.columns else (0, 0) for name in REMARKS]
        cells = [raw.at(*place) for place in places]
        source, notes = (header_text(cell) for cell in cells)
        if source or notes:
            found[field.name] = source, notes
        for place, cell in zip(places, cells, strict=True):
            if cell is not None and (cell.content is Content.OVERLONG or len(cell.text) > LONGEST_TEXT):
                message = f"found a remark of more than {LONGEST_TEXT:,} characters."
                problems.append(problem("text_long", Where(file, sheet.name, address(*place), field.label), message))
            elif cell is not None and unshowable(header_text(cell)):
                where = Where(file, sheet.name, address(*place), field.label)
                problems.append(problem("text_error", where, "found control characters in the remark."))
    return found, problems


def _empty(sheet: type[Sheet]) -> Table:
    rows = 1 if sheet.form else 0
    columns: dict[str, Column] = {}
    for field in sheet.fields:
        values = [blank(field)] * rows
        columns[field.name] = (
            np.empty((rows, 0)) if field.wide else np.array(values, dtype=float if field.number else object)
        )
    return Table(rows, columns, {field.name: () for field in sheet.fields if field.wide})


def _column(
    sheet: type[Sheet], field: Field, raw: RawSheet, layout: Layout, file: str, written: Written | None
) -> tuple[Column, list[Problem]]:
    places = [layout.place(field.name, record) for record in range(len(layout.rows))]
    cells = [raw.at(row, column) if column else None for row, column in places]
    if not layout.items and field.name not in layout.columns and field.required:  # said once: the column is missing
        return np.array([blank(field)] * len(cells), dtype=float if field.number else object), []
    unit, problems = _unit_below(layout.units.get(field.name), cells)
    around = Surroundings(raw.shift, unit, cells, written)
    values: list[float | str] = []
    errors = times = 0
    plain = field.kind is Kind.NUMBER and not field.whole and unit is None
    low, high = field.bounds.low, field.bounds.high
    for place, cell in zip(places, cells, strict=True):
        if (
            plain
            and cell is not None
            and cell.content is Content.NUMBER
            and not cell.dated
            and low < cell.number < high
            and (cell.number >= NEAREST or cell.number <= -NEAREST or cell.number == 0)
        ):
            values.append(cell.number)
            continue
        spot = address(*place) if place[1] else ""
        value, found = read_value(field, cell, Where(file, sheet.name, spot, field.label), around)
        values.append(value)
        if found is not None and not (unit is not None and unit.refused and found.code in _OF_SIZE):
            times += found.code == TIME
            if found.code != TIME or times == 1:
                problems.append(found)
            errors += found.severity is Severity.ERROR
            if errors == MOST_PROBLEMS:
                problems.append(_rest_unread(found.where))
                values.extend([blank(field)] * (len(cells) - len(values)))
                break
    return np.array(values, dtype=float if field.number else object), _times_together(problems, times)


def _unit_below(unit: HeadingUnit | None, cells: Sequence[Cell | None]) -> tuple[HeadingUnit | None, list[Problem]]:
    """The unit of a heading as its cells show it to be, and what is said about it."""
    below = unit.below(cells) if unit is not None else None
    return (None, []) if below is None else (below, [below.problem(cells)])


def _rest_unread(where: Where) -> Problem:
    message = f"found {MOST_PROBLEMS:,} wrong cells in this column up to here; the rest of it was not read."
    return problem("problems_many", where, message)


def _times_together(problems: list[Problem], times: int) -> list[Problem]:
    """The problems of a column, of which the one of the first date with a time tells how many there are."""
    if times < 2:
        return problems
    message = f"found a time besides the date, here and in {times - 1:,} more cells; only the day is read."
    return [replace(each, message=message) if each.code == TIME else each for each in problems]


def _wide_column(
    sheet: type[Sheet], field: Field, raw: RawSheet, layout: Layout, file: str, written: Written | None
) -> tuple[Column, list[Problem]]:
    problems: list[Problem] = []
    block = np.full((len(layout.rows), len(layout.wide)), np.nan)
    around: dict[int, Surroundings] = {}
    for _, column in layout.wide:
        below = [raw.at(row, column) for row in layout.rows]
        unit, said = _unit_below(layout.wide_units.get(column), below)
        around[column] = Surroundings(raw.shift, unit, below, written)
        problems.extend(said)
    for record, row in enumerate(layout.rows):
        cells = raw.rows[row]
        for index, (name, column) in enumerate(layout.wide):
            cell = cells.get(column)
            if cell is None:
                continue
            where = Where(file, sheet.name, address(row, column), shortened(name))
            value, found = read_value(field, cell, where, around[column])
            block[record, index] = float(value)
            if found is not None:
                problems.append(found)
                if len(problems) == MOST_PROBLEMS:
                    return block, [*problems, _rest_unread(found.where)]
    return block, problems


def _in_order(sheet: type[Sheet], table: Table) -> tuple[Table, tuple[int, ...]]:
    """The table sorted by its unique date, if it has one, and where each record stood in the file."""
    date = next((field.name for field in sheet.fields if field.unique), None)
    if date is None:
        return table, tuple(range(table.rows))
    order = np.argsort(table.columns[date], kind="stable")
    columns = {name: column[order] for name, column in table.columns.items()}
    return Table(table.rows, columns, table.wide, table.remarks), tuple(int(index) for index in order)
