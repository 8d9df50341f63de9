"""Merges an export's days into a sheet of an opened workbook: rows by date, formatting and extra columns kept."""

from __future__ import annotations

import copy
import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from openpyxl.formula.translate import Translator
from openpyxl.utils import range_boundaries

from reportgen import excel_dates
from reportgen.excel_addresses import column_letters
from reportgen.intake.copies.copying import cell_at, find_sheet
from reportgen.intake.file.cell import Content, RawSheet, address
from reportgen.intake.file.limits import MOST_COPIED_CELLS
from reportgen.intake.form.list_sheet import write_list
from reportgen.intake.reading.layout import Layout
from reportgen.intake.reading.names import same_name
from reportgen.problems import UsageError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.intake.exports.history_export import Figures
    from reportgen.sheets import Sheet

_SAME = 1e-6
"""Relative difference up to which two figures are the same, as exports are rounded."""


@dataclass(frozen=True)
class Conflict:
    """A figure of the workbook that the export has differently."""

    day: float
    column: str
    kept: float
    other: float


@dataclass
class Merged:
    """What a merge did. `still_there` are the sheets whose cells were not moved, by name.

    `beside` are the sheet's funds that the export does not have, where it brings new ones for days that they cover.
    """

    added: int = 0
    filled: int = 0
    same: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    new_columns: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    still_there: dict[str, RawSheet] = field(default_factory=dict)


def merge(
    book: Workbook,
    raw: dict[str, RawSheet],
    sheet: type[Sheet],
    layout: Layout | None,
    figures: Figures,
    *,
    replace: bool,
) -> Merged:
    """Merges the figures into the sheet of the book; makes the sheet when `layout` is None."""
    merged = Merged(still_there=dict(raw))
    if layout is None:
        _make_sheet(book, sheet, figures)
        merged.still_there.pop(sheet.name, None)
        merged.added = len(figures.days)
        merged.new_columns = figures.names if any(each.wide for each in sheet.fields) else ()
        return merged
    there = find_sheet(raw, sheet.name)
    assert there is not None  # it has a layout
    page = book[there.name]
    columns = _columns(page, sheet, layout, figures, merged)
    rows = {day: row for row in layout.rows if (day := _day(there, row, layout.columns["date"])) is not None}
    new = []
    for index, day in enumerate(figures.days):
        if day in rows:
            _compare(page, there, rows[day], day, columns, figures, figures.values[index], merged, replace=replace)
        else:
            new.append(index)
    merged.added = len(new)
    if merged.new_columns and len(new) < len(figures.days):
        merged.beside = _not_among(figures.names, layout, there)
    first_free = max(layout.rows, default=layout.head_end) + 1
    pattern = max(layout.rows, default=layout.head_end + 1)
    shape = sorted({column for row, column in page._cells if row == pattern} | {*columns, layout.columns["date"]})
    _refuse_wide(page, len(shape) * len(new))
    for offset, index in enumerate(new):
        values: dict[int, Any] = dict(zip(columns, figures.values[index], strict=True))
        values[layout.columns["date"]] = excel_dates.day(figures.days[index])
        _write_row(page, first_free + offset, pattern, shape, values)
    if new and rows and figures.days[new[0]] < max(rows):
        _sort(page, there, layout, first_free + len(new) - 1)
        merged.still_there.pop(there.name, None)
    _grow_tables(page, layout.header, first_free + len(new) - 1, max(columns))
    return merged


def _make_sheet(book: Workbook, sheet: type[Sheet], figures: Figures) -> None:
    page = book[sheet.name] if sheet.name in book.sheetnames else book.create_sheet(sheet.name)
    records = []
    for day, values in zip(figures.days, figures.values, strict=True):
        records.append({"date": excel_dates.day(day), **dict(zip(figures.names, values, strict=True))})
    write_list(page, sheet, records, 1, figures.names)


def _columns(page: Worksheet, sheet: type[Sheet], layout: Layout, figures: Figures, merged: Merged) -> list[int]:
    """The column of each of the figures' names; a fund that the sheet does not have gets a new one."""
    if not any(each.wide for each in sheet.fields):
        return [layout.columns[name] for name in figures.names]
    known = {same_name(name): column for name, column in layout.wide}
    spare = [column for name, column in layout.wide if _is_placeholder(name) and not layout.rows]
    columns, added = [], []
    free = max(cell.column for cell in page[layout.header] if cell.value is not None) + 1
    for name in figures.names:
        column = known.get(same_name(name))
        if column is None:
            column = spare.pop(0) if spare else free
            free += column == free
            model = cell_at(page, layout.header, layout.columns["date"])
            head = cell_at(page, layout.header, column)
            head.value = name
            head._style = copy.copy(model._style)
            added.append(name)
        columns.append(column)
    for column in spare:
        page.cell(layout.header, column).value = f"Unused {column}" if _in_table(page, layout.header, column) else None
    merged.new_columns = tuple(added)
    return columns


def _not_among(names: tuple[str, ...], layout: Layout, there: RawSheet) -> tuple[str, ...]:
    """The funds of the sheet with any figure that are not among the names."""
    known = {same_name(name) for name in names}
    filled = {column for row in layout.rows for column in there.rows[row]}
    return tuple(name for name, column in layout.wide if same_name(name) not in known and column in filled)


def _is_placeholder(name: str) -> bool:
    """True for the headers of a blank workbook, which are there to be overwritten."""
    return name.startswith("Fund ") and name[5:].isdecimal()


def _day(there: RawSheet, row: int, column: int) -> float | None:
    cell = there.at(row, column)
    if cell is None:
        return None
    if cell.content is Content.NUMBER:
        return float(math.floor(cell.number + there.shift))
    read = excel_dates.from_text(cell.text)
    return None if read is None else float(math.floor(read))


def _compare(
    page: Worksheet, there: RawSheet, row: int, day: float, columns: list[int], figures: Figures,
    values: tuple[float | None, ...], merged: Merged, *, replace: bool,
) -> None:  # fmt: skip
    """Sets a day that the sheet has against the export's: blanks are filled, differences noted."""
    clean = True
    for name, column, value in zip(figures.names, columns, values, strict=True):
        if value is None:
            continue
        cell = there.at(row, column)
        if cell is None:
            cell_at(page, row, column).value = value
            merged.filled += 1
        elif cell.content is not Content.NUMBER or not math.isclose(cell.number, value, rel_tol=_SAME, abs_tol=1e-9):
            clean = False
            kept = cell.number if cell.content is Content.NUMBER else math.nan
            merged.conflicts.append(Conflict(day, name, kept, value))
            if replace:
                cell_at(page, row, column).value = value
    merged.same += clean


def _refuse_wide(page: Worksheet, new: int) -> None:
    if len(page._cells) + new > MOST_COPIED_CELLS:
        raise UsageError(
            f"the sheet {page.title} would have more than {MOST_COPIED_CELLS:,} cells. Clear the cells and formats "
            "beside its table, or import fewer days."
        )


def _write_row(page: Worksheet, row: int, pattern: int, columns: list[int], values: dict[int, Any]) -> None:
    """Writes a new row that looks like the pattern row."""
    for column in columns:
        cell, model = cell_at(page, row, column), cell_at(page, pattern, column)
        if column in values:
            cell.value = values[column]
        if row != pattern and model.has_style:
            cell._style = copy.copy(model._style)
        if isinstance(values.get(column), dt.date) and not cell.is_date:
            cell.number_format = "yyyy-mm-dd"


def _sort(page: Worksheet, there: RawSheet, layout: Layout, last: int) -> None:
    """Puts the rows of the table into the order of their dates; formulas move with their row."""
    date = layout.columns["date"]
    first = layout.head_end + 1
    known = frozenset(layout.rows)
    filled: dict[int, list[int]] = {row: [] for row in range(first, last + 1)}
    for row, column in page._cells:
        if row in filled:
            filled[row].append(column)
    records = []
    for row in range(first, last + 1):
        day = _day(there, row, date) if row in known else _written_day(page.cell(row, date).value)
        content = {column: _Kept(cell_at(page, row, column)) for column in filled[row]}
        records.append((math.inf if day is None else day, content))
    records.sort(key=lambda record: record[0])
    for row, (_, content) in enumerate(records, first):
        for column in set(filled[row]).difference(content):
            del page._cells[row, column]
        for column, kept in content.items():
            kept.put(page, row, column)


class _Kept:
    """A cell's content and look, to be put down elsewhere; a formula is turned to its new place."""

    def __init__(self, cell: Any) -> None:
        self._value, self._kind, self._origin = cell.value, cell.data_type, cell.coordinate
        self._look, self._link, self._comment = copy.copy(cell._style), cell.hyperlink, cell.comment

    def put(self, page: Worksheet, row: int, column: int) -> None:
        cell = cell_at(page, row, column)
        cell.comment = None
        formula = self._kind == "f" and isinstance(self._value, str)
        cell.value = (
            Translator(self._value, self._origin).translate_formula(address(row, column)) if formula else self._value
        )
        if self._kind == "s":
            cell.data_type = self._kind
        cell._style, cell.hyperlink = self._look, self._link
        cell.comment = copy.copy(self._comment) if self._comment is not None else None


def _written_day(value: object) -> float | None:
    if isinstance(value, dt.datetime):
        value = value.date()
    return excel_dates.serial(value) if isinstance(value, dt.date) else None


def _in_table(page: Worksheet, row: int, column: int) -> bool:
    return any(_covers(table.ref, row, column) for table in page.tables.values())


def _covers(ref: str, row: int, column: int) -> bool:
    left, top, right, bottom = _bounds(ref)
    return left <= column <= right and top <= row <= bottom


def _bounds(ref: str) -> tuple[int, int, int, int]:
    """First column and row, last column and row of a table's range."""
    left, top, right, bottom = range_boundaries(ref)
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def _grow_tables(page: Worksheet, header: int, last: int, right: int) -> None:
    """Lets the table that holds the header reach to the last row and column that were written."""
    from openpyxl.worksheet.table import TableColumn

    for table in page.tables.values():
        left, top, edge, bottom = _bounds(table.ref)
        if top != header:
            continue
        edge_now = max(edge, right)
        table.ref = f"{column_letters(left)}{top}:{column_letters(edge_now)}{max(bottom, last)}"
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
        for column in range(left, edge_now + 1):
            text = str(page.cell(top, column).value or f"Column {column}")
            page.cell(top, column).value = text
            if column - left < len(table.tableColumns):
                table.tableColumns[column - left].name = text
            else:
                table.tableColumns.append(TableColumn(id=column - left + 1, name=text))
        break  # tables cannot overlap: no other one has this header
