"""Principal of the operators' debt by when it falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, line, note, rectangle, text
from reportgen.render.charts.letters import LABEL, width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

_HEAD, _FOOT = 14.0, 15.0


@dataclass(frozen=True)
class Due:
    """Principal in USD that falls due in a period, with the period's name and the amount as text ("" for none).

    `soon` is the part of it that falls due within the time that the words around the chart speak of.
    """

    period: str
    amount: float
    label: str
    soon: float = 0.0


def maturities(theme: Theme, periods: Sequence[Due], *, alt: str, width: float = 335, height: float = 120) -> Drawing:
    """A column a period, from zero, with its amount above it; columns are as wide as their texts need or wider.

    What falls due soon stands at the foot of each column, in the colour of trouble.
    """
    bottom = height - _FOOT
    wide = width / max(1, len(periods))
    up = Scale(0, max((due.amount for due in periods), default=0) or 1.0, bottom, _HEAD + LABEL / 2)
    apart = all(max(width_of(due.period), width_of(due.label, strong=True)) <= wide - 3 for due in periods)
    parts = []
    for index, due in enumerate(periods):
        middle = wide * (index + 0.5)
        top = min(up.at(due.amount), bottom - (1 if due.amount > 0 else 0))
        left, edge = middle - wide * 0.36, up.at(min(due.soon, due.amount))
        parts.append(rectangle(left, top, wide * 0.72, max(0.0, edge - top), theme.colours["accent"]))
        parts.append(rectangle(left, edge, wide * 0.72, bottom - edge, theme.colours["bad"]))
        # where periods are too many for their names, every other one is named
        if apart or index % 2 == 0:
            parts.append(note(Point(middle, bottom + 12), due.period, theme, "middle"))
        parts.append(text(Point(middle, top - 4), due.label, theme, anchor="middle", strong=True))
    parts.append(line(Point(0, bottom), Point(width, bottom), theme.colours["muted"]))
    return drawing(theme, width, height, alt, parts)
