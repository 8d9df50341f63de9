"""Bitcoin a day that come to the market and are taken off it, in groups, with one sign for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, light, line, note, on_paper, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale, short, ticks_with_room
from reportgen.render.theme import Theme

_ROW, _GROUP = 14.0, 15.0


@dataclass(frozen=True)
class Flow:
    """One bar in BTC/day: below 0 coins come to the market, above 0 they are taken off it; NaN is not known.

    `first` is its solid part, from zero, with the same sign. It is called by its name, or by the words for its key.
    """

    name: str
    amount: float
    label: str
    first: float = 0.0
    key: str = ""


@dataclass(frozen=True)
class FlowGroup:
    """Bars of one kind, the key of the words above them, and the colour role that they are drawn in."""

    key: str
    role: str
    flows: tuple[Flow, ...]


def pressure(
    theme: Theme, groups: Sequence[FlowGroup], *, words: Mapping[str, str], alt: str, width: float = 687
) -> Drawing:
    """Bars from zero in groups; `words`: one text a key, and `missing` for a flow that is not known (NaN)."""
    groups = [group for group in groups if group.flows]
    flows = [flow for group in groups for flow in group.flows]
    names = min(width * 0.4, max((width_of(_name(flow, words)) for flow in flows), default=0) + 16)
    room = max((width_of(flow.label, strong=True) for flow in flows), default=0) + 10
    amounts = [flow.amount for flow in flows if flow.amount == flow.amount]
    low, high = min([0.0, *amounts]), max([0.0, *amounts])
    if low == high:
        low, high = -1.0, 1.0
    places = Scale(low, high, names + (room if low < 0 else 4), width - (room if high > 0 else 8))
    marks = ticks_with_room(places)
    parts: list[str] = []
    y = 0.0
    for group in groups:
        head = fitted(words[group.key], width, strong=True)
        parts.append(text(Point(0, y + 11), head, theme, colour="muted", strong=True))
        y += _GROUP
        below = y + _ROW * len(group.flows)
        # lines stop at the words of each group
        for tick in marks:
            colour = theme.colours["line" if tick else "muted"]
            parts.append(line(Point(places.at(tick), y), Point(places.at(tick), below), colour, 0.5 if tick else 0.75))
        for index, flow in enumerate(group.flows):
            parts.append(_bar(theme, flow, group.role, places, y + _ROW * index, names, words))
        y = below
    parts += [note(Point(places.at(tick), y + 11), short(tick), theme, "middle") for tick in marks]
    return drawing(theme, width, y + 15, alt, parts)


def _name(flow: Flow, words: Mapping[str, str]) -> str:
    return words[flow.key] if flow.key else flow.name


def _bar(theme: Theme, flow: Flow, role: str, places: Scale, top: float, names: float, words: Mapping[str, str]) -> str:
    base, zero = top + _ROW / 2 + 3.3, places.at(0)
    name = text(Point(8, base), fitted(_name(flow, words), names - 14), theme)
    right = flow.amount > 0 or (not flow.amount < 0 and places.high > 0)
    way, side = (1, "start") if right else (-1, "end")
    if flow.amount != flow.amount:
        return name + on_paper(Point(zero + way * 4, base), words["missing"], theme, colour="muted", anchor=side)
    end, colour = places.at(flow.amount), theme.colours[role]
    bar = (light if flow.first else rectangle)(zero, top + 2, end - zero, _ROW - 4, colour)
    bar += rectangle(zero, top + 2, places.at(flow.first) - zero, _ROW - 4, colour) if flow.first else ""
    return name + bar + on_paper(Point(end + way * 5, base), flow.label, theme, strong=True, anchor=side)
