"""The input sheets of the workbook that is sent: those of the input workbook, so that it can be read again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from reportgen.excel_addresses import column_letters
from reportgen.inputs import Table
from reportgen.render.workbook.figure_pages import ROW_HEIGHT
from reportgen.render.workbook.input_widths import form_widths, header_lines, list_widths, row_lines
from reportgen.render.workbook.number_formats import field_format
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.paper import Area
from reportgen.render.workbook.plan import INPUT_HEADER, Plan, input_sheets
from reportgen.render.workbook.spare_rows import spare_rows_of
from reportgen.render.workbook.styles import NOTE_SIZE
from reportgen.render.workbook.text_width import EDGES, SIZE, height_of, lines_of
from reportgen.render.workbook.validations import validation
from reportgen.sheets import RISK_COMPONENTS, Field, Kind, Sheet
from reportgen.sheets.declared import Risk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FORM_COLUMNS = ("Item", "Value", "Unit", "Source", "Notes", "Help")
HIGHEST = 400.0  # points of a row that Excel shows


def write_inputs(plan: Plan, pages: Mapping[str, Page]) -> None:
    """Write every input sheet onto its page."""
    for sheet in input_sheets(plan.solution):
        page = pages[sheet.name]
        table = plan.solution.inputs.tables[sheet.name]
        if sheet.form:
            _write_form(page, plan, sheet, table)
        else:
            _write_list(page, plan, sheet, table)


def _write_form(page: Page, plan: Plan, sheet: type[Sheet], table: Table) -> None:
    widths = form_widths(sheet, table)
    page.title(sheet.title, sheet.help, widths, within=True)
    for column, title in enumerate(FORM_COLUMNS):
        page.text(INPUT_HEADER, column, title, "header_left")
    for place, field in enumerate(sheet.fields):
        row, value = INPUT_HEADER + 1 + place, table.columns[field.name][0]
        source, notes = table.remarks.get(field.name, ("", ""))
        texts = ((3, source, SIZE), (4, notes, SIZE), (5, field.help, NOTE_SIZE))
        heights = [height_of(lines_of(text, widths[at] - EDGES, size), size) for at, text, size in texts]
        if not field.number:
            heights.append(height_of(lines_of(str(value), widths[1] - EDGES)))
        page.sheet.set_row(row, min(HIGHEST, max(ROW_HEIGHT, *heights) + 2))
        page.text(row, 0, field.label, "label")
        _write_cell(page, row, 1, field, value)
        page.text(row, 2, field.unit, "unit")
        page.text(row, 3, source, "input_long")
        page.text(row, 4, notes, "input_long")
        page.text(row, 5, field.help, "note_wrapped")
        _validate(page, plan, field, row, 1, row)
    for column, width in enumerate(widths):
        page.sheet.set_column(column, column, width)
    page.keep(INPUT_HEADER + 1, 1)


def _write_list(page: Page, plan: Plan, sheet: type[Sheet], table: Table) -> None:
    """Write the headers, then row after row, then the spare rows."""
    rows = 0 if sheet.private else table.rows
    spare = spare_rows_of(sheet, table.rows)
    columns = list(_columns(sheet, table))
    widths = list_widths(columns, rows)
    headers = [header for _, header, _ in columns if header]
    end = page.title(sheet.title, _told(sheet, rows, spare), widths)
    page.sheet.set_row(INPUT_HEADER, height_of(header_lines(columns, widths)) + 3)
    for column, (_, header, _) in enumerate(columns):
        if header:
            page.text(INPUT_HEADER, column, header, "header")
    _write_rows(page, columns, widths, rows, spare)
    last = INPUT_HEADER + max(1, rows + spare)
    for column, (field, header, _) in enumerate(columns):
        page.sheet.set_column(column, column, widths[column])
        if header:
            _validate(page, plan, field, INPUT_HEADER + 1, column, last)
    if spare:
        page.table((INPUT_HEADER, last), headers, f"{sheet.name}_list")
    page.keep(INPUT_HEADER + 1, 1)
    page.printed.area = Area(0, 0, INPUT_HEADER + max(1, rows), max(end, len(headers) - 1))


def _write_rows(
    page: Page, columns: Sequence[tuple[Field, str, Any]], widths: Sequence[float], rows: int, spare: int
) -> None:
    """The cells of a list, each row as high as its texts take."""
    for row in range(rows + spare):
        if row < rows and (lines := row_lines(columns, widths, row)) > 1:
            page.sheet.set_row(INPUT_HEADER + 1 + row, height_of(lines) + 2)
        for column, (field, header, values) in enumerate(columns):
            if header:
                _write_cell(page, INPUT_HEADER + 1 + row, column, field, values[row] if row < rows else None)


def _told(sheet: type[Sheet], rows: int, spare: int) -> str:
    """What the list is for, how far down it counts, its components in words, and the unit of the funds."""
    told = f"{sheet.help} {_told_about(sheet, rows, spare)}"
    if sheet is Risk:
        told += f" In words: {'; '.join(f'{item.name} is {item.label}' for item in RISK_COMPONENTS)}."
    if units := {field.unit for field in sheet.fields if field.wide}:
        told += f" Each fund: its net flow of the day ({', '.join(units)})"  # no heading of a fund may hold its unit
    return told


def _told_about(sheet: type[Sheet], rows: int, spare: int) -> str:
    if sheet.private:
        return f"The list of {sheet.title.lower()} stays in the input workbook: it is not part of what is sent."
    if not spare:
        return "Every row that the list can have is there; a blank one counts as none."
    last = INPUT_HEADER + 1 + rows + spare
    told = f"Type below the last row: down to row {last} it counts at once; further down, once there is a new pack."
    return told if rows else f"No rows were given: what depends on them is left out of the outputs. {told}"


def _columns(sheet: type[Sheet], table: Table) -> Iterator[tuple[Field, str, Any]]:
    """Field, header and values of each column; a wide field without names takes one without header."""
    for field in sheet.fields:
        if not field.wide:
            yield field, field.header, table.columns[field.name]
        elif not table.wide[field.name]:
            yield field, "", ()
        else:
            for place, name in enumerate(table.wide[field.name]):
                yield field, name, table.columns[field.name][:, place]


def _write_cell(page: Page, row: int, column: int, field: Field, value: Any) -> None:
    """An input cell; None for one of a spare row."""
    number_format = field_format(field)
    if not field.number:
        role = "input_long" if field.kind is Kind.LONG_TEXT else "input_text"
        if value and value == field.default:
            role = "defaulted_text"
        page.text(row, column, str(value or ""), role, number_format)
    elif value is None or math.isnan(value):
        role, number_format = ("input_text", "@") if field.kind is Kind.YES_NO else ("input", number_format)
        page.text(row, column, "", role, number_format)
    elif field.kind is Kind.YES_NO:
        page.text(row, column, "yes" if value else "no", "input_text", "@")
    else:
        page.value(row, column, value, "defaulted" if value == field.default else "input", number_format)


def _validate(page: Page, plan: Plan, field: Field, first: int, column: int, last: int) -> None:
    """Drop-downs and bounds, with the field's help as the message."""
    options = validation(plan, field, f"{column_letters(column + 1)}{first + 1}")
    if options is not None:
        page.validate(first, column, last, options)
