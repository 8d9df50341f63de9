"""The risk score: its place among the bands, and the points that each component adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, area, drawing, line, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

BANDS = ("band_low", "band_guarded", "band_elevated", "band_high", "band_severe")
"""The colour roles of the bands of the score, from calm to stress."""
_ROW = 16.0


@dataclass(frozen=True)
class Component:
    """One component: points that it adds (NaN when it cannot be computed) and the most that it could add.

    `name` is shown before the bar, `label` behind it.
    """

    points: float
    most: float
    name: str = ""
    label: str = ""


def score_scale(
    theme: Theme,
    score: float,
    *,
    bands: Sequence[str],
    alt: str,
    width: float = 330,
    band_width: float = 20,
    label: str = "",
) -> Drawing:
    """The score as a mark, with its figure (`label`) above, on a scale of equal bands; the last one is open above."""
    head = 13.0 if label else 0.0
    places = Scale(0, band_width * len(bands), 0, width)
    current = min(len(bands) - 1, int(score // band_width)) if score == score else -1
    parts = []
    for index, band in enumerate(bands):
        left, right = places.at(band_width * index), places.at(band_width * (index + 1))
        here = index == current
        top, tall = (head + 8, 11) if here else (head + 11, 6)
        parts.append(rectangle(left + 0.75, top, right - left - 1.5, tall, theme.colours[BANDS[index]]))
        place = Point((left + right) / 2, head + 30)
        name = fitted(band, right - left, strong=here)
        parts.append(text(place, name, theme, colour="ink" if here else "muted", anchor="middle", strong=here))
    if current >= 0:
        at, half = places.at(score), width_of(label, strong=True) / 2
        ink = theme.colours["ink"]
        parts.append(area([Point(at - 4.5, head), Point(at + 4.5, head), Point(at, head + 7)], ink))
        place = Point(min(max(at, half), width - half), head - 3)
        parts.append(text(place, label, theme, anchor="middle", strong=True))
    return drawing(theme, width, head + 34, alt, parts)


def contributions(
    theme: Theme,
    components: Sequence[Component],
    *,
    missing: str,
    alt: str,
    width: float = 330,
    row: float = _ROW,
) -> Drawing:
    """A bar a component, drawn over the most that it could add; `missing` stands for one that has no points."""
    row = max(row, 13.0)
    names = min(width * 0.55, max((width_of(item.name) for item in components), default=0) + 8)
    values = max((width_of(item.label, strong=True) for item in components), default=0) + 8
    most = max((item.most for item in components if item.most == item.most), default=1) or 1
    places = Scale(0, most, names, width - values)
    parts = []
    for index, item in enumerate(components):
        top = index * row
        base = top + row / 2 + 3.3
        parts.append(text(Point(0, base), fitted(item.name, names - 6), theme))
        if item.points != item.points:
            parts.append(text(Point(names + 4, base), missing, theme, colour="muted"))
            continue
        full = places.at(item.most)
        parts.append(rectangle(names, top + 3, full - names, row - 7, theme.colours["line"]))
        parts.append(rectangle(names, top + 3, places.at(item.points) - names, row - 7, theme.colours["accent"]))
        parts.append(text(Point(full + 5, base), item.label, theme, strong=True))
    parts.append(line(Point(names, 0), Point(names, row * len(components) - 1), theme.colours["muted"]))
    return drawing(theme, width, row * max(1, len(components)), alt, parts)
