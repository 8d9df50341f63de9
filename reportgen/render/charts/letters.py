"""How wide texts of charts are, in the brief's own font: a label is placed, or cut, before any page is set."""

from __future__ import annotations

import unicodedata

LABEL = 9.4
"""Font size of every label, in CSS pixels: 7.05 pt as printed, for charts are placed at their own size."""
FEWEST = 8
"""Letters that a name keeps at least when it is cut: fewer tell nobody who is meant."""
# advance widths of Inter in hundredths of the font size, rounded up; fmt: off
_REGULAR = {
    19: "’",
    20: "‘",
    23: "'",
    24: "ijl",
    27: "I",
    28: "!,.:;·",
    29: " ",
    33: "|",
    36: "/\\‹›",
    37: "()[]ft{}",
    38: "r",
    39: "“”",
    41: '"',
    46: "_°",
    47: "-1^",
    50: "*`–",
    51: "?",
    53: "s",
    54: "x",
    55: "Jkz",
    56: "cvy§",
    57: "La•",
    58: "7",
    59: "Fenu",
    60: "Eho",
    61: "25gpq",
    62: "8",
    63: "069Zbd",
    64: "#$&3PRS£",
    65: "4TX",
    66: "+<=>BK~−≥≤×",
    67: "Y€",
    68: "AV",
    72: "D",
    73: "C",
    75: "GHU",
    76: "N",
    77: "OQ",
    82: "%w",
    83: "…",
    87: "m",
    89: "M",
    94: "@",
    95: "W",
    96: "→",
    100: "—",
}
_STRONG = {
    22: "'’",
    23: "‘",
    25: " ",
    27: "ijl",
    28: "I",
    30: ",.:;·",
    31: "!",
    36: "|",
    38: "/\\ft",
    39: "‹›",
    40: '"()[]r{}',
    41: "“”",
    46: "°",
    47: "-_",
    49: "1^",
    50: "`–•",
    55: "*?s",
    57: "JLkxz",
    58: "acvy§",
    59: "7F",
    60: "e",
    61: "Enou",
    62: "h",
    63: "2gpq",
    64: "5bd",
    65: "#$689PS",
    66: "3BRTZ£",
    67: "&04",
    68: "+<=>K~−€≥≤×",
    70: "X",
    71: "Y",
    73: "ADV",
    74: "U",
    75: "CHN",
    76: "G",
    78: "OQ",
    81: "…",
    84: "w",
    85: "%",
    90: "m",
    91: "M",
    96: "→",
    100: "@—",
    101: "W",
}
# fmt: on
_WIDTHS = tuple(
    {letter: width / 100 for width, letters in table.items() for letter in letters} for table in (_REGULAR, _STRONG)
)
_OTHER, _IDEOGRAPH = 0.72, 1.05


def width_of(words: str, size: float = LABEL, strong: bool = False) -> float:
    """How wide a text is set, in CSS pixels; on the safe side for letters that the brief's font has not."""
    widths = _WIDTHS[strong]
    return size * sum(widths.get(letter) or _unlisted(letter, widths) for letter in words)


def _unlisted(letter: str, widths: dict[str, float]) -> float:
    """Letters with accents are as wide as those without; marks that stand above or below others have no width."""
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return _IDEOGRAPH
    return widths.get(unicodedata.normalize("NFD", letter)[0], _OTHER)


def fitted(words: str, width: float, size: float = LABEL, strong: bool = False) -> str:
    """The text, cut with an ellipsis so that it fits a width; nothing where too few letters would be left."""
    if width_of(words, size, strong) <= width:
        return words
    kept = words
    while len(kept) >= FEWEST and width_of(kept + "…", size, strong) > width:
        kept = kept[:-1]
    kept = kept.rstrip(" ,;:.-")
    return kept + "…" if len(kept) >= FEWEST else ""
