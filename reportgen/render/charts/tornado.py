"""What each shock does: two columns of bars from the unshocked figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, drawing, line, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

_ROW, _HEAD = 17.0, 17.0


@dataclass(frozen=True)
class Effect:
    """A shock and its two effects, as figures (NaN: cannot be computed) and as text."""

    shock: str
    left: float
    left_label: str
    right: float
    right_label: str


def tornado(
    theme: Theme,
    effects: Sequence[Effect],
    *,
    left_title: str,
    right_title: str,
    alt: str,
    left_bad_up: bool = True,
    right_bad_up: bool = False,
    width: float = 687,
) -> Drawing:
    """Bars from zero; a change for the worse is drawn in the colour of trouble (up or down, as told)."""
    names = min(width * 0.32, max((width_of(effect.shock) for effect in effects), default=0) + 10)
    bottom = _HEAD + _ROW * len(effects)
    parts = []
    for index, effect in enumerate(effects):
        base = _HEAD + _ROW * index + _ROW / 2 + 3.3
        parts.append(text(Point(0, base), fitted(effect.shock, names - 8), theme))
    panels = [
        (left_title, left_bad_up, [(effect.left, effect.left_label) for effect in effects]),
        (right_title, right_bad_up, [(effect.right, effect.right_label) for effect in effects]),
    ]
    # a column in which nothing is known, or nothing moves, is left out
    panels = [panel for panel in panels if any(_moves(label) for _, label in panel[2])]
    wide = (width - names) / max(1, len(panels))
    for index, (title, bad_up, bars) in enumerate(panels):
        start = names + index * wide
        parts.append(_panel(theme, bars, title, bad_up, Scale(0, 1, start + 6, start + wide - 8), bottom))
    return drawing(theme, width, bottom + 2, alt, parts)


def is_drawn(effect: Effect) -> bool:
    """False for a shock that moves nothing."""
    return _moves(effect.left_label) or _moves(effect.right_label)


def _moves(label: str) -> bool:
    """False for a change that is shown as n/a or as 0."""
    return any(letter in "123456789" for letter in label)


def _panel(
    theme: Theme, bars: Sequence[tuple[float, str]], title: str, bad_up: bool, within: Scale, bottom: float
) -> str:
    known = [amount for amount, _ in bars if amount == amount]
    room = max((width_of(label, strong=True) for _, label in bars), default=0) + 8
    low, high = min([0.0, *known]), max([0.0, *known])
    start, end = within.start + (room if low < 0 else 0), within.end - (room if high > 0 or low == 0 else 0)
    places = Scale(low, high if high > low else 1.0, start, end)
    zero = places.at(0)
    side = "start" if high > 0 or low == 0 else "end"
    head = fitted(title, within.end - within.start, strong=True)
    parts = [text(Point(within.start, 9), head, theme, colour="muted", strong=True)]
    for index, (amount, label) in enumerate(bars):
        top = _HEAD + _ROW * index
        base = top + _ROW / 2 + 3.3
        if amount != amount:
            at = Point(zero + (4 if side == "start" else -4), base)
            parts.append(text(at, label, theme, colour="muted", anchor=side))
            continue
        worse = amount > 0 if bad_up else amount < 0
        tip = places.at(amount)
        parts.append(rectangle(zero, top + 3, tip - zero, _ROW - 6, theme.colours["bad" if worse else "good"]))
        way = ("start" if amount > 0 else "end") if amount else side
        offset = 4 if way == "start" else -4
        parts.append(text(Point(tip + offset, base), label, theme, strong=True, anchor=way))
    parts.append(line(Point(zero, _HEAD), Point(zero, bottom), theme.colours["muted"]))
    return "".join(parts)
