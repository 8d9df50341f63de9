"""The cells of one sheet, gathered while the tags of its XML stream by."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from reportgen.excel_dates import from_text
from reportgen.intake.file.cell import Cell, Content, RawSheet, position
from reportgen.intake.file.limits import LONGEST_GUESS, LONGEST_TEXT, Work

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
ROWS_SEEN, CELLS_SEEN = 30, 3_000
"""Filled rows, and cells in them, in which the headings of an unknown sheet are looked for."""
_TRUTHS = {"1": 1.0, "true": 1.0, "0": 0.0, "false": 0.0}


class Styles(NamedTuple):
    """The numbers of the cell styles that show a number as a date or time, and with a per cent sign."""

    dated: frozenset[str]
    percent: frozenset[str]


_OF_TEXT = frozenset({"s", "str", "inlineStr"})
MOST_SPACES = 100
"""Cells of a sheet with spaces alone that are kept in mind."""


class CellStream:
    """Gathers the cells of one sheet while its tags stream by."""

    cuts_blanks = True
    """Whether cells that hold only a format may be left out of the stream."""

    def __init__(self, sheet: RawSheet, texts: list[Cell | None], styles: Styles, work: Work) -> None:
        self._rows, self._spaces = sheet.rows, sheet.spaces
        self._texts, self._styles, self._work = texts, styles, work
        self._shift = sheet.shift
        self._row = self._column = 0
        self._kind = self._style = self._value = ""
        self._formula = self._phonetic = False
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if tag == "c":
            row, column = position(attributes.get("r", ""))
            self._row, self._column = (row, column) if row else (self._row, self._column + 1)
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._value, self._formula = "", False
            self._pieces.clear()
        elif tag == "row":
            number = whole(attributes.get("r"))
            self._row, self._column = (number if number > 0 else self._row + 1), 0
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str, text: str) -> None:
        """A tag closes, with the text right before it."""
        if tag == "v":
            self._value = text
        elif tag == "f":
            self._formula = True
        elif tag == "t":
            if not self._phonetic:
                self._pieces.append(text)
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "c":
            cell = self._cell()
            if cell is not None:
                self._work.count_cell(len(cell.text))
                self._rows.setdefault(self._row, {})[self._column] = cell
            elif self._looks_blank() and len(self._spaces) < MOST_SPACES:
                self._spaces.append((self._row, self._column))

    def _looks_blank(self) -> bool:
        """True for a typed text, of a cell that is none, without a letter."""
        return self._kind in _OF_TEXT and not self._formula and bool(self._value or self._pieces)

    def _cell(self) -> Cell | None:
        kind, value, formula = self._kind, self._value, self._formula
        if kind == "inlineStr":
            return text_cell("".join(self._pieces), formula)
        if kind == "str":
            return text_cell(value, formula)
        value = value.strip()
        if value == "":
            return Cell(Content.UNCALCULATED, formula=True) if formula else None
        if kind == "s":
            number = whole(value)
            if not 0 <= number < len(self._texts):
                return Cell(Content.DAMAGED, text=value[:LONGEST_TEXT])
            cell = self._texts[number]
            return cell._replace(formula=True) if cell is not None and formula else cell
        if kind == "e":
            return Cell(Content.ERROR, text=value[:LONGEST_TEXT], formula=formula)
        if kind == "b":
            truth = _TRUTHS.get(value.casefold())
            return Cell(Content.DAMAGED if truth is None else Content.TRUTH, truth or 0.0, formula=formula)
        if kind == "d":
            day = from_text(value)
            if day is None:
                return text_cell(value, formula)
            return Cell(Content.NUMBER, day - self._shift, dated=True, formula=formula)
        return self._number(value, formula)

    def _number(self, value: str, formula: bool) -> Cell:
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        # Python reads 1_000 and the digits of other scripts too; no program that writes workbooks means them.
        if not math.isfinite(number) or not value.isascii() or "_" in value:
            return Cell(Content.DAMAGED, text=value[:LONGEST_TEXT], formula=formula)
        style, styles = self._style, self._styles
        return Cell(Content.NUMBER, number, "", style in styles.dated, formula, style in styles.percent)


class FirstRowsRead(Exception):  # noqa: N818  # not an error: it ends a stream of which enough was seen
    """The first rows of a sheet were read."""


class FirstRows(CellStream):
    """Gathers the cells of the first rows of a sheet, and stops the stream behind them."""

    def end(self, tag: str, text: str) -> None:
        """A tag closes; FirstRowsRead when that was the last of the rows, or of the cells, that are looked at."""
        super().end(tag, text)
        if (tag == "row" and len(self._rows) >= ROWS_SEEN) or sum(map(len, self._rows.values())) >= CELLS_SEEN:
            raise FirstRowsRead


def text_cell(text: str, formula: bool = False) -> Cell | None:
    """A cell with the text as Excel shows it; None when it is blank. One that no cell can hold keeps its beginning."""
    text = unescaped(text)
    if len(text) > LONGEST_TEXT:
        return Cell(Content.OVERLONG, text=text[:LONGEST_GUESS], formula=formula)
    return Cell(Content.TEXT, text=text, formula=formula) if text.strip() else None


def unescaped(text: str) -> str:
    """A text as Excel shows it: _x000D_ and the like are the characters that they stand for."""
    if "_x" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        number = int(match[1], 16)
        return match[0] if 0xD800 <= number <= 0xDFFF else chr(number)

    return _ESCAPE.sub(character, text)


def whole(text: str | None) -> int:
    """A number of an attribute; -1 when it is missing or no whole number."""
    return int(text) if text is not None and text.isdecimal() and text.isascii() and len(text) < 10 else -1
