"""The hash ribbon: two moving means of the network hash rate above, their distance below, inversions shaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.days import DateTick, Span, date_axis, shaded
from reportgen.render.charts.drawing import Drawing, Point, area, drawing, line, note, polyline, text
from reportgen.render.charts.letters import width_of
from reportgen.render.charts.scale import Scale, in_percent, short, spread, ticks
from reportgen.render.theme import Theme

__all__ = ["DateTick", "RibbonDay", "Span", "ribbon"]

_HEAD, _FOOT, _LOWER, _GAP = 14.0, 16.0, 42.0, 14.0


@dataclass(frozen=True)
class RibbonDay:
    """A day: its number, both means in EH/s, and the ribbon as a fraction; NaN where a mean does not exist yet."""

    day: float
    short_mean: float
    long_mean: float
    ribbon: float


def ribbon(
    theme: Theme,
    days: Sequence[RibbonDay],
    *,
    inverted: Sequence[Span],
    dates: Sequence[DateTick],
    words: Mapping[str, str],
    alt: str,
    width: float = 687,
    height: float = 150,
) -> Drawing:
    """Means on an axis that need not start at zero (labelled so); `words`: short, long, up, below."""
    known = [day for day in days if day.ribbon == day.ribbon]
    head = _HEAD if words["up"] else 4.0
    right = width - max(width_of(words[key], strong=True) for key in ("short", "long", "below")) - 8
    bottom = height - _FOOT
    middle = bottom - _LOWER
    means = [mean for day in known for mean in (day.short_mean, day.long_mean)]
    margin = (max(means) - min(means)) * 0.08 or max(means) * 0.02
    up = Scale(min(means) - margin, max(means) + margin, middle - _GAP, head)
    marks = [(tick, short(tick)) for tick in ticks(up.low, up.high, 3)]
    down, steps = _lower(known, middle, bottom)
    left = max(width_of(label) for _, label in (*marks, *steps)) + 6
    across = Scale(known[0].day, known[-1].day, left, right)
    parts = [shaded(theme, inverted, across, head, bottom), note(Point(0, 9), words["up"], theme)]
    for scale, labels in ((up, marks), (down, steps)):
        for tick, label in labels:
            at = scale.at(tick)
            parts.append(line(Point(left, at), Point(right, at), theme.colours["line"], 0.5))
            parts.append(note(Point(left - 4, at + 3), label, theme, "end"))
    parts.append(_means(theme, known, across, up, words))
    parts.append(_distance(theme, known, across, down, words["below"]))
    parts.append(date_axis(theme, dates, across, bottom))
    return drawing(theme, width, height, alt, parts)


def _lower(days: Sequence[RibbonDay], top: float, bottom: float) -> tuple[Scale, list[tuple[float, str]]]:
    """The scale of the distance between the means, and its ticks, zero among them."""
    values = [day.ribbon for day in days]
    low, high = min(0.0, *values), max(0.0, *values)
    pad = max(high - low, 0.01) * 0.08
    scale = Scale(low - pad, high + pad, bottom, top)
    return scale, [(tick, in_percent(tick)) for tick in ticks(scale.low, scale.high, 3)]


def _means(theme: Theme, days: Sequence[RibbonDay], across: Scale, up: Scale, words: Mapping[str, str]) -> str:
    series = (
        ("long", "muted", 1.2, [day.long_mean for day in days]),
        ("short", "accent", 1.8, [day.short_mean for day in days]),
    )
    ends = spread([up.at(values[-1]) + 3 for _, _, _, values in series], 12, up.end + 4, up.start + 6)
    parts = []
    for (name, colour, thick, values), end in zip(series, ends, strict=True):
        places = [Point(across.at(day.day), up.at(value)) for day, value in zip(days, values, strict=True)]
        parts.append(polyline(places, theme.colours[colour], thick))
        parts.append(text(Point(across.end + 5, end), words[name], theme, colour=colour, strong=True))
    return "".join(parts)


def _distance(theme: Theme, days: Sequence[RibbonDay], across: Scale, up: Scale, words: str) -> str:
    zero = up.at(0)
    points = [Point(across.at(day.day), up.at(day.ribbon)) for day in days]
    positive = [Point(point.x, min(point.y, zero)) for point in points]
    negative = [Point(point.x, max(point.y, zero)) for point in points]
    ends = [Point(points[-1].x, zero), Point(points[0].x, zero)]
    return "".join(
        (
            area([*positive, *ends], theme.colours["good"]),
            area([*negative, *ends], theme.colours["bad"]),
            line(Point(across.start, zero), Point(across.end, zero), theme.colours["muted"], 0.75),
            note(Point(across.end + 5, zero + 3), words, theme),
        )
    )
