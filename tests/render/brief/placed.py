"""The boxes of a brief as they were placed on its pages: texts, pictures, tables and sections, with their places."""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportgen.inputs import Inputs
from reportgen.model.solve import solve
from reportgen.render.brief import typesetting
from reportgen.render.brief.engine import weasyprint
from reportgen.render.brief.pdf import manuscript_of, views_of

from .cases import WORKBOOK

POINTS = 0.75
"""Points of a CSS pixel."""
HEADINGS = frozenset({"h1", "h2", "h3", "figcaption"})
_PART_OF_ONE = re.compile("Line|Text|Wrapper")
"""Kinds of boxes of an element that has a box of its own beside them."""
_FONT_SIZE = re.compile(r'font-size="([\d.]+)"')


@dataclass(frozen=True)
class Placed:
    """A box on a page, with the elements around it, the innermost last."""

    page: int
    box: Any
    around: tuple[Any, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Names of the elements around it."""
        return tuple(element.tag for element in self.around)

    @property
    def classes(self) -> frozenset[str]:
        """Classes of the elements around it."""
        return frozenset(name for element in self.around for name in (element.get("class") or "").split())

    @property
    def size(self) -> float:
        """Of a text, its size in points."""
        return float(self.box.style["font_size"]) * POINTS

    @property
    def top(self) -> float:
        """Where it begins, in pixels from the top of the page."""
        return float(self.box.position_y)

    @property
    def right(self) -> float:
        """Where it ends on the right, in pixels from the left of the page."""
        return float(self.box.position_x + self.box.border_width())

    def inside(self, tag: str) -> Any | None:
        """The nearest element of that name around it."""
        return next((element for element in reversed(self.around) if element.tag == tag), None)


@dataclass(frozen=True)
class Pages:
    """The laid-out pages of one brief."""

    layout: Any

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.layout.pages)

    def frame(self, page: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the room for text on a page, in pixels."""
        box = self.layout.pages[page]._page_box
        left, top = box.content_box_x(), box.content_box_y()
        return left, top, left + box.width, top + box.height

    @cached_property
    def boxes(self) -> tuple[Placed, ...]:
        """Every box, in the order of the pages; what stands at their margins has no elements around it."""
        return tuple(
            placed
            for number, page in enumerate(self.layout.pages)
            for box in page._page_box.children
            for placed in _inside(number, box, (), "Margin" in type(box).__name__)
        )

    @cached_property
    def texts(self) -> tuple[Placed, ...]:
        """Every text that is seen."""
        return tuple(placed for placed in self.boxes if hasattr(placed.box, "text") and placed.box.text.strip())

    @cached_property
    def pictures(self) -> tuple[Placed, ...]:
        """Every picture."""
        return tuple(placed for placed in self.boxes if placed.tags[-1:] == ("img",))

    def of(self, tag: str) -> list[Placed]:
        """The boxes of every element of that name; one that goes over pages has several."""
        found = (placed for placed in self.boxes if placed.tags[-1:] == (tag,) and placed.box.element_tag == tag)
        return [placed for placed in found if not _PART_OF_ONE.search(type(placed.box).__name__)]

    def filled(self, page: int) -> float:
        """The part of a page, from the top, that holds anything."""
        _, top, _, bottom = self.frame(page)
        ends = [placed.top + placed.box.height for placed in (*self.texts, *self.pictures) if _on(placed, page)]
        return (max(ends, default=top) - top) / (bottom - top)


def _on(placed: Placed, page: int) -> bool:
    return placed.page == page and bool(placed.around)


def _inside(page: int, box: Any, around: tuple[Any, ...], margin: bool) -> Iterator[Placed]:
    element = box.element
    if not margin and element is not None and (not around or element is not around[-1]):
        around = (*around, element)
    yield Placed(page, box, around)
    for child in getattr(box, "children", ()):
        yield from _inside(page, child, around, margin)


def sizes_in(picture: Placed) -> list[float]:
    """The sizes of the texts of a chart as printed, in points."""
    source = picture.around[-1].get("src")
    drawn = base64.b64decode(source.partition("base64,")[2]).decode("utf-8")
    scale = picture.box.width / float(picture.around[-1].get("width"))
    return [float(size) * scale * POINTS for size in _FONT_SIZE.findall(drawn)]


def pages_of(inputs: Inputs, paper: str = "A4") -> Pages:
    """The laid-out brief of some inputs on that paper."""
    solution = solve(inputs)
    manuscript = manuscript_of(solution, WORKBOOK.name, None)
    manuscript = dataclasses.replace(manuscript, theme=dataclasses.replace(manuscript.theme, paper_size=paper))
    views = views_of(solution, manuscript, 1234)
    with typesetting._silent(None):
        return Pages(typesetting._layout(weasyprint(), manuscript, views, frozenset()))
