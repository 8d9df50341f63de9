"""What a bitcoin costs each operator: three layers as a stacked bar, the AI credit taken off, the price as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.render.charts.drawing import (
    Drawing,
    Point,
    diamond,
    drawing,
    fitted,
    line,
    note,
    rectangle,
    text,
    width_of,
)
from reportgen.render.charts.scale import Scale, short, ticks
from reportgen.render.theme import Theme

LAYERS = ("direct", "sustaining", "financing")
_HEAD = 30.0
_FOOT = 15.0
_CUT = 3.0
"""Bars longer than this many times the price are cut, with their figure beside them."""


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
    """Bars from zero, one an operator; `words`: direct, sustaining, financing, ai, net, price, missing."""
    row = min(20.0, max(8.5, (height - _HEAD - _FOOT) / max(1, len(bars))))
    size = min(8.5, row - 0.5)
    bottom = _HEAD + row * len(bars)
    left = min(width * 0.26, max((width_of(bar.operator, size) for bar in bars), default=0) + 8)
    right = width - max((width_of(bar.label, size, strong=True) for bar in bars), default=0) - 12
    low, high = _bounds(bars, price)
    places = Scale(low, high, left, right)
    parts = [_axis(theme, places, bottom)]
    for index, bar in enumerate(bars):
        parts.append(_bar(theme, bar, places, _HEAD + index * row, row, size, words["missing"], right))
    parts.append(line(Point(places.at(0), _HEAD), Point(places.at(0), bottom), theme.colours["muted"]))
    at = places.at(price)
    parts.append(line(Point(at, _HEAD - 5), Point(at, bottom), theme.colours["price"], 1.3, "4 2"))
    parts.append(_price_label(theme, at, words["price"], left, right))
    parts.append(_legend(theme, words, any(bar.ai == bar.ai and abs(bar.ai) > 0 for bar in bars)))
    return drawing(width, bottom + _FOOT, alt, parts)


def _bounds(bars: Sequence[CostBar], price: float) -> tuple[float, float]:
    known = [bar for bar in bars if bar.known]
    tops = [sum(layer for layer in bar.layers if layer > 0) for bar in known]
    bottoms = [min(bar.net, sum(layer for layer in bar.layers if layer < 0)) for bar in known]
    high = max(price * 1.15, min(max(tops, default=0.0) * 1.02, price * _CUT))
    return min(0.0, max(min(bottoms, default=0.0), -price)), high


def _axis(theme: Theme, places: Scale, bottom: float) -> str:
    parts = []
    for tick in ticks(places.low, places.high, 6):
        at = places.at(tick)
        parts.append(line(Point(at, _HEAD), Point(at, bottom), theme.colours["line"], 0.5))
        parts.append(note(Point(at, bottom + 11), short(tick), theme, "middle"))
    return "".join(parts)


def _bar(
    theme: Theme, bar: CostBar, places: Scale, top: float, row: float, size: float, missing: str, right: float
) -> str:
    base = top + row / 2 + size * 0.36
    parts = [text(Point(0, base), fitted(bar.operator, places.start - 6, size), theme, size=size)]
    if not bar.known:
        return parts[0] + text(Point(places.at(0) + 4, base), missing, theme, colour="muted", size=size)
    thickness = row * 0.72
    y = top + (row - thickness) / 2
    above, below = 0.0, 0.0
    for role, layer in zip(LAYERS, bar.layers, strict=True):
        start, end = (above, above + layer) if layer >= 0 else (below, below + layer)
        parts.append(rectangle(places.at(start), y, places.at(end) - places.at(start), thickness, theme.colours[role]))
        above, below = (end, below) if layer >= 0 else (above, end)
    if above > places.high:
        cut = places.at(places.high)
        parts += [
            line(Point(cut + offset - 2, y + thickness), Point(cut + offset + 2, y), theme.colours["paper"], 1.6)
            for offset in (-9, -5)
        ]
    gross = sum(bar.layers)
    if abs(bar.ai) > 0:
        start = places.at(bar.net)
        parts.append(
            rectangle(start, y + thickness * 0.3, places.at(gross) - start, thickness * 0.4, theme.colours["ai"])
        )
    if places.within(bar.net):
        parts.append(
            diamond(Point(places.at(bar.net), y + thickness / 2), 3.4, theme.colours["ink"], theme.colours["paper"])
        )
    parts.append(text(Point(right + 10, base), bar.label, theme, size=size, strong=True))
    return "".join(parts)


def _price_label(theme: Theme, at: float, words: str, left: float, right: float) -> str:
    wide = width_of(words, strong=True)
    x = min(max(at - wide / 2, left), right - wide)
    return text(Point(x, _HEAD - 8), words, theme, colour="price", strong=True)


def _legend(theme: Theme, words: Mapping[str, str], with_ai: bool) -> str:
    items = [(role, words[role]) for role in LAYERS] + ([("ai", words["ai"])] if with_ai else [])
    widths = [width_of(label) + 22 for _, label in items]
    starts = [sum(widths[:index]) for index in range(len(widths) + 1)]
    parts = []
    for (role, label), (start, _) in zip(items, pairwise(starts), strict=True):
        parts.append(rectangle(start, 1 if role != "ai" else 3, 9, 8 if role != "ai" else 4, theme.colours[role]))
        parts.append(text(Point(start + 12, 8.5), label, theme))
    parts.append(diamond(Point(starts[-1] + 4, 5), 3.4, theme.colours["ink"], theme.colours["paper"]))
    parts.append(text(Point(starts[-1] + 12, 8.5), words["net"], theme))
    return "".join(parts)
