"""From figures to places: linear scales, round ticks, and labels kept apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.render.charts.letters import width_of

_BETWEEN = 8.0
"""Room between the labels of two ticks, in CSS pixels."""


@dataclass(frozen=True)
class Scale:
    """A straight line from figures (`low` to `high`) to places (`start` to `end`)."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a figure; figures outside are put on the edge."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.0
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))

    def within(self, value: float) -> bool:
        """False for a figure that the scale cannot show."""
        return self.low <= value <= self.high


def ticks(low: float, high: float, wanted: int = 5) -> tuple[float, ...]:
    """Round figures between two bounds, about as many as wanted."""
    if not high > low:
        return (low,)
    rough = (high - low) / max(1, wanted)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(index * step, 10) + 0.0 for index in range(first, last + 1))


def ticks_with_room(scale: Scale, most: int = 6) -> tuple[float, ...]:
    """As many round figures along a level scale as their labels have room for, at most about so many."""
    for wanted in range(most, 0, -1):
        marks = ticks(scale.low, scale.high, wanted)
        wide = max((width_of(short(tick)) for tick in marks), default=0.0) + _BETWEEN
        if all(abs(scale.at(after) - scale.at(before)) >= wide for before, after in pairwise(marks)):
            break
    return marks


def rounded_up(low: float, high: float, wanted: int = 5) -> float:
    """The upper bound moved up to a tick, so that the axis has a figure beyond everything that is drawn."""
    for _ in range(4):
        marks = ticks(low, high, wanted)
        if len(marks) < 2 or marks[-1] >= high:
            break
        high = marks[-1] + marks[1] - marks[0]
    return high


def spread(places: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """The places moved as little as needed so that neighbours are a gap apart, within bounds, in the same order."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [min(high, max(low, place)) for place in places]
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + gap)
    overhang = moved[order[-1]] - high if order else 0.0
    if overhang > 0:
        moved[order[-1]] = high
        for after, before in pairwise(reversed(order)):
            moved[before] = min(moved[before], moved[after] - gap)
    return tuple(moved)


def short(value: float) -> str:
    """A tick's figure in few letters, none of its digits lost: 90k, 1.25M, 1,500, −5."""
    size = abs(value)
    for limit, letter in ((1e12, "tn"), (1e9, "bn"), (1e6, "M"), (1e4, "k"), (0.0, "")):
        if size >= limit:
            unit = 1e3 if letter == "k" else limit or 1.0
            shown = f"{size / unit:.10g}{letter}" if letter else f"{round(size, 8):,.10g}"
            break
    return "−" + shown if value < 0 and shown.strip("0.") else shown


def in_percent(value: float) -> str:
    """A tick's share in per cent, none of its digits lost: 40%, 0.5%, −20%."""
    return short(round(value * 100, 8)) + "%"
