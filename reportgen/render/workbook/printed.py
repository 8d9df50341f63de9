"""Page set-up of every sheet, once it is written: paper, what is printed of it, on how many pages, what is repeated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reportgen.render.workbook.page import Page
from reportgen.render.workbook.paper import BOTTOM, SIDES, TOP, Area, Cells, Paper
from reportgen.render.workbook.styles import NOTE_SIZE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

BLANK_CELL = 15_999
"""Column of a cell that nothing is ever written to: a page of empty cells is not printed. Not the last column, over
whose edge a column inserted before it would push the cell."""
ON_SCREEN = {
    "Accepted": "empty in what is sent",
    "Clients": "empty in what is sent",
    "Network_History": "a row a day; the charts show it",
    "ETF_Flows": "a row a day; the charts show it",
    "Input_Checks": "declarations and fingerprints, held by formulas",
    "Fleet_Economics": "workings, a row a machine type",
    "AI_Contracts": "workings, a row a contract",
    "Shock_Rows": "workings, a row a shock",
    "Trigger_Rows": "workings: triggers before they are sorted",
    "Trigger_Order": "workings: where each trigger is found",
    "Debt_Covenants": "workings, a row a loan",
    "Stress_Grid": "the figures of the heat maps, a row a cell",
    "Margin_Cases": "workings of the table of net margins",
    "Chart_Data": "what charts draw",
    "Ribbon_Days": "workings, a row a day",
    "ETF_Days": "workings, a row a day",
    "Method": "a list to be searched and filtered",
}
"""Sheets that are read on the screen and not printed, and why; all others are."""


def set_up(pages: Mapping[str, Page], paper: Paper, own: Iterable[str], footer: str) -> None:
    """Paper, margins and footer of every sheet; of those without a page set-up of their `own` also what is printed."""
    for name, page in pages.items():
        sheet = page.sheet
        sheet.set_paper(paper.number)
        sheet.set_margins(left=SIDES, right=SIDES, top=TOP, bottom=BOTTOM)
        sheet.set_footer(footer, {"margin": 0.25, "scale_with_doc": False})
        if name in ON_SCREEN:
            sheet.print_area(0, BLANK_CELL, 0, BLANK_CELL)
            sheet.set_landscape()
        elif name in own:
            sheet.set_landscape()
        else:
            _print(page, paper)


def _print(page: Page, paper: Paper) -> None:
    sheet, area = page.sheet, page.printed.area or written(page.sheet)
    fit = paper.fit(_cells(page, area))
    if fit.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.print_area(area.first_row, area.first_column, area.last_row, area.last_column)
    if fit.scale is None:
        sheet.fit_to_pages(fit.wide, fit.tall)
    else:
        sheet.set_print_scale(fit.scale)
    if fit.wide > 1:
        sheet.print_across()
    if page.printed.rows is not None:
        sheet.repeat_rows(*page.printed.rows)
    if fit.wide > 1 and page.printed.columns:
        sheet.repeat_columns(0, page.printed.columns - 1)


def _cells(page: Page, area: Area) -> Cells:
    """Widths and heights of what is printed."""
    sheet, titles = page.sheet, page.printed
    widths = [column_pixels(sheet, column) for column in range(area.first_column, area.last_column + 1)]
    heights = [row_points(sheet, row) for row in range(area.first_row, area.last_row + 1)]
    first, last = titles.rows or (0, -1)
    return Cells(
        widths,
        heights,
        title_width=sum(column_pixels(sheet, column) for column in range(titles.columns)),
        title_height=sum(row_points(sheet, row) for row in range(first, last + 1)),
        smallest=NOTE_SIZE,
        titles_within=first >= area.first_row,
    )


def written(sheet: Worksheet) -> Area:
    """All cells that hold something."""
    return Area(0, 0, sheet.dim_rowmax or 0, sheet.dim_colmax or 0)


def column_pixels(sheet: Worksheet, column: int) -> float:
    """The width of a column in Excel."""
    known = sheet.col_info.get(column)
    return float(known.width if known is not None else sheet.default_col_width)


def row_points(sheet: Worksheet, row: int) -> float:
    """The height of a row, three quarters of its pixels."""
    known = sheet.row_sizes.get(row)
    return float(known[0] if known is not None else sheet.default_row_height) * 0.75
