"""Room for labels: where a text stands, what it would run into, and the first place where it runs into nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from reportgen.render.charts.drawing import Point
from reportgen.render.charts.letters import LABEL, width_of

ASCENT, DESCENT = 0.76, 0.22
"""How far letters reach above and below their baseline, as shares of the font size."""
_AIR = 1.5


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """True when the two share some ground; edges that touch share none."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """True when the other lies within this one."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def crossed(self, start: Point, end: Point) -> bool:
        """True when a straight line goes through the box."""
        low, high = 0.0, 1.0
        for origin, reach, near, far in (
            (start.x, end.x - start.x, self.left, self.right),
            (start.y, end.y - start.y, self.top, self.bottom),
        ):
            if reach == 0:
                if not near < origin < far:
                    return False
                continue
            first, last = sorted(((near - origin) / reach, (far - origin) / reach))
            low, high = max(low, first), min(high, last)
        return low < high


def box_of(at: Point, words: str, *, size: float = LABEL, anchor: str = "start", strong: bool = False) -> Box:
    """The ground that a text takes, its baseline at a point."""
    wide = width_of(words, size, strong)
    left = at.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wide
    return Box(left, at.y - ASCENT * size, left + wide, at.y + DESCENT * size)


@dataclass
class Room:
    """What is drawn so far of a chart, within its frame."""

    frame: Box
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[Point, Point]] = field(default_factory=list)

    def draw(self, points: Iterable[Point]) -> None:
        """A line through points stands in the way from now on."""
        self.lines += pairwise(points)

    def take(self, box: Box) -> None:
        """A box stands in the way from now on."""
        self.boxes.append(box)

    def free(self, box: Box) -> bool:
        """True when nothing stands in the way of a box within the frame."""
        aired = Box(box.left - _AIR, box.top - _AIR, box.right + _AIR, box.bottom + _AIR)
        return (
            self.frame.holds(box)
            and not any(aired.meets(other) for other in self.boxes)
            and not any(aired.crossed(*line) for line in self.lines)
        )

    def first(
        self, places: Iterable[Point], words: str, *, anchor: str = "start", strong: bool = False, before: float = 0.0
    ) -> Point | None:
        """The first place where a text stands in the way of nothing, which it takes; None where there is none.

        `before` is room kept to the left of the text, for a sample of what it names.
        """
        for place in places:
            text = box_of(place, words, anchor=anchor, strong=strong)
            box = Box(text.left - before, text.top, text.right, text.bottom)
            if self.free(box):
                self.take(box)
                return place
        return None
