"""The sheets of figures: every section of the model where the plan says, one formula a row or column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.block import Line
from reportgen.render.workbook.page import Page
from reportgen.render.workbook.plan import (
    FIRST_MEMBER,
    TABLE_HEADER,
    Part,
    Plan,
    first_row,
    is_across,
    repeats_names,
    shown,
)
from reportgen.render.workbook.series import Series, names_over, series
from reportgen.render.workbook.sheet_titles import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FITS_ON_PAPER = 12  # operators across a landscape page
WITH_NOTES = 3
CHECKS, FLAG = "Checks", "0/1"
EMPTY = "No rows were given, so there is nothing to show here."


def write_figures(plan: Plan, pages: Mapping[str, Page]) -> None:
    """Write every sheet of figures."""
    for sheet, parts in plan.sheets.items():
        page = pages[sheet]
        page.title(title_of(sheet), "")
        for part in parts:
            page.text(part.top, 0, part.section.title, "section")
            # the note stands clear of the title, which runs over the cells to its right
            page.text(part.top, 4 if not is_across(part.section) else FIRST_MEMBER, part.section.help, "help")
            if is_across(part.section):
                _write_across(page, plan, part)
            else:
                _write_down(page, plan, part)
        _finish(page, plan, sheet, parts)


def _write_across(page: Page, plan: Plan, part: Part) -> None:
    start = first_row(part)
    members = plan.solution.rows[part.block.name]
    notes = plan.note_columns[part.section.sheet]
    if repeats_names(part):
        _write_row(page, start - 1, names_over(plan, part), members, notes)
    for place, item in enumerate(shown(part)):
        written = series(plan, part, item)
        _write_row(page, start + place, written, members, notes)
        if (isinstance(item, Line) and item.check) or (part.section.sheet == CHECKS and written.unit == FLAG):
            page.light(start + place, FIRST_MEMBER)


def _write_row(page: Page, row: int, item: Series, members: int, notes: int) -> None:
    page.text(row, 0, item.label, "label")
    page.text(row, 1, item.unit, "unit")
    page.text(row, notes, item.note, "note")
    for member in range(members):
        _write_member(page, row, FIRST_MEMBER + member, item, member)


def _write_down(page: Page, plan: Plan, part: Part) -> None:
    header, start = part.top + 1, part.top + 1 + TABLE_HEADER
    members = plan.solution.rows[part.block.name]
    page.sheet.set_row(header, 30)
    page.sheet.set_row(header + 2, 58)
    for column, item in enumerate(series(plan, part, shown_item) for shown_item in shown(part)):
        page.text(header, column, item.label, "header")
        page.text(header + 1, column, item.unit, "header_unit")
        page.text(header + 2, column, item.note, "header_note")
        for member in range(members):
            _write_member(page, start + member, column, item, member)
    if not members:
        page.text(start, 1, EMPTY, "help")


def _write_member(page: Page, row: int, column: int, item: Series, member: int) -> None:
    formula = item.formula(member)
    value = item.values[member]
    if formula is None:
        role = item.role if item.role != "text" else "line"
        page.value(row, column, value, role, item.number_format, item.bold)
        return
    template = item.first[member] if member < len(item.first) else item.rest
    role = "cross" if template is not None and template.cross_sheet and item.role in ("line", "text") else item.role
    page.formula(row, column, formula, value, page.styles.get(role, item.number_format, item.bold))


def _finish(page: Page, plan: Plan, sheet: str, parts: tuple[Part, ...]) -> None:
    """Widths, frozen panes and print titles."""
    page.sheet.ignore_errors({"formula_range": "A1:XFD1048576"})  # a window of days leaves cells beside it out
    down = [part for part in parts if not is_across(part.section)]
    across = [part for part in parts if is_across(part.section)]
    if across:
        page.sheet.set_column(0, 0, 34)
        page.sheet.set_column(1, 1, 18)
        page.sheet.set_column(FIRST_MEMBER, plan.note_columns[sheet] - 1, 17)
        page.sheet.set_column(plan.note_columns[sheet], plan.note_columns[sheet], 17 if down else 90)
    if down:
        widest = max(len(shown(part)) for part in down)
        page.sheet.set_column(FIRST_MEMBER if across else 0, max(widest, FIRST_MEMBER + 2), 17)
        if len(parts) == 1:
            page.sheet.freeze_panes(down[0].top + 1 + TABLE_HEADER, 1)
            page.sheet.repeat_rows(down[0].top + 1, down[0].top + TABLE_HEADER)
    else:
        members = plan.note_columns[sheet] - FIRST_MEMBER
        if members > FITS_ON_PAPER:
            page.sheet.fit_to_pages(0, 0)
            page.sheet.set_print_scale(60)
        elif members > WITH_NOTES:
            last = max(part.top + len(shown(part)) + 2 for part in parts)
            page.sheet.print_area(0, 0, last, plan.note_columns[sheet] - 1)  # the notes are on the sheet Method too
        named = next((part for part in across if part.heads), None)
        top = first_row(named) + (0 if named is not None and repeats_names(named) else 2) if named is not None else 0
        page.sheet.freeze_panes(top, FIRST_MEMBER)
        if top:
            page.sheet.repeat_rows(0, top - 1)
        page.sheet.repeat_columns(0, 1)
