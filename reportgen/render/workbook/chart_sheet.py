"""Native charts on one sheet: they move when an input is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.render.workbook.address import FormulaPattern
from reportgen.render.workbook.charts import CHARTS
from reportgen.render.workbook.live_words import clipped
from reportgen.render.workbook.native_charts import Drawing, fits, has_numbers
from reportgen.render.workbook.number_formats import TEXT
from reportgen.render.workbook.page import LINK_WIDTH, STANDARD_WIDTH, STATUS_ROW, Page
from reportgen.render.workbook.row_by_row import RowByRow
from reportgen.render.workbook.verdict import Written

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

    from reportgen.render.workbook.plan import Plan

SHEET = TITLE = "Charts"
HELP = "Every chart moves when an input is changed, but for the shocks, which are a snapshot."
ALL_DRAWN, NOT_DRAWN = "Every row of the lists is drawn", "are not drawn that were added"
WIDTH, HEIGHT = 505, 340
CHART_ROWS, CHART_COLUMNS = 18, 7  # that a chart takes, the first column being wider than the others
ON_A_PAGE = 4
CLEAR = 4  # pixels above a chart: its edge stays off the page before
COUNTS, FIRST_COUNT = 2 * CHART_COLUMNS + 3, 4  # beside the charts: column and first row of the counts of rows
NAMES, LONGEST_NAME = COUNTS + 6, 15  # column of the names as charts write them, and their most characters
PRINT_SCALE = 78
"""Per cent at which two charts side by side fit on landscape A4 and Letter, and letters of 9 points print as 7."""


def write_charts(book: Workbook, page: Page, plan: Plan) -> None:
    """Every chart whose figures exist, two side by side; a line names those that are left out.

    Raises ModelError for a chart of an unknown kind or of a line that its block does not have.
    """
    page.sheet.set_column(0, 0, LINK_WIDTH)
    page.sheet.set_column(1, COUNTS - 1, STANDARD_WIDTH)
    sheet = RowByRow(page)
    drawing = Drawing(
        book, page, plan, names={block: (column, FIRST_COUNT) for block, column in _names(sheet, plan).items()}
    )
    drawn = 0
    left_out: list[str] = []
    for declared in CHARTS:
        if not fits(declared, plan):
            continue
        if not has_numbers(declared, plan):
            if not declared.beyond:
                left_out.append(declared.title)
            continue
        chart = drawing.draw(declared)
        chart.set_size({"width": WIDTH, "height": HEIGHT})
        row, column = 3 + CHART_ROWS * (drawn // 2), CHART_COLUMNS * (drawn % 2)
        told = {"description": drawing.description(declared), "object_position": 3, "y_offset": CLEAR}
        page.sheet.insert_chart(row, column, chart, told)
        drawn += 1
    _print(page, drawn)
    page.title(
        TITLE, f"{HELP} Left out for want of figures: {'; '.join(left_out)}." if left_out else HELP, (LINK_WIDTH,)
    )
    _say_what_is_not_drawn(sheet, plan)
    sheet.write()


def _print(page: Page, drawn: int) -> None:
    """Whole charts on each page: a scale of its own, as a sheet that is fitted to pages keeps no break of ours."""
    page.sheet.set_print_scale(PRINT_SCALE)
    pages = -(-drawn // ON_A_PAGE)
    rows = CHART_ROWS * ON_A_PAGE // 2
    page.sheet.set_h_pagebreaks([3 + rows * number for number in range(1, pages)])
    page.sheet.print_area(0, 0, 2 + CHART_ROWS * -(-drawn // 2), 2 * CHART_COLUMNS + 1)
    page.sheet.freeze_panes(3, 0)


def _say_what_is_not_drawn(sheet: RowByRow, plan: Plan) -> None:
    """Charts end with the rows that were delivered: a line says so once more are counted, beside a list of them."""
    growing = {part.block.name: part.block for parts in plan.sheets.values() for part in parts if part.counted}
    shown = [growing[name] for name in dict.fromkeys(chart.of or chart.block for chart in CHARTS) if name in growing]
    if not shown:
        return
    page, more = sheet.page, column_letters(COUNTS + 5)
    listed = f"{more}{FIRST_COUNT + 1}:{more}{FIRST_COUNT + len(shown)}"
    words = f'=IF(SUM({listed})=0,"{ALL_DRAWN}","Rows {NOT_DRAWN} since delivery: a new pack draws them")'
    at = STATUS_ROW, CHART_COLUMNS
    sheet.formula(*at, words, ALL_DRAWN, page.styles.get("help"))
    page.alarm(*at, NOT_DRAWN, "alarm")
    heads = ("Rows of", "Now (rows)", "", "At delivery (rows)", "Not drawn (rows)")
    for column, text in enumerate(heads):
        sheet.text(FIRST_COUNT - 1, COUNTS + column, text, "header_left" if not column else "header")
    now, then = (column_letters(COUNTS + 1 + place) for place in (1, 3))
    for row, block in enumerate(shown, start=FIRST_COUNT):
        numbers, delivered = plan.range_of(block.name, (block.name, "number")), plan.solution.rows[block.name]
        sheet.text(row, COUNTS, block.title, "label")
        count = f"=COUNT({numbers.sheet}!{numbers.whole()})"
        sheet.formula(row, COUNTS + 1, count, delivered, page.styles.get("cross", "0"))
        sheet.text(row, COUNTS + 2, "rows", "unit")
        sheet.value(row, COUNTS + 3, delivered, "snapshot", "0")
        sheet.formula(row, COUNTS + 4, f"=MAX(0,{now}{row + 1}-{then}{row + 1})", 0, page.styles.get("line", "0"))
    page.sheet.set_column(COUNTS, COUNTS, 24)
    page.sheet.set_column(COUNTS + 1, COUNTS + 4, 14)


def _names(sheet: RowByRow, plan: Plan) -> dict[str, int]:
    """Names as short as charts have room for, a column a block, and the column of each."""
    room = Written(f"${column_letters(NAMES + 1)}${FIRST_COUNT + 1}", float(LONGEST_NAME))
    style = sheet.page.styles.get("cross", TEXT)
    sheet.text(FIRST_COUNT - 1, NAMES, "Room (characters)", "header_left")
    sheet.value(FIRST_COUNT, NAMES, room.value, "snapshot", "0")
    found: dict[str, int] = {}
    for chart in CHARTS:
        if not chart.of or not fits(chart, plan) or chart.block in found:
            continue
        column = found[chart.block] = NAMES + 2 + len(found)
        sheet.text(FIRST_COUNT - 1, column, f"Names: {plan.graph.blocks[chart.block].title}", "header")
        cells = plan.range_of(chart.block, (chart.block, chart.across))
        pattern = FormulaPattern(f"{cells.sheet}!{cells.moving()}", across=False)
        for member, name in enumerate(plan.solution.texts(chart.block, chart.across)):
            short = clipped(Written(pattern.at(member)[1:], str(name)), room)
            sheet.formula(FIRST_COUNT + member, column, f"={short.formula}", short.value, style)
    sheet.page.sheet.set_column(NAMES, NAMES + 1 + len(found), 20)
    return found
