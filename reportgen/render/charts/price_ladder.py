"""The prices around today's at which something breaks: a lane for each kind of trigger, a dot for each trigger."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, dot, drawing, line, note, on_paper, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.room import Box, Room
from reportgen.render.charts.scale import Scale, in_percent, short, spread, ticks_with_room
from reportgen.render.theme import Theme

_LANE, _HEAD, _FOOT, _STRIP = 13.5, 17.0, 28.0, 28.0
REACH = 0.4
"""The axis goes from this share below the price to this share above it."""
_END = 26.0
"""Room at either end of the lanes for how many triggers lie beyond."""
_NARROW = 40.0


@dataclass(frozen=True)
class Mark:
    """A trigger: its kind, its price in USD/BTC, its distance from today's price, the share of hash rate behind it.

    `label` names it beside its dot where there is room: for the few that the words around the chart speak of.
    """

    kind: str
    price: float
    distance: float
    share: float
    label: str = ""

    @property
    def crossed(self) -> bool:
        """True when the price is below the trigger already."""
        return self.distance > 0


@dataclass(frozen=True)
class BandEntry:
    """A higher band of the score: its name, its colour role, the fall of the price that reaches it first, as text too.

    `distance` is a fraction below 0; NaN for a band that no fall within bounds reaches, which is left out.
    """

    band: str
    role: str
    distance: float
    label: str


def price_ladder(
    theme: Theme,
    marks: Sequence[Mark],
    *,
    kinds: Sequence[str],
    price: float,
    words: Mapping[str, str],
    alt: str,
    bands: Sequence[BandEntry] = (),
    band_now: str = "",
    width: float = 687,
) -> Drawing:
    """Dots as large as the hash rate behind them, those already crossed in the colour of trouble.

    `kinds` are the lanes, top down; `words`: one text a kind, price. Triggers beyond the axis are counted at its ends.
    With `bands`, a strip above says which band the score is in at each lower price, today's (`band_now`, a colour role)
    included: with names and distances where `words` has score, for the strip, else a bare one that takes no room.
    """
    strip = bool(bands) and "score" in words
    names = [words[kind] for kind in kinds] + ([words["score"]] if strip else [])
    left = min(width * 0.36, max((width_of(name) for name in names), default=0) + 8) + _END
    across = Scale(-REACH, REACH, left, width - _END)
    top = _HEAD + (_STRIP if strip else 0)
    bottom = top + _LANE * len(kinds)
    parts = [rectangle(left, top, across.at(0) - left, bottom - top, theme.colours["band"])]
    parts.append(_axis(theme, across, top, bottom, price))
    if strip:
        parts.append(text(Point(0, _HEAD + 10.3), fitted(words["score"], left - _END - 4), theme))
        parts.append(_strip(theme, bands, band_now, across))
    elif bands:
        parts += [
            rectangle(x, _HEAD - 4, end - x, 4, theme.colours[role]) for role, x, end in _spans(bands, band_now, across)
        ]
    for index, kind in enumerate(kinds):
        middle = top + _LANE * (index + 0.5)
        parts.append(text(Point(0, middle + 3.3), fitted(words[kind], left - _END - 4), theme))
        if index:
            edge = top + _LANE * index
            parts.append(line(Point(left, edge), Point(across.end, edge), theme.colours["line"], 0.5))
        parts.append(_lane(theme, [mark for mark in marks if mark.kind == kind], across, middle))
    at = across.at(0)
    parts.append(line(Point(at, _HEAD - 3), Point(at, bottom), theme.colours["price"], 1.3, "4 2"))
    parts.append(text(Point(at, _HEAD - 6), words["price"], theme, colour="price", anchor="middle", strong=True))
    return drawing(theme, width, bottom + _FOOT, alt, parts)


def _axis(theme: Theme, across: Scale, top: float, bottom: float, price: float) -> str:
    """Distances from the price on the lines of the grid; below them round prices, where they are."""
    parts = []
    step = 0.1 if across.at(0.1) - across.at(0) >= _NARROW else 0.2
    for index in range(-round(REACH / step), round(REACH / step) + 1):
        share = round(index * step, 10)
        at = across.at(share)
        if index:
            parts.append(line(Point(at, top), Point(at, bottom), theme.colours["line"], 0.5))
        label = ("+" if share > 0 else "") + in_percent(share)
        parts.append(note(Point(at, bottom + 11), label, theme, "middle"))
    prices = Scale(price * (1 - REACH), price * (1 + REACH), across.start, across.end)
    for tick in ticks_with_room(prices):
        at = prices.at(tick)
        parts.append(line(Point(at, bottom + 13), Point(at, bottom + 16), theme.colours["muted"], 0.5))
        parts.append(note(Point(at, bottom + 26), short(tick), theme, "middle"))
    return "".join(parts)


def _strip(theme: Theme, bands: Sequence[BandEntry], band_now: str, across: Scale) -> str:
    """From the price to the left, the band of the score; below it the distance at which each higher one is reached."""
    known = [entry for entry in bands if across.within(entry.distance)]
    names = ["", *(entry.band for entry in known)]
    parts = []
    for name, (role, left, right) in zip(names, _spans(known, band_now, across), strict=True):
        parts.append(rectangle(left + 0.5, _HEAD, right - left - 0.5, 13, theme.colours[role]))
        if width_of(name, strong=True) < right - left - 6:
            middle = Point((left + right) / 2, _HEAD + 10)
            parts.append(text(middle, name, theme, colour="paper", anchor="middle", strong=True))
    wide = max((width_of(entry.label) for entry in known), default=0) + 5
    places = spread([across.at(entry.distance) for entry in known], wide, across.start, across.at(0) - wide / 2)
    for entry, at in zip(known, places, strict=True):
        parts.append(text(Point(at, _HEAD + 23.5), entry.label, theme, anchor="middle"))
    return "".join(parts)


def _spans(bands: Sequence[BandEntry], band_now: str, across: Scale) -> list[tuple[str, float, float]]:
    """The colour role of each band from the price to the left, and where it begins and ends; calmer ones come first."""
    known = [entry for entry in bands if across.within(entry.distance)]
    edges = [across.at(0), *(across.at(entry.distance) for entry in known), across.start]
    roles = [band_now, *(entry.role for entry in known)]
    return [(role, left, right) for role, right, left in zip(roles, edges, edges[1:], strict=False)]


def _lane(theme: Theme, marks: Sequence[Mark], across: Scale, middle: float) -> str:
    within = sorted((mark for mark in marks if across.within(mark.distance)), key=lambda mark: -mark.share)
    room = Room(Box(across.start, middle - _LANE / 2, across.end, middle + _LANE / 2))
    dots = []
    for mark in within:
        at, radius = Point(across.at(mark.distance), middle), 2.2 + 3.6 * math.sqrt(max(0.0, min(1.0, mark.share)))
        room.take(Box(at.x - radius, middle - radius, at.x + radius, middle + radius))
        dots.append(dot(at, radius, theme.colours["bad" if mark.crossed else "accent"]))
    now = across.at(0)
    room.take(Box(now - 1, middle - 6, now + 1, middle + 6))
    parts = [_named(theme, mark, across, middle, room) for mark in within if mark.label]
    below, above = (sum(mark.distance < -REACH for mark in marks), sum(mark.distance > REACH for mark in marks))
    if below:
        place = Point(across.start - 5, middle + 3.3)
        parts.append(text(place, f"‹ {below}", theme, colour="muted", anchor="end"))
    if above:
        parts.append(text(Point(across.end + 5, middle + 3.3), f"{above} ›", theme, colour="bad"))
    return "".join((*parts, *dots))


def _named(theme: Theme, mark: Mark, across: Scale, middle: float, room: Room) -> str:
    """The label of a trigger on a ground of its own, left or right of its dot, where it runs into no other.

    On the other side of the price it points back to its dot.
    """
    at, now, wide = across.at(mark.distance), across.at(0), width_of(mark.label)
    left, right = Point(at - wide - 9, middle + 3.3), Point(at + 9, middle + 3.3)
    if not mark.crossed and right.x + wide > now - 3:
        choices = [(left, mark.label), (Point(max(right.x, now + 5), right.y), f"← {mark.label}")]
    else:
        choices = (
            [(left, mark.label), (right, mark.label)] if left.x > now or not mark.crossed else [(right, mark.label)]
        )
    for place, words in choices:
        if room.first([place], words):
            ground = "band" if place.x + width_of(words) < now else "paper"
            return on_paper(place, words, theme, ground=ground)
    return ""
