"""Writes a list of the input workbook: a real table that grows, a record a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table, TableStyleInfo

from reportgen.excel_addresses import column_letters
from reportgen.intake.file.cell import Cell, Content
from reportgen.intake.form import style
from reportgen.intake.form.cell_rules import FIRST_ROW, guard, last_row, validation
from reportgen.intake.form.form_sheet import heading, help_comment, set_up_print, write_header, write_value
from reportgen.intake.form.status import CELL, in_words, list_status
from reportgen.sheets import Field, Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.intake.form.records import Record

HEADER_ROW = FIRST_ROW - 1
FUNDS = ("Fund 1", "Fund 2", "Fund 3")
"""Headers of a blank ETF_Flows, to be overwritten with tickers."""


def write_list(
    page: Worksheet, sheet: type[Sheet], records: Sequence[Record], ready: int, wide: Sequence[str] = FUNDS
) -> Mapping[str, Cell]:
    """Fills the page with a table of the records and at least `ready` rows; gives what its formulas show, by cell.

    `wide` names the columns of the wide field; a record has their values under these names.
    """
    heading(page, sheet)
    columns = [(field, name) for field in sheet.fields for name in (wide if field.wide else (field.header,))]
    rows = max(ready, len(records), 1)
    last = FIRST_ROW + rows - 1
    for column, (field, header) in enumerate(columns, 1):
        _write_column(page, sheet, column, field, header, last)
        for row in range(FIRST_ROW, last + 1):
            record = records[row - FIRST_ROW] if row - FIRST_ROW < len(records) else {}
            write_value(page, row, column, field, record.get(header if field.wide else field.name))
    page[CELL] = list_status(sheet, len(wide))
    letter = column_letters(len(columns))
    table = Table(displayName=f"{sheet.name}_table", name=f"{sheet.name}_table", ref=f"A{HEADER_ROW}:{letter}{last}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)
    page.freeze_panes = f"B{FIRST_ROW}"
    set_up_print(page)
    _mark_missing(page, sheet, columns)
    return {CELL: Cell(Content.TEXT, text=in_words(len(records), int(sheet.required and not records)))}


def _write_column(page: Worksheet, sheet: type[Sheet], column: int, field: Field, header: str, last: int) -> None:
    letter = column_letters(column)
    page.column_dimensions[letter].width = style.width(field)
    remark = page.cell(HEADER_ROW - 1, column, style.blank_means(field))
    remark.font = style.HELP
    write_header(page, HEADER_ROW, column, header)
    page.row_dimensions[HEADER_ROW].height = 32
    if field.wide:
        comment = Comment(f"Name of a fund: overwrite it with the ticker.\n{field.help}", "reportgen")
        style.fit(comment)
        page.cell(HEADER_ROW, column).comment = comment
    else:
        page.cell(HEADER_ROW, column).comment = help_comment(field)
        page.add_data_validation(guard(f"{letter}{HEADER_ROW}", header))
    rule = validation(field, f"{letter}{FIRST_ROW}:{letter}{max(last, last_row(sheet.name))}")
    if rule is not None:
        page.add_data_validation(rule)


def _mark_missing(page: Worksheet, sheet: type[Sheet], columns: list[tuple[Field, str]]) -> None:
    """Required cells of a row that is begun are coloured while they are blank."""
    end = column_letters(len(columns))
    for column, (field, _) in enumerate(columns, 1):
        if not field.required:
            continue
        letter = column_letters(column)
        cells = f"{letter}{FIRST_ROW}:{letter}{last_row(sheet.name)}"
        formula = f'AND({letter}{FIRST_ROW}="",COUNTA($A{FIRST_ROW}:${end}{FIRST_ROW})>0)'
        page.conditional_formatting.add(cells, style.rule(formula, fill=style.MISSING_FILL))
