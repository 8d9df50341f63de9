"""The classic cost curve: operators from cheapest to dearest, as wide as their share of the hash rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import (
    Drawing,
    Point,
    broken,
    drawing,
    line,
    note,
    on_paper,
    rectangle,
    text,
    upward,
)
from reportgen.render.charts.letters import LABEL, fitted, width_of
from reportgen.render.charts.room import Box, Room
from reportgen.render.charts.scale import Scale, in_percent, rounded_up, short, ticks
from reportgen.render.theme import Theme

_HEAD, _FOOT = 22.0, 30.0
_CUT = 2.5
_LINE, _SHORT, _BREAK = LABEL + 2.4, 70.0, 12.0
"""Room for a line of text, for a name beside its block, and for the end of a block that may be broken."""


@dataclass(frozen=True)
class Block:
    """An operator on the cost curve: its net cost in USD/BTC and its share of the hash rate (0 to 1)."""

    operator: str
    cost: float
    share: float


@dataclass(frozen=True)
class _Placed:
    """A block on the page: its edges, where the axis and the price are, and whether it costs more than the price."""

    block: Block
    left: float
    right: float
    zero: float
    end: float
    over: bool

    @property
    def top(self) -> float:
        return min(self.zero, self.end)

    @property
    def bottom(self) -> float:
        return max(self.zero, self.end)


def cost_curve(
    theme: Theme,
    blocks: Sequence[Block],
    *,
    price: float,
    words: Mapping[str, str],
    alt: str,
    width: float = 335,
    height: float = 160,
) -> Drawing:
    """Operators by cost, each as wide as its share; `words`: price, across (the horizontal axis), up.

    Names stand in their blocks or beside their tops, clear of the price line; what has no room is left out.
    """
    known = [block for block in blocks if block.cost == block.cost and block.share == block.share]
    low, high = _bounds(known, price)
    head = _HEAD if words["up"] else 12.0
    marks = ticks(low, high, 5)
    left = max(width_of(short(tick)) for tick in marks) + 6
    label = words["price"].rsplit(" ", 1)
    right = width - max(width_of(part, strong=True) for part in label) - 5
    across = Scale(0, max(1e-9, sum(block.share for block in known)), left, right)
    up = Scale(low, high, height - _FOOT, head)
    placed = _placed(known, across, up, price)
    at = up.at(price)
    parts = [_frame(theme, up, across, marks, words, Point(width, height))]
    parts += [_block(theme, item, up) for item in placed]
    parts.append(line(Point(left, at), Point(right, at), theme.colours["price"], 1.3, "4 2"))
    parts.append(line(Point(left, up.at(0)), Point(right, up.at(0)), theme.colours["muted"]))
    parts.append(_names(theme, placed, at, Box(left, head - 10, right, height - _FOOT)))
    lift = 3.0 if len(label) == 1 else -2.5
    for index, part in enumerate(label):
        place = Point(right + 4, at + lift + index * (LABEL + 1.5))
        parts.append(text(place, part, theme, colour="price", strong=True))
    return drawing(theme, width, height, alt, parts)


def is_cut(blocks: Sequence[Block], price: float) -> bool:
    """True when some block goes on beyond the axis of the cost curve."""
    low, high = _bounds(blocks, price)
    return any(block.cost > high or block.cost < low for block in blocks)


def _bounds(blocks: Sequence[Block], price: float) -> tuple[float, float]:
    costs = [block.cost for block in blocks if block.cost == block.cost]
    low = max(min([0.0, *costs]), -price)
    return low, rounded_up(low, max(price * 1.2, min(max([0.0, *costs]) * 1.02, price * _CUT)))


def _placed(blocks: Sequence[Block], across: Scale, up: Scale, price: float) -> list[_Placed]:
    gap = 0.6 if len(blocks) <= 60 else 0.0
    start, placed = 0.0, []
    for block in blocks:
        left = across.at(start)
        start += block.share
        right = max(left + 0.3, across.at(start) - gap)
        placed.append(_Placed(block, left, right, up.at(0), up.at(block.cost), block.cost > price))
    return placed


def _block(theme: Theme, item: _Placed, up: Scale) -> str:
    wide, colour = item.right - item.left, theme.colours["bad" if item.over else "accent"]
    parts = rectangle(item.left, item.top, wide, item.bottom - item.top, colour)
    if not up.within(item.block.cost):
        down = item.block.cost < up.low
        end = Point((item.left + item.right) / 2, item.end)
        parts += broken(theme, end, wide, upright=True, inward=-1 if down else 1)
    return parts


def _names(theme: Theme, placed: Sequence[_Placed], price: float, frame: Box) -> str:
    """Each name in its block where all of it has room; else to the left of the block's top, above the cheaper ones.

    The widest blocks come first; a name that has room nowhere is cut, and left out where too little of it would remain.
    """
    room = Room(frame)
    room.draw([Point(frame.left, price), Point(frame.right, price)])
    for item in placed:
        room.take(Box(item.left, item.top, item.right, item.bottom))
    parts = []
    for item in sorted(placed, key=lambda item: (item.left - item.right, -item.block.cost)):
        whole = _inside(theme, item, price, least=len(item.block.operator))
        parts.append(whole or _beside(theme, item, room) or _inside(theme, item, price, least=1))
    return "".join(parts)


def _inside(theme: Theme, item: _Placed, price: float, least: int) -> str:
    """The name along the block or up it, in the larger part that the price line leaves; "" without `least` letters."""
    edges = [item.top, item.bottom]
    edges[0 if item.end < item.zero else 1] += _BREAK if item.end < item.zero else -_BREAK
    if item.top < price < item.bottom:
        edges[1:1] = [price - 2, price + 2]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    top, bottom = max(spans, key=lambda span: span[1] - span[0])
    wide, name = item.right - item.left, item.block.operator
    along = fitted(name, wide - 8) if bottom - top >= _LINE else ""
    upright = fitted(name, bottom - top - 8) if wide >= _LINE else ""
    if len(along) >= max(least, len(upright)):
        return text(Point(item.left + 4, bottom - 4), along, theme, colour="paper")
    if len(upright) >= least:
        return upward(Point((item.left + item.right) / 2 + LABEL * 0.35, bottom - 4), upright, theme, "paper")
    return ""


def _beside(theme: Theme, item: _Placed, room: Room) -> str:
    """The name to the left of the block's top or above it, where it runs into nothing; its ground hides the grid."""
    name = fitted(item.block.operator, max(_SHORT, item.right - room.frame.left - 4))
    wide, tall = width_of(name), int(min(40.0, max(0.0, item.bottom - item.top)))
    left = (Point(item.left - wide - 3, item.top + 8 + step) for step in range(0, tall, 2))
    above = (
        Point(x, item.top - 4 - step) for step in range(0, 10, 2) for x in (item.left, item.right - wide) if x >= 0
    )
    at = room.first((*left, *above), name)
    return on_paper(at, name, theme, colour="bad" if item.over else "accent") if at else ""


def _frame(
    theme: Theme, up: Scale, across: Scale, marks: Sequence[float], words: Mapping[str, str], size: Point
) -> str:
    parts = [note(Point(0, 9), words["up"], theme)]
    for tick in marks:
        at = up.at(tick)
        parts.append(line(Point(across.start, at), Point(across.end, at), theme.colours["line"], 0.5))
        parts.append(note(Point(across.start - 4, at + 3), short(tick), theme, "end"))
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        place = Point(across.start + tick * (across.end - across.start), up.start + 13)
        parts.append(note(place, in_percent(tick), theme, "middle"))
    parts.append(note(Point(across.end, size.y - 4), words["across"], theme, "end"))
    return "".join(parts)
