"""How wide a text is on a sheet, in pixels at 96 to the inch, and how many lines it takes.

Measured with the widths of Calibri, in which Excel's standard columns are counted; other fonts by how much wider they
run. A twentieth is allowed: programs differ by as much.
"""

from __future__ import annotations

import functools
import math

DIGIT = 7
STANDARD_SIZE = 11
ALLOWED = 1.05
BOLD = 1.05
INDENT = 9
LINE_HEIGHT = 1.2
WIDE = 13
"""Pixels of a letter of a script that the table lacks: Chinese, Japanese, Korean."""
_OF_WIDTH = {
    3: " '",
    4: ",.:;I`ijl",
    5: "!()-J[]frt{}",
    6: '"/L\\csz',
    7: "#$*+0123456789<=>?EFSTYZ^_agkvxy|~",
    8: "BCKPRXbdehnopqu",
    9: "ADGHUV",
    10: "&NOQ",
    11: "%w",
    12: "Mm",
    13: "@W",
}
"""Letters by their pixels at 11 points."""
_LETTERS = {letter: pixels for pixels, letters in _OF_WIDTH.items() for letter in letters}
_FONTS = {"arial": 1.1, "liberation sans": 1.1, "helvetica": 1.1, "verdana": 1.25, "segoe ui": 1.1, "aptos": 1.08}


@functools.lru_cache(maxsize=50_000)
def _plain_width(text: str) -> int:
    found = _LETTERS
    return sum([found.get(letter) or (8 if letter < "\u1100" else WIDE) for letter in text])


def width_of(text: str, size: float, bold: bool = False, font: str = "") -> float:
    """Pixels of the widest line of a text."""
    widest = max(map(_plain_width, text.split("\n"))) if "\n" in text else _plain_width(text)
    return widest * size / STANDARD_SIZE * (BOLD if bold else 1.0) * _FONTS.get(font.casefold(), 1.0)


def lines_of(text: str, size: float, width: float, bold: bool = False, font: str = "") -> int:
    """Lines that a text takes in so many pixels; words are broken only where they are wider than that."""
    space = width_of(" ", size, bold, font)
    lines = 0
    for part in text.split("\n"):
        lines, at = lines + 1, 0.0
        for word in part.split(" "):
            wide = width_of(word, size, bold, font)
            if at and at + space + wide > width * ALLOWED:
                lines, at = lines + 1, 0.0
            if wide > width * ALLOWED:
                more = math.ceil(wide / max(width, 1.0)) - 1
                lines, wide = lines + more, wide - more * width
            at += wide + (space if at else 0.0)
    return lines
