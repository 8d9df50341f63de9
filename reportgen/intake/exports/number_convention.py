"""How the numbers of an export are written: with a decimal point or a decimal comma, decided from all its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from reportgen.intake.reading.typed_values import plain_text
from reportgen.problems import UsageError, shortened

_EXPONENT = r"(?:e[-+]?[0-9]{1,2})?"
_FARTHEST = 1e30
"""Beyond any figure of an export, in whatever unit."""
_CURRENCY = re.compile(r"^(?:usd|us\$|\$|btc)\s*|\s*(?:usd|\$|btc)$")


class Convention(Enum):
    """The sign before the decimals; the other one of point and comma then separates thousands."""

    POINT = "point"
    COMMA = "comma"

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a number without sign and currency looks like."""
        return _PATTERNS[self]

    def number(self, text: str) -> float | None:
        """The number that a text stands for; None when it is none, or carries a unit, a remark or another currency.

        Nor is one of more than 10^30, which no export means.
        """
        sign, digits = _bare(text)
        if not self.pattern.fullmatch(digits):
            return None
        thousands, decimal = (",", ".") if self is Convention.POINT else (".", ",")
        plain = re.sub(r"[ ']", "", digits).replace(thousands, "").replace(decimal, ".")
        number = sign * float(plain) + 0.0  # no minus zero
        return number if abs(number) < _FARTHEST else None


def _pattern(thousands: str, decimal: str) -> re.Pattern[str]:
    part = rf"(?:{decimal}[0-9]+)?"
    grouped = "|".join(rf"[0-9]{{1,3}}(?:{sign}[0-9]{{3}})+{part}" for sign in (thousands, " ", "'"))
    return re.compile(rf"(?:[0-9]+{part}|{decimal}[0-9]+|{grouped}){_EXPONENT}")


_PATTERNS = {Convention.POINT: _pattern(",", r"\."), Convention.COMMA: _pattern(r"\.", ",")}


def decided(file: str, cells: Iterable[tuple[int, str]], asked: Convention | None) -> tuple[Convention, str]:
    """The one convention that fits all numbers among the cells (line and text), and the words that say so.

    Raises UsageError when some fit only one and some only the other, or when both fit with different values.
    """
    if asked is not None:
        return asked, f"numbers have a decimal {asked.value}, as told"
    only: dict[Convention, str] = {}
    either = ""
    for line, text in cells:
        values = {convention: convention.number(text) for convention in Convention}
        fitting = [convention for convention, value in values.items() if value is not None]
        shown = f'"{shortened(text)}" in line {line}'
        if len(fitting) == 1:
            only.setdefault(fitting[0], shown)
        elif fitting and values[Convention.POINT] != values[Convention.COMMA]:
            either = either or shown
    tell = "Say which with --decimal point or --decimal comma."
    if len(only) == len(Convention):
        point, comma = only[Convention.POINT], only[Convention.COMMA]
        raise UsageError(f"{file}: {point} has a decimal point, {comma} a decimal comma. Correct one of them. {tell}")
    if either and not only:
        raise UsageError(f"{file}: {either} can be read in two ways, and no other number decides. {tell}")
    if not only:
        return Convention.POINT, ""
    ((convention, shown),) = only.items()
    return convention, f"numbers have a decimal {convention.value}, as {shown}"


def _bare(text: str) -> tuple[float, str]:
    """The sign of a number, and the number without sign, brackets and dollars."""
    text = _CURRENCY.sub("", plain_text(text).casefold().replace("\u2212", "-"))
    sign = 1.0
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1.0, text[1:-1].strip()
    if text[:1] in ("-", "+"):
        sign, text = (-sign if text[0] == "-" else sign), text[1:]
    return sign, text.lstrip("$ ")
