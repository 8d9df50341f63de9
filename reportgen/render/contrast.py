"""How well a colour stands out from another, by the definition of WCAG 2, and the pairs that a theme must hold."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.problems import UsageError

TEXT, FILL = 4.5, 3.0
"""Least contrast of text on its ground, and of a fill that carries meaning on the paper (WCAG 2, 1.4.3 and 1.4.11)."""
_BANDS = ("band_low", "band_guarded", "band_elevated", "band_high", "band_severe")
_STRESS = ("stress_0", "stress_1", "stress_2", "stress_3")
_ON_PAPER = (
    "ink", "muted", "accent", "cross_sheet", "snapshot", "good", "warn", "bad", "price", "buy", "sell",
    *_STRESS, *_BANDS,
)  # fmt: skip
_ON_BAND = ("ink", "muted", "accent")
_ON_INPUT = ("ink", "input", "snapshot")
_FILLS = ("direct", "sustaining", "financing", "ai", "etf")
TEXTS = (
    *((role, "paper") for role in _ON_PAPER),
    *((role, "band") for role in _ON_BAND),
    *((role, "input_fill") for role in _ON_INPUT),
)
"""Pairs of a text's colour and its ground. White text on a filled band is the same pair turned."""
FILLS = tuple((role, "paper") for role in _FILLS)
"""Pairs of a fill and its ground."""


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, 0 black to 1 white."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours #RRGGBB: 1 for the same, 21 for black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def refuse_low_contrast(colours: Mapping[str, str], file: str) -> None:
    """UsageError with every pair of colours whose contrast is too low."""
    low = [
        f"{role} {colours[role]} on {ground} {colours[ground]} ({reached:.1f} of {least:g})"
        for pairs, least in ((TEXTS, TEXT), (FILLS, FILL))
        for role, ground in pairs
        if (reached := contrast(colours[role], colours[ground])) < least
    ]
    if low:
        raise UsageError(f"{file}: too little contrast to be read: {'; '.join(low)}. Take darker or lighter colours.")
