"""The risk score on its scale, and what each component adds to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, fitted, line, rectangle, text, width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

_ROW = 17.0


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
    theme: Theme, score: float, *, bands: Sequence[str], alt: str, width: float = 330, band_width: float = 20
) -> Drawing:
    """The score as a mark on a scale of equal bands."""
    shades = ("good", "good", "warn", "bad", "bad")
    places = Scale(0, band_width * len(bands), 0, width)
    current = min(len(bands) - 1, int(score // band_width)) if score == score else -1
    parts = []
    for index, band in enumerate(bands):
        left, right = places.at(band_width * index), places.at(band_width * (index + 1))
        here = index == current
        parts.append(
            rectangle(left + 0.75, 11, right - left - 1.5, 7, theme.colours[shades[index]], 1.0 if here else 0.28)
        )
        parts.append(
            text(
                Point((left + right) / 2, 29),
                fitted(band, right - left),
                theme,
                colour="ink" if here else "muted",
                anchor="middle",
                strong=here,
            )
        )
    if current >= 0:
        at = places.at(score)
        ink = theme.colours["ink"]
        parts.append(
            f'<path d="M{at - 4.5:.2f} 2L{at + 4.5:.2f} 2L{at:.2f} 10Z" fill="{ink}"/>'
            + line(Point(at, 9), Point(at, 19), ink, 1.4)
        )
    return drawing(width, 33, alt, parts)


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
    names = min(width * 0.5, max((width_of(item.name) for item in components), default=0) + 8)
    values = max((width_of(item.label, strong=True) for item in components), default=0) + 8
    most = max((item.most for item in components if item.most == item.most), default=1) or 1
    places = Scale(0, most, names, width - values)
    parts = []
    for index, item in enumerate(components):
        top = index * row
        base = top + row / 2 + 3
        parts.append(text(Point(0, base), fitted(item.name, names - 6), theme))
        if item.points != item.points:
            parts.append(text(Point(names + 4, base), missing, theme, colour="muted"))
            continue
        full = places.at(item.most)
        parts.append(rectangle(names, top + 3, full - names, row - 7, theme.colours["line"]))
        parts.append(rectangle(names, top + 3, places.at(item.points) - names, row - 7, theme.colours["accent"]))
        parts.append(text(Point(full + 5, base), item.label, theme, strong=True))
    parts.append(line(Point(names, 0), Point(names, row * len(components) - 1), theme.colours["muted"]))
    return drawing(width, row * max(1, len(components)), alt, parts)
