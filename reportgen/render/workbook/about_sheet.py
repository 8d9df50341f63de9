"""What this workbook is and was made from: headline figures in full, legend, warnings about the input."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.model.block import ModelError
from reportgen.render.workbook.number_formats import TEXT, line_format
from reportgen.render.workbook.page import CONTENTS, HELP_ROW, STATUS_ROW, Page
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.styles import NOTE_SIZE
from reportgen.render.workbook.text_width import height_of, lines_of

if TYPE_CHECKING:
    from reportgen.model.graph import Key
    from reportgen.render.workbook.verdict import Written

TITLE = "About this workbook"
HELP = "What it is, headline figures in full, the legend of colours, what it was made from, warnings about the input."
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
WIDTHS = (44, 42, 18, 70)
"""Of the columns: name or label, figure or title, unit, note."""
WORDS_HEIGHT = 34
"""Of the row of a headline in words: two lines, so that the name of a check that does not hold is seen whole."""
INTRODUCTION = (
    "What a bitcoin costs each miner (all-in sustaining cost in three layers, less the AI credit), what miners could "
    "be forced to sell, and how that compares with what spot ETFs buy or sell. Every figure is a live formula, but for "
    "the tables marked as a snapshot; an independent engine has re-performed every formula. Type over any blue cell. "
    "The line at the top of every sheet says whether the figures hold after an edit, and Checks says what does not. "
    "A saved copy is an input workbook: reportgen makes a new pack of it."
)


def write_about(page: Page, plan: Plan, instead: Mapping[Key, Written]) -> None:
    """Write the sheet. ModelError for a headline figure that the model lacks."""
    _title(page, plan)
    page.wrapped(3, 0, INTRODUCTION, "wrapped", WIDTHS)
    row = _headlines(page, plan, 5, instead)
    row = _legend(page, row + 1)
    row = _made(page, plan, row + 1)
    _warnings(page, plan, row + 1)
    for column, width in enumerate(WIDTHS):
        page.sheet.set_column(column, column, width)
    page.sheet.freeze_panes(STATUS_ROW + 1, 0)
    page.sheet.repeat_rows(0, STATUS_ROW)
    page.sheet.fit_to_pages(1, 0 if plan.solution.inputs.warnings else 1)


def _title(page: Page, plan: Plan) -> None:
    """Title, who and when, confidentiality: what stands on Report, as it is now."""
    inputs = plan.solution.inputs
    cells = plan.input_ranges["Report", "report_title"]
    title = f"{cells.sheet}!{cells.cell()}"
    words = [str(inputs.value("Report", name)) for name in ("organisation", "prepared_by")]
    words.append(f"as of {iso_day(inputs.value('Report', 'as_of'))}")
    confidentiality = str(inputs.value("Report", "confidentiality"))
    page.sheet.set_row(0, 24)
    _words(page, 0, f'{title}&""', str(inputs.value("Report", "report_title")), "title")
    told = " · ".join([*words, confidentiality] if confidentiality else words)
    page.wrapped(HELP_ROW, 0, told, "help_wrapped", WIDTHS)
    _words(page, HELP_ROW, f"{CONTENTS[0]}!$A$2", told, "help_wrapped")
    page.link(2, 0, CONTENTS[0], "Back to the contents", CONTENTS[1])
    page.show_status()


def _words(page: Page, row: int, formula: str, value: str, role: str) -> None:
    page.formula(row, 0, f"={formula}", value, page.styles.get(role), watched=False)


def _headlines(page: Page, plan: Plan, row: int, instead: Mapping[Key, Written]) -> int:
    """A row a figure, each looked up where it stands: an error there is an error here."""
    page.text(row, 0, "Headline figures", "section")
    for name in HEADLINES:
        line = plan.graph.lines.get(("market", name))
        if line is None:
            raise ModelError(f"the first sheet shows {name}, which is no line of the market: correct HEADLINES")
        row += 1
        cells = plan.range_of("market", ("market", name))
        own = instead.get(("market", name))
        value = plan.solution.value(name) if own is None else own.value
        style = page.styles.get("figure_words", TEXT) if line.text else page.styles.get("figure", line_format(line))
        page.text(row, 0, line.label, "figure_label")
        page.formula(row, 1, f"={cells.sheet}!{cells.cell()}", value, style, watched=own is None)
        if name == "master_check":
            page.alarm(row, 1, "not hold")
            page.sheet.set_row(row, WORDS_HEIGHT)
        page.text(row, 2, line.unit, "unit")
        _note(page, row, line.note)
        if name == "edits":
            row = _shock(page, plan, row + 1)
    return row + 1


def _shock(page: Page, plan: Plan, row: int) -> int:
    cells = plan.input_ranges["Market", "active_shock"]
    cell, name = f"{cells.sheet}!{cells.cell()}", str(plan.solution.value("active_shock"))
    page.text(row, 0, "Active shock", "figure_label")
    page.formula(row, 1, f'=IF({cell}="","none",{cell}&"")', name or "none", page.styles.get("figure", TEXT))
    page.text(row, 3, "The what-if that every figure is computed under; choose it on Market.", "note")
    return row


def _note(page: Page, row: int, note: str) -> None:
    """What a figure or a sheet is, in as many lines as it takes."""
    lines = lines_of(note, WIDTHS[3], NOTE_SIZE)
    if lines > 1:
        page.sheet.set_row(row, height_of(lines, NOTE_SIZE) + 2)
    page.text(row, 3, note, "note_wrapped")


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


def _made(page: Page, plan: Plan, row: int) -> int:
    """What the workbook was made with, and from which file: the same input gives the same bytes."""
    page.text(row, 0, "Made from", "section")
    for label, told, why in (
        ("Program", f"reportgen {version('reportgen')}", "What read, computed and wrote this workbook."),
        ("Input workbook, SHA-256", plan.solution.inputs.sha256 or "no file", "Of the file that was read, as it was."),
    ):
        row += 1
        page.text(row, 0, label, "figure_label")
        page.text(row, 1, told, "plain")
        page.text(row, 3, why, "note")
    return row + 1


def _warnings(page: Page, plan: Plan, row: int) -> None:
    warnings = plan.solution.inputs.warnings
    if not warnings:
        return
    page.text(row, 0, "Warnings about the input workbook (its cells, as it was given)", "section")
    for warning in warnings:
        row += 1
        page.text(row, 0, f"{warning.where.sheet}!{warning.where.cell}".strip("!"), "warning")
        page.wrapped(row, 1, f"{warning.message} {warning.hint}".strip(), "warning_words", WIDTHS[1:])
