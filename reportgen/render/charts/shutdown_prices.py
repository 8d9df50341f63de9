"""The bitcoin price below which each type of machine loses money on power alone, against today's price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, broken, dot, drawing, line, note, on_paper, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale, rounded_up, short, ticks_with_room
from reportgen.render.theme import Theme

_ROW, _HEAD, _FOOT, _CUT = 15.0, 29.0, 17.0, 2.0
_LEAST, _STUB = 5.0, 13.0


@dataclass(frozen=True)
class Machine:
    """A type of machine: its lowest, mean and highest shutdown price in USD/BTC among operators, and two texts.

    `label` is its share of the hash rate. The mean is weighted by hash rate; NaN where the prices do not exist.
    """

    name: str
    low: float
    mean: float
    high: float
    label: str


def shutdown_prices(
    theme: Theme,
    machines: Sequence[Machine],
    *,
    price: float,
    words: Mapping[str, str],
    alt: str,
    width: float = 687,
) -> Drawing:
    """A range a type with a dot at its mean; what lies above the price is in the colour of trouble.

    `words`: price, share (what the texts at the right are), across, missing.
    """
    names = min(width * 0.36, max((width_of(machine.name) for machine in machines), default=0) + 10)
    shares = max(width_of(text) for text in (words["share"], *(machine.label for machine in machines))) + 10
    known = [machine for machine in machines if machine.mean == machine.mean]
    low = max(min([0.0, *(machine.low for machine in known)]), -price)
    top = max([price * 1.1, *(machine.high * 1.02 for machine in known)])
    high = rounded_up(low, min(top, price * _CUT), 5)
    places = Scale(low, high, names, width - shares)
    bottom = _HEAD + _ROW * len(machines)
    parts = [_axis(theme, places, bottom), note(Point(width, _HEAD - 6), words["share"], theme, "end")]
    for index, machine in enumerate(machines):
        base = _HEAD + _ROW * (index + 0.5) + 3.3
        parts.append(text(Point(0, base), fitted(machine.name, names - 8), theme))
        parts.append(_range(theme, machine, places, price, base) if machine in known else "")
        parts.append(text(Point(width, base), machine.label, theme, anchor="end"))
    at, half = places.at(price), width_of(words["price"], strong=True) / 2
    parts.append(line(Point(at, _HEAD - 4), Point(at, bottom), theme.colours["price"], 1.3, "4 2"))
    for index, machine in enumerate(machines):
        if machine not in known:  # after the price, whose line its ground covers
            beside = Point(places.at(0) + 4, _HEAD + _ROW * (index + 0.5) + 3.3)
            parts.append(on_paper(beside, words["missing"], theme, colour="muted"))
    place = Point(min(max(at, half), width - half), 9)
    parts.append(line(Point(at, 12), Point(at, _HEAD - 4), theme.colours["price"], 1.3, "4 2"))
    parts.append(text(place, words["price"], theme, colour="price", anchor="middle", strong=True))
    parts.append(note(Point(places.end, bottom + 26), words["across"], theme, "end"))
    return drawing(theme, width, bottom + _FOOT + 13, alt, parts)


def _axis(theme: Theme, places: Scale, bottom: float) -> str:
    parts = []
    for tick in ticks_with_room(places, 5):
        at = places.at(tick)
        parts.append(line(Point(at, _HEAD), Point(at, bottom), theme.colours["line" if tick else "muted"], 0.5))
        parts.append(note(Point(at, bottom + 12), short(tick), theme, "middle"))
    return "".join(parts)


def _range(theme: Theme, machine: Machine, places: Scale, price: float, base: float) -> str:
    middle = base - 3.3
    left, right = places.at(machine.low), places.at(machine.high)
    if right - left < _LEAST:  # a range of one price is still seen
        left, right = (left + right - _LEAST) / 2, (left + right + _LEAST) / 2
    if machine.high < places.low or machine.low > places.high:
        # what lies beyond the axis altogether is a stub at its edge, broken like all that is cut
        left = places.start if machine.high < places.low else places.end - _STUB
        right = left + _STUB
    at = min(max(places.at(price), left), right)
    accent, bad = theme.colours["accent"], theme.colours["bad"]
    if machine.low > price or machine.high <= price:
        bar = rectangle(left, middle - 3.5, right - left, 7, bad if machine.low > price else accent)
    else:
        bar = rectangle(left, middle - 3.5, at - left, 7, accent) + rectangle(at, middle - 3.5, right - at, 7, bad)
    if machine.high > places.high:
        bar += broken(theme, Point(places.end, middle), 7)
    if machine.low < places.low:
        bar += broken(theme, Point(places.start, middle), 7, inward=1)
    if places.within(machine.mean):
        centre = Point(places.at(machine.mean), middle)
        bar += dot(centre, 3.6, theme.colours["paper"]) + dot(centre, 2.6, theme.colours["ink"])
    return bar
