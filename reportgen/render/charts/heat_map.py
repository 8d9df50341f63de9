"""A grid of two changes with the figure in each cell, coloured by how bad it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import TINY, Drawing, Point, drawing, note, rectangle, text
from reportgen.render.theme import Theme

_LEFT, _HEAD, _ROW = 38.0, 24.0, 14.0


@dataclass(frozen=True)
class Cell:
    """A figure as text, and how bad it is: 0 not at all, 1 as bad as can be, below 0 good; NaN has no colour."""

    label: str
    badness: float


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

    `middle` is the row and column of today, which is framed; `words`: across, down (what changes).
    """
    wide = (width - _LEFT) / max(1, len(across))
    parts = [note(Point(0, _HEAD - 5), words["down"], theme), note(Point(width, 8), words["across"], theme, "end")]
    for column, label in enumerate(across):
        parts.append(note(Point(_LEFT + wide * (column + 0.5), _HEAD - 5), label, theme, "middle"))
    for index, (label, cells) in enumerate(zip(down, rows, strict=True)):
        top = _HEAD + _ROW * index
        parts.append(note(Point(_LEFT - 5, top + 10), label, theme, "end"))
        for column, cell in enumerate(cells):
            here = (index, column) == middle
            parts.append(_cell(theme, cell, Point(_LEFT + wide * column, top), wide, here))
    return drawing(width, _HEAD + _ROW * len(rows) + 2, alt, parts)


def _cell(theme: Theme, cell: Cell, at: Point, wide: float, here: bool) -> str:
    ground = ""
    if cell.badness == cell.badness:
        tint = 0.06 + 0.5 * min(1.0, abs(cell.badness))
        ground = rectangle(
            at.x + 0.4, at.y + 0.4, wide - 0.8, _ROW - 0.8, theme.colours["bad" if cell.badness > 0 else "good"], tint
        )
    frame = rectangle(at.x - 0.4, at.y - 0.4, wide + 0.8, _ROW + 0.8, theme.colours["ink"]) if here else ""
    paper = rectangle(at.x + 0.6, at.y + 0.6, wide - 1.2, _ROW - 1.2, theme.colours["paper"]) if here else ""
    words = text(Point(at.x + wide / 2, at.y + 10), cell.label, theme, size=TINY, anchor="middle", strong=here)
    return frame + paper + ground + words
