"""What a unit of hash rate earned, and the difficulty that the hash rate stood for, day by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.days import DateTick, date_axis
from reportgen.render.charts.drawing import Drawing, Point, dot, drawing, line, note, polyline, text
from reportgen.render.charts.letters import width_of
from reportgen.render.charts.scale import Scale, short, ticks
from reportgen.render.theme import Theme

_HEAD, _FOOT, _BETWEEN = 15.0, 16.0, 19.0


@dataclass(frozen=True)
class HashpriceDay:
    """A day: hashprice in USD/PH/day and difficulty in T; NaN where a figure does not exist."""

    day: float
    hashprice: float
    difficulty: float


@dataclass(frozen=True)
class _Panel:
    key: str
    colour: str
    value: Callable[[HashpriceDay], float]
    top: float
    bottom: float


def hashprice_record(
    theme: Theme,
    days: Sequence[HashpriceDay],
    *,
    dates: Sequence[DateTick],
    words: Mapping[str, str],
    alt: str,
    width: float = 335,
    height: float = 170,
) -> Drawing:
    """Two lines, one above the other, each on its own axis from zero; there are at least two days.

    `words`: hashprice, difficulty (what each axis shows), hashprice_today, difficulty_today (the newest figures).
    """
    tall = (height - _HEAD - _FOOT - _BETWEEN) / 2
    panels = (
        _Panel("hashprice", "accent", lambda day: day.hashprice, _HEAD, _HEAD + tall),
        _Panel("difficulty", "price", lambda day: day.difficulty, _HEAD + tall + _BETWEEN, height - _FOOT),
    )
    right = width - max(width_of(words[f"{panel.key}_today"], strong=True) for panel in panels) - 9
    scales = [_scale(panel, days) for panel in panels]
    left = max(width_of(short(tick)) for up in scales for tick in ticks(up.low, up.high, 3)) + 6
    across = Scale(days[0].day, days[-1].day, left, right)
    parts = [_line(theme, panel, days, across, up, words) for panel, up in zip(panels, scales, strict=True)]
    parts.append(date_axis(theme, dates, across, height - _FOOT))
    return drawing(theme, width, height, alt, parts)


def _scale(panel: _Panel, days: Sequence[HashpriceDay]) -> Scale:
    values = [value for day in days if (value := panel.value(day)) == value]
    return Scale(0.0, max(values, default=1.0) * 1.04 or 1.0, panel.bottom, panel.top)


def _line(
    theme: Theme, panel: _Panel, days: Sequence[HashpriceDay], across: Scale, up: Scale, words: Mapping[str, str]
) -> str:
    parts = [note(Point(0, panel.top - 6), words[panel.key], theme)]
    for tick in ticks(up.low, up.high, 3):
        at, colour = up.at(tick), theme.colours["line" if tick else "muted"]
        parts.append(line(Point(across.start, at), Point(across.end, at), colour, 0.5))
        parts.append(note(Point(across.start - 4, at + 3), short(tick), theme, "end"))
    places = [Point(across.at(day.day), up.at(value)) for day in days if (value := panel.value(day)) == value]
    parts.append(polyline(places, theme.colours[panel.colour], 1.3))
    if places:
        end = places[-1]
        parts.append(dot(end, 2.0, theme.colours[panel.colour]))
        label = words[f"{panel.key}_today"]
        parts.append(text(Point(end.x + 6, end.y + 3), label, theme, colour=panel.colour, strong=True))
    return "".join(parts)
