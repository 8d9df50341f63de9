"""The dials of the risk score, each on a scale from 0 to 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, line, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

_ROW = 15.0


@dataclass(frozen=True)
class Dial:
    """A dial: its name, its score (NaN: cannot be computed) as figure and text; `beside` is not part of the score."""

    name: str
    score: float
    label: str
    beside: bool = False


def dials(theme: Theme, items: Sequence[Dial], *, alt: str, width: float = 330) -> Drawing:
    """A track for each dial, filled up to its score; one beside the score is drawn muted."""
    names = max((width_of(item.name) for item in items), default=0) + 8
    names = min(width * 0.55, names)
    room = max((width_of(item.label, strong=True) for item in items), default=0) + 6
    places = Scale(0, 100, names, width - room)
    parts = []
    for index, item in enumerate(items):
        top = index * _ROW
        colour = theme.colours["muted" if item.beside else "accent"]
        parts.append(text(Point(0, top + 10.8), fitted(item.name, names - 4), theme))
        parts.append(rectangle(names, top + 4, places.end - names, 7, theme.colours["line"], 0.7))
        if item.score == item.score:
            parts.append(rectangle(names, top + 4, places.at(item.score) - names, 7, colour))
        for tick in (20, 40, 60, 80):
            at = places.at(tick)
            parts.append(line(Point(at, top + 4), Point(at, top + 11), theme.colours["paper"], 0.8))
        parts.append(text(Point(width, top + 10.8), item.label, theme, anchor="end", strong=True))
    return drawing(theme, width, _ROW * max(1, len(items)), alt, parts)
