"""The share of the hash rate whose cost exceeds the price, at each price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.render.charts.drawing import TINY, Drawing, Point, drawing, line, note, polyline, text, width_of
from reportgen.render.charts.scale import Scale, short, ticks
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT = 30.0, 28.0, 26.0
_STAIRS = (
    ("net", "financing", 2.2, ""),
    ("sustaining", "sustaining", 1.6, "5 2"),
    ("direct", "direct", 1.6, ""),
)
"""Each cost with its colour role, its thickness and its dashes, in the order of the legend."""


@dataclass(frozen=True)
class Level:
    """A price in USD/BTC and the shares of the hash rate (0 to 1) whose cost exceeds it."""

    price: float
    direct: float
    sustaining: float
    net: float


def under_water(
    theme: Theme,
    levels: Sequence[Level],
    *,
    price: float,
    words: Mapping[str, str],
    alt: str,
    width: float = 335,
    height: float = 142,
) -> Drawing:
    """Three stairs of shares against the price; `words`: direct, sustaining, net, price, across."""
    bottom = height - _FOOT
    known = [level for level in levels if level.direct == level.direct and level.net == level.net]
    prices = [level.price for level in known] or [0.0, price]
    across, up = Scale(min(prices), max(prices), _LEFT, width - 8), Scale(0, 1, bottom, _HEAD)
    parts = [_frame(theme, across, up, width)]
    parts.append(note(Point(width - 4, height - 4), words["across"], theme, "end"))
    x = _LEFT
    for name, colour, thick, dash in _STAIRS:
        stair = _stair([(level.price, getattr(level, name)) for level in known], across, up)
        parts.append(polyline(stair, theme.colours[colour], thick, dash))
        parts.append(line(Point(x, 6), Point(x + 14, 6), theme.colours[colour], thick, dash))
        parts.append(text(Point(x + 17, 9), words[name], theme, size=TINY))
        x += 25 + width_of(words[name], TINY)
    parts.append(_price(theme, across.at(price), words["price"], bottom, width))
    return drawing(width, height, alt, parts)


def _frame(theme: Theme, across: Scale, up: Scale, width: float) -> str:
    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = up.at(tick)
        parts.append(line(Point(_LEFT, at), Point(width - 4, at), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 4, at + 3), f"{tick * 100:.0f}%", theme, "end"))
    parts += [
        note(Point(across.at(tick), up.start + 10), short(tick), theme, "middle")
        for tick in ticks(across.low, across.high, 5)
    ]
    return "".join(parts)


def _stair(corners: Sequence[tuple[float, float]], across: Scale, up: Scale) -> list[Point]:
    """A share holds until the next level: a line aslant would show shares that no price has."""
    falls = [(after[0], before[1]) for before, after in pairwise(corners)]
    steps = [place for pair in zip(corners, [*falls, *corners[-1:]], strict=True) for place in pair]
    return [Point(across.at(price), up.at(share)) for price, share in steps]


def _price(theme: Theme, at: float, words: str, bottom: float, width: float) -> str:
    wide = width_of(words, TINY, strong=True)
    label = Point(min(at - wide / 2, width - wide), _HEAD - 6)
    mark = line(Point(at, _HEAD - 4), Point(at, bottom), theme.colours["price"], 1.1, "4 2")
    return mark + text(label, words, theme, colour="price", strong=True, size=TINY)
