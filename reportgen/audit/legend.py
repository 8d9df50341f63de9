"""The workbook's own legend: what a cell that is an input, a formula, a snapshot looks like in its theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.audit.file.book import Book
from reportgen.audit.file.styles import Look, Styles

if TYPE_CHECKING:
    from reportgen.audit.file.sheet import Sheet

SHEETS_SEARCHED = 3
MEANINGS = {
    "input": "input: ",
    "standard": "input left at",
    "own": "formula on its own sheet",
    "cross": "formula that looks at another sheet",
    "convention": "convention of the model",
    "snapshot": "snapshot",
}
"""How the meaning of each kind of cell begins in a legend."""
NEEDED = ("input", "own", "cross", "snapshot")


@dataclass(frozen=True)
class Legend:
    """The look of each kind of cell, and the cells that show it; one that lacks a kind is told, and not gone by."""

    sheet: str
    looks: Mapping[str, Look]
    places: frozenset[tuple[int, int]]

    @property
    def complete(self) -> bool:
        """True when all that is needed is there."""
        return all(kind in self.looks for kind in NEEDED)

    def colours(self, *kinds: str) -> set[str]:
        """The colours of letters of these kinds, those that the legend has."""
        return {self.looks[kind].colour for kind in kinds if kind in self.looks}


def legend_of(book: Book) -> Legend | None:
    """The legend on one of the first sheets; None where there is none."""
    for listed in book.sheets[:SHEETS_SEARCHED]:
        found = _legend_on(book.read(listed), book.styles)
        if found is not None:
            return found
    return None


def _legend_on(sheet: Sheet, styles: Styles) -> Legend | None:
    looks: dict[str, Look] = {}
    places: set[tuple[int, int]] = set()
    for cell in sheet.filled:
        if cell.kind != "text":
            continue
        said = cell.value.strip().casefold()
        kind = next((kind for kind, begins in MEANINGS.items() if said.startswith(begins)), None)
        shown = _shown(sheet, cell.row, cell.column) if kind else None
        if kind is not None and shown is not None and kind not in looks:
            looks[kind] = styles.look(sheet.cells[shown].style)
            places.add(shown)
    return Legend(sheet.name, looks, frozenset(_around(sheet, places))) if looks else None


def _around(sheet: Sheet, places: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """These cells, and filled ones right above and below them."""
    for row, column in places:
        yield row, column
        for step in (-1, 1):
            at = row + step
            while (cell := sheet.cells.get((at, column))) is not None and cell.filled:
                yield at, column
                at += step


def _shown(sheet: Sheet, row: int, column: int) -> tuple[int, int] | None:
    """The cell left of a meaning that shows what it is about."""
    places = ((row, before) for before in range(column - 1, 0, -1))
    return next((place for place in places if (cell := sheet.cells.get(place)) is not None and cell.filled), None)
