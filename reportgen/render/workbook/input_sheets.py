"""The input sheets of the workbook that is sent: those of the input workbook, so that it can be read again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from reportgen.inputs import Table
from reportgen.render.workbook.number_formats import field_format
from reportgen.render.workbook.page import LINK_WIDTH, Page
from reportgen.render.workbook.plan import INPUT_HEADER, Plan, input_sheets
from reportgen.render.workbook.spare_rows import spare_rows_of
from reportgen.render.workbook.styles import NOTE_SIZE
from reportgen.render.workbook.text_width import EDGES, lines_of, number_width, widest
from reportgen.sheets import Field, Kind, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FORM_COLUMNS = ("Item", "Value", "Unit", "Source", "Notes", "Help")
WIDEST = 60
LONG_TEXT_WIDTH = 64
HELP_WIDTH = 90
LABEL_WIDTH, VALUE_WIDTH = 28, 18  # of a form, at least
FUND_WIDTH = 11  # of a fund, at least
NARROWEST = 12  # of another column


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
    widths = _form_widths(sheet, table)
    page.title(sheet.title, sheet.help, widths)
    for column, title in enumerate(FORM_COLUMNS):
        page.text(INPUT_HEADER, column, title, "header_left")
    for place, field in enumerate(sheet.fields):
        row = INPUT_HEADER + 1 + place
        page.text(row, 0, field.label, "label")
        _write_cell(page, row, 1, field, table.columns[field.name][0])
        lines = lines_of(field.help, HELP_WIDTH, NOTE_SIZE)
        if field.kind is Kind.LONG_TEXT:
            lines = max(lines, math.ceil(len(str(table.columns[field.name][0])) / LONG_TEXT_WIDTH))
        page.sheet.set_row(row, min(400, 15 * lines))
        page.text(row, 2, field.unit, "unit")
        source, notes = table.remarks.get(field.name, ("", ""))
        page.text(row, 3, source, "input_text")
        page.text(row, 4, notes, "input_text")
        page.text(row, 5, field.help, "note_wrapped")
        _validate(page, plan, field, row, 1, row)
    for column, width in enumerate(widths):
        page.sheet.set_column(column, column, width)
    page.sheet.freeze_panes(INPUT_HEADER + 1, 1)


def _form_widths(sheet: type[Sheet], table: Table) -> list[float]:
    """Of the columns of a form: its labels and values are shown whole, long texts in several lines."""
    labels = max(LABEL_WIDTH, EDGES + widest(field.label for field in sheet.fields))
    values = [_shown_width(field, table.columns[field.name]) for field in sheet.fields]
    long = any(field.kind is Kind.LONG_TEXT for field in sheet.fields)
    return [labels, LONG_TEXT_WIDTH if long else min(WIDEST, max(VALUE_WIDTH, *values)), 18, 26, 26, HELP_WIDTH]


def _write_list(page: Page, plan: Plan, sheet: type[Sheet], table: Table) -> None:
    """Write the headers, then row after row, then the spare rows."""
    rows = 0 if sheet.private else table.rows
    spare = spare_rows_of(sheet, table.rows)
    columns = list(_columns(sheet, table))
    widths = _list_widths(columns, rows)
    told = page.title(sheet.title, f"{sheet.help} {_told_about(sheet, rows, spare)}", widths)
    page.sheet.set_row(INPUT_HEADER, 45)
    for column, (_, header, _) in enumerate(columns):
        if header:
            page.text(INPUT_HEADER, column, header, "header")
    for row in range(rows + spare):
        for column, (field, header, values) in enumerate(columns):
            if header:
                _write_cell(page, INPUT_HEADER + 1 + row, column, field, values[row] if row < rows else None)
    last = INPUT_HEADER + max(1, rows + spare)
    for column, (field, _, _) in enumerate(columns):
        page.sheet.set_column(column, column, widths[column])
        if not field.wide:
            _validate(page, plan, field, INPUT_HEADER + 1, column, last)
    if spare:
        headers = [header for _, header, _ in columns if header]
        page.table((INPUT_HEADER, last), headers, f"{sheet.name}_list")
        page.sheet.print_area(0, 0, INPUT_HEADER + max(1, rows), max(told, len(headers) - 1))
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


def _list_widths(columns: Sequence[tuple[Field, str, Any]], rows: int) -> list[float]:
    """Of the columns of a list: what they hold is shown whole, within reason, and so is every word of a header."""
    widths = []
    for field, header, values in columns:
        words = EDGES + widest(header.split(), bold=True)
        least = FUND_WIDTH if field.wide else NARROWEST
        widths.append(min(WIDEST, max(least, words, _shown_width(field, values[:rows]))))
    return [max(LINK_WIDTH, widths[0]), *widths[1:]]


def _shown_width(field: Field, values: Any) -> float:
    """Of the widest value of a field as it is shown; long texts, which are wrapped, count for nothing."""
    if field.kind is Kind.LONG_TEXT:
        return 0.0
    if field.number and field.kind is not Kind.YES_NO:
        return EDGES + number_width(values, field_format(field))
    return EDGES + widest({str(value) for value in values})
