"""What is shown fits into its cell: no ####, no text cut."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.audit.file.cells import Cell
from reportgen.audit.file.number_formats import kind_of, shown
from reportgen.audit.file.sheet import STANDARD_HEIGHT, Area
from reportgen.audit.file.styles import Look
from reportgen.audit.file.text_size import ALLOWED, DIGIT, INDENT, LINE_HEIGHT, lines_of, width_of
from reportgen.audit.findings import Breach, breach
from reportgen.audit.view import View, places_of

EDGE = 2.0
FARTHEST = 60
"""Columns that a text may run over."""


def cut_numbers(view: View) -> Iterator[Breach]:
    """A601: a number is shown, not ####. Of each column and format, the highest and the lowest are measured first."""
    places: list[tuple[int, int]] = []
    for style, cells in view.by_style.items():
        look = view.book.styles.look(style)
        if look.shrinks or look.horizontal == "fill" or kind_of(look.number_format) in ("general", "text"):
            continue  # the standard format drops digits instead
        by_column: dict[int, list[tuple[float, Cell]]] = {}
        for cell in cells:
            if cell.kind == "n":
                by_column.setdefault(cell.column, []).append((cell.number, cell))
        for numbers in by_column.values():
            if any(_too_wide(view, look, cell) for _, cell in (min(numbers), max(numbers))):
                places += [(cell.row, cell.column) for _, cell in numbers if _too_wide(view, look, cell)]
    if places:
        yield breach("A601", view.name, places, "the number is wider than its column and shows as ####.")


def _too_wide(view: View, look: Look, cell: Cell) -> bool:
    room = view.sheet.width(cell.column) * DIGIT + EDGE - look.indent * INDENT
    for area in view.sheet.merged:
        if area.holds(cell.row, cell.column):
            room = _width(view, area.left, area.right) * DIGIT + EDGE
    return width_of(shown(cell.number, look.number_format), look.size, look.bold, look.font) > room * ALLOWED


def cut_texts(view: View) -> Iterator[Breach]:
    """A602: a text is seen whole: in its cell, in its lines, or over empty cells beside it. A603: so is one typed."""
    merged = {(area.top, area.left): area for area in view.sheet.merged}
    cut = [
        cell
        for cell in view.by_kind["text"]
        if len(cell.value) > 3 and not _is_seen(view, cell, merged.get((cell.row, cell.column)))
    ]
    typed = [cell for cell in cut if _is_typed(view, cell)]
    own = [cell for cell in cut if cell not in typed] if typed else cut
    if own:
        yield breach("A602", view.name, places_of(own), "the text is cut: its cell is too small for it.")
    if typed:
        yield breach("A603", view.name, places_of(typed), "what was typed is longer than its cell shows.")


def _is_typed(view: View, cell: Cell) -> bool:
    """True for a text that somebody typed, or that holds one."""
    return not view.look(cell).locked or any(text in cell.value for text in view.book.typed_texts())


def _is_seen(view: View, cell: Cell, merged: Area | None) -> bool:
    look = view.look(cell)
    if look.horizontal == "fill" or look.shrinks or look.turned:
        return True
    right = merged.right if merged else cell.column
    room = _width(view, cell.column, right) * DIGIT + EDGE - look.indent * INDENT
    wide = width_of(cell.value, look.size, look.bold, look.font)
    if look.wrapped:
        return _fits_in_lines(view, cell, look, room, merged)
    if "\n" in cell.value or wide <= room * ALLOWED:
        return True
    return merged is None and wide <= (room + _beside(view, cell, look, wide - room)) * ALLOWED


def _fits_in_lines(view: View, cell: Cell, look: Look, room: float, merged: Area | None) -> bool:
    bottom = merged.bottom if merged else cell.row
    heights = [view.sheet.height(row) for row in range(cell.row, bottom + 1)]
    if merged is None and heights[0] is None:
        return True  # the row grows with it
    height = sum(STANDARD_HEIGHT if each is None else each for each in heights)
    lines = lines_of(cell.value, look.size, room, look.bold, look.font)
    return lines * look.size * LINE_HEIGHT <= max(height * ALLOWED, look.size * LINE_HEIGHT) + EDGE


def _beside(view: View, cell: Cell, look: Look, needed: float) -> float:
    """Pixels of the empty cells that a text may run over."""
    steps = {"right": (-1,), "center": (-1, 1)}.get(look.horizontal, (1,))
    return min((_empty(view, cell, step, needed) for step in steps), default=0.0) * len(steps)


def _empty(view: View, cell: Cell, step: int, needed: float) -> float:
    room, column = 0.0, cell.column + step
    for _ in range(FARTHEST):
        beside = view.sheet.cells.get((cell.row, column))
        if column < 1 or room > needed or (beside is not None and beside.filled):
            break
        room += view.sheet.width(column) * DIGIT + 5
        column += step
    return room


def _width(view: View, first: int, last: int) -> float:
    """Digits that columns have room for together."""
    return sum(view.sheet.width(column) + 0.71 for column in range(first, last + 1)) - 0.71
