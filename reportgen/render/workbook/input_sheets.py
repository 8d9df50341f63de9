"""The input sheets of the workbook that is sent: those of the input workbook, so that it can be read again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from reportgen.inputs import Table
from reportgen.render.workbook.number_formats import field_format
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plan import INPUT_HEADER, Plan, input_sheets
from reportgen.render.workbook.spare_rows import spare_rows_of
from reportgen.sheets import Field, Kind, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FORM_COLUMNS = ("Item", "Value", "Unit", "Source", "Notes", "Help")
WIDEST = 60
LONG_TEXT_WIDTH = 64
FUND_WIDTH = 11


def write_inputs(plan: Plan, pages: Mapping[str, Page]) -> None:
    """Write every input sheet onto its page."""
    for sheet in input_sheets(plan.solution):
        page = pages[sheet.name]
        table = plan.solution.inputs.tables[sheet.name]
        if sheet.form:
            page.title(sheet.title, sheet.help)
            _write_form(page, plan, sheet, table)
        else:
            _write_list(page, plan, sheet, table)


def _write_form(page: Page, plan: Plan, sheet: type[Sheet], table: Table) -> None:
    for column, title in enumerate(FORM_COLUMNS):
        page.text(INPUT_HEADER, column, title, "header_left")
    for place, field in enumerate(sheet.fields):
        row = INPUT_HEADER + 1 + place
        page.text(row, 0, field.label, "label")
        _write_cell(page, row, 1, field, table.columns[field.name][0])
        if field.kind is Kind.LONG_TEXT:
            lines = math.ceil(len(str(table.columns[field.name][0])) / LONG_TEXT_WIDTH)
            page.sheet.set_row(row, min(400, 15 * max(1, lines)))
        page.text(row, 2, field.unit, "unit")
        source, notes = table.remarks.get(field.name, ("", ""))
        page.text(row, 3, source, "input_text")
        page.text(row, 4, notes, "input_text")
        page.text(row, 5, field.help, "note")
        _validate(page, plan, field, row, 1, row)
    page.sheet.set_column(0, 0, 28)
    page.sheet.set_column(1, 1, LONG_TEXT_WIDTH if sheet.name == "Report" else 18)
    page.sheet.set_column(2, 2, 16)
    page.sheet.set_column(3, 4, 26)
    page.sheet.set_column(5, 5, 90)
    page.sheet.freeze_panes(INPUT_HEADER + 1, 1)


def _write_list(page: Page, plan: Plan, sheet: type[Sheet], table: Table) -> None:
    """Write the headers, then row after row, then the spare rows."""
    rows = 0 if sheet.private else table.rows
    spare = spare_rows_of(sheet, table.rows)
    page.title(sheet.title, f"{sheet.help} {_told_about(sheet, rows, spare)}")
    page.sheet.set_row(INPUT_HEADER, 45)
    columns = list(_columns(sheet, table))
    for column, (_, header, _) in enumerate(columns):
        if header:
            page.text(INPUT_HEADER, column, header, "header")
    for row in range(rows + spare):
        for column, (field, header, values) in enumerate(columns):
            if header:
                _write_cell(page, INPUT_HEADER + 1 + row, column, field, values[row] if row < rows else None)
    last = INPUT_HEADER + max(1, rows + spare)
    for column, (field, _, values) in enumerate(columns):
        if field.wide:
            page.sheet.set_column(column, column + 1, FUND_WIDTH)
        else:
            _validate(page, plan, field, INPUT_HEADER + 1, column, last)
            page.sheet.set_column(column, column, _width(field, values[:rows]))
    if spare:
        headers = [header for _, header, _ in columns if header]
        page.table((INPUT_HEADER, last), headers, f"{sheet.name}_list")
        page.sheet.print_area(0, 0, INPUT_HEADER + max(1, rows), len(headers) - 1)
    page.sheet.freeze_panes(INPUT_HEADER + 1, 1)
    page.sheet.repeat_rows(INPUT_HEADER)


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
    options: dict[str, Any] | None = None
    if field.of and not field.many:
        key = next(sheet for sheet in input_sheets(plan.solution) if sheet.name == field.of).key_field()
        assert key is not None  # `of` names a sheet with a key
        cells = plan.input_ranges[field.of, key.name]
        options = {"validate": "list", "source": f"={cells.sheet}!{cells.whole()}"}
    elif field.kind is Kind.YES_NO:
        options = {"validate": "list", "source": ["yes", "no"]}
    elif field.choices:
        options = {"validate": "list", "source": list(field.choices)}
    elif field.kind is Kind.NUMBER:
        options = _bounds(field)
    if options is not None:
        options |= {"error_title": field.label[:32], "error_message": field.help[:255], "ignore_blank": True}
        page.validate(first, column, last, options)


def _bounds(field: Field) -> dict[str, Any] | None:
    low = field.least if field.least is not None else field.above
    if low is not None and field.most is not None:
        return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": field.most}
    if field.least is not None:
        return {"validate": "decimal", "criteria": ">=", "value": field.least}
    if field.above is not None:
        return {"validate": "decimal", "criteria": ">", "value": field.above}
    return {"validate": "decimal", "criteria": "<=", "value": field.most} if field.most is not None else None


def _width(field: Field, values: Any) -> float:
    longest = max((len(str(value)) for value in values), default=0) if not field.number else 12
    return min(WIDEST, max(12, longest + 2, max(len(word) for word in field.header.split()) + 2))
