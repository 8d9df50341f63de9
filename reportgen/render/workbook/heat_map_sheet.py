"""The grid of price and difficulty as heat maps with numbers in the cells: each cell looks at its row of the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.render.workbook.address import CellRange, FormulaPattern
from reportgen.render.workbook.number_formats import line_format

if TYPE_CHECKING:
    from reportgen.render.workbook.page import Page
    from reportgen.render.workbook.plan import Plan

SHEET, TITLE = "Heat_Map", "Heat maps of price and difficulty"
SUMMARY = "The grid as tables of difficulty by price, coloured: a snapshot; its middle is the workbook as it was made."
NONE = "No grid was solved for this workbook."
TINTS = {"aisc_margin": (-0.5, 0.0, 0.5), "share_below_aisc_net": (1.0, 0.5, 0.0), "risk_score": (80.0, 40.0, 0.0)}
"""Values that are tinted as bad, not at all, and as good: what a cell means, whatever stands beside it."""
CHANGE = "+0%;-0%;0%"


def write_heat_maps(page: Page, plan: Plan) -> None:
    """Write a map for every measure of the grid, one below the other; difficulty down, price across."""
    page.title(TITLE, SUMMARY)
    columns = plan.solution.columns
    if "grid" not in plan.graph.blocks or not plan.solution.rows["grid"]:
        page.text(3, 0, NONE, "help")
        return
    changes = [columns["grid", name] for name in ("price_change", "difficulty_change")]
    place = {pair: member for member, pair in enumerate(zip(*changes, strict=True))}
    prices, difficulties = (np.unique(change) for change in changes)
    row = 3
    for name, tints in TINTS.items():
        label, number_format, unit = _words(plan, name)
        page.text(row, 0, label, "section")
        page.text(row, 2, "Price across, difficulty down", "help")
        for column, price in enumerate(prices, start=1):
            page.value(row + 1, column, price, "header", CHANGE)
        page.text(row + 2, 0, "", "header_unit")
        for column in range(1, len(prices) + 1):
            page.text(row + 2, column, f"({unit.partition(' of ')[0]})", "header_unit")
        cells = plan.range_of("grid", ("grid", name))
        for line, difficulty in enumerate(difficulties, start=row + 3):
            page.value(line, 0, difficulty, "header_left", CHANGE)
            for column, price in enumerate(prices, start=1):
                member = place[price, difficulty]
                _write_cell(page, (line, column), cells, member, columns["grid", name][member], number_format)
        page.scale((row + 3, 1, row + 2 + len(difficulties), len(prices)), *tints)
        row += len(difficulties) + 4
    page.sheet.set_column(0, 0, 34)
    page.sheet.set_column(1, len(prices), 10)


def _words(plan: Plan, name: str) -> tuple[str, str, str]:
    """Label, number format and unit, those of the live figure; the average margin is a figure of the grid alone."""
    line = plan.graph.lines.get(("market", name))
    return (line.label, line_format(line), line.unit) if line else ("Average AISC margin", "0.0%", "share of price")


def _write_cell(
    page: Page, at: tuple[int, int], cells: CellRange, member: int, value: float, number_format: str
) -> None:
    formula = FormulaPattern(f"{cells.sheet}!{cells.cell(member)}", across=True).at(0)
    page.formula(*at, formula, value, page.styles.get("cross", number_format))
