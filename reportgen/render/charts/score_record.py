"""The market's part of the score for every day, with the windows that the team itself calls stress shaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import (
    TINY,
    Drawing,
    Point,
    drawing,
    line,
    note,
    polyline,
    rectangle,
    text,
    width_of,
)
from reportgen.render.charts.ribbon import DateTick, Span
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT = 22.0, 14.0, 13.0


@dataclass(frozen=True)
class ScoreDay:
    """A day and its score, 0 to 100."""

    day: float
    score: float


def score_record(
    theme: Theme,
    days: Sequence[ScoreDay],
    *,
    windows: Sequence[Span],
    dates: Sequence[DateTick],
    words: Mapping[str, str],
    alt: str,
    width: float = 335,
    height: float = 110,
) -> Drawing:
    """A line from 0 to 100 over the days, of which there are at least two; `words`: up, today (the newest score)."""
    bottom, right = height - _FOOT, width - width_of(words["today"], TINY, strong=True) - 6
    across, up = Scale(days[0].day, days[-1].day, _LEFT, right), Scale(0, 100, bottom, _HEAD)
    parts = [note(Point(0, 8), words["up"], theme)]
    for span in windows:
        if span.last >= across.low and span.first <= across.high:
            start, end = across.at(span.first), across.at(span.last)
            parts.append(rectangle(start, _HEAD, max(1.0, end - start), bottom - _HEAD, theme.colours["bad"], 0.13))
    for tick in (0, 20, 40, 60, 80, 100):
        parts.append(line(Point(_LEFT, up.at(tick)), Point(right, up.at(tick)), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 4, up.at(tick) + 3), str(tick), theme, "end"))
    parts.append(polyline([Point(across.at(day.day), up.at(day.score)) for day in days], theme.colours["accent"], 1.1))
    beside = Point(right + 4, min(bottom, max(_HEAD + 5, up.at(days[-1].score) + 3)))
    parts.append(text(beside, words["today"], theme, colour="accent", size=TINY, strong=True))
    for date in dates:
        wide = width_of(date.label, TINY)
        at = min(max(across.at(date.day) - wide / 2, 0), width - wide)
        parts.append(note(Point(at, height - 2), date.label, theme))
    return drawing(width, height, alt, parts)
