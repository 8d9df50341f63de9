"""What a bitcoin costs each operator: three layers as a stacked bar, the AI credit taken off, the price as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import (
    Drawing,
    Point,
    broken,
    diamond,
    drawing,
    line,
    note,
    on_paper,
    rectangle,
    text,
)
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale, rounded_up, short, ticks_with_room
from reportgen.render.theme import Theme

LAYERS = ("direct", "sustaining", "financing")
_KEY, _HEAD, _FOOT = 13.0, 19.0, 16.0
_ROWS = 12.0, 18.0
_CUT = 3.0
"""Bars longer than this many times the price are cut, with their figure beside them."""
_FLOOR = 1.0
"""What lies this many times the price below zero, too."""


@dataclass(frozen=True)
class CostBar:
    """An operator's layers and AI credit in USD/BTC (NaN: no production), and its net figure as text."""

    operator: str
    direct: float
    sustaining: float
    financing: float
    ai: float
    net: float
    label: str

    @property
    def layers(self) -> tuple[float, float, float]:
        """The three layers, in the order in which they are stacked."""
        return self.direct, self.sustaining, self.financing

    @property
    def known(self) -> bool:
        """False for an operator without production."""
        return all(layer == layer for layer in (*self.layers, self.net))

    @property
    def top(self) -> float:
        """Where the layers above zero end."""
        return sum(layer for layer in self.layers if layer > 0)

    @property
    def foot(self) -> float:
        """Where what lies below zero ends: layers that earn, and an AI credit larger than the cost."""
        return min(self.net, sum(layer for layer in self.layers if layer < 0))


def stacked_costs(
    theme: Theme,
    bars: Sequence[CostBar],
    *,
    price: float,
    words: Mapping[str, str],
    alt: str,
    width: float = 687,
    height: float = 190,
) -> Drawing:
    """Bars from zero, one an operator; `words`: direct, sustaining, financing, ai, net, price, missing.

    Bars are drawn at least as far apart as their names need, so that many of them make the chart taller than asked.
    """
    key, head = _key(theme, words, any(bar.ai == bar.ai and abs(bar.ai) > 0 for bar in bars), width)
    row = min(_ROWS[1], max(_ROWS[0], (height - head - _FOOT) / max(1, len(bars))))
    bottom = head + row * len(bars)
    left = min(width * 0.3, max((width_of(bar.operator) for bar in bars), default=0) + 8)
    right = width - max((width_of(bar.label, strong=True) for bar in bars), default=0) - 12
    places = Scale(*_bounds(bars, price), left, right)
    parts = [key, _axis(theme, places, head, bottom)]
    for index, bar in enumerate(bars):
        parts.append(_row(theme, bar, places, Point(right + 10, head + index * row), row))
    parts.append(line(Point(places.at(0), head), Point(places.at(0), bottom), theme.colours["muted"]))
    at, half = places.at(price), width_of(words["price"], strong=True) / 2
    parts.append(line(Point(at, head - 4), Point(at, bottom), theme.colours["price"], 1.3, "4 2"))
    for index, bar in enumerate(bars):
        if not bar.known:  # after the price, whose line its ground covers
            beside = Point(places.at(0) + 4, head + row * (index + 0.5) + 3.3)
            parts.append(on_paper(beside, words["missing"], theme, colour="muted"))
    label = Point(min(max(at, left + half), width - half), head - 7)
    parts.append(text(label, words["price"], theme, colour="price", strong=True, anchor="middle"))
    return drawing(theme, width, bottom + _FOOT, alt, parts)


def is_cut(bars: Sequence[CostBar], price: float) -> bool:
    """True when some bar goes on beyond the axis of the stacked costs."""
    low, high = _bounds(bars, price)
    return any(bar.top > high or bar.foot < low for bar in bars if bar.known)


def _bounds(bars: Sequence[CostBar], price: float) -> tuple[float, float]:
    known = [bar for bar in bars if bar.known]
    top = max((bar.top for bar in known), default=0.0)
    low = min(0.0, max(min((bar.foot for bar in known), default=0.0), -price * _FLOOR))
    return low, rounded_up(low, max(price * 1.15, min(top * 1.02, price * _CUT)), 6)


def _axis(theme: Theme, places: Scale, top: float, bottom: float) -> str:
    parts = []
    for tick in ticks_with_room(places):
        at = places.at(tick)
        parts.append(line(Point(at, top), Point(at, bottom), theme.colours["line"], 0.5))
        parts.append(note(Point(at, bottom + 12), short(tick), theme, "middle"))
    return "".join(parts)


def _row(theme: Theme, bar: CostBar, places: Scale, end: Point, row: float) -> str:
    """An operator's name, its bar, and its net figure, which begins at `end.x`."""
    base = end.y + row / 2 + 3.3
    name = text(Point(0, base), fitted(bar.operator, places.start - 6), theme)
    if not bar.known:
        return name
    return name + _bar(theme, bar, places, end.y, row) + text(Point(end.x, base), bar.label, theme, strong=True)


def _bar(theme: Theme, bar: CostBar, places: Scale, top: float, row: float) -> str:
    thick = row * 0.72
    y, middle = top + (row - thick) / 2, top + row / 2
    parts, above, below = [], 0.0, 0.0
    for role, layer in zip(LAYERS, bar.layers, strict=True):
        start, end = (above, above + layer) if layer >= 0 else (below, below + layer)
        parts.append(rectangle(places.at(start), y, places.at(end) - places.at(start), thick, theme.colours[role]))
        above, below = (end, below) if layer >= 0 else (above, end)
    if abs(bar.ai) > 0:
        net, gross = places.at(bar.net), places.at(sum(bar.layers))
        # a rim of paper sets the credit off from the layers below it
        parts.append(rectangle(net, middle - thick * 0.28, gross - net, thick * 0.56, theme.colours["paper"]))
        parts.append(rectangle(net, middle - thick * 0.2, gross - net, thick * 0.4, theme.colours["ai"]))
    if bar.top > places.high:
        parts.append(broken(theme, Point(places.end, middle), thick))
    if bar.foot < places.low:
        parts.append(broken(theme, Point(places.start, middle), thick, inward=1))
    if places.within(bar.net):
        parts.append(diamond(Point(places.at(bar.net), middle), 3.4, theme.colours["ink"], theme.colours["paper"]))
    return "".join(parts)


def _key(theme: Theme, words: Mapping[str, str], with_ai: bool, width: float) -> tuple[str, float]:
    """What the colours stand for, in lines along the top, and where the bars may begin below it."""
    parts, x, y = [], 0.0, 0.0
    for role in (*LAYERS, *(("ai",) if with_ai else ()), "net"):
        if x and x + 13 + width_of(words[role]) > width:
            x, y = 0.0, y + _KEY
        if role == "net":
            parts.append(diamond(Point(x + 4, y + 5), 3.4, theme.colours["ink"], theme.colours["paper"]))
        else:
            parts.append(rectangle(x, y + (1 if role != "ai" else 3), 9, 8 if role != "ai" else 4, theme.colours[role]))
        parts.append(text(Point(x + 13, y + 9), words[role], theme))
        x += width_of(words[role]) + 26
    return "".join(parts), y + _KEY + _HEAD
