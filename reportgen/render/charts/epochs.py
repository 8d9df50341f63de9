"""Self-correction: difficulty and the share of hash rate that runs, epoch by epoch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, line, note, polyline, text
from reportgen.render.charts.letters import width_of
from reportgen.render.charts.room import Box, Room
from reportgen.render.charts.scale import Scale, in_percent, spread, ticks
from reportgen.render.theme import Theme

_HEAD, _FOOT = 17.0, 30.0
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
    height: float = 146,
) -> Drawing:
    """Two lines; `settled` is the day marked (NaN: none); `words`: difficulty, online, settled, across, up."""
    known = [point for point in points if point.online == point.online and point.difficulty == point.difficulty]
    head = _HEAD if words["up"] else 12.0
    right = width - max(width_of(words[name], strong=True) for name, *_ in _LINES) - 8
    values = [value for point in known for value in (point.difficulty, point.online)] or [0.0, 1.0]
    margin = max(0.01, (max(values) - min(values)) * 0.12)
    up = Scale(max(0.0, min(values) - margin), max(values) + margin, height - _FOOT, head)
    left = max(width_of(in_percent(tick)) for tick in ticks(up.low, up.high, 4)) + 6
    across = Scale(0, max((point.day for point in known), default=1), left, right)
    parts = [note(Point(0, 9), words["up"], theme), _frame(theme, across, up)]
    parts.append(note(Point(right, height - 4), words["across"], theme, "end"))
    paths = {name: [Point(across.at(at.day), up.at(getattr(at, name))) for at in known] for name, *_ in _LINES}
    if settled == settled:
        parts.append(_mark(theme, across, up, across.at(settled), words["settled"], list(paths.values())))
    if known:
        parts.append(_lines(theme, paths, across, up, words))
    return drawing(theme, width, height, alt, parts)


def _frame(theme: Theme, across: Scale, up: Scale) -> str:
    parts = []
    for tick in ticks(up.low, up.high, 4):
        at = up.at(tick)
        parts.append(line(Point(across.start, at), Point(across.end, at), theme.colours["line"], 0.5))
        parts.append(note(Point(across.start - 4, at + 3), in_percent(tick), theme, "end"))
    parts += [
        note(Point(across.at(tick), up.start + 13), f"{tick:.0f}", theme, "middle")
        for tick in ticks(across.low, across.high, 5)
    ]
    return "".join(parts)


def _mark(theme: Theme, across: Scale, up: Scale, at: float, words: str, paths: Sequence[Sequence[Point]]) -> str:
    """An upright line, its words beside it where no line of figures goes, else in the head of the chart."""
    top, wide = up.end - 4, width_of(words)
    upright = line(Point(at, top), Point(at, up.start), theme.colours["good"], 1.0, "3 2")
    room = Room(Box(across.start, top, across.end, up.start))
    for path in (*paths, (Point(at, top), Point(at, up.start))):
        room.draw(path)
    heights = range(int(top) + 9, int(up.start) - 2, 4)
    place = room.first((Point(x, y) for y in heights for x in (at + 5, at - wide - 5)), words)
    place = place or Point(min(at + 4, across.end - wide), 9)
    return upright + text(place, words, theme, colour="good")


def _lines(
    theme: Theme, paths: Mapping[str, Sequence[Point]], across: Scale, up: Scale, words: Mapping[str, str]
) -> str:
    ends = spread([paths[name][-1].y + 3 for name, *_ in _LINES], 12, up.end + 4, up.start)
    parts = []
    for (name, colour, thick, dash), end in zip(_LINES, ends, strict=True):
        parts.append(polyline(paths[name], theme.colours[colour], thick, dash))
        parts.append(text(Point(across.end + 4, end), words[name], theme, colour=colour, strong=True))
    return "".join(parts)
