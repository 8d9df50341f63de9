"""The first sheet: what this is, the master check, headline figures, legend, contents."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.excel_addresses import column_letters
from reportgen.excel_dates import iso_day
from reportgen.model.block import ModelError
from reportgen.render.workbook.address import FormulaPattern
from reportgen.render.workbook.contents import Entry
from reportgen.render.workbook.number_formats import TEXT, WHOLE, line_format
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plan import Plan, input_sheets

HEADLINES = (
    "master_check", "edits", "risk_score", "risk_band", "market_score", "price", "hashprice", "aisc_average",
    "aisc_average_flat", "aisc_average_observed",
    "aisc_net_average", "aisc_net_average_flat", "aisc_net_average_observed", "direct_cost_average",
    "share_below_direct_cost", "share_below_aisc_net", "network_coverage", "forced_sales_network",
    "treasury_draw_network", "collateral_called_network", "severe_miner_sales", "etf_mean_long_btc", "ribbon_state",
)  # fmt: skip
LEGEND = (
    ("input", "Input: type over it, and everything that depends on it changes, charts included"),
    ("defaulted", "Input left at its standard value"),
    ("line", "Formula on its own sheet"),
    ("cross", "Formula that looks at another sheet"),
    ("convention", "Convention of the model: a fixed number with a name and a reason"),
    ("snapshot", "Snapshot: solved when this workbook was made, does not move"),
)
ROWS_WATCHED = 1000
INTRODUCTION = (
    "What a bitcoin costs each miner (all-in sustaining cost in three layers, less the AI credit), what miners could "
    "be forced to sell, and how that compares with what spot ETFs buy or sell. Every figure is a live formula, but for "
    "the tables marked as a snapshot; an independent engine has re-performed every formula. Type over any blue cell. "
    "Rows that are added below a list count once reportgen has made a new pack of the saved copy: it reads this "
    "workbook as an input workbook."
)


def write_about(page: Page, plan: Plan, entries: Sequence[Entry]) -> None:
    """Write the first sheet, with a link to every other. ModelError for a headline figure that the model lacks."""
    inputs = plan.solution.inputs
    page.title(str(inputs.value("Report", "report_title")), "")
    day = iso_day(inputs.value("Report", "as_of"))
    by = f"{inputs.value('Report', 'organisation')} · {inputs.value('Report', 'prepared_by')} · as of {day}"
    page.text(1, 0, by, "help")
    page.text(2, 0, str(inputs.value("Report", "confidentiality")), "help")
    page.sheet.merge_range(3, 0, 3, 3, "", page.styles.get("wrapped"))
    page.text(3, 0, INTRODUCTION, "wrapped")
    page.sheet.set_row(3, 62)
    row = _headlines(page, plan, 5)
    row = _legend(page, row + 1)
    row = _contents(page, entries, row + 1)
    _warnings(page, plan, row + 1)
    page.sheet.set_column(0, 0, 34)
    page.sheet.set_column(1, 1, 36)
    page.sheet.set_column(2, 2, 16)
    page.sheet.set_column(3, 3, 80)


def _headlines(page: Page, plan: Plan, row: int) -> int:
    page.text(row, 0, "Headline figures", "section")
    for name in HEADLINES:
        line = plan.graph.lines.get(("market", name))
        if line is None:
            raise ModelError(f"the first sheet shows {name}, which is no line of the market: correct HEADLINES")
        row += 1
        cells = plan.range_of("market", ("market", name))
        page.text(row, 0, line.label, "figure_label")
        formula = FormulaPattern(f"{cells.sheet}!{cells.cell()}", across=True).at(0)
        page.formula(
            row,
            1,
            formula,
            plan.solution.value(name),
            page.styles.get("figure", TEXT if line.text else line_format(line)),
        )
        if name == "master_check":
            page.alarm(row, 1, "fails")
        page.text(row, 2, line.unit, "unit")
        page.text(row, 3, line.note, "note")
    return _rows_below(page, plan, row + 1) + 1


def _rows_below(page: Page, plan: Plan, row: int) -> int:
    """Rows that someone added below a list: the formulas end above them."""
    counts = []
    for sheet in input_sheets(plan.solution):
        if not sheet.form and any(sheet in block.sources for block in plan.graph.blocks.values()):
            cells = plan.input_ranges[sheet.name, sheet.fields[0].name]
            first, last = cells.first + max(1, cells.members), cells.first + cells.members + ROWS_WATCHED
            column = column_letters(cells.fixed + 1)
            counts.append(f"COUNTA({sheet.name}!${column}${first + 1}:${column}${last + 1})")
    page.text(row, 0, "Rows added below the lists", "figure_label")
    page.formula(row, 1, "=" + "+".join(counts), 0.0, page.styles.get("figure", WHOLE))
    page.exceeds(row, 1, 0)
    page.text(row, 2, "rows", "unit")
    page.text(row, 3, "Rows that no formula reaches: they count once reportgen has made a new pack.", "note")
    return row


def _legend(page: Page, row: int) -> int:
    page.text(row, 0, "Legend", "section")
    for role, meaning in LEGEND:
        row += 1
        page.value(row, 0, 1234.5, role, "#,##0.0")
        page.text(row, 1, meaning, "plain")
    row += 1
    page.text(row, 0, "n/a", "line")
    page.text(
        row,
        1,
        "A figure that does not exist (no production, no interest, no data): left out of averages, never zero",
        "plain",
    )
    return row + 1


def _contents(page: Page, entries: Sequence[Entry], row: int) -> int:
    page.text(row, 0, "Contents", "section")
    for entry in entries:
        row += 1
        page.link(row, 0, entry.name, entry.name)
        page.text(row, 1, entry.title, "plain")
        page.text(row, 3, entry.help, "note")
    return row + 1


def _warnings(page: Page, plan: Plan, row: int) -> None:
    warnings = plan.solution.inputs.warnings
    if not warnings:
        return
    page.text(row, 0, "Warnings about the input workbook (its cells, as it was given)", "section")
    for warning in warnings:
        row += 1
        page.text(row, 0, f"{warning.where.sheet}!{warning.where.cell}".strip("!"), "warning")
        page.text(row, 1, f"{warning.message} {warning.hint}".strip(), "plain")
