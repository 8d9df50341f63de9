"""The first sheet of the input workbook: what to do each week, in half a page, with links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reportgen.intake.form import style
from reportgen.intake.form.form_sheet import set_up_print, write_header
from reportgen.intake.form.status import CELL
from reportgen.sheets import SHEETS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reportgen.intake.file.cell import Cell

NAME = "Start"
STEPS = (
    ("Market", "Type this week's price, difficulty, block height, fees and miner treasuries (the yellow cells)."),
    ("Report", "Set the as-of date and write your comment on the week, or clear last week's."),
    ("Network_History", "Add the new days of hash rate and price, or run: reportgen import network FILE.csv WORKBOOK"),
    ("ETF_Flows", "Add the new trading days of fund flows, or run: reportgen import etf FILE.csv WORKBOOK"),
    ("Operators", "When operators have reported: update their rows here and on Fleet, Debt and AI_HPC."),
    ("Events", "Add what happened, if the chronology should tell it."),
)
LAST_STEPS = (
    "Save, then run: reportgen check WORKBOOK. It names each cell to look at; add --annotate for a marked copy.",
    "Run: reportgen build WORKBOOK. It writes the live workbook and the PDF brief.",
    "Next week, run: reportgen roll WORKBOOK; with both exports: reportgen update WORKBOOK --network FILE.csv "
    "--etf FILE.csv",
)
LEGEND = (
    ("123", style.INPUT, style.INPUT_FILL, "Blue on light blue: type here."),
    ("123", style.INPUT, style.WEEKLY_FILL, "Blue on yellow: changes every week."),
    (
        "123",
        style.DEFAULT,
        style.INPUT_FILL,
        "Grey: a default, used until you type over it. The grey words over a list say what a blank means.",
    ),
    (None, style.INPUT, style.MISSING_SAMPLE, "Orange: required and still blank."),
)


def write_start(page: Worksheet, note: str, shown: Mapping[str, Mapping[str, Cell]]) -> dict[str, Cell]:
    """Fills the first sheet, `note` under its title; `shown` has each sheet's status. Gives what its formulas show."""
    page["A1"], page["A2"] = "Miner cost and capitulation brief: input workbook", note
    page["A1"].font, page["A2"].font = style.TITLE, style.HELP
    for letter, width in (("A", 20.0), ("B", 34.0), ("C", 96.0)):
        page.column_dimensions[letter].width = width
    row = 4
    write_header(page, row, 1, "Each week")
    write_header(page, row, 2, "Sheet")
    write_header(page, row, 3, "What to do")
    for number, (goal, text) in enumerate(STEPS, 1):
        row += 1
        _step(page, row, number)
        _link(page, row, 2, goal)
        _say(page, row, 3, text)
    for number, text in enumerate(LAST_STEPS, len(STEPS) + 1):
        row += 1
        _step(page, row, number)
        _say(page, row, 3, text)
    row += 2
    for column, label in enumerate(("Sheet", "Status now", "What it holds"), 1):
        write_header(page, row, column, label)
    values = {}
    for sheet in SHEETS:
        row += 1
        _link(page, row, 1, sheet.name)
        _status(page, row, sheet.name)
        values[f"B{row}"] = shown[sheet.name][CELL]
        _say(page, row, 3, f"{'Required. ' if sheet.required else ''}{sheet.help}")
    row += 2
    write_header(page, row, 1, "Colours")
    write_header(page, row, 2, "Meaning")
    for sample, font, fill, text in LEGEND:
        row += 1
        cell = page.cell(row, 1, sample)
        cell.font, cell.fill, cell.border = font, fill, style.BOX
        page.cell(row, 2, text).font = style.TEXT
    page.protection.sheet = True
    set_up_print(page)
    page.print_title_rows = None
    return values


def _link(page: Worksheet, row: int, column: int, sheet: str) -> None:
    page.cell(row, column, sheet).alignment = style.TOP
    style.link(page.cell(row, column), sheet)


def _step(page: Worksheet, row: int, number: int) -> None:
    cell = page.cell(row, 1, f"Step {number}")
    cell.font, cell.alignment = style.TEXT, style.TOP


def _status(page: Worksheet, row: int, sheet: str) -> None:
    cell = page.cell(row, 2, f"={sheet}!{CELL}")
    cell.font, cell.alignment = style.STATUS, style.TOP


def _say(page: Worksheet, row: int, column: int, text: str) -> None:
    cell = page.cell(row, column, text)
    cell.font, cell.alignment = style.TEXT, style.WRAP
    page.row_dimensions[row].height = 15.5 * (len(text) // 104 + 1)
