"""What all charts over days share: the days that an axis names, spans that are shaded, and the axis itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Point, line, note, rectangle
from reportgen.render.charts.letters import width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme


@dataclass(frozen=True)
class Span:
    """Days to be shaded, first to last."""

    first: float
    last: float


@dataclass(frozen=True)
class DateTick:
    """A day that the time axis names."""

    day: float
    label: str


def shaded(theme: Theme, spans: Sequence[Span], across: Scale, top: float, bottom: float) -> str:
    """The spans as light stripes in the colour of trouble, the shortest still seen."""
    return "".join(
        rectangle(start, top, max(1.0, across.at(span.last) - start), bottom - top, theme.colours["bad"], 0.13)
        for span in spans
        if span.last >= across.low and span.first <= across.high
        for start in (across.at(span.first),)
    )


def date_axis(theme: Theme, dates: Sequence[DateTick], across: Scale, bottom: float) -> str:
    """A tick for each day named, and its name where it does not run into the one before; names stay below the axis."""
    parts, free = [], 0.0
    for date in dates:
        at, wide = across.at(date.day), width_of(date.label)
        parts.append(line(Point(at, bottom), Point(at, bottom + 3), theme.colours["muted"], 0.5))
        start = min(max(at - wide / 2, 0.0), across.end - wide)
        if start >= free:
            parts.append(note(Point(start, bottom + 13), date.label, theme))
            free = start + wide + 6
    return "".join(parts)
