"""The sheets of the workbook that is sent, in their order: one list for the writer and for the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.model.block import ModelError
from reportgen.render.workbook import (
    about_sheet,
    chart_sheet,
    heat_map_sheet,
    input_checks_sheet,
    margin_sheet,
    method,
    record_sheet,
)
from reportgen.render.workbook.dashboard_grid import SHEET as FIRST
from reportgen.render.workbook.page import ABOUT
from reportgen.render.workbook.plan import Plan, input_sheets
from reportgen.render.workbook.sheet_titles import title_of

LONGEST_NAME = 31  # Excel takes no longer name of a sheet
_PLAIN_NAME = re.compile(r"(?!(r|c|rc)$)[a-z_]+", re.IGNORECASE)  # needs no quotes in a formula: no cell is called so


@dataclass(frozen=True)
class Entry:
    """A sheet as the table of contents lists it; `tab` is the theme's colour of its tab, "" for none."""

    name: str
    title: str
    help: str
    tab: str = ""


def contents(plan: Plan) -> tuple[Entry, ...]:
    """Every sheet after the first, in the order of the tabs.

    Raises ModelError for a name that two sheets share or that formulas could not hold.
    """
    entries = tuple(_entries(plan))
    taken = {FIRST.casefold()}
    for entry in entries:
        name = entry.name
        if not _PLAIN_NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            raise ModelError(
                f"sheet {name!r}: formulas name it, so write letters and _ only, at most {LONGEST_NAME} of them"
            )
        if name.casefold() in taken:
            raise ModelError(f"two sheets of the workbook are called {name}: rename one of them")
        taken.add(name.casefold())
    return entries


def _entries(plan: Plan) -> Iterator[Entry]:
    yield Entry(ABOUT, about_sheet.TITLE, about_sheet.HELP)
    yield Entry(chart_sheet.SHEET, chart_sheet.TITLE, chart_sheet.HELP)
    for sheet in input_sheets(plan.solution):
        yield Entry(sheet.name, sheet.title, sheet.help, "input")
    yield Entry(input_checks_sheet.SHEET, input_checks_sheet.TITLE, input_checks_sheet.SUMMARY)
    for name, parts in plan.sheets.items():
        yield Entry(name, title_of(name), parts[0].section.help, "accent")
    yield Entry(margin_sheet.SHEET, margin_sheet.TITLE, margin_sheet.SUMMARY)
    yield Entry(heat_map_sheet.SHEET, heat_map_sheet.TITLE, heat_map_sheet.SUMMARY)
    yield Entry(record_sheet.SHEET, record_sheet.TITLE, record_sheet.SUMMARY)
    yield Entry(method.SHEET, method.TITLE, method.SUMMARY)
