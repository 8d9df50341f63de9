"""What a drawing puts where, read from its SVG in the order in which it is painted, with texts as wide as the font."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types of its own

from reportgen.render.charts.drawing import Drawing, Point
from reportgen.render.charts.letters import width_of
from reportgen.render.charts.room import Box
from reportgen.resources import templates_folder

_SVG = "{http://www.w3.org/2000/svg}"
_UPWARD = re.compile(r"translate\((\S+) (\S+)\) rotate\(-90\)")


@dataclass(frozen=True)
class Label:
    """A text: its words, the box that it takes, its colour and size, and its place in the order of painting."""

    words: str
    box: Box
    colour: str
    size: float
    order: int


@dataclass(frozen=True)
class Stroke:
    """A straight piece of a line."""

    start: Point
    end: Point
    order: int


@dataclass(frozen=True)
class Fill:
    """A filled shape by the box around it; `solid` for one through which nothing is seen and that fills its box."""

    box: Box
    colour: str
    opacity: float
    solid: bool
    order: int


@dataclass(frozen=True)
class Placed:
    """A whole drawing."""

    frame: Box
    labels: tuple[Label, ...]
    strokes: tuple[Stroke, ...]
    fills: tuple[Fill, ...]


def placed(drawing: Drawing) -> Placed:
    """The drawing's texts, lines and fills."""
    root = ET.fromstring(drawing.svg)
    size = float(root.get("font-size", 0))
    labels: list[Label] = []
    strokes: list[Stroke] = []
    fills: list[Fill] = []
    for order, item in enumerate(root.iter()):
        tag = item.tag.removeprefix(_SVG)
        if tag == "text":
            labels.append(_label(item, size, order))
        elif tag == "line":
            strokes.append(Stroke(_point(item, "x1", "y1"), _point(item, "x2", "y2"), order))
        elif tag == "path":
            points = [Point(*map(float, at.split())) for at in item.get("d", "").strip("MZ").split("L")]
            if item.get("fill") == "none":
                strokes += [Stroke(start, end, order) for start, end in pairwise(points)]
            else:
                fills.append(_shape(item, points, order))
        elif tag in ("rect", "circle"):
            fills.append(_fill(item, tag, order))
    return Placed(Box(0, 0, drawing.width, drawing.height), tuple(labels), tuple(strokes), tuple(fills))


def overlapping(chart: Placed) -> list[tuple[str, str]]:
    """Pairs of texts of which one stands in the other."""
    return [
        (one.words, other.words)
        for index, one in enumerate(chart.labels)
        for other in chart.labels[index + 1 :]
        if _inner(one.box).meets(_inner(other.box))
    ]


def crossed(chart: Placed) -> list[str]:
    """Texts through which a line goes, unless a ground of their own covers it, and those with a dot in them."""
    return [
        label.words
        for label in chart.labels
        if any(
            _inner(label.box).crossed(stroke.start, stroke.end) and not _covered(chart, label, stroke.order)
            for stroke in chart.strokes
        )
        or any(not fill.solid and fill.opacity == 1 and fill.box.meets(_inner(label.box)) for fill in chart.fills)
    ]


def outside(chart: Placed) -> list[str]:
    """Texts that reach beyond the frame."""
    frame = Box(chart.frame.left - 0.6, chart.frame.top - 0.6, chart.frame.right + 0.6, chart.frame.bottom + 0.6)
    return [label.words for label in chart.labels if not frame.holds(label.box)]


def grounds(chart: Placed, label: Label, paper: str) -> set[str]:
    """The colours that a text stands on, tints mixed with what is below them."""
    box, found = _inner(label.box), set()
    for share in (0.05, 0.35, 0.65, 0.95):
        at = Point(box.left + share * (box.right - box.left), (box.top + box.bottom) / 2)
        colour = paper
        for fill in chart.fills:
            if fill.order < label.order and _holds(fill.box, at):
                colour = _mixed(fill.colour, colour, fill.opacity)
        found.add(colour)
    return found


def _holds(box: Box, at: Point) -> bool:
    return box.left <= at.x <= box.right and box.top <= at.y <= box.bottom


def _mixed(over: str, under: str, opacity: float) -> str:
    pairs = ((int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a * opacity + b * (1 - opacity)):02X}" for a, b in pairs)


def _covered(chart: Placed, label: Label, order: int) -> bool:
    """True when a fill painted after the line and before the text is all of the text's ground."""
    return any(
        fill.solid and order < fill.order < label.order and fill.box.holds(_inner(label.box)) for fill in chart.fills
    )


def _inner(box: Box) -> Box:
    """What letters fill of their box: half a pixel less each way, and no more above than capitals reach."""
    return Box(box.left + 0.5, box.top + 0.5, box.right - 0.5, box.bottom - 0.5)


def _label(item: ET.Element, size: float, order: int) -> Label:
    words, strong = item.text or "", item.get("font-weight") == "600"
    size = float(item.get("font-size", size))
    wide = sum(_advance(letter, strong) for letter in words) * size
    upward = _UPWARD.fullmatch(item.get("transform", ""))
    if upward:
        x, y = float(upward[1]), float(upward[2])
        box = Box(x - 0.74 * size, y - wide, x + 0.2 * size, y)
    else:
        at = _point(item, "x", "y")
        left = at.x - {"middle": wide / 2, "end": wide}.get(item.get("text-anchor", ""), 0)
        box = Box(left, at.y - 0.74 * size, left + wide, at.y + 0.2 * size)
    return Label(words, box, item.get("fill", ""), size, order)


def _shape(item: ET.Element, points: list[Point], order: int) -> Fill:
    box = Box(
        min(at.x for at in points), min(at.y for at in points), max(at.x for at in points), max(at.y for at in points)
    )
    return Fill(box, item.get("fill", ""), float(item.get("fill-opacity", 1)), False, order)


def _fill(item: ET.Element, tag: str, order: int) -> Fill:
    opacity = float(item.get("fill-opacity", 1))
    if tag == "circle":
        at, radius = _point(item, "cx", "cy"), float(item.get("r", 0))
        return Fill(
            Box(at.x - radius, at.y - radius, at.x + radius, at.y + radius), item.get("fill", ""), opacity, False, order
        )
    at = _point(item, "x", "y")
    box = Box(at.x, at.y, at.x + float(item.get("width", 0)), at.y + float(item.get("height", 0)))
    return Fill(box, item.get("fill", ""), opacity, opacity == 1, order)


def _point(item: ET.Element, x: str, y: str) -> Point:
    return Point(float(item.get(x, 0)), float(item.get(y, 0)))


def _advance(letter: str, strong: bool) -> float:
    """The width of a letter in the brief's font; an estimate for letters that it has not."""
    letters, widths, unit = _font("SemiBold" if strong else "Regular")
    return widths[letters[ord(letter)]][0] / unit if ord(letter) in letters else width_of(letter, 1.0, strong)


@functools.cache
def _font(weight: str) -> tuple[dict[int, str], Any, float]:
    font = TTFont(templates_folder() / "fonts" / f"Inter-{weight}.ttf")
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
