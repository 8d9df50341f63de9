"""A few flows of bitcoin a day on one axis: coins that come to the market go left, coins taken off it right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, light, line, note, on_paper, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale, short, ticks_with_room
from reportgen.render.theme import Theme

_ROW, _HEAD, _FOOT = 17.0, 15.0, 16.0
_LEAST = 1.2
"""A flow that is not 0 is drawn at least as wide as this."""


@dataclass(frozen=True)
class MarketFlow:
    """A flow in BTC/day: below 0 coins come to the market, above 0 they are taken off it; NaN is not known.

    `part` of it, with the same sign, is drawn solid from zero and the rest lighter; all of it is solid where `part` is
    0. It is called by the words for its key.
    """

    key: str
    amount: float
    label: str
    part: float = 0.0


def market_flows(
    theme: Theme, flows: Sequence[MarketFlow], *, words: Mapping[str, str], alt: str, width: float = 687
) -> Drawing:
    """A bar a flow; `words`: one text a key, selling and buying (what the directions mean), missing (for NaN)."""
    names = min(width * 0.42, max((width_of(words[flow.key]) for flow in flows), default=0) + 10)
    room = max((width_of(flow.label, strong=True) for flow in flows), default=0) + 8
    amounts = [flow.amount for flow in flows if flow.amount == flow.amount]
    low, high = min([0.0, *amounts]), max([0.0, *amounts])
    if low == high:
        low, high = -1.0, 1.0
    places = Scale(low, high, names + (room if low < 0 else 6), width - (room if high > 0 else 6))
    bottom = _HEAD + _ROW * len(flows)
    parts = [_frame(theme, places, bottom, words, width)]
    for index, flow in enumerate(flows):
        base = _HEAD + _ROW * (index + 0.5) + 3.3
        parts.append(text(Point(0, base), fitted(words[flow.key], names - 6), theme))
        parts.append(_bar(theme, flow, places, base, words["missing"]))
    parts.append(line(Point(places.at(0), _HEAD), Point(places.at(0), bottom), theme.colours["muted"]))
    return drawing(theme, width, bottom + _FOOT, alt, parts)


def _frame(theme: Theme, places: Scale, bottom: float, words: Mapping[str, str], width: float) -> str:
    """Round figures along the bottom; what the directions mean along the top, the word of an unused one left out."""
    parts = []
    for tick in ticks_with_room(places):
        at = places.at(tick)
        parts.append(line(Point(at, _HEAD), Point(at, bottom), theme.colours["line"], 0.5))
        parts.append(note(Point(at, bottom + 12), short(tick), theme, "middle"))
    return "".join((*parts, _directions(theme, places, words, width)))


def _directions(theme: Theme, places: Scale, words: Mapping[str, str], width: float) -> str:
    """What either side of zero means, beside zero; that of a side without bars is left out."""
    zero, parts, edge = places.at(0), [], width
    if places.high > 0:
        edge = min(zero + 6, width - width_of(words["buying"]))
        parts.append(note(Point(edge, 9), words["buying"], theme))
    if places.low < 0:
        at = max(min(zero - 6, edge - 12), width_of(words["selling"]))
        parts.append(note(Point(at, 9), words["selling"], theme, "end"))
    return "".join(parts)


def _bar(theme: Theme, flow: MarketFlow, places: Scale, base: float, missing: str) -> str:
    zero, top, thick = places.at(0), base - 9.0, _ROW - 5.5
    # a text without a bar stands on the side on which there is room
    selling = flow.amount < 0 or (not flow.amount > 0 and places.high == 0)
    way, side = (-1, "end") if selling else (1, "start")
    if flow.amount != flow.amount:
        return on_paper(Point(zero + way * 4, base), missing, theme, colour="muted", anchor=side)
    colour = theme.colours["sell" if selling else "buy"]
    long = max(_LEAST, abs(places.at(flow.amount) - zero)) if flow.amount else 0.0
    solid = min(long, max(_LEAST, abs(places.at(flow.part) - zero))) if flow.part else long
    bar = light(zero, top, way * long, thick, colour) if solid < long else ""
    bar += rectangle(zero, top, way * solid, thick, colour)
    label = Point(zero + way * (long + 4), base)
    return bar + on_paper(label, flow.label, theme, strong=True, anchor=side)
