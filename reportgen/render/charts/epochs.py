"""Self-correction: difficulty and the share of hash rate that runs, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, line, note, polyline, text, width_of
from reportgen.render.charts.scale import Scale, spread, ticks
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT = 32.0, 16.0, 25.0


@dataclass(frozen=True)
class EpochPoint:
    """The end of an epoch, in days from today: difficulty against today's and the share that runs, as fractions."""

    day: float
    difficulty: float
    online: float


def epochs(
    theme: Theme,
    points: Sequence[EpochPoint],
    *,
    settled: float,
    words: Mapping[str, str],
    alt: str,
    width: float = 335,
    height: float = 138,
) -> Drawing:
    """Two lines; `settled` is the day marked (NaN: none); `words`: difficulty, online, settled, across, up."""
    known = [point for point in points if point.online == point.online and point.difficulty == point.difficulty]
    bottom = height - _FOOT
    room = max(width_of(words["difficulty"], strong=True), width_of(words["online"], strong=True)) + 8
    right = width - room
    across = Scale(0, max((point.day for point in known), default=1), _LEFT, right)
    values = [value for point in known for value in (point.difficulty, point.online)] or [0.0, 1.0]
    margin = max(0.01, (max(values) - min(values)) * 0.12)
    up = Scale(max(0.0, min(values) - margin), max(values) + margin, bottom, _HEAD)
    parts = [note(Point(0, 8), words["up"], theme)]
    marks = ticks(up.low, up.high, 4)
    decimals = 1 if len(marks) > 1 and marks[1] - marks[0] < 0.01 else 0
    for tick in marks:
        parts.append(line(Point(_LEFT, up.at(tick)), Point(right, up.at(tick)), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 4, up.at(tick) + 3), f"{tick * 100:.{decimals}f}%", theme, "end"))
    parts += [
        note(Point(across.at(tick), bottom + 10), f"{tick:.0f}", theme, "middle")
        for tick in ticks(across.low, across.high, 6)
    ]
    parts.append(note(Point(right, height - 4), words["across"], theme, "end"))
    if settled == settled:
        at = across.at(settled)
        parts.append(line(Point(at, _HEAD), Point(at, bottom), theme.colours["good"], 1.0, "3 2"))
        wide = width_of(words["settled"], 7.5)
        parts.append(
            text(Point(min(at + 4, right - wide), _HEAD + 7), words["settled"], theme, colour="good", size=7.5)
        )
    if known:
        series = (
            ("online", "bad", 1.6, "4 2", [point.online for point in known]),
            ("difficulty", "accent", 2.0, "", [point.difficulty for point in known]),
        )
        ends = spread([up.at(line_values[-1]) + 3 for *_, line_values in series], 11, _HEAD + 4, bottom)
        for (name, colour, thick, dash, line_values), end in zip(series, ends, strict=True):
            places = [
                Point(across.at(point.day), up.at(value)) for point, value in zip(known, line_values, strict=True)
            ]
            parts.append(polyline(places, theme.colours[colour], thick, dash))
            parts.append(text(Point(right + 4, end), words[name], theme, colour=colour, strong=True))
    return drawing(width, height, alt, parts)
