"""One sheet as its file has it: cells, and everything that is set around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reportgen.audit.file.cells import Cell, Grid
from reportgen.audit.file.elements import Element
from reportgen.excel_addresses import column_letters, column_number

STANDARD_WIDTH = 8.43
STANDARD_HEIGHT = 15.0
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_AREA = re.compile(r"\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Area:
    """Cells from one corner to the other, both counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = f"{column_letters(self.left)}{self.top}", f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """True for a cell in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """True when some cell is in both."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom


def area_of(text: str) -> Area | None:
    """An area by its address, whole rows and columns included; None when it is none on a sheet."""
    match = _AREA.fullmatch(text)
    if match is None or not text:
        return None
    left, top, right, bottom = match.groups()
    if ":" not in text:
        if not left or not top:
            return None
        right, bottom = left, top
    if (left is None) != (right is None) or (top is None) != (bottom is None) or (left is None and top is None):
        return None
    columns = (1, LAST_COLUMN) if left is None else (column_number(left), column_number(right))
    rows = (1, LAST_ROW) if top is None else (int(top), int(bottom))
    found = Area(min(rows), min(columns), max(rows), max(columns))
    return found if found.top >= 1 and found.bottom <= LAST_ROW and found.right <= LAST_COLUMN else None


def areas_of(text: str) -> list[Area]:
    """The areas of a list with blanks between; what is none is left out."""
    return [area for each in text.split() if (area := area_of(each)) is not None]


@dataclass(frozen=True)
class Listed:
    """A sheet as the workbook lists it."""

    name: str
    state: str
    part: str
    number: int


@dataclass(frozen=True)
class Table:
    """A list as Excel knows it: its name, its cells, the texts of its header."""

    name: str
    ref: str
    columns: tuple[str, ...]
    has_header: bool
    part: str


@dataclass(frozen=True)
class Picture:
    """A chart or picture: its name, its alternative text, the cells that it covers, and where its figures stand."""

    kind: str
    name: str
    alternative: str
    area: Area | None
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """What a column sets: its width in digits, and whether it is hidden."""

    width: float
    hidden: bool


@dataclass
class Sheet:
    """A sheet: `tree` is all but its cells, `outside` the targets that its links lead to outside the file."""

    listed: Listed
    tree: Element
    grid: Grid
    tables: tuple[Table, ...] = ()
    pictures: tuple[Picture, ...] = ()
    outside: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())
    """Parts that it names and the file lacks."""

    @property
    def name(self) -> str:
        """As its tab shows it."""
        return self.listed.name

    @property
    def cells(self) -> Mapping[tuple[int, int], Cell]:
        """Its cells by row and column."""
        return self.grid.cells

    @cached_property
    def filled(self) -> list[Cell]:
        """The cells in which something stands, row after row."""
        return [cell for cell in self.grid.cells.values() if cell.kind or cell.formula is not None]

    @cached_property
    def used(self) -> Area | None:
        """From the first to the last cell that holds something, from A1 on."""
        filled = self.filled
        if not filled:
            return None
        return Area(1, 1, filled[-1].row, max(column for _, column in self.grid.cells))

    @cached_property
    def merged(self) -> list[Area]:
        """Blocks of cells that are shown as one."""
        return [area for each in self.tree.within("mergeCell") if (area := area_of(each.get("ref"))) is not None]

    @cached_property
    def _columns(self) -> list[tuple[int, int, Column]]:
        return [
            (int(each.number("min")), int(each.number("max")), Column(each.number("width"), each.truth("hidden")))
            for each in self.tree.within("col")
        ]

    def width(self, column: int) -> float:
        """The width of a column, in digits of the standard font, the edges of its cells left out."""
        for first, last, found in self._columns:
            if first <= column <= last:
                return 0.0 if found.hidden else max(0.0, found.width - 0.71)
        return self._standard_width

    @cached_property
    def _standard_width(self) -> float:
        found = self.tree.first("sheetFormatPr")
        return (
            STANDARD_WIDTH
            if found is None or not found.get("defaultColWidth")
            else (found.number("defaultColWidth") - 0.71)
        )

    def hidden_columns(self) -> Iterator[str]:
        """Columns that cannot be seen, as A or A:C."""
        for first, last, found in self._columns:
            if found.hidden or found.width == 0:
                yield column_letters(first) if first == last else f"{column_letters(first)}:{column_letters(last)}"

    def height(self, row: int) -> float | None:
        """The height of a row in points, None where the program that shows it decides."""
        found = self.grid.rows.get(row)
        return None if found is None else found.height

    def first(self, tag: str) -> Element | None:
        """The first tag of that name outside the cells."""
        return next(self.tree.within(tag), None)
