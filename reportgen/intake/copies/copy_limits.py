"""What a workbook may hold so that a changed copy of it can be written: openpyxl builds every cell of it in memory.

It builds more than the file shows: each cell that a merged block or a link covers, and each formula of a shared one.
So all of that is counted before openpyxl sees the file.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from reportgen.intake.file.cell import Cell, RawSheet, position
from reportgen.intake.file.cell_stream import CellStream, Styles
from reportgen.intake.file.limits import (
    LONGEST_FOOTER,
    LONGEST_PRINT_AREA,
    MOST_COPIED_CELLS,
    MOST_COPIED_ROWS,
    MOST_COPIED_TAGS,
    MOST_COVERED,
    MOST_FORMULA_CHARACTERS,
    MOST_MERGED,
    MOST_PRINT_AREAS,
    MOST_RANGES,
    MOST_SHEET_TAGS,
    DamagedError,
    TooLargeError,
    Work,
)
from reportgen.intake.file.package import DAMAGE
from reportgen.intake.file.xml_stream import CHUNK, parse

if TYPE_CHECKING:
    from reportgen.intake.file.book import Book
    from reportgen.intake.file.package import Package

_MERGED, _LINKED = "mergeCell", "hyperlink"
_FOOTERS = frozenset(f"{page}{part}" for page in ("odd", "even", "first") for part in ("Header", "Footer"))
_OF_CELLS = frozenset({"row", "c", "v", "f", "is", "t"})
_COUNTED_ELSEWHERE, _TEXTS = "xl/worksheets/sheet", "xl/sharedstrings"
_OF_TEXTS = re.compile(rb"<(?:\w+:)?(?:si|t)[\s/>]")
_PRINTED = ("_xlnm.Print_Area", "_xlnm.Print_Titles")


class CopiedCells(CellStream):
    """Gathers the cells of a sheet that is to be copied, and counts what copying it will cost."""

    cuts_blanks = False

    def __init__(self, sheet: RawSheet, texts: list[Cell | None], styles: Styles, work: Work) -> None:
        super().__init__(sheet, texts, styles, work)
        self._shared: dict[str, int] = {}
        self._group = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        super().start(tag, attributes)
        if tag == "c":
            self._count("copied", 1, MOST_COPIED_CELLS, "cells, blank formatted ones included")
        elif tag in (_MERGED, _LINKED):
            self._count("covered", _area(attributes.get("ref", "")), MOST_COVERED, "cells in merged blocks and links")
            self._count("merged", tag == _MERGED, MOST_MERGED, "merged blocks")
        elif tag == "f":
            self._group = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif tag == "row":
            self._count("rows", 1, MOST_COPIED_ROWS, "rows, blank ones included")
        if tag not in _OF_CELLS:
            self._count("tags", 1, MOST_SHEET_TAGS, "tags in its sheets besides the cells (rules, drop-downs)")
        if attributes.get("sqref", "").count(" ") >= MOST_RANGES:
            raise TooLargeError(f"a rule for more than {MOST_RANGES:,} ranges of cells: too many for a changed copy")

    def end(self, tag: str, text: str) -> None:
        """A tag closes, with the text right before it."""
        super().end(tag, text)
        if tag == "f":
            length = self._shared.setdefault(self._group, len(text)) if self._group else 0
            self._count("formulas", length, MOST_FORMULA_CHARACTERS, "characters in shared formulas")
        elif tag in _FOOTERS and len(text) > LONGEST_FOOTER:
            raise DamagedError(f"a header or footer has more than {LONGEST_FOOTER:,} characters")

    def _count(self, what: str, number: int, most: int, words: str) -> None:
        total = self._work.copied.get(what, 0) + number
        self._work.copied[what] = total
        if total > most:
            raise TooLargeError(f"more than {most:,} {words}: too many for a changed copy of it")


def refuse_heavy_parts(book: Book) -> None:
    """Raises TooLargeError when styles, comments, charts and the like ask for more than can be copied in seconds."""
    _refuse_tags(book.package)
    _refuse_print_areas(book)


def _refuse_print_areas(book: Book) -> None:
    """The names in which Excel keeps what is printed; openpyxl searches them with patterns of quadratic time."""
    length, reserved = 0, False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal reserved
        reserved = tag == "definedName" and attributes.get("name", "").startswith(_PRINTED)

    def end(_: str, text: str) -> None:
        nonlocal length, reserved
        length += len(text) if reserved else 0
        if reserved and (len(text) > LONGEST_PRINT_AREA or length > MOST_PRINT_AREAS):
            raise TooLargeError(f"a print area or rows to repeat of more than {LONGEST_PRINT_AREA:,} characters")
        reserved = False

    stream = book.package.open_part(book.main)
    if stream is not None:
        with stream:
            parse(stream, book.main, Work(), start, end)


def _refuse_tags(package: Package) -> None:
    tags = 0
    for name in package.parts:
        if not name.endswith((".xml", ".rels", ".vml")) or name.startswith(_COUNTED_ELSEWHERE):
            continue
        stream = package.open_part(name)
        try:
            while stream is not None and (chunk := stream.read(CHUNK)):
                tags += chunk.count(b"<") - chunk.count(b"</")
                tags -= sum(1 for _ in _OF_TEXTS.finditer(chunk)) if name.startswith(_TEXTS) else 0
                if tags > MOST_COPIED_TAGS:
                    raise TooLargeError(f"more than {MOST_COPIED_TAGS:,} tags besides its cells (styles, charts)")
        except (*DAMAGE, zlib.error) as error:
            raise DamagedError(f"its part {name} cannot be unpacked") from error


def _area(ref: str) -> int:
    """The cells that a range covers; 1 for what is no range."""
    first, _, last = ref.replace("$", "").partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return max(1, (abs(bottom - top) + 1) * (abs(right - left) + 1))
