"""The cells of one sheet, gathered while the tags of its XML stream by."""

from __future__ import annotations

import re

from reportgen.excel_dates import from_text
from reportgen.intake.file.cell import Cell, Content, RawSheet, position
from reportgen.intake.file.package import DamagedError

MOST_CELLS = 3_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class CellStream:
    """Gathers the cells of one sheet while its tags stream by."""

    def __init__(self, sheet: RawSheet, texts: list[str], dated: frozenset[str]) -> None:
        self._rows = sheet.rows
        self._texts, self._dated = texts, dated
        self._shift = sheet.shift
        self._row = self._column = self._count = 0
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
                self._count += 1
                if self._count > MOST_CELLS:
                    raise DamagedError(f"a sheet has more than {MOST_CELLS:,} filled cells")
                self._rows.setdefault(self._row, {})[self._column] = cell

    def _cell(self) -> Cell | None:
        kind, value, formula = self._kind, self._value, self._formula
        if kind == "inlineStr":
            return _text(unescaped("".join(self._pieces)), formula)
        if kind == "str":
            return _text(unescaped(value), formula)
        value = value.strip()
        if value == "":
            return Cell(Content.UNCALCULATED, formula=True) if formula else None
        if kind == "s":
            number = whole(value)
            known = 0 <= number < len(self._texts)
            return _text(self._texts[number], formula) if known else Cell(Content.DAMAGED, text=value)
        if kind == "e":
            return Cell(Content.ERROR, text=value, formula=formula)
        if kind == "b":
            return Cell(Content.TRUTH, 1.0 if value in ("1", "true") else 0.0, formula=formula)
        if kind == "d":
            day = from_text(value)
            if day is None:
                return _text(value, formula)
            return Cell(Content.NUMBER, day - self._shift, dated=True, formula=formula)
        return self._number(value, formula)

    def _number(self, value: str, formula: bool) -> Cell:
        try:
            number = float(value)
        except ValueError:
            return Cell(Content.DAMAGED, text=value, formula=formula)
        if number != number or number in (float("inf"), float("-inf")):
            return Cell(Content.DAMAGED, text=value, formula=formula)
        return Cell(Content.NUMBER, number, "", self._style in self._dated, formula)


def _text(text: str, formula: bool) -> Cell | None:
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
