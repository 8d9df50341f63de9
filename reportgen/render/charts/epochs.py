"""Self-correction: difficulty and the share of hash rate that runs, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import TINY, Drawing, Point, drawing, line, note, polyline, text, width_of
from reportgen.render.charts.scale import Scale, spread, ticks
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT = 32.0, 16.0, 25.0
_LINES = (("online", "bad", 1.6, "4 2"), ("difficulty", "accent", 2.0, ""))
"""Each line with its colour role, its thickness and its dashes; the second is drawn over the first."""


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
    right = width - max(width_of(words[name], strong=True) for name, *_ in _LINES) - 8
    across = Scale(0, max((point.day for point in known), default=1), _LEFT, right)
    values = [value for point in known for value in (point.difficulty, point.online)] or [0.0, 1.0]
    margin = max(0.01, (max(values) - min(values)) * 0.12)
    up = Scale(max(0.0, min(values) - margin), max(values) + margin, height - _FOOT, _HEAD)
    parts = [note(Point(0, 8), words["up"], theme), _frame(theme, across, up)]
    parts.append(note(Point(right, height - 4), words["across"], theme, "end"))
    if settled == settled:
        parts.append(_mark(theme, across, up, settled, words["settled"]))
    if known:
        parts.append(_lines(theme, known, across, up, words))
    return drawing(width, height, alt, parts)


def _frame(theme: Theme, across: Scale, up: Scale) -> str:
    parts = []
    marks = ticks(up.low, up.high, 4)
    decimals = 1 if len(marks) > 1 and marks[1] - marks[0] < 0.01 else 0
    for tick in marks:
        at = up.at(tick)
        parts.append(line(Point(_LEFT, at), Point(across.end, at), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 4, at + 3), f"{tick * 100:.{decimals}f}%", theme, "end"))
    parts += [
        note(Point(across.at(tick), up.start + 10), f"{tick:.0f}", theme, "middle")
        for tick in ticks(across.low, across.high, 6)
    ]
    return "".join(parts)


def _mark(theme: Theme, across: Scale, up: Scale, day: float, words: str) -> str:
    at, wide = across.at(day), width_of(words, TINY)
    upright = line(Point(at, _HEAD), Point(at, up.start), theme.colours["good"], 1.0, "3 2")
    place = Point(min(at + 4, across.end - wide), _HEAD + 7)
    return upright + text(place, words, theme, colour="good", size=TINY)


def _lines(theme: Theme, points: Sequence[EpochPoint], across: Scale, up: Scale, words: Mapping[str, str]) -> str:
    ends = spread([up.at(getattr(points[-1], name)) + 3 for name, *_ in _LINES], 11, _HEAD + 4, up.start)
    parts = []
    for (name, colour, thick, dash), end in zip(_LINES, ends, strict=True):
        places = [Point(across.at(point.day), up.at(getattr(point, name))) for point in points]
        parts.append(polyline(places, theme.colours[colour], thick, dash))
        parts.append(text(Point(across.end + 4, end), words[name], theme, colour=colour, strong=True))
    return "".join(parts)
