"""A small workbook that breaks no rule, as reportgen would write it, and ways to damage it in its file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reportgen.audit.auditor import audited
from reportgen.audit.file.archive import opened_bytes
from reportgen.audit.findings import Audit

MINERS = ("Fjord", "Lone Star", "Midland")
OUTPUT = (90.0, 60.0, 30.0)
COST = (40_000.0, 70_000.0, 95_000.0)
PRICE = 90_000.0
LEGEND = (
    ("input", "Input: type over it"),
    ("standard", "Input left at its standard value"),
    ("line", "Formula on its own sheet"),
    ("cross", "Formula that looks at another sheet"),
    ("snapshot", "Snapshot: does not move"),
)
ABOUT, INPUTS, COSTS, RESULT = (f"xl/worksheets/sheet{number}.xml" for number in range(1, 5))
BOOK, STYLES, DRAWING = "xl/workbook.xml", "xl/styles.xml", "xl/drawings/drawing1.xml"


def small_book() -> bytes:
    """The bytes of the workbook: About (legend), Inputs (price, a list), Costs (across), Result (down, a chart)."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Small", "author": "Desk"})
    styles = _styles(book)
    about, inputs, costs, result = (book.add_worksheet(name) for name in ("About", "Inputs", "Costs", "Result"))
    _about(about, styles)
    _inputs(inputs, styles)
    _costs(costs, styles)
    _result(book, result, styles)
    book.define_name("price", "=Inputs!$B$5")
    for sheet in book.worksheets():
        sheet.protect()
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    book.close()
    return target.getvalue()


def _styles(book: Workbook) -> Mapping[str, Any]:
    unlocked = {"locked": False, "font_color": "#0000FF", "bg_color": "#FFF9E5"}
    plain = {
        "input": unlocked | {"num_format": "#,##0.00"},
        "input_date": unlocked | {"num_format": "yyyy-mm-dd"},
        "input_text": unlocked,
        "standard": unlocked | {"font_color": "#7A7A7A", "num_format": "#,##0.00"},
        "line": {"font_color": "#1B2430", "num_format": "#,##0.00"},
        "share": {"font_color": "#1B2430", "num_format": "0.0%"},
        "cross": {"font_color": "#00703C", "num_format": "#,##0.00"},
        "name": {"font_color": "#1B2430", "bg_color": "#F3F6FA", "bold": True},
        "snapshot": {"font_color": "#7A7A7A", "italic": True, "num_format": "#,##0.00"},
        "header": {"bold": True, "bg_color": "#F3F6FA", "text_wrap": True},
        "label": {"font_color": "#1B2430"},
        "wrapped": {"text_wrap": True},
    }
    return {name: book.add_format(options) for name, options in plain.items()}


def _about(sheet: Worksheet, styles: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 50)
    sheet.write_string(0, 0, "Small workbook", styles["label"])
    for row, (role, meaning) in enumerate(LEGEND, start=2):
        sheet.write_number(row, 0, 1234.5, styles[role])
        sheet.write_string(row, 1, meaning, styles["label"])
    sheet.write_url(8, 0, "internal:'Costs'!A1", string="Costs")
    sheet.set_row(9, 30)
    sheet.write_string(9, 1, "A longer text that takes two lines, because its column is not wide enough for one",
                       styles["wrapped"])  # fmt: skip


def _inputs(sheet: Worksheet, styles: Mapping[str, Any]) -> None:
    sheet.set_column(0, 4, 16)
    sheet.freeze_panes(4, 1)
    for column, text in enumerate(("Item", "Value", "Unit")):
        sheet.write_string(3, column, text, styles["header"])
    sheet.write_string(4, 0, "Price", styles["label"])
    sheet.write_number(4, 1, PRICE, styles["input"])
    sheet.write_string(4, 2, "USD/BTC", styles["label"])
    sheet.write_string(5, 0, "As of", styles["label"])
    sheet.write_number(5, 1, 45_996, styles["input_date"])
    sheet.write_string(5, 2, "date", styles["label"])
    bounds = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 10_000_000}
    sheet.data_validation(4, 1, 4, 1, bounds)
    sheet.data_validation(5, 1, 5, 1, bounds | {"error_message": "A day."})
    header = ("Miner", "Output (BTC/month)", "Cost (USD/BTC)", "Kind")
    for row, (miner, output, cost) in enumerate(zip(MINERS, OUTPUT, COST, strict=True), start=9):
        sheet.write_string(row, 0, miner, styles["input_text"])
        sheet.write_number(row, 1, output, styles["input"])
        sheet.write_number(row, 2, cost, styles["input"])
        sheet.write_string(row, 3, "own", styles["input_text"])
    sheet.add_table(8, 0, 11, 3, {
        "name": "Miners", "autofilter": False, "style": "",
        "columns": [{"header": text, "header_format": styles["header"]} for text in header],
    })  # fmt: skip
    sheet.data_validation(9, 1, 11, 2, bounds)
    sheet.data_validation(9, 3, 11, 3, {"validate": "list", "source": ["own", "hosted"]})


def _costs(sheet: Worksheet, styles: Mapping[str, Any]) -> None:
    """Names over columns, a total in a column of its own, one formula a row."""
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 6, 16)
    sheet.freeze_panes(4, 3)
    for column, text in enumerate(("Line", "Unit", "Total")):
        sheet.write_string(3, column, text, styles["header"])
    margin = [output * (PRICE - cost) for output, cost in zip(OUTPUT, COST, strict=True)]
    rows = (("Output", "BTC/month", OUTPUT), ("Cost", "USD/BTC", COST), ("Margin", "USD/month", margin))
    for row, (label, unit, values) in enumerate(rows, start=4):
        sheet.write_string(row, 0, label, styles["label"])
        sheet.write_string(row, 1, unit, styles["label"])
        sheet.write_formula(row, 2, f"=SUM(D{row + 1}:F{row + 1})", styles["line"], sum(values))
    for member, miner in enumerate(MINERS):
        column, letter, number = 3 + member, "DEF"[member], f"COLUMNS($C$2:{'CDE'[member]}$2)"
        sheet.write_formula(3, column, f"=INDEX(Inputs!$A$10:$A$12,{number})", styles["name"], miner)
        for row, source in ((4, "B"), (5, "C")):
            formula = f"=INDEX(Inputs!${source}$10:${source}$12,{number})"
            sheet.write_formula(row, column, formula, styles["cross"], rows[row - 4][2][member])
        sheet.write_formula(6, column, f"={letter}5*(price-{letter}6)", styles["cross"], margin[member])
    sheet.write_string(8, 0, "Margin a year ago", styles["label"])
    sheet.write_string(8, 1, "USD/month", styles["label"])
    sheet.write_number(8, 2, 1_000_000, styles["snapshot"])


def _result(book: Workbook, sheet: Worksheet, styles: Mapping[str, Any]) -> None:
    """A list that runs down, a share of each, and a chart of it."""
    sheet.set_column(0, 3, 16)
    sheet.freeze_panes(5, 1)
    for column, (text, unit) in enumerate((("No.", ""), ("Margin", "USD/month"), ("Share", "share"))):
        sheet.write_string(3, column, text, styles["header"])
        sheet.write_string(4, column, unit, styles["header"])
    margin = [output * (PRICE - cost) for output, cost in zip(OUTPUT, COST, strict=True)]
    for row, value in enumerate(margin, start=5):
        sheet.write_formula(row, 0, f"=ROW()-ROW(A${5})", styles["line"], row - 4)
        sheet.write_formula(row, 1, f"=INDEX(Costs!$D$7:$F$7,A{row + 1})", styles["cross"], value)
        share = value / sum(margin)
        sheet.write_formula(row, 2, f"=IF(SUM(B$6:B$8)=0,0,B{row + 1}/SUM(B$6:B$8))", styles["share"], share)
    sheet.conditional_format(5, 1, 7, 1, {"type": "cell", "criteria": "<", "value": 0, "format": book.add_format()})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Result!$C$6:$C$8"})
    sheet.insert_chart(10, 0, chart, {"description": "Shares of the margin by miner: the first has most."})


def audit(content: bytes) -> Audit:
    """The audit of a workbook in memory."""
    return audited(opened_bytes(content))


def codes_and_cells(found: Audit) -> set[tuple[str, str]]:
    """Code and place of each finding."""
    return {(each.code, each.where()) for each in found.findings}
