"""How wide text and numbers are on a sheet, in Excel's unit of column width: the digits of its standard font, 11 pt.

Measured with the widths of Calibri that XlsxWriter knows; another font of the theme is about as wide.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

DIGIT = 7
"""Pixels of a digit of the standard font: one unit of column width."""
EDGES = 2.0
"""Units left and right of what a cell holds, an indent included."""
NUMBER_EDGES = 1.0
"""The same of a number, which has no indent."""
SQUARE, UNKNOWN = 15, 8
"""Pixels of a square sign, and of one that XlsxWriter has no width for."""
STANDARD_SIZE, SIZE = 11, 10
"""Points of the standard font, and of what the sheets are written in."""
LONG = 2_000
"""Characters of a text that is not measured word by word."""
LINE_HEIGHT = 1.35
"""Height of a line of text, in heights of its letters."""
DATE_WIDTH = 10.0
"""Units of a day as yyyy-mm-dd."""


def text_width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Units that a text takes in one line, without the edges of its cell; `size` in points."""
    pixels = sum(map(_pixels().__getitem__, text))
    return float(pixels / DIGIT * size / STANDARD_SIZE * (1.07 if bold else 1.0))


class _Pixels(dict[str, int]):
    """Pixels of each sign: those that XlsxWriter knows, and the others as they are met."""

    def __missing__(self, sign: str) -> int:
        """Signs of East Asia are square."""
        self[sign] = SQUARE if east_asian_width(sign) in "WF" else UNKNOWN
        return self[sign]


@cache
def _pixels() -> _Pixels:
    from xlsxwriter.utility import CHAR_WIDTHS

    return _Pixels(CHAR_WIDTHS)


def widest(texts: Iterable[str], size: float = SIZE, bold: bool = False) -> float:
    """Units of the widest of some texts, 0 of none."""
    return max((text_width(text, size, bold) for text in texts), default=0.0)


def number_width(values: Any, number_format: str) -> float:
    """Units of the widest of some numbers as a number format shows it; 0 when none is a number."""
    numbers = np.abs(np.asarray(values, dtype=float))
    numbers = numbers[np.isfinite(numbers)]
    if not numbers.size:
        return 0.0
    if "yy" in number_format:
        return DATE_WIDTH
    shown = number_format.partition(";")[0]
    highest = float(numbers.max()) * (100 if "%" in shown else 1)
    whole = 1 + int(math.log10(highest)) if highest >= 1 else 1
    commas = (whole - 1) // 3 if "," in shown else 0
    decimals = len(shown.partition(".")[2].rstrip("% "))
    signs = 1 + shown.count("%") * 1.5  # a minus, and a per cent sign, which is wider than a digit
    return (whole + decimals + (commas + bool(decimals)) * 0.6 + signs) * SIZE / STANDARD_SIZE


def lines_of(text: str, width: float, size: float = SIZE, bold: bool = False) -> int:
    """Lines that a text takes in cells so many units wide, at least one; words go to the next line whole."""
    room, lines, used = max(1.0, width), 1, 0.0
    if (whole := text_width(text, size, bold)) <= room:
        return 1
    if len(text) > LONG:  # a page of words: what their ends leave is a tenth
        return math.ceil(whole / (room * 0.9))
    space = text_width(" ", size, bold)
    for word in text.split():
        wide = text_width(word, size, bold)
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        used += (space if used else 0.0) + wide
        if used > room:  # a word longer than a line is broken
            lines, used = lines + int(used / room), used % room
    return lines


def height_of(lines: int, size: float = SIZE) -> float:
    """Height of a row with so many lines of text, in points."""
    return lines * size * LINE_HEIGHT
