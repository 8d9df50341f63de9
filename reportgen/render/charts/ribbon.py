"""The hash ribbon: two moving means of the network hash rate above, their distance below, inversions shaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import (
    Drawing,
    Point,
    area,
    drawing,
    line,
    note,
    polyline,
    rectangle,
    text,
    width_of,
)
from reportgen.render.charts.scale import Scale, short, spread, ticks
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT, _LOWER = 32.0, 12.0, 13.0, 40.0


@dataclass(frozen=True)
class RibbonDay:
    """A day: its number, both means in EH/s, and the ribbon as a fraction; NaN where a mean does not exist yet."""

    day: float
    short_mean: float
    long_mean: float
    ribbon: float


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


def ribbon(
    theme: Theme,
    days: Sequence[RibbonDay],
    *,
    inverted: Sequence[Span],
    dates: Sequence[DateTick],
    words: Mapping[str, str],
    alt: str,
    width: float = 687,
    height: float = 138,
) -> Drawing:
    """Means on an axis that need not start at zero (labelled so); `words`: short, long, up, below."""
    known = [day for day in days if day.ribbon == day.ribbon]
    room = max(width_of(words["short"], strong=True), width_of(words["long"], strong=True)) + 10
    right = width - room
    across = Scale(known[0].day, known[-1].day, _LEFT, right)
    middle = height - _FOOT - _LOWER
    means = [mean for day in known for mean in (day.short_mean, day.long_mean)]
    margin = (max(means) - min(means)) * 0.08 or max(means) * 0.02
    up = Scale(min(means) - margin, max(means) + margin, middle - 12, _HEAD)
    parts = [_shade(theme, inverted, across, height - _FOOT)]
    for tick in ticks(up.low, up.high, 4):
        parts.append(line(Point(_LEFT, up.at(tick)), Point(right, up.at(tick)), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 4, up.at(tick) + 3), f"{tick:,.0f}", theme, "end"))
    parts.append(note(Point(0, 7), words["up"], theme))
    series = (
        ("long", "muted", 1.2, [day.long_mean for day in known]),
        ("short", "accent", 1.8, [day.short_mean for day in known]),
    )
    ends = spread([up.at(values[-1]) + 3 for _, _, _, values in series], 11, _HEAD + 4, middle)
    for (name, colour, thick, values), end in zip(series, ends, strict=True):
        places = [Point(across.at(day.day), up.at(value)) for day, value in zip(known, values, strict=True)]
        parts.append(polyline(places, theme.colours[colour], thick))
        parts.append(text(Point(right + 5, end), words[name], theme, colour=colour, strong=True))
    parts.append(_distance(theme, known, across, middle, height - _FOOT, words["below"], right))
    for date in dates:
        at = across.at(date.day)
        parts.append(line(Point(at, height - _FOOT), Point(at, height - _FOOT + 3), theme.colours["muted"], 0.5))
        wide = width_of(date.label, 7.5)
        parts.append(note(Point(min(max(at - wide / 2, 0), width - wide), height - 2), date.label, theme))
    return drawing(width, height, alt, parts)


def _shade(theme: Theme, inverted: Sequence[Span], across: Scale, bottom: float) -> str:
    return "".join(
        rectangle(
            across.at(span.first),
            _HEAD,
            max(1.0, across.at(span.last) - across.at(span.first)),
            bottom - _HEAD,
            theme.colours["bad"],
            0.10,
        )
        for span in inverted
        if span.last > across.low and span.first < across.high
    )


def _distance(
    theme: Theme, days: Sequence[RibbonDay], across: Scale, top: float, bottom: float, words: str, right: float
) -> str:
    values = [day.ribbon for day in days]
    reach = max(abs(min(values)), abs(max(values)), 0.005)
    low, high = min(0.0, min(values)), max(0.0, max(values))
    pad = reach * 0.08
    up = Scale(low - pad, high + pad, bottom, top)
    zero = up.at(0)
    points = [Point(across.at(day.day), up.at(day.ribbon)) for day in days]
    positive = [Point(point.x, min(point.y, zero)) for point in points]
    negative = [Point(point.x, max(point.y, zero)) for point in points]
    ends = [Point(points[-1].x, zero), Point(points[0].x, zero)]
    parts = [
        area([*positive, *ends], theme.colours["good"], 0.55),
        area([*negative, *ends], theme.colours["bad"], 0.75),
        line(Point(_LEFT, zero), Point(right, zero), theme.colours["muted"], 0.75),
    ]
    marks = [value for value in (low, 0.0, high) if value == 0 or abs(value) > reach * 0.25]
    parts += [
        note(Point(_LEFT - 4, up.at(value) + 3), short(round(value * 100, 1)) + "%", theme, "end") for value in marks
    ]
    parts.append(note(Point(right + 5, zero + 3), words, theme))
    return "".join(parts)
