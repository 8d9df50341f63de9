"""The market's part of the score for every day, with the windows that the team itself calls stress shaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.contributions import BANDS
from reportgen.render.charts.days import DateTick, Span, date_axis, shaded
from reportgen.render.charts.drawing import Drawing, Point, dot, drawing, line, note, polyline, rectangle, text
from reportgen.render.charts.letters import width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT = 28.0, 16.0, 16.0


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
    band_width: float = 20,
    width: float = 335,
    height: float = 130,
) -> Drawing:
    """A line from 0 to 100 over the days, of which there are at least two; `words`: up, today (the newest score).

    Along the axis stand the colours of the bands.
    """
    head = _HEAD if words["up"] else 6.0
    bottom, right = height - _FOOT, width - width_of(words["today"], strong=True) - 8
    across, up = Scale(days[0].day, days[-1].day, _LEFT, right), Scale(0, 100, bottom, head)
    parts = [note(Point(0, 9), words["up"], theme), shaded(theme, windows, across, head, bottom)]
    for index, role in enumerate(BANDS):
        foot, top = index * band_width, (index + 1) * band_width if role != BANDS[-1] else 100
        parts.append(rectangle(_LEFT - 5, up.at(top) + 0.4, 4, up.at(foot) - up.at(top) - 0.8, theme.colours[role]))
    for tick in (0, 20, 40, 60, 80, 100):
        parts.append(line(Point(_LEFT, up.at(tick)), Point(right, up.at(tick)), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 8, up.at(tick) + 3), str(tick), theme, "end"))
    places = [Point(across.at(day.day), up.at(day.score)) for day in days]
    parts.append(polyline(places, theme.colours["accent"], 1.1))
    parts.append(dot(places[-1], 2.0, theme.colours["accent"]))
    beside = Point(right + 5, min(bottom, max(head + 5, places[-1].y + 3)))
    parts.append(text(beside, words["today"], theme, colour="accent", strong=True))
    parts.append(date_axis(theme, dates, across, bottom))
    return drawing(theme, width, height, alt, parts)
