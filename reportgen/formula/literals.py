"""How a literal is written, in formulas and in words: exactly, and as a person would."""

from __future__ import annotations

from fractions import Fraction

LONGEST_DECIMAL = 6  # characters of a decimal that still reads better than a fraction
LARGEST_DIVISOR = 10**12


def spelled(value: float) -> tuple[str, str, str]:
    """A number that is not negative as first operand, sign and second operand; sign and second are "" for a plain one.

    365 / 12 comes out as ("365", "/", "12"), 2**32 as ("2", "^", "32"), 0.05 as ("0.05", "", "").
    """
    if value == int(value) and value < 1e15:
        whole = int(value)
        if whole >= 2**20 and whole & (whole - 1) == 0:
            return "2", "^", str(whole.bit_length() - 1)
        if whole >= 10**7 and str(whole).rstrip("0") == "1":
            return "10", "^", str(len(str(whole)) - 1)
        return str(whole), "", ""
    text = repr(value)
    if len(text) <= LONGEST_DECIMAL and "e" not in text:
        return text, "", ""
    ratio = Fraction(value).limit_denominator(LARGEST_DIVISOR if value < 1e-3 else 1000)
    if ratio.numerator / ratio.denominator == value:
        return str(ratio.numerator), "/", str(ratio.denominator)
    return text.upper(), "", ""
