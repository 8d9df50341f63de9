"""How wide the columns of a sheet of figures are, what stays in view of it, and what of it is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.block import Line
from reportgen.render.workbook.layout import FIRST_MEMBER, TABLE_HEADER, WHOLE, CallUp, Item, Part
from reportgen.render.workbook.page import LINK_WIDTH, NOT_AVAILABLE, STANDARD_WIDTH, Page
from reportgen.render.workbook.paper import Area
from reportgen.render.workbook.plan import Plan
from reportgen.render.workbook.series import Series, in_error, names_over, series
from reportgen.render.workbook.styles import NOTE_SIZE
from reportgen.render.workbook.text_width import EDGES, NUMBER_EDGES, number_width, text_width, widest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LABEL_WIDTH, UNIT_WIDTH, VALUE_WIDTH, NOTE_WIDTH = 26.0, 11.0, 9.5, 55.0
"""Of the columns of a sheet, at least; of the notes beside its rows, at most."""
NOTE_ALONE = 86.0  # of notes that are not printed
WIDEST_LABEL, WIDEST, WIDEST_NAME, WIDEST_NOTE = 34.0, 110.0, 24.0, 16.0
"""At most: of a label, a value, the name over a column and a note over it, which take as many lines as they need."""
NOTE_LINES = 7  # of what stands over a column, for which the column is made wide enough
NAME_LINES = 4
UP_TO = {("triggers", "Triggers"): "hash_share", ("risk", "Risk_Score"): "contribution",
         ("self_correction", "Self_Correction"): "issuance"}  # fmt: skip
"""Block and sheet of a table, and the last line of it that is printed: what follows repeats or checks."""
NOT_PRINTED = {
    ("Liquidity", "Bills for the table of net margins"),
    ("Liquidity", "For charts and the first sheet"),
    ("Risk_Score", "Measure and dial of each component"),
    ("Risk_Score", "Components of the score in words"),
    ("Risk_Score", "Components of the sheet Risk in words"),
    ("Checks", "Against the snapshot"),
    ("Checks", "The grid's middle"),
}
"""Sheet and title of sections of workings at the foot of a sheet of results."""
ROW_HEIGHT = 13.5
"""Points of a row of figures: one line of the sheet's text."""


@dataclass(frozen=True)
class Drawn:
    """A part with what its cells hold: a series an item, the names that a later sheet repeats, a cell beside them."""

    part: Part
    rows: tuple[Series, ...]
    names: Series | None = None
    beside: Series | None = None

    @property
    def columns(self) -> list[Series]:
        """The columns of a part that runs down."""
        return [item for item in (self.names, *self.rows, self.beside) if item is not None]

    @property
    def one(self) -> bool:
        """True for a part of one-value lines."""
        return self.part.across and self.part.block.one


def drawn(plan: Plan, part: Part) -> Drawn:
    """What the cells of a part hold."""
    return Drawn(
        part,
        tuple(series(plan, part, item) for item in part.items),
        names_over(plan, part) if part.repeats_names else None,
        in_error(plan, part) if part.adds_up else None,
    )


def widths_of(plan: Plan, sheet: str, shown: Sequence[Drawn]) -> dict[int, float]:
    """The width of each column, in which labels, numbers and texts are shown whole, within reason."""
    down = [each for each in shown if not each.part.across]
    across = [each for each in shown if each.part.across]
    notes = plan.note_columns[sheet]
    found: dict[int, float] = {}
    if across:
        rows = [row for each in across for row in each.rows]
        found[0] = _within(LABEL_WIDTH, EDGES + widest(row.label for row in rows), WIDEST_LABEL)
        found[1] = max(UNIT_WIDTH, EDGES + widest({row.unit for row in rows}, NOTE_SIZE))
        found[WHOLE] = _figures([each for each in across if each.one])
        members = _figures([each for each in across if not each.one])
        found |= dict.fromkeys(range(FIRST_MEMBER, notes), members)
        most = NOTE_WIDTH if all(each.one for each in across) else NOTE_ALONE
        if not down or notes >= max(each.part.end[1] for each in down):
            found[notes] = _within(UNIT_WIDTH, EDGES + widest((row.note for row in rows), NOTE_SIZE), most)
    for each in down:
        for column, item in enumerate(each.columns, start=each.part.left):
            found[column] = max(found.get(column, 0.0), column_width(item))
    found[0] = max(found[0], LINK_WIDTH)
    return found


def column_width(item: Series) -> float:
    """Of a column of a table: its values are shown whole, its header in two lines, its note in a few."""
    header = EDGES + max(widest(item.label.split(), bold=True), text_width(item.label, bold=True) / 2)
    note = EDGES + text_width(item.note, NOTE_SIZE) / NOTE_LINES * 1.25
    unit = EDGES + max(widest(item.unit.split(), NOTE_SIZE), text_width(item.unit, NOTE_SIZE) / 2)
    return _within(VALUE_WIDTH, max(shown_width(item), header, unit, min(note, WIDEST_NOTE)), WIDEST)


def shown_width(item: Series) -> float:
    """Of the widest value as it is shown, edges included."""
    if item.values.dtype == object:
        return EDGES + widest({str(value) for value in item.values}, bold=item.bold or item.role.startswith("name"))
    return NUMBER_EDGES + number_width(item.values, item.number_format) * (1.07 if item.bold else 1.0)


def _figures(shown: Sequence[Drawn]) -> float:
    """Of the columns with values of some parts: names over them may take several lines."""
    found = VALUE_WIDTH
    for row in (row for each in shown for row in (*each.rows, each.names) if row is not None):
        if row.role == "name":
            names = [str(name) for name in row.values]
            words = (widest(name.split(), bold=True) for name in names)
            lines = (text_width(name, bold=True) / NAME_LINES * 1.2 for name in names)
            found = max(found, min(WIDEST_NAME, EDGES + max([0.0, *words, *lines])))
        else:
            found = max(found, min(WIDEST, shown_width(row)))
    return found


def _within(least: float, width: float, most: float) -> float:
    return min(most, max(least, width))


def detail(part: Part, item: Item) -> bool:
    """True for a row that can be folded away: a value called up, or one that a bold row of its section adds up."""
    if isinstance(item, CallUp):
        return item.key != (part.block.name, part.block.key)
    return isinstance(item, Line) and not item.bold and any(line.bold for line in part.section.lines)


def keep_in_view(page: Page, parts: Sequence[Part]) -> None:
    """Panes and titles of the pages: the headers of the one table, the names over the columns, or the sheet's head."""
    first, named = parts[0], next((part for part in parts if part.heads and part.across), None)
    tables = [part for part in parts if not part.across]
    if not first.across and all(part.top == first.top for part in tables):
        page.keep(first.first_row, 1, (first.top + 1, first.top + TABLE_HEADER))
    elif named is not None:
        page.keep(named.first_row + (0 if named.repeats_names else 2), FIRST_MEMBER)
    else:
        page.keep(first.top, 1 if tables else WHOLE)


def printed_area(plan: Plan, sheet: str, parts: Sequence[Part], least: int) -> Area:
    """What is printed: no spare rows, no second list below them, and no notes beside members, which are on Method too.

    `least`: columns that are printed in any case.
    """
    ends, columns, spare = [0], [least], False
    for part in parts:
        workings = (part.section.sheet, part.section.title) in NOT_PRINTED
        if workings or (spare and part.counted and not part.across):
            continue
        members = part.across and not part.block.one
        ends.append(part.end[0] if part.across else part.first_row + max(1, _used(plan, part)))
        columns.append(FIRST_MEMBER + max(1, part.delivered) if members else _end(part))
        spare = spare or (part.members > part.delivered and not part.across)
    if all(part.across and part.block.one for part in parts):
        columns.append(plan.note_columns[sheet] + 1)
    return Area(0, 0, max(ends) - 1, max(columns) - 1)


def with_notes(plan: Plan, sheet: str, parts: Sequence[Part], widths: Mapping[int, float], area: Area) -> Area:
    """The same with as many columns as the notes beside one-value lines take, where the tables below are narrower."""
    if not all(part.block.one for part in parts if part.across) or not parts[0].across:
        return area
    notes, last = plan.note_columns[sheet], area.last_column
    while sum(widths.get(column, STANDARD_WIDTH) for column in range(notes, last + 1)) < NOTE_WIDTH:
        last += 1
    return replace(area, last_column=last)


def _end(part: Part) -> int:
    """The first column beside what is printed of a table: steps of other lines at its end are not."""
    last = UP_TO.get((part.block.name, part.section.sheet))
    items = part.items
    named = [item.name if isinstance(item, Line) else "" for item in items]
    if last in named:
        items = items[: named.index(last) + 1]
    while items and isinstance(items[-1], Line) and items[-1].working:
        items = items[:-1]
    return part.end[1] if len(items) == len(part.items) else part.first_column + len(items)


def _used(plan: Plan, part: Part) -> int:
    """Rows of a part that hold something: a list that is made of others may have rows that are not used, at its end."""
    names = [plan.solution.columns[part.block.name, line.name] for line in part.section.lines if line.text]
    if part.block.sources or not names:
        return part.delivered
    used = np.flatnonzero([str(name) != NOT_AVAILABLE for name in names[0]])
    return int(used[-1]) + 1 if used.size else 0
