"""The prices around today's at which something breaks: a lane for each kind of trigger, a dot for each trigger."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import SMALL, Drawing, Point, dot, drawing, line, note, rectangle, text, width_of
from reportgen.render.charts.scale import Scale, short
from reportgen.render.theme import Theme

_LANE, _HEAD, _FOOT = 12.5, 16.0, 24.0
REACH = 0.4
"""The axis goes from this share below the price to this share above it."""
_STEPS = (-0.4, -0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.4)


@dataclass(frozen=True)
class Mark:
    """A trigger: its kind, its price in USD/BTC, its distance from today's price, the share of hash rate behind it."""

    kind: str
    price: float
    distance: float
    share: float

    @property
    def crossed(self) -> bool:
        """True when the price is below the trigger already."""
        return self.distance > 0


def price_ladder(
    theme: Theme,
    marks: Sequence[Mark],
    *,
    kinds: Sequence[str],
    price: float,
    words: Mapping[str, str],
    alt: str,
    width: float = 687,
) -> Drawing:
    """Dots as large as the hash rate behind them, those already crossed in the colour of trouble.

    `kinds` are the lanes, top down; `words`: one text a kind, price. Triggers beyond the axis are counted at its ends.
    """
    left = max(width_of(words[kind]) for kind in kinds) + 26
    across = Scale(-REACH, REACH, left, width - 26)
    bottom = _HEAD + _LANE * len(kinds)
    parts = [rectangle(left, _HEAD, across.at(0) - left, bottom - _HEAD, theme.colours["band"])]
    parts.append(_axis(theme, across, bottom, price))
    for index, kind in enumerate(kinds):
        middle = _HEAD + _LANE * (index + 0.5)
        parts.append(text(Point(0, middle + 3), words[kind], theme))
        parts.append(line(Point(left, middle), Point(width - 26, middle), theme.colours["line"], 0.5))
        parts.append(_dots(theme, [mark for mark in marks if mark.kind == kind], across, middle))
    at = across.at(0)
    parts.append(line(Point(at, _HEAD - 3), Point(at, bottom), theme.colours["price"], 1.3, "4 2"))
    parts.append(text(Point(at, _HEAD - 6), words["price"], theme, colour="price", anchor="middle", strong=True))
    return drawing(width, bottom + _FOOT, alt, parts)


def _axis(theme: Theme, across: Scale, bottom: float, price: float) -> str:
    parts = []
    for step in _STEPS:
        at = across.at(step)
        sign = "−" if step < 0 else "+"
        parts.append(line(Point(at, _HEAD), Point(at, bottom), theme.colours["line"], 0.5))
        parts.append(note(Point(at, bottom + 10), f"{sign}{abs(step) * 100:.0f}%", theme, "middle"))
        parts.append(note(Point(at, bottom + 19), short(price * (1 + step)), theme, "middle"))
    return "".join(parts)


def _dots(theme: Theme, marks: Sequence[Mark], across: Scale, middle: float) -> str:
    parts = [
        dot(
            Point(across.at(mark.distance), middle),
            2.2 + 3.6 * math.sqrt(max(0.0, mark.share)),
            theme.colours["bad" if mark.crossed else "accent"],
        )
        for mark in sorted(marks, key=lambda mark: -mark.share)
        if across.within(mark.distance)
    ]
    below, above = (sum(mark.distance < -REACH for mark in marks), sum(mark.distance > REACH for mark in marks))
    if below:
        parts.append(text(Point(across.start - 5, middle + 3), f"‹ {below}", theme, colour="muted", anchor="end"))
    if above:
        parts.append(text(Point(across.end + 5, middle + 3), f"{above} ›", theme, colour="bad", size=SMALL))
    return "".join(parts)
