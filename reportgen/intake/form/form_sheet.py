"""Writes a form (Report, Market) of the input workbook: an item a row, its value in an open blue cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from reportgen.excel_addresses import column_letters
from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.form import style
from reportgen.intake.form.cell_rules import FIRST_ROW, validation
from reportgen.intake.form.status import CELL, form_in_words, form_status
from reportgen.intake.reading.last_week import LAST_WEEK
from reportgen.sheets import Field, Kind, Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.intake.form.records import Record

WIDTHS = {"Item": 28.0, "Value": 22.0, "Last week": 16.0, "Unit": 16.0, "Source": 28.0, "Notes": 34.0, "Help": 112.0}
WIDE = 64.0
"""Width of the values of a form that holds long texts."""
VALUE = "B"
"""Column of the values."""


def write_form(
    page: Worksheet, sheet: type[Sheet], record: Record, sources: Mapping[str, str], notes: Mapping[str, str]
) -> dict[str, Cell]:
    """Fills the page with the form's items and values; gives what its formulas show, by cell.

    A field without a value in `record` shows its default in grey.
    """
    heading(page, sheet)
    compared = any(field.weekly and field.kind is Kind.NUMBER for field in sheet.fields)
    columns = {
        label: column for column, label in enumerate((label for label in WIDTHS if compared or label != LAST_WEEK), 1)
    }
    for label, column in columns.items():
        write_header(page, FIRST_ROW - 1, column, label)
        page.column_dimensions[column_letters(column)].width = WIDTHS[label]
    if any(field.kind is Kind.LONG_TEXT for field in sheet.fields):
        page.column_dimensions[VALUE].width = WIDE
    cells = {}
    for row, field in enumerate(sheet.fields, FIRST_ROW):
        cells[field.name] = f"${VALUE}${row}"
        _write_item(page, row, field, record.get(field.name))
        _write_sides(page, row, field, columns, sources.get(field.name, ""), notes.get(field.name, ""))
    page[CELL] = form_status(sheet, cells)
    page.freeze_panes = f"B{FIRST_ROW}"
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.formatCells = False
    set_up_print(page)
    page.print_area = f"A1:{column_letters(columns['Notes'])}{FIRST_ROW + len(sheet.fields) - 1}"
    required = [field for field in sheet.fields if field.required]
    filled = sum(record.get(field.name) is not None for field in required)
    return {CELL: Cell(Content.TEXT, text=form_in_words(filled, len(required)))}


def heading(page: Worksheet, sheet: type[Sheet]) -> None:
    """Title, help, status and the way back, in the first three rows."""
    page["A1"], page["A2"] = sheet.title, sheet.help
    page["A1"].font, page["A2"].font, page[CELL].font = style.TITLE, style.HELP, style.STATUS
    page.row_dimensions[1].height = 26
    page["C3"] = "Back to Start"
    style.link(page["C3"], "Start")


def write_header(page: Worksheet, row: int, column: int, label: str) -> None:
    """One heading of a table."""
    cell = page.cell(row, column, label)
    cell.font, cell.fill, cell.alignment, cell.border = style.HEADER, style.HEADER_FILL, style.CENTRE, style.BOX


def help_comment(field: Field) -> Comment:
    """The help of a field as a comment, sized so that all of it shows."""
    comment = Comment(
        f"{field.label}\n{field.help}\nBlank: {style.blank_means(field).removeprefix('blank = ')}.", "reportgen"
    )
    style.fit(comment)
    return comment


def set_up_print(page: Worksheet) -> None:
    """Landscape, one page wide, headings on every page, sheet and page number at the foot."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    page.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("Page &P of &N")
    )
    page.sheet_view.showGridLines = False


def _write_item(page: Worksheet, row: int, field: Field, value: float | str | dt.date | None) -> None:
    item = page.cell(row, 1, field.label)
    item.font, item.alignment, item.border = Font(name=style.FONT, size=11, bold=field.required), style.TOP, style.BOX
    item.comment = help_comment(field)
    default = None if field.default in (None, "") else field.default
    cell = page.cell(row, 2)
    write_value(page, row, 2, field, value if value is not None else default)
    cell.alignment = style.WRAP_LEFT
    if field.weekly:
        cell.fill = style.WEEKLY_FILL
    lines = len(str(cell.value or "")) // 60 + 2 if field.kind is Kind.LONG_TEXT else 1 + len(field.help) // 120
    page.row_dimensions[row].height = 15.5 * max(lines, 6 if field.kind is Kind.LONG_TEXT else 1)
    rule = validation(field, f"{VALUE}{row}", prompt=True)
    if rule is not None:
        page.add_data_validation(rule)
    if default is not None:
        page.conditional_formatting.add(f"B{row}", style.rule(_is_default(row, default), font=Font(color=style.GREY)))
    if field.required:
        page.conditional_formatting.add(f"B{row}", style.rule(f'B{row}=""', fill=style.MISSING_FILL))


def _write_sides(page: Worksheet, row: int, field: Field, columns: Mapping[str, int], source: str, note: str) -> None:
    """Unit, source, notes and help beside a value, and the place of last week's."""
    sides = {"Unit": field.unit, "Source": source, "Notes": note, "Help": field.help, LAST_WEEK: ""}
    for label, text in sides.items():
        if label not in columns:
            continue
        side = page.cell(row, columns[label], text or None)
        yours = label in ("Source", "Notes")
        side.font, side.alignment = (style.TEXT if yours else style.HELP), style.WRAP
        if yours:
            side.protection, side.border = style.OPEN, style.BOX


def _is_default(row: int, default: float | str) -> str:
    """The condition that the value in a row is still the default; a long text is known by how it begins."""
    if isinstance(default, str):
        start = default[:80].replace('"', '""')
        return f'LEFT(B{row},80)="{start}"'
    return f"B{row}={default:g}"


def write_value(page: Worksheet, row: int, column: int, field: Field, value: float | str | dt.date | None) -> None:
    """An open blue cell for a value; a text is written as a text, whatever it begins with."""
    cell = page.cell(row, column)
    if value is not None:
        if field.kind is Kind.YES_NO:
            value = "yes" if value in (1.0, True, "yes") else "no"
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value[:1] in "=+-@"
    cell.font, cell.fill, cell.border = style.INPUT, style.INPUT_FILL, style.BOX
    cell.protection, cell.number_format = style.OPEN, style.number_format(field)
