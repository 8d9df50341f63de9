"""What is printed can be read: large enough, with its headings on every page; and on the screen they stay in view."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.audit.file.sheet import STANDARD_HEIGHT, Area, area_of
from reportgen.audit.findings import Breach
from reportgen.audit.view import View

SMALLEST = 7.0
PAPER = {
    0: (612.0, 792.0),
    1: (612.0, 792.0),
    5: (612.0, 1008.0),
    8: (842.0, 1191.0),
    9: (595.3, 841.9),
    3: (792.0, 1224.0),
}
"""Width and height in points by Excel's number of the paper; it takes Letter where none is set."""
ROWS_ON_SCREEN, COLUMNS_ON_SCREEN = 40, 20
POINTS_PER_DIGIT, EDGE_POINTS = 5.25, 3.75
_CELLS = re.compile(r"!(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")


class Print:
    """How a sheet is printed: the cells, the room of a page in points, and by how much it is made smaller."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.areas = _printed(view)
        setup, margins = view.sheet.first("pageSetup"), view.sheet.first("pageMargins")
        paper = PAPER.get(int(setup.number("paperSize", 1)) if setup else 1, PAPER[9])
        if setup is not None and setup.get("orientation") == "landscape":
            paper = paper[1], paper[0]
        sides = [margins.number(name, default) if margins else default for name, default in _MARGINS]
        self.room = paper[0] - 72 * (sides[0] + sides[1]), paper[1] - 72 * (sides[2] + sides[3])
        fit = view.sheet.first("pageSetUpPr")
        self.fitted = fit is not None and fit.truth("fitToPage")
        self.across = int(setup.number("fitToWidth", 1)) if setup else 1
        self.down = int(setup.number("fitToHeight", 1)) if setup else 1
        self.fixed = (setup.number("scale", 100) if setup else 100.0) / 100

    def size(self, area: Area) -> tuple[float, float]:
        """Width and height of an area in points."""
        sheet = self.view.sheet
        width = sum(_points(sheet.width(column)) for column in range(area.left, area.right + 1))
        fixed = [found.height for row, found in sheet.grid.rows.items() if area.top <= row <= area.bottom]
        heights = [height for height in fixed if height is not None]
        return width, sum(heights) + STANDARD_HEIGHT * (area.bottom - area.top + 1 - len(heights))

    def scale(self) -> float:
        """What a point on the sheet is on paper."""
        if not self.fitted:
            return self.fixed
        found = 1.0
        for area in self.areas:
            width, height = self.size(area)
            if self.across and width:
                found = min(found, self.room[0] * self.across / width)
            if self.down and height:
                found = min(found, self.room[1] * self.down / height)
        return max(0.1, found)

    def pages(self) -> tuple[bool, bool]:
        """Whether the widest area takes several pages across, and the highest several pages down."""
        scale = self.scale()
        sizes = [self.size(area) for area in self.areas]
        slack = 1.005 / scale
        return (
            any(width > self.room[0] * slack for width, _ in sizes),
            any(height > self.room[1] * slack for _, height in sizes),
        )


_MARGINS = (("left", 0.7), ("right", 0.7), ("top", 0.75), ("bottom", 0.75))


def _points(width: float) -> float:
    return width * POINTS_PER_DIGIT + EDGE_POINTS if width else 0.0


def _printed(view: View) -> list[Area]:
    """The print area, else all that is used, charts included; none where only blank cells would be printed."""
    for name in view.book.names:
        if name.name == "_xlnm.Print_Area" and name.sheet == view.sheet.listed.number - 1:
            found = [area for each in _CELLS.findall(name.text) if (area := area_of(each)) is not None]
            return [area for area in found if any(area.holds(cell.row, cell.column) for cell in view.sheet.filled)]
    drawn = [picture.area for picture in view.sheet.pictures if picture.area]
    used = [view.sheet.used] if view.sheet.used else []
    all_of_it = [*used, *drawn]
    if not all_of_it:
        return []
    return [Area(1, 1, max(area.bottom for area in all_of_it), max(area.right for area in all_of_it))]


def small_print(view: View) -> Iterator[Breach]:
    """A611: letters are at least 7 points high on paper."""
    paper = Print(view)
    scale = paper.scale()
    sizes = {look: found.size for look, found in enumerate(view.book.styles.looks)}
    small = {look for look, size in sizes.items() if size * scale < SMALLEST - 0.05}
    if not small:
        return
    areas = paper.areas
    printed = [cell for cell in view.of_styles(small) if any(area.holds(cell.row, cell.column) for area in areas)]
    if printed:
        least = min(sizes[cell.style] for cell in printed) * scale
        message = f"at {scale:.0%} of its size, letters are {least:.1f} points high on paper, less than {SMALLEST:.0f}."
        yield Breach("A611", view.name, tuple(paper.areas), message, len(printed))


def panes(view: View) -> Iterator[Breach]:
    """A612: on a sheet that is larger than a screen, headings stay in view."""
    used = view.sheet.used
    if used is None or (used.bottom <= ROWS_ON_SCREEN and used.right <= COLUMNS_ON_SCREEN) or view.sheet.pictures:
        return
    pane = view.sheet.first("pane")
    if pane is None or pane.get("state") not in ("frozen", "frozenSplit"):
        yield Breach("A612", view.name, (used,), "the sheet is larger than a screen, and its headings scroll away.")


def titles(view: View) -> Iterator[Breach]:
    """A613: what is printed on several pages repeats its headings."""
    paper = Print(view)
    across, down = paper.pages() if not view.sheet.pictures else (False, False)
    text = next(
        (
            name.text
            for name in view.book.names
            if name.name == "_xlnm.Print_Titles" and name.sheet == view.sheet.listed.number - 1
        ),
        "",
    )
    if down and not re.search(r"\$\d+:\$\d+", text):
        yield Breach("A613", view.name, (), "it is printed on several pages down, and no rows are repeated.")
    if across and not re.search(r"\$[A-Z]+:\$[A-Z]+", text):
        yield Breach("A613", view.name, (), "it is printed on several pages across, and no columns are repeated.")
