"""What lands on which page: the paper of the theme, and on how many of its pages a sheet is printed.

A sheet is fitted to as few pages as its smallest text allows at LEAST_POINTS: Excel and LibreOffice then take the
largest scale at which it fits them. Columns and rows are never split; those that are printed again count on each page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_POINTS = 7.0
"""Of any text as it is printed."""
SIDES, TOP, BOTTOM = 0.3, 0.4, 0.55
"""Margins in inches; the footer stands in the lower one."""
POINTS, PIXELS = 72, 96
"""An inch: heights of rows are in points, widths of columns in pixels."""
WIDER, HIGHER = 1.17, 1.01
"""How much wider and higher than in Excel cells are where LibreOffice has another font in the place of Calibri."""
MOST_FITTED = 6
"""Pages; a longer list is printed at the least scale instead, as programs look for a fitting one page by page."""
_SIZES = {"A4": (9, 8.27, 11.69), "Letter": (1, 8.5, 11.0)}


@dataclass(frozen=True)
class Fit:
    """How a sheet is printed: `wide` by `tall` pages, at `scale` per cent where it is too long to be fitted."""

    landscape: bool
    wide: int
    tall: int
    scale: int | None

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return self.wide * self.tall


@dataclass(frozen=True)
class Area:
    """Cells of a sheet, zero-based, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Printed:
    """What is printed of a sheet: an area (None: all that is written), and the rows and columns that pages repeat.

    `rows` are the first and the last of those repeated, `columns` how many from the left.
    """

    area: Area | None = None
    rows: tuple[int, int] | None = None
    columns: int = 0


@dataclass(frozen=True)
class Cells:
    """What is printed of a sheet: widths of its columns in pixels, heights of its rows in points.

    `title_width` and `title_height` are those of the columns and rows that every page repeats: of the first page they
    are part where `titles_within`, and come on top of it where only the newest rows of a list are printed.
    `smallest` is the size of the smallest text in points.
    """

    widths: Sequence[float]
    heights: Sequence[float]
    title_width: float
    title_height: float
    smallest: float
    titles_within: bool = True


@dataclass(frozen=True)
class Paper:
    """A size of paper: Excel's number for it, short and long side in inches."""

    number: int
    short: float
    long: float

    def room(self, landscape: bool) -> tuple[float, float]:
        """Width in pixels and height in points that a page has at full scale."""
        width, height = (self.long, self.short) if landscape else (self.short, self.long)
        return (width - 2 * SIDES) * PIXELS, (height - TOP - BOTTOM) * POINTS

    def fit(self, cells: Cells) -> Fit:
        """The fewest pages at a legible scale; of as many pages upright and across, across."""
        return min((self._fit(cells, landscape) for landscape in (True, False)), key=lambda fit: fit.pages)

    def _fit(self, cells: Cells, landscape: bool) -> Fit:
        scale = least_scale(cells.smallest)
        width, height = self.room(landscape)
        wide = pages_of(cells.widths, width / scale / WIDER, cells.title_width)
        tall = pages_of(cells.heights, height / scale / HIGHER, cells.title_height, cells.titles_within)
        long = wide * tall > MOST_FITTED
        return Fit(landscape, wide, tall, math.ceil(scale * 100) if long else None)


def paper_of(size: str) -> Paper:
    """The paper of a theme: "A4" or "Letter"."""
    return Paper(*_SIZES[size])


def least_scale(smallest: float) -> float:
    """The least scale at which text of so many points is printed at LEAST_POINTS."""
    return min(1.0, LEAST_POINTS / smallest)


def pages_of(sizes: Sequence[float], room: float, repeated: float, within: bool = True) -> int:
    """Pages that cells of these sizes take one after the other, none split; later pages repeat some of them.

    `within`: the first page holds the repeated ones among its own cells. A cell that is larger than a page takes one.
    """
    pages, used = 1, 0.0 if within else repeated
    for size in sizes:
        if used + size > room and used > (0.0 if pages == 1 and within else repeated):
            pages, used = pages + 1, repeated
        used += size
    return pages
