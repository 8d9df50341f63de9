"""From a price to what is left of it: each step floats from where the one before it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.render.charts.drawing import Drawing, Point, broken, drawing, line, rectangle, text
from reportgen.render.charts.letters import fitted, width_of
from reportgen.render.charts.scale import Scale
from reportgen.render.theme import Theme

_ROW, _CUT, _STUB = 17.0, 6.0, 13.0


@dataclass(frozen=True)
class Step:
    """A step, called by the words for its key, with its amount (a cost is below 0), figure as text and colour role.

    `total` stands on zero: what the steps before it add up to.
    """

    key: str
    amount: float
    label: str
    role: str
    total: bool = False


def waterfall(
    theme: Theme, steps: Sequence[Step], *, words: Mapping[str, str], alt: str, width: float = 335
) -> Drawing:
    """Rows from the first figure to the last; `words`: one text a key. Beyond six times the first bars are cut."""
    names = min(width * 0.5, max((width_of(words[step.key], strong=step.total) for step in steps), default=0) + 10)
    room = max((width_of(step.label, strong=True) for step in steps), default=0) + 6
    spans = _spans(steps)
    reach = _CUT * max((abs(step.amount) for step in steps[:1]), default=0) or float("inf")
    ends = [end for span in spans for end in span]
    low, high = max(min([0.0, *ends]), -reach), min(max([0.0, *ends]), reach)
    places = Scale(low, high if high > low else 1.0, names + (room if low < 0 else 4), width - room)
    zero, bottom = places.at(0), _ROW * len(steps)
    parts = []
    for index, (step, (start, end)) in enumerate(zip(steps, spans, strict=True)):
        middle = _ROW * (index + 0.5)
        name = fitted(words[step.key], names - 6, strong=step.total)
        parts.append(text(Point(0, middle + 3.3), name, theme, strong=step.total))
        parts.append(_bar(theme, step, start, end, places, middle))
        if index + 1 < len(steps) and places.within(end):
            at = places.at(end)
            parts.append(line(Point(at, middle + 5.5), Point(at, middle + _ROW - 5.5), theme.colours["muted"], 0.6))
    parts.append(line(Point(zero, 0), Point(zero, bottom), theme.colours["muted"]))
    return drawing(theme, width, bottom + 1, alt, parts)


def _spans(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where each bar begins and ends."""
    at, found = 0.0, []
    for step in steps:
        start, at = (0.0, step.amount) if step.total else (at, at + step.amount)
        found.append((start, at))
    return found


def _bar(theme: Theme, step: Step, start: float, end: float, places: Scale, middle: float) -> str:
    left, right = sorted((places.at(start), places.at(end)))
    if right - left < _STUB and not (places.within(start) and places.within(end)):
        # what lies beyond the axis altogether is a stub at its edge, broken like all that is cut
        left, right = (left, left + _STUB) if start < places.low else (right - _STUB, right)
    parts = rectangle(left, middle - 5.5, max(0.8, right - left), 11, theme.colours[step.role])
    if max(start, end) > places.high:
        parts += broken(theme, Point(places.end, middle), 11)
    if min(start, end) < places.low:
        parts += broken(theme, Point(places.start, middle), 11, inward=1)
    # a figure stands to the right of its bar, but for bars wholly below zero: there the line of zero would cross it
    if right < places.at(0) - 1:
        return parts + text(Point(left - 4, middle + 3.3), step.label, theme, strong=True, anchor="end")
    return parts + text(Point(right + 4, middle + 3.3), step.label, theme, strong=True)
