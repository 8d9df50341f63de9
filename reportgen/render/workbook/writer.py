"""A solution → the workbook that is sent: live formulas that carry their values, inputs that can be edited."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.excel_dates import iso_day
from reportgen.model.solve import Solution
from reportgen.render.theme import load_theme
from reportgen.render.workbook.about_sheet import write_about
from reportgen.render.workbook.chart_sheet import SHEET as CHARTS
from reportgen.render.workbook.chart_sheet import write_charts
from reportgen.render.workbook.contents import Entry, contents
from reportgen.render.workbook.dashboard import write_dashboard
from reportgen.render.workbook.dashboard_charts import write_dashboard_charts
from reportgen.render.workbook.dashboard_grid import SHEET as DASHBOARD
from reportgen.render.workbook.figure_sheets import write_figures
from reportgen.render.workbook.heat_map_sheet import SHEET as HEAT_MAP
from reportgen.render.workbook.heat_map_sheet import write_heat_maps
from reportgen.render.workbook.input_checks_sheet import SHEET as INPUT_CHECKS
from reportgen.render.workbook.input_checks_sheet import write_input_checks
from reportgen.render.workbook.input_sheets import write_inputs
from reportgen.render.workbook.margin_sheet import SHEET as NET_MARGIN
from reportgen.render.workbook.margin_sheet import write_margins
from reportgen.render.workbook.method import SHEET as METHOD
from reportgen.render.workbook.method import write_method
from reportgen.render.workbook.page import ABOUT, Page
from reportgen.render.workbook.paper import paper_of
from reportgen.render.workbook.plan import Plan, make_plan
from reportgen.render.workbook.printed import set_up
from reportgen.render.workbook.record_sheet import SHEET as RECORD
from reportgen.render.workbook.record_sheet import write_record
from reportgen.render.workbook.size import LARGE, formulas, refuse_too_large
from reportgen.render.workbook.styles import Styles
from reportgen.render.workbook.verdict_list import write_verdicts
from reportgen.render.workbook.verdicts import EVERY, FORMULAS, Verdicts

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook


def write_workbook(
    solution: Solution, templates: Path | None = None, counted: Callable[[int], None] | None = None
) -> bytes:
    """The workbook as bytes; the same solution gives the same bytes.

    `counted` is told how many formulas it holds as soon as that is known, before the file is packed.

    Raises UsageError when it would be too large or the theme is not readable, CheckError when a cell cannot be written,
    ModelError when the lines do not fit the workbook.
    """
    import xlsxwriter

    plan = make_plan(solution)
    refuse_too_large(plan)
    entries = contents(plan)
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        large = {"constant_memory": True, "tmpdir": folder} if formulas(plan).total() > LARGE else {"in_memory": True}
        book = xlsxwriter.Workbook(buffer, {**large, "strings_to_formulas": False, "strings_to_urls": False})
        held = _write(book, plan, entries, templates)
        if counted is not None:
            counted(held)
        book.close()
    return buffer.getvalue()


def _write(book: Workbook, plan: Plan, entries: Sequence[Entry], templates: Path | None) -> int:
    """Fill every sheet; the count of formulas."""
    from reportgen.render.workbook.plain_worksheet import PlainWorksheet

    _describe(book, plan.solution)
    theme = load_theme(templates)
    styles = Styles(book, theme)
    verdicts = Verdicts(plan)
    pages = {
        name: Page(
            book.add_worksheet(name, PlainWorksheet),
            styles,
            verdicts.status(FORMULAS if name in (DASHBOARD, ABOUT) else EVERY),
        )
        for name in (DASHBOARD, *(e.name for e in entries))
    }
    for page in pages.values():
        page.sheet.hide_gridlines(2)
    for entry in entries:
        if entry.tab:
            pages[entry.name].sheet.set_tab_color(styles.colours[entry.tab])
    write_inputs(plan, pages)
    write_figures(plan, pages, verdicts.instead)
    write_margins(pages[NET_MARGIN], plan)
    write_heat_maps(pages[HEAT_MAP], plan)
    write_record(book, pages[RECORD], plan)
    weighted = max(rows for _, rows, _ in (("", 1, 0.0), *pages[RECORD].watched.by_rows()))
    write_input_checks(pages[INPUT_CHECKS], plan, verdicts.side, weighted)
    write_method(pages[METHOD], plan)
    write_charts(book, pages[CHARTS], plan)
    write_about(pages[ABOUT], plan, verdicts.instead)
    write_dashboard(book, pages[DASHBOARD], plan, entries, verdicts.instead)
    write_dashboard_charts(book, pages[DASHBOARD], plan)
    write_verdicts(pages, verdicts)
    day = iso_day(plan.solution.inputs.value("Report", "as_of"))
    set_up(
        pages,
        paper_of(theme.paper_size),
        (DASHBOARD, ABOUT, CHARTS),
        f"&L&8&A&C&8Delivered as of {day}&R&8Page &P of &N",
    )
    for page in pages.values():
        page.protect()
    _define_names(book, plan)
    pages[DASHBOARD].sheet.activate()
    return sum(page.sheet.formulas for page in pages.values())


def _describe(book: Workbook, solution: Solution) -> None:
    """Properties; made on the as-of day, so that the clock does not show."""
    inputs = solution.inputs
    as_of = dt.datetime.fromisoformat(iso_day(inputs.value("Report", "as_of")))
    book.set_properties(
        {
            "title": str(inputs.value("Report", "report_title")),
            "author": str(inputs.value("Report", "prepared_by")),
            "company": str(inputs.value("Report", "organisation")),
            "created": as_of,
        }
    )
    book.set_calc_mode("auto")
    book.set_size(24_000, 14_000)


def _define_names(book: Workbook, plan: Plan) -> None:
    """Names for the one-value inputs that formulas use, and for nothing else: they lead to the values that are used."""
    for block in plan.graph.blocks.values():
        if block.one:
            for name in block.fields:
                if (block.name, name) in plan.graph.dependents:
                    book.define_name(name, "=" + plan.used_cell(block.source_of(name).name, name))
