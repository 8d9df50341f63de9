"""The sheets of figures: every section of the model where the plan says, one formula a row or column."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.model.block import Line
from reportgen.render.workbook.layout import FIRST_MEMBER, TABLE_HEADER, Item, Part, key_of
from reportgen.render.workbook.page import LINK_WIDTH, STANDARD_WIDTH, Page
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.series import Series, in_error, names_over, series
from reportgen.render.workbook.sheet_titles import title_of
from reportgen.render.workbook.text_width import EDGES, number_width, text_width, widest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.model.graph import Key
    from reportgen.render.workbook.verdict import Written

FITS_ON_PAPER = 12  # operators across a landscape page, or columns of a table
WITH_NOTES = 3
COLUMN_WIDTH, LABEL_WIDTH, NOTE_WIDTH, WIDEST = 17, 34, 90, 45
HELP_COLUMN = 4  # of a table: its help stands clear of the title, which runs over the cells to its right
CHECKS, FLAG = "Checks", "0/1"
EMPTY = "No rows were given, so there is nothing to show here."


def write_figures(plan: Plan, pages: Mapping[str, Page], instead: Mapping[Key, Written]) -> None:
    """Write every sheet of figures, row after row, so that large ones need not be kept.

    `instead`: one-value lines for which the file has a formula of its own.
    """
    for sheet, parts in plan.sheets.items():
        page = pages[sheet]
        page.title(title_of(sheet), "")
        for _, beside in groupby(parts, key=lambda part: part.top):
            together = tuple(beside)
            if together[0].across:
                _write_across(page, plan, together[0], instead)
            else:
                _write_down(page, plan, together)
            for part in together:
                _quieten(page, plan, part)
        _finish(page, plan, sheet, parts)


def _write_across(page: Page, plan: Plan, part: Part, instead: Mapping[Key, Written]) -> None:
    members = part.written
    notes = plan.note_columns[part.section.sheet]
    page.text(part.top, 0, part.section.title, "section")
    printed = max(1, part.delivered) * COLUMN_WIDTH
    if part.members > part.delivered and text_width(part.section.help) > printed:
        last = FIRST_MEMBER + max(1, part.delivered) - 1
        page.over(part.top, FIRST_MEMBER, last, part.section.help, "help_wrapped", printed)
    else:
        page.text(part.top, FIRST_MEMBER, part.section.help, "help")
    if part.repeats_names:
        _write_row(page, part.first_row - 1, names_over(plan, part), members, notes)
    for row, item in enumerate(part.items, start=part.first_row):
        written = series(plan, part, item)
        own = instead.get(key_of(item, part.block))
        if own is None:
            _write_row(page, row, written, members, notes)
        else:
            _write_words(page, row, written, notes)
            style = page.styles.get(written.role, written.number_format, written.bold)
            page.formula(row, FIRST_MEMBER, f"={own.formula}", own.value, style, watched=False)
        if (isinstance(item, Line) and item.check) or (part.section.sheet == CHECKS and written.unit == FLAG):
            page.light(row, FIRST_MEMBER)


def _write_words(page: Page, row: int, item: Series, notes: int) -> None:
    page.text(row, 0, item.label, "label")
    page.text(row, 1, item.unit, "unit")
    page.text(row, notes, item.note, "note")


def _write_row(page: Page, row: int, item: Series, members: int, notes: int) -> None:
    _write_words(page, row, item, notes)
    for member in range(members):
        _write_member(page, row, FIRST_MEMBER + member, item, member)


def _write_down(page: Page, plan: Plan, parts: Sequence[Part]) -> None:
    """Parts side by side that share their rows."""
    header, start = parts[0].top + 1, parts[0].first_row
    for part in parts:
        page.text(part.top, part.left, part.section.title, "section")
        if part.end[1] - part.left > HELP_COLUMN:
            page.text(part.top, part.left + HELP_COLUMN, part.section.help, "help")
    columns = [item for part in parts for item in _columns(plan, part)]
    page.sheet.set_row(header, 30)
    for column, item in enumerate(columns):
        page.text(header, column, item.label, "header")
    for column, item in enumerate(columns):
        page.text(header + 1, column, item.unit, "header_unit")
    page.sheet.set_row(header + 2, 58)
    for column, item in enumerate(columns):
        page.text(header + 2, column, item.note, "header_note")
    members = parts[0].written
    for member in range(members):
        for column, item in enumerate(columns):
            if item.members is None or member < item.members:
                _write_member(page, start + member, column, item, member)
    if not members:
        page.text(start, 1, EMPTY, "help")


def _columns(plan: Plan, part: Part) -> list[Series]:
    names = [names_over(plan, part)] if part.repeats_names else []
    beside = [in_error(plan, part)] if part.adds_up else []
    return [*names, *(series(plan, part, item) for item in part.items), *beside]


def _write_member(page: Page, row: int, column: int, item: Series, member: int) -> None:
    formula = item.formula(member)
    value = item.value(member)
    if formula is None:
        role = item.role if item.role != "text" else "line"
        page.value(row, column, value, role, item.number_format, item.bold)
        return
    role = "cross" if item.rest is not None and item.rest.cross_sheet and item.role in ("line", "text") else item.role
    page.formula(row, column, formula, value, page.styles.get(role, item.number_format, item.bold))


def _quieten(page: Page, plan: Plan, part: Part) -> None:
    """What rows hold that are not used can hardly be seen: a formula asks the row's name, or its first figure.

    Rows that are typed are not used until something is typed into them; those of a list that is made of others may be
    used or not, as the figures fall.
    """
    if part.members <= part.delivered or not part.counted:
        return
    typed = bool(part.block.sources)
    first, (row_end, column_end) = part.delivered if typed else 0, part.end
    naming = next(other for other in plan.sheets[part.section.sheet] if other.block is part.block and other.heads)
    if part.across:
        top, left = part.top + 1, FIRST_MEMBER + first
        name = f"{column_letters(left + 1)}${naming.first_row - naming.repeats_names + 1}"
    else:
        top, left = part.first_row + first, part.left
        name = f"${column_letters(naming.left + (1 if typed else 2))}{top + 1}"
    page.quiet((top, left, row_end - 1, column_end - 1), f'{name}="n/a"')


def _finish(page: Page, plan: Plan, sheet: str, parts: Sequence[Part]) -> None:
    """Widths, frozen panes and print titles."""
    page.sheet.ignore_errors({"formula_range": "A1:XFD1048576"})  # a window of days leaves cells beside it out
    down = [part for part in parts if not part.across]
    across = [part for part in parts if part.across]
    widths = _widths(plan, sheet, parts)
    for column, width in sorted(widths.items()):
        page.sheet.set_column(column, column, width)
    if down:
        widest_part = max(part.end[1] for part in down)
        side_by_side = any(part.left for part in down)
        if len(parts) == 1 or (side_by_side and not parts[0].across):
            _keep_headers(page, parts[0])
        if side_by_side and widest_part > FITS_ON_PAPER:
            _print_in_pages(page)
            page.sheet.repeat_columns(0, 0)
    else:
        _finish_across(page, across, plan.note_columns[sheet])
    if any(part.members > max(1, part.delivered) for part in parts):
        _print_delivered(page, parts, widths)


def _print_delivered(page: Page, parts: Sequence[Part], widths: Mapping[int, float]) -> None:
    """Spare rows are not printed; nor are the notes beside them, which are on the sheet Method too.

    The help of a list that runs down is printed whole, beside its last column where it is long.
    """
    rows = [part.end[0] if part.across else part.first_row + max(1, part.delivered) for part in parts]
    columns = [FIRST_MEMBER + max(1, part.delivered) if part.across else part.end[1] for part in parts]
    for part in parts:
        last = part.left + HELP_COLUMN
        room = 0.0 if part.across or part.end[1] <= last else text_width(part.section.help)
        while room > 0:
            room -= widths.get(last, STANDARD_WIDTH)
            last += 1
            columns.append(last)
    page.sheet.print_area(0, 0, max(rows) - 1, max(columns) - 1)


def _widths(plan: Plan, sheet: str, parts: Sequence[Part]) -> dict[int, float]:
    """The width of each column, in which labels, numbers and texts are shown whole, within reason."""
    down = [part for part in parts if not part.across]
    across = [part for part in parts if part.across]
    notes = plan.note_columns[sheet]
    found: dict[int, float] = {}
    if across:
        figures = max(COLUMN_WIDTH, *(_shown_width(plan, part, item) for part in across for item in part.items))
        labels = (series(plan, part, item).label for part in across for item in part.items)
        found = {0: max(LABEL_WIDTH, EDGES + widest(labels)), 1: LINK_WIDTH}
        found |= dict.fromkeys(range(FIRST_MEMBER, notes), min(WIDEST, figures))
        found[notes] = COLUMN_WIDTH if down else NOTE_WIDTH
    if down:
        last = max(*(part.end[1] for part in down), FIRST_MEMBER + 2)
        for column in range(FIRST_MEMBER if across else 0, last + 1):
            found[column] = max(found.get(column, 0.0), COLUMN_WIDTH)
        found[0] = max(found[0], LINK_WIDTH)
        for part in down:
            for column, item in enumerate(part.items, start=part.first_column):
                found[column] = max(found[column], min(WIDEST, _shown_width(plan, part, item)))
    return found


def _shown_width(plan: Plan, part: Part, item: Item) -> float:
    """Of the widest value of an item of a part as it is shown."""
    shown = series(plan, part, item)
    values = shown.values
    if values.dtype == object:
        return EDGES + widest({str(value) for value in values}, bold=shown.bold or shown.role.startswith("name"))
    return EDGES + number_width(values, shown.number_format)


def _keep_headers(page: Page, table: Part) -> None:
    page.sheet.freeze_panes(table.first_row, 1)
    page.sheet.repeat_rows(table.top + 1, table.top + TABLE_HEADER)


def _print_in_pages(page: Page) -> None:
    page.sheet.fit_to_pages(0, 0)
    page.sheet.set_print_scale(60)


def _finish_across(page: Page, parts: Sequence[Part], notes: int) -> None:
    members = max(max(1, part.delivered) for part in parts)
    if members > FITS_ON_PAPER:
        _print_in_pages(page)
    elif members > WITH_NOTES and FIRST_MEMBER + members == notes:
        last = max(part.end[0] + 1 - part.repeats_names for part in parts)
        page.sheet.print_area(0, 0, last, notes - 1)  # the notes are on the sheet Method too
    named = next((part for part in parts if part.heads), None)
    top = named.first_row + (0 if named.repeats_names else 2) if named is not None else 0
    page.sheet.freeze_panes(top, FIRST_MEMBER)
    if top:
        page.sheet.repeat_rows(0, top - 1)
    page.sheet.repeat_columns(0, 1)
