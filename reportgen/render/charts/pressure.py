"""Bitcoin a day that miners sell, beside what exchange-traded funds sell or take in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, fitted, line, note, rectangle, text, width_of
from reportgen.render.charts.scale import Scale, short, ticks
from reportgen.render.theme import Theme

_ROW, _GROUP = 13.5, 13.5


@dataclass(frozen=True)
class Flow:
    """One bar in BTC/day: to the right selling, to the left buying; `first` is its darker part, from zero.

    It is called by its name, or by the words for its key when it has one.
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
    left = min(width * 0.36, max((width_of(_name(flow, words)) for flow in flows), default=0) + 14)
    room = max((width_of(flow.label, strong=True) for flow in flows), default=0) + 10
    amounts = [flow.amount for flow in flows if flow.amount == flow.amount] or [1.0]
    low, high = min(0.0, *amounts), max(0.0, *amounts)
    places = Scale(low, high if high > low else 1.0, left + (room if low < 0 else 0), width - (room if high > 0 else 4))
    parts: list[str] = []
    y = 0.0
    marks = ticks(places.low, places.high, 5)
    for group in groups:
        parts.append(
            text(Point(0, y + 10), fitted(words[group.key], width, strong=True), theme, colour="muted", strong=True)
        )
        y += _GROUP
        below = y + _ROW * len(group.flows)
        # lines stop at the words of each group
        parts += [
            line(Point(places.at(tick), y), Point(places.at(tick), below), theme.colours["line"], 0.5) for tick in marks
        ]
        for flow in group.flows:
            parts.append(_bar(theme, flow, group.role, places, y, left, words))
            y += _ROW
        parts.append(
            line(
                Point(places.at(0), below - _ROW * len(group.flows)), Point(places.at(0), below), theme.colours["muted"]
            )
        )
    parts += [note(Point(places.at(tick), y + 10), short(tick), theme, "middle") for tick in marks]
    return drawing(width, y + 14, alt, parts)


def _name(flow: Flow, words: Mapping[str, str]) -> str:
    return words[flow.key] if flow.key else flow.name


def _bar(theme: Theme, flow: Flow, role: str, places: Scale, top: float, left: float, words: Mapping[str, str]) -> str:
    base = top + _ROW / 2 + 3
    zero = places.at(0)
    name = text(Point(8, base), fitted(_name(flow, words), left - 12), theme)
    if flow.amount != flow.amount:
        return name + text(Point(zero + 4, base), words["missing"], theme, colour="muted")
    end = places.at(flow.amount)
    bar = rectangle(zero, top + 2, end - zero, _ROW - 4, theme.colours[role], 0.55 if flow.first else 1.0)
    bar += rectangle(zero, top + 2, places.at(flow.first) - zero, _ROW - 4, theme.colours[role]) if flow.first else ""
    side = "start" if flow.amount >= 0 else "end"
    offset = 5 if flow.amount >= 0 else -5
    wide = width_of(flow.label, strong=True)
    blank = rectangle(end + offset - (0 if offset > 0 else wide), top + 2, wide, _ROW - 4, theme.colours["paper"])
    return name + bar + blank + text(Point(end + offset, base), flow.label, theme, strong=True, anchor=side)
