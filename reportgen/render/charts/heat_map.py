"""A grid of two changes with the figure in each cell, coloured by how bad it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, note, rectangle, text
from reportgen.render.charts.letters import width_of
from reportgen.render.theme import Theme

_HEAD, _ROW, _AIR = 26.0, 15.0, 2.0


@dataclass(frozen=True)
class Cell:
    """A figure as text, and how bad it is: 0 not at all, 1 as bad as can be, below 0 good; NaN has no colour.

    `role` is the colour role of a cell that is filled, such as the band of a score; "" for one that is tinted.
    """

    label: str
    badness: float
    role: str = ""


def heat_map(
    theme: Theme,
    rows: Sequence[Sequence[Cell]],
    *,
    across: Sequence[str],
    down: Sequence[str],
    middle: tuple[int, int],
    words: Mapping[str, str],
    alt: str,
    width: float = 335,
) -> Drawing:
    """One cell a pair of changes; `across` and `down` are the labels of columns and rows.

    `middle` is the row and column of today, which is framed; `words`: across, down (what changes). Signs of per cent
    are left out of all cells where some figure has no room with one: the words around the chart say what they are.
    """
    left = max((width_of(label) for label in down), default=0) + 8
    wide = (width - left) / max(1, len(across))
    labels = [cell.label for cells in rows for cell in cells]
    plain = any(width_of(label, strong=True) > wide - _AIR for label in labels)
    parts = [note(Point(0, 9), words["down"], theme), note(Point(width, 9), words["across"], theme, "end")]
    for column, label in enumerate(across):
        parts.append(note(Point(left + wide * (column + 0.5), _HEAD - 4), label, theme, "middle"))
    for index, (label, cells) in enumerate(zip(down, rows, strict=True)):
        top = _HEAD + _ROW * index
        parts.append(note(Point(left - 5, top + 10.8), label, theme, "end"))
        for column, cell in enumerate(cells):
            shown = cell.label.removesuffix("%") if plain else cell.label
            here = (index, column) == middle
            parts.append(_cell(theme, cell, shown, Point(left + wide * column, top), wide, here))
    return drawing(theme, width, _HEAD + _ROW * len(rows) + 2, alt, parts)


def _cell(theme: Theme, cell: Cell, shown: str, at: Point, wide: float, here: bool) -> str:
    ground, colour = "", "ink"
    if cell.role:
        ground = rectangle(at.x + 0.4, at.y + 0.4, wide - 0.8, _ROW - 0.8, theme.colours[cell.role])
        colour = "paper"
    elif cell.badness == cell.badness:
        tint = 0.06 + 0.5 * min(1.0, abs(cell.badness))
        role = "bad" if cell.badness > 0 else "good"
        ground = rectangle(at.x + 0.4, at.y + 0.4, wide - 0.8, _ROW - 0.8, theme.colours[role], tint)
    frame = rectangle(at.x - 0.6, at.y - 0.6, wide + 1.2, _ROW + 1.2, theme.colours["ink"]) if here else ""
    paper = rectangle(at.x + 1, at.y + 1, wide - 2, _ROW - 2, theme.colours["paper"]) if here else ""
    if here and ground:
        inner = cell.role or ("bad" if cell.badness > 0 else "good")
        clear = 1.0 if cell.role else 0.06 + 0.5 * min(1.0, abs(cell.badness))
        ground = rectangle(at.x + 1.8, at.y + 1.8, wide - 3.6, _ROW - 3.6, theme.colours[inner], clear)
    words = text(Point(at.x + wide / 2, at.y + 10.8), shown, theme, colour=colour, anchor="middle", strong=here)
    return frame + paper + ground + words
