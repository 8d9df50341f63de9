"""The sheets of figures: every section of the model where the plan says, one formula a row or column."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from reportgen.excel_addresses import column_letters
from reportgen.model.block import Line
from reportgen.render.workbook.figure_pages import (
    NOTE_WIDTH,
    ROW_HEIGHT,
    Drawn,
    detail,
    drawn,
    keep_in_view,
    printed_area,
    widths_of,
    with_notes,
)
from reportgen.render.workbook.layout import FIRST_MEMBER, TITLE_ROWS, WHOLE, Part, key_of
from reportgen.render.workbook.page import STANDARD_WIDTH, Page
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.series import Series
from reportgen.render.workbook.sheet_purposes import purpose_of
from reportgen.render.workbook.sheet_titles import title_of
from reportgen.render.workbook.stress_colours import colour_words, legend_end, show_legend
from reportgen.render.workbook.styles import NOTE_SIZE, SECTION_SIZE
from reportgen.render.workbook.text_width import EDGES, SIZE, height_of, lines_of, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.model.graph import Key
    from reportgen.render.workbook.verdict import Written

CHECKS, FLAG = "Checks", "0/1"
GAP = 6.0  # points of the blank row between two sections
BESIDE_TITLE = 2  # columns of a table: what is said of it stands clear of its title, which runs over the first
EMPTY = "No rows were given, so there is nothing to show here."
Widths = dict[int, float]


@dataclass(frozen=True)
class _Room:
    """The columns of a sheet: widths, that of the notes, the last that is printed, whether any figure has one value."""

    widths: Widths
    notes: int
    last: int
    whole: bool

    def across(self, first: int) -> list[float]:
        """Widths of the columns from one on that are printed, at least its own."""
        return [self.widths.get(column, STANDARD_WIDTH) for column in range(first, max(first, self.last) + 1)]

    @cached_property
    def note_widths(self) -> list[float]:
        """Of the columns that notes run over: one of their own, or some of the tables on the same sheet."""
        widths = list(accumulate(self.across(self.notes)))
        enough = next((place for place, width in enumerate(widths, 1) if width >= NOTE_WIDTH), len(widths))
        return self.across(self.notes)[:enough]


def write_figures(plan: Plan, pages: Mapping[str, Page], instead: Mapping[Key, Written]) -> None:
    """Write every sheet of figures, row after row, so that large ones need not be kept.

    `instead`: one-value lines for which the file has a formula of its own.
    """
    for sheet, parts in plan.sheets.items():
        page, shown = pages[sheet], [drawn(plan, part) for part in parts]
        widths = widths_of(plan, sheet, shown)
        page.sheet.set_default_row(ROW_HEIGHT)
        for column, width in sorted(widths.items()):
            page.sheet.set_column(column, column, width)
        page.printed.area = with_notes(plan, sheet, parts, widths, printed_area(plan, sheet, parts, legend_end(parts)))
        whole = any(part.block.one for part in parts)
        room = _Room(widths, plan.note_columns[sheet], page.printed.area.last_column, whole)
        show_legend(page, parts)
        page.title(title_of(sheet), purpose_of(sheet, parts[0].section.help), room.across(0), within=True)
        for _, beside in groupby(shown, key=lambda each: each.part.top):
            together = list(beside)
            if (gap := together[0].part.top - 1) >= TITLE_ROWS:
                page.sheet.set_row(gap, GAP)
            if together[0].part.across:
                _write_across(page, together[0], room, instead)
            else:
                _write_down(page, together, room)
            for each in together:
                _quieten(page, plan, each.part)
                colour_words(page, plan, each.part)
        page.sheet.ignore_errors({"formula_range": "A1:XFD1048576"})  # a window of days leaves cells beside it out
        keep_in_view(page, parts)


def _write_across(page: Page, shown: Drawn, room: _Room, instead: Mapping[Key, Written]) -> None:
    part = shown.part
    _section(page, part, WHOLE, room)
    if shown.names is not None:
        _names_row(page, part.first_row - 1, shown.names, part, room)
    for row, (item, written) in enumerate(zip(part.items, shown.rows, strict=True), start=part.first_row):
        own = instead.get(key_of(item, part.block))
        if written.role == "name":
            _names_row(page, row, written, part, room)
            continue
        _words_row(page, row, written, room, detail(part, item))
        if own is None:
            _write_members(page, row, written, part)
        else:
            style = page.styles.get(written.role, written.number_format, written.bold)
            page.formula(row, WHOLE, f"={own.formula}", own.value, style, watched=False)
        if (isinstance(item, Line) and item.check) or (part.section.sheet == CHECKS and written.unit == FLAG):
            page.light(row, part.first_column)


def _section(page: Page, part: Part, beside: int, room: _Room) -> None:
    """The title of a section, and what is said about it clear of it, from a column on, in a row that is high enough."""
    title = part.section.title
    page.text(part.top, part.left, title, "section")
    if part.section.help:
        titled = text_width(title, SECTION_SIZE, bold=True) + EDGES
        across = list(accumulate(room.across(part.left)))
        beside = max(beside, part.left + bisect_left(across, titled) + 1)
        page.wrapped(part.top, beside, part.section.help, "help_wrapped", room.across(beside), within=True)


def _names_row(page: Page, row: int, item: Series, part: Part, room: _Room) -> None:
    """The names over the columns of the members, in as many lines as they take, and over that of totals what it is."""
    names, width = [str(name) for name in item.values], room.widths[FIRST_MEMBER] - EDGES
    lines = max((lines_of(name, width, bold=True) for name in names), default=1)
    page.sheet.set_row(row, max(ROW_HEIGHT, height_of(lines) + 1))
    page.text(row, 0, item.label, "label")
    page.text(row, 1, "Unit", "header_unit")
    if room.whole:
        page.text(row, WHOLE, f"All {part.block.title.lower()}", "name")
    _write_members(page, row, item, part)
    page.text(row, room.notes, item.note, "note")


def _words_row(page: Page, row: int, item: Series, room: _Room, folded: bool) -> None:
    """Label, unit and note, in a row as high as they take; details can be folded away, and are not."""
    over, width = len(room.note_widths), sum(room.note_widths) - EDGES
    lines = max(lines_of(item.label, room.widths[0] - EDGES / 2), lines_of(item.note, width, NOTE_SIZE))
    if folded or lines > 1:
        height = max(ROW_HEIGHT, height_of(lines, NOTE_SIZE) + 1)
        page.sheet.set_row(row, height, None, {"level": 1} if folded else {})
    page.text(row, 0, item.label, "label_wrapped")
    page.text(row, 1, item.unit, "unit")
    if over > 1:
        page.over(row, room.notes, room.notes + over - 1, item.note, "note_wrapped", width)
    else:
        page.text(row, room.notes, item.note, "note_wrapped")


def _write_members(page: Page, row: int, item: Series, part: Part) -> None:
    for member in range(part.written):
        _write_member(page, row, part.first_column + member, item, member)


def _write_down(page: Page, shown: Sequence[Drawn], room: _Room) -> None:
    """Parts side by side that share their rows."""
    first = shown[0].part
    header, start = first.top + 1, first.first_row
    ends = [each.part.left - 1 for each in shown[1:]] + [room.last]
    for each, end in zip(shown, ends, strict=True):
        _section(page, each.part, each.part.left + BESIDE_TITLE, replace(room, last=end))
    columns = [item for each in shown for item in each.columns]
    page.at_least(header, height_of(_most_lines(columns, room, "label")) + 1)
    for column, item in enumerate(columns):
        page.text(header, column, item.label, "header")
    page.at_least(header + 1, height_of(_most_lines(columns, room, "unit"), NOTE_SIZE))
    for column, item in enumerate(columns):
        page.text(header + 1, column, item.unit, "header_unit")
    page.at_least(header + 2, height_of(_most_lines(columns, room, "note"), NOTE_SIZE))
    for column, item in enumerate(columns):
        page.text(header + 2, column, item.note, "header_note")
    members = first.written
    for member in range(members):
        for column, item in enumerate(columns):
            if item.members is None or member < item.members:
                _write_member(page, start + member, column, item, member)
    if not members:
        page.text(start, 1, EMPTY, "help")


def _most_lines(columns: Sequence[Series], room: _Room, words: str) -> int:
    """Lines that the headers or the notes over the columns of a table take."""
    bold, size = words == "label", SIZE if words == "label" else NOTE_SIZE
    return max(
        lines_of(getattr(item, words), room.widths[at] - EDGES / 2, size, bold) for at, item in enumerate(columns)
    )


def _write_member(page: Page, row: int, column: int, item: Series, member: int) -> None:
    formula = item.formula(member)
    value = item.value(member)
    if formula is None:
        role = item.role if item.role != "text" else "line"
        page.value(row, column, value, role, item.number_format, item.bold)
        return
    plain = item.role in ("line", "text") or (item.role.startswith("name") and not isinstance(value, str))
    role = "cross" if plain and item.rest is not None and item.rest.cross_sheet else item.role
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
        top, left = part.top + 1, part.first_column + first
        name = f"{column_letters(left + 1)}${naming.first_row - naming.repeats_names + 1}"
    else:
        top, left = part.first_row + first, part.left
        name = f"${column_letters(naming.left + (1 if typed else 2))}{top + 1}"
    page.quiet((top, left, row_end - 1, column_end - 1), f'{name}="n/a"')
