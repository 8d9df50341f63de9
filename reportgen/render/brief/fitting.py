"""How much is shown, and where the last page begins, so that the pages are well filled.

Setting pages takes half of the time that a brief takes, so it is not tried blindly: how much higher or lower the pages
become with other limits is counted in their HTML (rows of tables, heights of charts, letters), and a try is made with
the limits that should fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportgen.render.brief.limits import MOST_PAGES, STEPS, Limits

if TYPE_CHECKING:
    from weasyprint import Document as Layout

LEAST_OF_LAST = 1 / 3
"""Of the last page, what is filled at the least."""
_ROWS = STEPS[:-1]
"""Limits that differ in their rows; the last ones leave the first page more room."""
ANSWERED = "is_it_big"
"""The id of the section that ends the answers of the first page."""
_ROW, _LINE, _LETTERS = 21.0, 13.0, 150.0
"""Pixels of a row of a table and of a line of small print, and how many letters that line holds."""
_PICTURE = re.compile(r'<img [^>]*?height="([\d.]+)"')
_DATA = re.compile(r'src="data:[^"]*"')
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Filled:
    """Laid-out pages: how many, the height of one, and how much of the last is filled, in pixels."""

    pages: int
    height: float
    last: float

    @property
    def thin(self) -> bool:
        """True when the last page is too empty to stand by itself."""
        return self.pages > 1 and self.last < LEAST_OF_LAST * self.height

    @property
    def over(self) -> float:
        """By how much the pages are more than allowed, in pixels."""
        return max(0.0, (self.pages - MOST_PAGES - 1) * self.height + self.last)


def fitted(page: Callable[[Limits], str], lay: Callable[[str, str], Layout], fixed: bool) -> Layout:
    """The laid-out pages with as many rows as fit.

    The last limits are for a first page that is too long. `page` gives the HTML under some limits, `lay` its
    pages with more style; `fixed` pages are a user's own: they show less where there are too many of them, and stay as
    they are otherwise.
    """
    text = page(STEPS[0])
    layout = lay(text, "")
    place = 0
    while filled(layout).over and place < len(_ROWS) - 1:
        place, text = _next(page, text, place, filled(layout))
        layout = lay(text, "")
    if not answered(layout):
        text = page(STEPS[-1])
        layout = lay(text, "")
    if fixed or not filled(layout).thin:
        return layout
    return _evened(layout, lambda style: lay(text, style))


def _next(page: Callable[[Limits], str], text: str, place: int, now: Filled) -> tuple[int, str]:
    """The first of the limits that follow which should fit, and the page under them."""
    extent = _extent(text)
    for later in range(place + 1, len(_ROWS)):
        shorter = page(STEPS[later])
        if extent - _extent(shorter) >= now.over:
            break
    return later, shorter


def _extent(page: str) -> float:
    """What a page takes of height, in pixels but for a constant: made to compare pages that differ in a few rows."""
    pictures = sum(map(float, _PICTURE.findall(page)))
    letters = len(_TAG.sub("", _DATA.sub("", page)))
    return _ROW * page.count("<tr") + pictures + _LINE * letters / _LETTERS


def _evened(layout: Layout, lay: Callable[[str], Layout]) -> Layout:
    """The same pages, of which the last begins with a section that would have ended the one before."""
    for name in _beginnings(layout):
        moved = lay(f"#{name} {{ break-before: page }}")
        if len(moved.pages) == len(layout.pages) and not filled(moved).thin:
            return moved
    return layout


def _beginnings(layout: Layout) -> list[str]:
    """Sections of the page before the last that would fill the last one if they began it: the last of them first."""
    _, *others = _sections(layout.pages[-2])
    now, found = filled(layout), []
    end = now.last
    for box in reversed(others):
        end += box.margin_height()
        name = box.element.get("id")
        if name and LEAST_OF_LAST * now.height <= end <= now.height:
            found.append(name)
    return found


def answered(layout: Layout) -> bool:
    """False where the answers of the first page end on another page."""
    return next((number == 0 for number, page in enumerate(layout.pages) if ANSWERED in page.anchors), True)


def filled(layout: Layout) -> Filled:
    """How the pages are filled."""
    box = layout.pages[-1]._page_box
    ends = (child.position_y + child.border_height() for child in _sections(layout.pages[-1]))
    return Filled(len(layout.pages), box.height, max(ends, default=box.content_box_y()) - box.content_box_y())


def _sections(page: Any) -> list[Any]:
    """What stands on a page, from the top: the children of its body."""
    (root,) = (box for box in page._page_box.children if box.element_tag == "html")
    return [box for body in root.children for box in body.children if box.is_in_normal_flow()]
