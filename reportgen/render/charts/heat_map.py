"""A grid of two changes with the figure in each cell, coloured by how bad it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, note, rectangle, text
from reportgen.render.charts.letters import width_of
from reportgen.render.contrast import contrast
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
    inset = 1.8 if here else 0.4
    role, tint = cell.role, 1.0
    if not role and cell.badness == cell.badness:
        role, tint = "bad" if cell.badness > 0 else "good", 0.06 + 0.5 * min(1.0, abs(cell.badness))
    frame = rectangle(at.x - 0.6, at.y - 0.6, wide + 1.2, _ROW + 1.2, theme.colours["ink"]) if here else ""
    paper = rectangle(at.x + 1, at.y + 1, wide - 2, _ROW - 2, theme.colours["paper"]) if here else ""
    ground, colour = "", "ink"
    if role:
        fill = theme.colours[role]
        ground = rectangle(at.x + inset, at.y + inset, wide - 2 * inset, _ROW - 2 * inset, fill, tint)
        seen = mixed(fill, theme.colours["paper"], tint)
        colour = max(("ink", "paper"), key=lambda words: contrast(theme.colours[words], seen))
    words = text(Point(at.x + wide / 2, at.y + 10.8), shown, theme, colour=colour, anchor="middle", strong=here)
    return frame + paper + ground + words


def mixed(over: str, under: str, opacity: float) -> str:
    """The colour that is seen where one lies over another with an opacity, as #RRGGBB."""
    pairs = ((int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02X}" for a, b in pairs)
