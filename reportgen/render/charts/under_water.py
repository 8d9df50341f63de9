"""The share of the hash rate whose cost exceeds the price, at each price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportgen.render.charts.drawing import Drawing, Point, drawing, line, note, on_paper, polyline, text
from reportgen.render.charts.letters import width_of
from reportgen.render.charts.room import Box, Room
from reportgen.render.charts.scale import Scale, in_percent, short, ticks_with_room
from reportgen.render.theme import Theme

_LEFT, _HEAD, _FOOT = 32.0, 26.0, 30.0
STAIRS = (("net", "financing", 2.2, ""), ("sustaining", "sustaining", 1.7, "5 2"), ("direct", "direct", 1.7, ""))
"""Each cost with its colour role, its thickness and its dashes; a later one is drawn over an earlier one."""
_SAMPLE = 18.0


@dataclass(frozen=True)
class Cost:
    """What a bitcoin costs an operator in USD/BTC by three measures (NaN: n/a), and its hash rate, in any unit."""

    hash_rate: float
    direct: float
    sustaining: float
    net: float


def under_water(
    theme: Theme,
    costs: Sequence[Cost],
    *,
    price: float,
    words: Mapping[str, str],
    alt: str,
    reach: float = 0.6,
    width: float = 335,
    height: float = 160,
) -> Drawing:
    """Three stairs that fall at the exact cost of each operator; `words`: direct, sustaining, net, price, across.

    The axis goes from `reach` below the price to as much above it, as a share of the price.
    """
    bottom, right = height - _FOOT, width - 12
    across = Scale(price * (1 - reach), price * (1 + reach), _LEFT, right)
    up = Scale(0, 1, bottom, _HEAD)
    stairs = {name: corners(costs, name, across) for name, *_ in STAIRS}
    paths = {name: [Point(across.at(x), up.at(y)) for x, y in stair] for name, stair in stairs.items()}
    at = across.at(price)
    room = Room(Box(_LEFT, _HEAD - 2, right, bottom))
    for path in paths.values():
        room.draw(path)
    room.draw([Point(at, _HEAD), Point(at, bottom)])
    parts = [_frame(theme, across, up), note(Point(right, height - 4), words["across"], theme, "end")]
    # the labels' own ground covers the grid, and stairs are drawn over it
    parts.append(_labels(theme, paths, words, room))
    parts += [polyline(paths[name], theme.colours[colour], thick, dash) for name, colour, thick, dash in STAIRS]
    parts.append(_price(theme, at, words["price"], bottom, right))
    return drawing(theme, width, height, alt, parts)


def corners(costs: Sequence[Cost], name: str, across: Scale) -> list[tuple[float, float]]:
    """The corners of a stair: the share whose cost exceeds the price falls at the cost itself, and nowhere else."""
    running = [(getattr(cost, name), cost.hash_rate) for cost in costs if cost.hash_rate > 0]
    known = sorted((cost, rate) for cost, rate in running if cost == cost)
    whole = sum(rate for _, rate in running) or 1.0
    left = sum(share for cost, share in known if cost > across.low) / whole
    found = [(across.low, left)]
    for cost, share in known:
        if across.low < cost <= across.high:
            after = left - share / whole
            found += [(cost, left), (cost, after)]
            left = after
    return [*found, (across.high, left)]


def _labels(theme: Theme, paths: Mapping[str, Sequence[Point]], words: Mapping[str, str], room: Room) -> str:
    """Each stair's name beside it with a sample of its line; in the head of the chart where it has no room."""
    parts, x = [], 0.0
    for name, colour, thick, dash in STAIRS:
        at = room.first(_beside(paths[name], width_of(words[name])), words[name], before=_SAMPLE)
        if at is None:
            at = Point(x + _SAMPLE, 9)
            x += _SAMPLE + width_of(words[name]) + 8
        sample = line(Point(at.x - 16, at.y - 3), Point(at.x - 3, at.y - 3), theme.colours[colour], thick, dash)
        parts.append(on_paper(at, words[name], theme) + sample)
    return "".join(parts)


def _beside(path: Sequence[Point], wide: float) -> Iterator[Point]:
    """Places to the right of a stair's falls, and above and below its steps."""
    left = _SAMPLE + 5
    for start, end in pairwise(path):
        if start.x == end.x:
            yield from (Point(start.x + left, y) for y in ((start.y + end.y) / 2 + 3, start.y + 10, end.y - 5))
    for start, end in pairwise(path):
        yield from (Point(x, y) for y in (start.y - 5, start.y + 12) for x in (start.x + left, end.x - wide - 5))


def _frame(theme: Theme, across: Scale, up: Scale) -> str:
    parts = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = up.at(tick)
        parts.append(line(Point(_LEFT, at), Point(across.end, at), theme.colours["line"], 0.5))
        parts.append(note(Point(_LEFT - 4, at + 3), in_percent(tick), theme, "end"))
    for tick in ticks_with_room(across, 5):
        at = across.at(tick)
        parts.append(line(Point(at, up.start), Point(at, up.start + 3), theme.colours["muted"], 0.5))
        parts.append(note(Point(at, up.start + 13), short(tick), theme, "middle"))
    return "".join(parts)


def _price(theme: Theme, at: float, words: str, bottom: float, right: float) -> str:
    half = width_of(words, strong=True) / 2
    label = Point(min(at, right - half), _HEAD - 6)
    mark = line(Point(at, _HEAD - 4), Point(at, bottom), theme.colours["price"], 1.1, "4 2")
    return mark + text(label, words, theme, colour="price", strong=True, anchor="middle")
