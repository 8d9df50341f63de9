"""The live table of the average operator's net margin over price and difficulty: one formula in every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.address import FormulaPattern
from reportgen.render.workbook.number_formats import line_format
from reportgen.render.workbook.paper import Area
from reportgen.render.workbook.row_by_row import RowByRow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reportgen.model.solve import Solution
    from reportgen.render.workbook.page import Page
    from reportgen.render.workbook.plan import Plan

SHEET, TITLE = "Net_Margin", "Net margin by price and difficulty, live"
SUMMARY = (
    "What is left of the price after the average net AISC of all operators, at other prices and difficulties. Every "
    "cell moves with the inputs, and the middle is the AISC margin of today. Below zero, a bitcoin costs more than it "
    "brings."
)
NONE = "This model has no table of net margins."
HOW = "Each cell: 1 − bills of the month ÷ (production × price). Red is a loss, green a margin, white about neither."
FORMAT = "+0.0%;-0.0%;0.0%"
DOWN, ACROSS = "margin_difficulties", "margin_prices"
OVER = ("price_there", "price_of_column", "bills_there")
"""Of each column, from above: the change of the price, the price, the bills of a month."""
BESIDE = ("difficulty_there", "difficulty_of_row", "production_there")
"""Of each row, from the left: the change of the difficulty, the difficulty, the month's production."""
TOP = 5  # zero-based row of the changes of the price; above it stand the columns' numbers
WIDTHS = (24, 16, 16)
COLUMN_WIDTH = 12


def write_margins(page: Page, plan: Plan) -> None:
    """Write the table: prices across, difficulties down, all three figures that a cell divides beside and above it."""
    if ACROSS not in plan.graph.blocks:
        page.title(TITLE, SUMMARY, WIDTHS)
        page.text(TOP - 1, 0, NONE, "help")
        return
    margins, sheet = net_margins(plan.solution), RowByRow(page)
    rows, columns = margins.shape
    last = page.title(TITLE, SUMMARY, (*WIDTHS, *[COLUMN_WIDTH] * columns))
    top, left = TOP + len(OVER) + 1, len(BESIDE)
    _heads(sheet, plan, top, left, columns)
    for column, name in enumerate(BESIDE):
        _down(sheet, plan, name, top, column)
    for row, name in enumerate(OVER):
        _across(sheet, plan, name, TOP + row, left)
    style = page.styles.get("line", FORMAT)
    for row in range(top, top + rows):
        for column in range(left, left + columns):
            sheet.formula(row, column, cell(row, column), margins[row - top, column - left], style)
    page.scale((top, left, top + rows - 1, left + columns - 1), -0.5, 0.0, 0.5)
    sheet.text(top + rows + 1, 0, HOW, "help")
    sheet.height(top - 1, 30)
    sheet.write()
    for column, width in enumerate((*WIDTHS, *[COLUMN_WIDTH] * columns)):
        page.sheet.set_column(column, column, width)
    page.keep(top, left)
    page.printed.area = Area(0, 0, top + rows + 1, max(last, left + columns - 1))


def _heads(page: RowByRow, plan: Plan, top: int, left: int, columns: int) -> None:
    """What each row above the table and each column beside it is, with its unit; and the numbers of the columns."""
    page.text(TOP - 1, left - 1, "No.", "header_left")
    for number in range(columns):
        page.value(TOP - 1, left + number, number + 1, "number", "0")
    for row, name in enumerate(OVER):
        line = plan.graph.lines[ACROSS, name]
        page.text(TOP + row, left - 2, line.label, "header_left")
        page.text(TOP + row, left - 1, line.unit, "unit")
    for column, name in enumerate(BESIDE):
        line = plan.graph.lines[DOWN, name]
        page.text(top - 1, column, f"{line.label} ({line.unit})", "header")


def net_margins(solution: Solution) -> NDArray[np.float64]:
    """The margin of the average operator, difficulties down and prices across; NaN where nothing is mined."""
    bills, price = (solution.numbers(ACROSS, name) for name in (OVER[2], OVER[1]))
    production = solution.numbers(DOWN, BESIDE[2])[:, np.newaxis]
    worth = np.where(production == 0, np.nan, production * price)
    return np.asarray(1 - bills / worth, dtype=float)


def cell(row: int, column: int) -> str:
    """The formula of a cell, zero-based: production stands in its row, price and bills in its column."""
    production, letters = f"${column_letters(len(BESIDE))}{row + 1}", column_letters(column + 1)
    price, bills = (f"{letters}${TOP + place + 1}" for place in (1, 2))
    return f'=IF({production}=0,"n/a",1-{bills}/({production}*{price}))'


def _down(page: RowByRow, plan: Plan, name: str, top: int, column: int) -> None:
    """A figure beside each row of the table, looked up where it stands."""
    cells = plan.range_of(DOWN, (DOWN, name))
    formula = FormulaPattern(f"{cells.sheet}!{cells.moving()}", across=False)
    style = page.page.styles.get("cross", line_format(plan.graph.lines[DOWN, name]))
    for member, value in enumerate(plan.solution.columns[DOWN, name]):
        page.formula(top + member, column, formula.at(member), value, style)


def _across(page: RowByRow, plan: Plan, name: str, row: int, left: int) -> None:
    """A figure above each column of the table, found by the column's number in the list of prices."""
    listed = plan.range_of(ACROSS, (ACROSS, name)).whole_of(SHEET)
    style = page.page.styles.get("cross", line_format(plan.graph.lines[ACROSS, name]))
    for member, value in enumerate(plan.solution.columns[ACROSS, name]):
        number = f"{column_letters(left + member + 1)}${TOP}"
        page.formula(row, left + member, f"=INDEX({listed},{number})", value, style)
