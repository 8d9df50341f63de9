"""The classic cost curve: operators from cheapest to dearest, as wide as their share of the hash rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import (
    TINY,
    Drawing,
    Point,
    drawing,
    fitted,
    line,
    note,
    rectangle,
    text,
    upward,
    width_of,
)
from reportgen.render.charts.scale import Scale, rounded_up, short, ticks
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT = 30.0, 22.0, 26.0
_CUT = 2.5
_UPRIGHT = 7.0


@dataclass(frozen=True)
class Block:
    """An operator on the cost curve: its net cost in USD/BTC and its share of the hash rate (0 to 1)."""

    operator: str
    cost: float
    share: float


def cost_curve(
    theme: Theme,
    blocks: Sequence[Block],
    *,
    price: float,
    words: Mapping[str, str],
    alt: str,
    width: float = 335,
    height: float = 142,
) -> Drawing:
    """Operators by cost, each as wide as its share; `words`: price, across (the horizontal axis), up."""
    bottom = height - _FOOT
    known = [block for block in blocks if block.cost == block.cost and block.share == block.share]
    across = Scale(0, max(1e-9, sum(block.share for block in known)), _LEFT, width - 4)
    up = Scale(*_bounds(known, price), bottom, _HEAD)
    parts = [_frame(theme, up, across, width, bottom, words)]
    start = 0.0
    gap = 0.6 if len(known) <= 60 else 0.0
    for block in known:
        left, right = across.at(start), across.at(start + block.share)
        start += block.share
        zero, top = up.at(0), up.at(block.cost)
        over = block.cost > price
        parts.append(
            rectangle(
                left,
                min(zero, top),
                max(0.3, right - left - gap),
                abs(zero - top),
                theme.colours["bad" if over else "accent"],
            )
        )
        parts.append(_name(theme, block.operator, left, right, max(zero, top), abs(zero - top)))
        if block.cost > up.high:
            parts.append(_break(theme, left, right, top))
    at = up.at(price)
    parts.append(line(Point(_LEFT, at), Point(width, at), theme.colours["price"], 1.3, "4 2"))
    wide = width_of(words["price"], strong=True)
    parts.append(rectangle(_LEFT + 2, at - 13, wide + 4, 11.5, theme.colours["paper"], 0.85))
    parts.append(text(Point(_LEFT + 4, at - 4), words["price"], theme, colour="price", strong=True))
    parts.append(line(Point(_LEFT, up.at(0)), Point(width - 4, up.at(0)), theme.colours["muted"]))
    return drawing(width, height, alt, parts)


def is_cut(blocks: Sequence[Block], price: float) -> bool:
    """True when some block goes on beyond the axis of the cost curve."""
    _, high = _bounds(blocks, price)
    return any(block.cost > high for block in blocks)


def _bounds(blocks: Sequence[Block], price: float) -> tuple[float, float]:
    costs = [block.cost for block in blocks if block.cost == block.cost]
    low = max(min([0.0, *costs]), -price)
    return low, rounded_up(low, max(price * 1.2, min(max([0.0, *costs]) * 1.02, price * _CUT)))


def _name(theme: Theme, operator: str, left: float, right: float, foot: float, tall: float) -> str:
    """The operator's name inside its block: across when all of it fits, else upright, else as much as there is room."""
    across = fitted(operator, right - left - 8, TINY)
    # the estimate of a width is on the safe side; upright there is a block's end to run into, and no neighbour
    upright = fitted(operator, (tall - 6) / 0.9, _UPRIGHT)
    if across != operator and right - left > 10 and len(upright) > max(6, len(across)):
        return upward(Point((left + right) / 2 + 2.5, foot - 3), upright, theme, "paper", _UPRIGHT)
    if len(across) > 4 and tall > 16:
        return text(Point(left + 4, foot - 5), across, theme, colour="paper", size=TINY)
    return ""


def _break(theme: Theme, left: float, right: float, top: float) -> str:
    """Two white strokes across the top of a block that goes on beyond the axis."""
    return "".join(
        line(Point(left, top + offset + 3), Point(right, top + offset - 1), theme.colours["paper"], 1.6)
        for offset in (5, 9)
    )


def _frame(theme: Theme, up: Scale, across: Scale, width: float, bottom: float, words: Mapping[str, str]) -> str:
    parts = [note(Point(0, 8), words["up"], theme)]
    for tick in ticks(up.low, up.high, 5):
        at = up.at(tick)
        parts.append(line(Point(_LEFT, at), Point(width - 4, at), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 4, at + 3), short(tick), theme, "end"))
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        place = across.start + tick * (across.end - across.start)
        parts.append(
            text(
                Point(place, bottom + 11),
                f"{tick * 100:.0f}%",
                theme,
                colour="muted",
                size=7.5,
                anchor="end" if tick == 1 else "middle",
            )
        )
    parts.append(note(Point(width - 4, bottom + 22), words["across"], theme, "end"))
    return "".join(parts)
