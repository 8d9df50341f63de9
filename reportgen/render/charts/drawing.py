"""The pencil of all charts: shapes, text and the finished drawing, as SVG. Lengths are in CSS pixels (1/96 inch).

Charts are placed at their own size, so that a length here is the length on paper. Each text is one run, which a
renderer shapes and orders by itself, so that Arabic is joined and Hebrew read from the right.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from reportgen.render.charts.letters import LABEL, width_of
from reportgen.render.theme import Theme

_FALLBACK = ", Inter, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"
"""For browsers, which may have neither of the brief's fonts: none of these is wider, so that labels keep their room."""


@dataclass(frozen=True)
class Drawing:
    """A finished chart. Templates print it as it is; every text in it was escaped when it was drawn."""

    svg: str
    width: float
    height: float
    alt: str

    def __html__(self) -> str:
        """The drawing as an image inside the page: read as XML, which is faster than as part of the page's HTML."""
        data = base64.b64encode(self.svg.encode("utf-8")).decode("ascii")
        size = f'width="{number(self.width)}" height="{number(self.height)}"'
        return f'<img {size} alt={quoteattr(self.alt)} src="data:image/svg+xml;base64,{data}">'


@dataclass(frozen=True)
class Point:
    """A place in a drawing, from the top left."""

    x: float
    y: float


def drawing(theme: Theme, width: float, height: float, alt: str, parts: Iterable[str]) -> Drawing:
    """The parts in one frame, with the words that stand for it when it cannot be seen."""
    size = f'width="{number(width)}" height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}"'
    letters = f'font-family={quoteattr(theme.fonts["brief"] + _FALLBACK)} font-size="{number(LABEL)}"'
    words = " ".join(alt.split())
    title = f"<title>{escape(words)}</title>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {letters}>{title}{"".join(parts)}</svg>'
    return Drawing(svg, width, height, words)


def rectangle(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1.0) -> str:
    """A filled rectangle; one of no size is left out, a negative width goes to the left."""
    if width < 0:
        x, width = x + width, -width
    if width < 0.05 or height <= 0:
        return ""
    clear = f' fill-opacity="{number(opacity)}"' if opacity < 1 else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
        f"fill={quoteattr(fill)}{clear}/>"
    )


def light(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A light rectangle with a rim, for what is estimated: its rim stands out from the paper as a full one does."""
    if width < 0:
        x, width = x + width, -width
    if width <= 1 or height <= 1:
        return rectangle(x, y, width, height, colour)
    return (
        f'<rect x="{number(x + 0.5)}" y="{number(y + 0.5)}" width="{number(width - 1)}" height="{number(height - 1)}" '
        f'fill={quoteattr(colour)} fill-opacity="0.3" stroke={quoteattr(colour)}/>'
    )


def line(start: Point, end: Point, stroke: str, width: float = 0.75, dash: str = "") -> str:
    """A straight line, dashed like "3 2" if asked."""
    dashes = f" stroke-dasharray={quoteattr(dash)}" if dash else ""
    return (
        f'<line x1="{number(start.x)}" y1="{number(start.y)}" x2="{number(end.x)}" y2="{number(end.y)}" '
        f'stroke={quoteattr(stroke)} stroke-width="{number(width)}"{dashes}/>'
    )


def polyline(points: Iterable[Point], stroke: str, width: float = 1.4, dash: str = "") -> str:
    """A line through points; fewer than two draw nothing."""
    places = [f"{number(point.x)} {number(point.y)}" for point in points]
    if len(places) < 2:
        return ""
    dashes = f" stroke-dasharray={quoteattr(dash)}" if dash else ""
    return (
        f'<path d="M{"L".join(places)}" fill="none" stroke={quoteattr(stroke)} stroke-width="{number(width)}" '
        f'stroke-linejoin="round"{dashes}/>'
    )


def area(points: Iterable[Point], fill: str, opacity: float = 1.0) -> str:
    """A filled shape."""
    places = [f"{number(point.x)} {number(point.y)}" for point in points]
    return f'<path d="M{"L".join(places)}Z" fill={quoteattr(fill)} fill-opacity="{number(opacity)}"/>'


def dot(at: Point, radius: float, fill: str) -> str:
    """A filled circle."""
    return f'<circle cx="{number(at.x)}" cy="{number(at.y)}" r="{number(radius)}" fill={quoteattr(fill)}/>'


def diamond(at: Point, radius: float, fill: str, rim: str) -> str:
    """A filled square on its corner, with a rim that sets it off from what is below."""
    corners = ((0, -radius), (radius, 0), (0, radius), (-radius, 0))
    places = "L".join(f"{number(at.x + dx)} {number(at.y + dy)}" for dx, dy in corners)
    return f'<path d="M{places}Z" fill={quoteattr(fill)} stroke={quoteattr(rim)} stroke-width="0.8"/>'


def text(
    at: Point, words: str, theme: Theme, *, colour: str = "ink", anchor: str = "start", strong: bool = False
) -> str:
    """A line of text with its baseline at a point; `anchor` is start, middle or end. Nothing for an empty text."""
    if not words:
        return ""
    left = at.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width_of(words, strong=strong)
    middle = "" if anchor == "start" else f' text-anchor="{anchor}"'
    weight = ' font-weight="600"' if strong else ""
    # text-anchor is honoured by the renderer; the width only keeps text from starting outside the frame
    x = at.x if left >= 0 else at.x - left
    return (
        f'<text x="{number(x)}" y="{number(at.y)}" fill={quoteattr(theme.colours[colour])}{weight}{middle}>'
        f"{escape(words)}</text>"
    )


def note(at: Point, words: str, theme: Theme, anchor: str = "start") -> str:
    """A muted text: ticks, what an axis shows."""
    return text(at, words, theme, colour="muted", anchor=anchor)


def on_paper(
    at: Point,
    words: str,
    theme: Theme,
    *,
    colour: str = "ink",
    anchor: str = "start",
    strong: bool = False,
    ground: str = "paper",
) -> str:
    """A text on a ground of its own, which covers the lines of the grid below it."""
    wide = width_of(words, strong=strong)
    left = at.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wide
    plate = rectangle(left - 1, at.y - 8.5, wide + 2, 12, theme.colours[ground])
    return plate + text(at, words, theme, colour=colour, anchor=anchor, strong=strong)


def upward(at: Point, words: str, theme: Theme, colour: str) -> str:
    """A text that is read from below, beginning at a point."""
    return (
        f'<text transform="translate({number(at.x)} {number(at.y)}) rotate(-90)" '
        f"fill={quoteattr(theme.colours[colour])}>{escape(words)}</text>"
    )


def broken(theme: Theme, at: Point, thick: float, *, upright: bool = False, inward: int = -1) -> str:
    """Two strokes across the end of a bar that goes on beyond the axis.

    `at` is the middle of its end, `thick` its thickness; `inward` is the direction from the end into the bar along its
    axis (−1: the bar ends at the right, or, if `upright`, at the bottom).
    """
    half, lean = thick / 2, min(2.0, thick * 0.12)
    strokes = []
    for offset in (4.0, 8.0):
        along = inward * offset
        start, end = (along - lean, half), (along + lean, -half)
        if upright:
            start, end = (-half, along + lean), (half, along - lean)
        first, last = Point(at.x + start[0], at.y + start[1]), Point(at.x + end[0], at.y + end[1])
        strokes.append(line(first, last, theme.colours["paper"], 1.6))
    return "".join(strokes)


def number(value: float) -> str:
    """A length as SVG has it: at most two decimals, the same on every machine."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown
